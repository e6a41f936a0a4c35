"""Self-voicing: speaks what changes on the screen, and reports the voice's state as intents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.speech.announcer import ListenerState, again, announce_changes
from game.speech.engines import SPEEDS, SystemVoice, VoiceSettings
from game.speech.utterances import Utterance, base, utterances
from game.speech.voice import Voice
from game.ui import intents
from game.ui.state import AppState
from game.ui.tree import TreeNode


class SelfVoicing:
    """Speaks the screens of one session while `settings.voice` is on.

    Args:
        voice: the system's voice.
        speak: True to turn the setting on at the start.
    """

    def __init__(self, voice: Voice, speak: bool = False) -> None:
        self._voice, self._speak = voice, speak
        self._heard: ListenerState | None = None
        self._found: intents.VoicesFound | None = None
        self._saying = ""
        self._language = ""

    def shown(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """Speak what is new. Call it when the screen, its focus or the state has changed."""
        self._language = app.story.language
        if app.settings.speaks or app.top.screen == "settings":
            self._voice.list_voices()
        self._speak = self._speak and not app.settings.speaks
        self._heard, lines = announce_changes(self._heard, tree, focus, app)
        if lines:
            self._say(lines, app)

    def again(self, tree: TreeNode, focus: str | None, app: AppState, whole: bool = False) -> None:
        """Speak the focused node again. With `whole`, speak the whole screen."""
        if app.settings.speaks:
            self._say(again(tree, focus, app, whole), app)

    def stop(self) -> None:
        """Stop speaking, because the user did something."""
        self._voice.stop()

    def news(self) -> intents.Intent | None:
        """Return the next intent about the voice, or None if there is none. Call it until it returns None."""
        if self._speak and self._heard is not None:
            return intents.SwitchVoice()
        found = intents.VoicesFound(self._names(), self._voice.trouble, self._voice.speaker)
        if found != self._found and (self._found is not None or found != intents.VoicesFound(())):
            self._found = found
            return found
        if self._voice.saying != self._saying:
            self._saying = self._voice.saying
            return intents.VoiceSaying(self._saying)
        return None

    def _names(self) -> tuple[str, ...]:
        """Return the names of the voices for the story's language, each once; the best comes first."""
        mine = (voice.label for voice in self._voice.voices if base(voice.language) == base(self._language))
        return tuple(dict.fromkeys(mine))

    def _say(self, lines: Sequence[str], app: AppState) -> None:
        settings, words, language = app.settings, app.words, app.story.language

        def speech(voices: Sequence[SystemVoice]) -> Iterator[Utterance]:
            spoken = {base(voice.language) for voice in voices}
            return (each for line in lines for each in utterances(line, words, language, spoken))

        self._voice.say(speech, VoiceSettings(SPEEDS[settings.voice_speed], settings.volume), settings.voice_name)
