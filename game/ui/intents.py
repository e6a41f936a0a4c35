"""Intents: what `update` takes: user input from any device, answers to effects, and events, as values."""

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
    """Press a node: by click, tap, or its id."""

    id: str


@frozen
class Focus:
    """Move the focus to a node, or to none."""

    id: str | None


@frozen
class FocusStep:
    """Move the focus on (+1) or back (-1) in the tree's order, and around."""

    by: int


@frozen
class Activate:
    """Press the focused node."""


@frozen
class PickNumber:
    """Press the choice, or the menu's button, of this number, from 1."""

    number: int


@frozen
class Back:
    """Escape: close the topmost screen, or open its pause screen."""


@frozen
class Adjust:
    """Step a setting through its values: the named one, or the focused one."""

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
    """Speak the focused node again; without a focus, or with `whole`, the screen."""

    whole: bool = False


@frozen
class VoicesFound:
    """News of the system's voices: their names, the best first; why nothing can be heard, or ""; and who spoke last."""

    voices: Sequence[str]
    trouble: str = ""
    speaker: str = ""


@frozen
class VoiceSaying:
    """The voice began to speak this text; "" when it fell silent."""

    text: str


@frozen
class SoundFound:
    """Sound was tried: why it cannot be heard ("device"), or ""."""

    trouble: str = ""


@frozen
class Scroll:
    """Scroll the topmost screen to this many pixels from its top; the sender keeps it in range."""

    to: int


@frozen
class ShowPeople:
    """Show the people who were met so far, or close them again."""


@frozen
class ShowMap:
    """Show the map of the places that were met so far, or close it again."""


@frozen
class LookAtPicture:
    """Hide the sheet, so that the page's picture alone is seen, or show it again."""


@frozen
class Fullscreen:
    """Switch between a window and the full screen."""


@frozen
class Type:
    """Insert a text into the screen's field, at its caret."""

    text: str


@frozen
class Erase:
    """Erase the character before the field's caret (-1), or behind it (+1)."""

    by: int


@frozen
class MoveCaret:
    """Move the field's caret by so many characters, no further than the ends."""

    by: int


@frozen
class Paste:
    """Paste the clipboard into the screen's field."""


@frozen
class Copied:
    """A text is on the clipboard: an answer to `CopyText`."""


@frozen
class JournalProgress:
    """A journal's export has painted `done` of `of` pictures."""

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
    """A playthrough from a slot, with notes where the story has changed: an answer to `LoadSlot`."""

    playthrough: Playthrough
    notes: Sequence[str] = ()


@frozen
class Failed:
    """An effect failed, with the reason in words."""

    message: str


@frozen
class StoryReloaded:
    """The story was reloaded: the new one, the playthrough in it (None where it cannot go on), and notes."""

    story: Story
    playthrough: Playthrough | None
    notes: Sequence[str] = ()


@frozen
class EditionsFound:
    """The languages and lengths in which the story can be read, its own language first."""

    editions: Sequence[Edition]


@frozen
class LanguageLoaded:
    """The story and the interface's texts in another language: an answer to `LoadLanguage`."""

    story: Story
    words: Catalogue


@frozen
class DeviceUsed:
    """The reader took up another device: "keyboard", "mouse", "touch" or "gamepad"."""

    device: str


@frozen
class StoryBroken:
    """The story was changed and cannot be played: (place, problem) for each finding."""

    findings: Sequence[tuple[str, str]]


@frozen
class ClassChanged:
    """The class has a new state."""

    class_view: ClassView


@frozen
class IdleCountdown:
    """The kiosk is idle: seconds left until it resets; None when somebody is there again."""

    left: int | None


@frozen
class KioskReset:
    """Reset the kiosk to its attract screen and these settings."""

    settings: Settings


@frozen
class MuseumClosed:
    """The museum closed: show it with these settings. `until` has a line for each of the kiosk's languages that says
    when it opens; "" where that is not known."""

    until: str
    settings: Settings


@frozen
class StaffRequested:
    """The staff gesture was made: ask for the PIN."""


@frozen
class PinChecked:
    """A PIN was right, and `health` has the status report, a line each; or it was wrong (None), and none is taken for
    `locked` seconds."""

    health: Sequence[str] | None
    locked: int = 0


@frozen
class EndRequested:
    """End the program with this exit status, as its supervisor asks."""

    status: int


@frozen
class NextScene:
    """Show the next picture of the attract screen."""


@frozen
class ChoicesCounted:
    """How earlier visitors chose: node id -> choice id -> how many. An answer to `CountChoices`."""

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
    """The intents that replace the whole text of the screen's field."""
    return MoveCaret(len(before)), *[Erase(-1)] * len(before), Type(text)


class IntentSource(Protocol):
    """Has intents of its own for the interface, beside those of the reader: a class that goes on."""

    def poll(self) -> Intent | None:
        """The next intent; None where there is none now."""
