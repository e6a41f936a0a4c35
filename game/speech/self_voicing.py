"""Reads aloud: follows what is shown, has the news of it said, and knows what there is to tell of the voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.speech.announcer import HeardState, again, follow
from game.speech.engines import SPEEDS, SystemVoice, VoiceSettings
from game.speech.utterances import Utterance, base, utterances
from game.speech.voice import Voice
from game.ui import intents
from game.ui.state import AppState
from game.ui.tree import TreeNode


class SelfVoicing:
    """Somebody who reads the screens of one sitting to its player, where the settings ask for it.

    `speak`: they are to ask for it, whatever they did before.
    """

    def __init__(self, voice: Voice, speak: bool = False) -> None:
        self._voice, self._speak = voice, speak
        self._heard: HeardState | None = None
        self._found: intents.VoicesFound | None = None
        self._saying = ""
        self._language = ""

    def shown(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """Something else is on the screen, or in another state."""
        self._language = app.story.language
        if app.settings.speaks or app.top.screen == "settings":
            self._voice.look()
        self._speak = self._speak and not app.settings.speaks
        self._heard, lines = follow(self._heard, tree, focus, app)
        if lines:
            self._say(lines, app)

    def again(self, tree: TreeNode, focus: str | None, app: AppState, whole: bool = False) -> None:
        """Say what has the focus once more, or the `whole` screen."""
        if app.settings.speaks:
            self._say(again(tree, focus, app, whole), app)

    def hush(self) -> None:
        """Somebody did something: whatever is being said matters no more."""
        self._voice.hush()

    def news(self) -> intents.Intent | None:
        """What the interface does not know of the voice yet; None where there is nothing. Asked again until then."""
        if self._speak and self._heard is not None:
            return intents.SwitchVoice()
        found = intents.VoicesFound(self._names(), self._voice.trouble)
        if found != self._found and (self._found is not None or found != intents.VoicesFound(())):
            self._found = found
            return found
        if self._voice.saying != self._saying:
            self._saying = self._voice.saying
            return intents.VoiceSaying(self._saying)
        return None

    def _names(self) -> tuple[str, ...]:
        """The voices for the story's language, each name once."""
        mine = (voice.name for voice in self._voice.voices if base(voice.language) == base(self._language))
        return tuple(dict.fromkeys(mine))

    def _say(self, lines: Sequence[str], app: AppState) -> None:
        settings, words, language = app.settings, app.words, app.story.language

        def speech(voices: Sequence[SystemVoice]) -> Iterator[Utterance]:
            spoken = {base(voice.language) for voice in voices}
            return (each for line in lines for each in utterances(line, words, language, spoken))

        self._voice.say(speech, VoiceSettings(SPEEDS[settings.voice_speed], settings.volume), settings.voice_name)
