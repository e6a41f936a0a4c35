"""Intents: the values that `update` takes. They come from input devices, from effects as answers, and from events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from game.core.values import frozen
from game.credits import Credit
from game.play import Playthrough
from game.play.save_files import SlotInfo
from game.story.model import Story
from game.ui.class_state import ClassView
from game.ui.editions import Edition
from game.ui.i18n import Catalogue
from game.ui.settings import Settings


@frozen
class Press:
    """Press a node by its id, as a click or a tap does."""

    id: str


@frozen
class Focus:
    """Move the focus to a node; None takes the focus away."""

    id: str | None


@frozen
class FocusStep:
    """Move the focus to the next node (+1) or the previous one (-1). After the last node comes the first."""

    by: int


@frozen
class Activate:
    """Press the node that has the focus."""


@frozen
class PickNumber:
    """Press the choice, or the menu's button, with this number. Numbers begin at 1."""

    number: int


@frozen
class Back:
    """Close the topmost screen, or open its pause screen, as Escape does."""


@frozen
class Adjust:
    """Step a setting by `by` through its values. Without a name, step the setting that has the focus."""

    by: int
    name: str | None = None


@frozen
class Mute:
    """Mute the sound, or unmute it."""


@frozen
class SwitchVoice:
    """Turn self-voicing on or off."""


@frozen
class SayAgain:
    """Speak the focused node again. If nothing has the focus, or with `whole`, speak the screen."""

    whole: bool = False


@frozen
class VoicesFound:
    """News of the system's voices: their names, best first; why they are silent, or ""; the voice that spoke last."""

    voices: Sequence[str]
    trouble: str = ""
    speaker: str = ""


@frozen
class VoiceSaying:
    """The voice began to speak this text. "" means that the voice fell silent."""

    text: str


@frozen
class SoundFound:
    """The program has tried to play sound. `trouble` says why nobody can hear it ("device"), or is ""."""

    trouble: str = ""


@frozen
class Scroll:
    """Scroll the topmost screen to a place in pixels from its top. The sender keeps it in range."""

    to: int


@frozen
class ShowPeople:
    """Show or close the sheet of the people met so far."""


@frozen
class ShowMap:
    """Show or close the map of the places met so far."""


@frozen
class LookAtPicture:
    """Hide the sheet, so that only the page's picture shows. If the sheet is hidden, show it again."""


@frozen
class Fullscreen:
    """Switch between a window and the full screen."""


@frozen
class Type:
    """Insert a text into the screen's field, at its caret."""

    text: str


@frozen
class Erase:
    """Erase the character before the field's caret (-1), or after it (+1)."""

    by: int


@frozen
class MoveCaret:
    """Move the field's caret by so many characters, but not beyond the ends."""

    by: int


@frozen
class Paste:
    """Paste the clipboard into the screen's field."""


@frozen
class Copied:
    """A text was put on the clipboard: an answer to `CopyText`."""


@frozen
class JournalProgress:
    """The export of a journal has painted `done` pictures of `of`."""

    done: int
    of: int


@frozen
class JournalWritten:
    """A journal was written: its path, and its size in bytes."""

    file: str
    size: int


@frozen
class JournalFailed:
    """A journal could not be written, with the reason in words."""

    why: str


@frozen
class CreditsRead:
    """The credits and licences: an answer to `ReadCredits`."""

    credits: Sequence[Credit]


@frozen
class SlotsRead:
    """The save slots at the time `now`: an answer to `ListSlots`."""

    slots: Sequence[SlotInfo]
    now: datetime | None = None


@frozen
class PlaythroughLoaded:
    """Show this playthrough: an answer to `LoadSlot` or `ImportSave`. `notes` say what a changed story did to it."""

    playthrough: Playthrough
    notes: Sequence[str] = ()


@frozen
class Failed:
    """An effect failed, with the reason in words."""

    message: str


@frozen
class StoryReloaded:
    """The story was loaded again. `playthrough` is the same reading in the new story; None if it cannot go on there."""

    story: Story
    playthrough: Playthrough | None
    notes: Sequence[str] = ()


@frozen
class EditionsFound:
    """The languages and lengths in which the story can be read, the story's own language first."""

    editions: Sequence[Edition]


@frozen
class LanguageLoaded:
    """The story and the interface's texts in another language: an answer to `LoadLanguage`."""

    story: Story
    words: Catalogue


@frozen
class DeviceUsed:
    """The reader began to use another device: "keyboard", "mouse", "touch" or "gamepad"."""

    device: str


@frozen
class StoryBroken:
    """Somebody changed the story, and it cannot be played now. `findings` are pairs of place and problem."""

    findings: Sequence[tuple[str, str]]


@frozen
class ClassChanged:
    """The class has a new state."""

    class_view: ClassView


@frozen
class IdleCountdown:
    """Nobody uses the kiosk, and it resets in `left` seconds. None means that somebody uses it again."""

    left: int | None


@frozen
class KioskReset:
    """The kiosk goes back to its attract screen and to these settings."""

    settings: Settings


@frozen
class MuseumClosed:
    """The museum closed: show that, with these settings. `until` says when it opens: a line for each of the kiosk's
    languages, "" if nobody knows."""

    until: str
    settings: Settings


@frozen
class StaffRequested:
    """Somebody made the secret gesture of the staff: ask for the PIN."""


@frozen
class PinChecked:
    """A PIN was checked. `health` is a report for the staff; None for a wrong PIN. No PIN is taken for `locked`
    seconds."""

    health: Sequence[str] | None
    locked: int = 0


@frozen
class EndRequested:
    """End the program with this exit status, because the process that supervises it asks for that."""

    status: int


@frozen
class NextScene:
    """Show the next picture of the attract screen."""


@frozen
class ChoicesCounted:
    """How earlier visitors chose: node id -> choice id -> number of visitors. An answer to `CountChoices`."""

    others: Mapping[str, Mapping[str, int]]


Intent = (
    Press | Focus | FocusStep | Activate | PickNumber | Back | Adjust | Mute | Scroll | ShowMap | ShowPeople
    | LookAtPicture | Fullscreen | Type | Erase | MoveCaret | Paste | Copied | JournalProgress | JournalWritten
    | JournalFailed | CreditsRead | SwitchVoice | SayAgain | VoicesFound | VoiceSaying | SoundFound | SlotsRead
    | PlaythroughLoaded | Failed | StoryReloaded | StoryBroken | EditionsFound | LanguageLoaded | DeviceUsed
    | ClassChanged | IdleCountdown | KioskReset | MuseumClosed | StaffRequested | PinChecked | EndRequested
    | NextScene | ChoicesCounted
)  # fmt: skip


def filled(before: str, text: str) -> tuple[Intent, ...]:
    """Return the intents that replace `before`, the present text of the screen's field, by `text`."""
    return MoveCaret(len(before)), *[Erase(-1)] * len(before), Type(text)


class IntentSource(Protocol):
    """A source of intents that do not come from the reader, such as the changes of a class."""

    def poll(self) -> Intent | None:
        """Return the next intent; None if there is none now."""
