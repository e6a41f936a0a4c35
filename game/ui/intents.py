"""Intents: what comes into the interface, as values, whatever device or answer it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from game.core.values import frozen
from game.credits import Credit
from game.play import Playthrough
from game.play.save_files import SlotInfo
from game.story.model import Story
from game.ui.class_state import ClassView
from game.ui.settings import Settings


@frozen
class Press:
    """A node was pressed: clicked, tapped, or named."""

    id: str


@frozen
class Focus:
    """The focus goes to a node, or nowhere."""

    id: str | None


@frozen
class FocusStep:
    """The focus goes on (+1) or back (-1) in the tree's order, and around."""

    by: int


@frozen
class Activate:
    """The focused node is pressed."""


@frozen
class PickNumber:
    """The slip, or the menu's button, of this number, from 1, is pressed."""

    number: int


@frozen
class Back:
    """Away from the topmost screen; on a page, to the pause."""


@frozen
class Adjust:
    """A setting moves along its row: the named one, or the one that has the focus."""

    by: int
    name: str | None = None


@frozen
class Mute:
    """The sound goes off, or on again."""


@frozen
class SwitchVoice:
    """The voice goes on, or off again."""


@frozen
class SayAgain:
    """What has the focus is said once more; without a focus, or where `whole` is asked for, the screen."""

    whole: bool = False


@frozen
class VoicesFound:
    """The system's voices by name, and what is in the way of hearing them: "" for nothing."""

    voices: Sequence[str]
    trouble: str = ""


@frozen
class VoiceSaying:
    """What the voice says now; "" when it falls silent."""

    text: str


@frozen
class SoundFound:
    """What is in the way of hearing any sound: "device" where there is nothing to play it on, "" for nothing."""

    trouble: str = ""


@frozen
class Scroll:
    """The topmost screen is scrolled to this many pixels; whoever lays it out keeps it in range."""

    to: int


@frozen
class Fullscreen:
    """In and out of the full screen."""


@frozen
class Type:
    """A text was typed, or pasted, into the screen's field."""

    text: str


@frozen
class Erase:
    """The character before the field's caret (-1), or behind it (+1), goes."""

    by: int


@frozen
class MoveCaret:
    """The field's caret goes so many characters on, or back, and no further than the ends."""

    by: int


@frozen
class Paste:
    """What was copied goes into the screen's field."""


@frozen
class Copied:
    """A text is on the clipboard: an answer to `CopyText`."""


@frozen
class JournalProgress:
    """So many pictures of a journal are painted, of so many."""

    done: int
    of: int


@frozen
class JournalWritten:
    """A journal is written: where, and how large it is in bytes."""

    file: str
    size: int


@frozen
class JournalFailed:
    """A journal could not be written, and why."""

    why: str


@frozen
class CreditsRead:
    """What this program is made of, and under which licences: an answer to `ReadCredits`."""

    credits: Sequence[Credit]


@frozen
class SlotsRead:
    """What stands in the save slots at the time `now`: an answer to `ListSlots`."""

    slots: Sequence[SlotInfo]
    now: datetime | None = None


@frozen
class PlaythroughLoaded:
    """A playthrough from a slot, with notes where it no longer fits."""

    playthrough: Playthrough
    notes: Sequence[str] = ()


@frozen
class Failed:
    """The world could not do what was asked, and says why."""

    message: str


@frozen
class StoryReloaded:
    """The story's files changed: its new form, the reading in it (None where it has no place), and notes."""

    story: Story
    playthrough: Playthrough | None
    notes: Sequence[str] = ()


@frozen
class StoryBroken:
    """The story's files changed, and cannot be played now: each place that is wrong, and what is."""

    findings: Sequence[tuple[str, str]]


@frozen
class ClassChanged:
    """The class before the wall stands otherwise (see game/ui/class_state.py)."""

    class_view: ClassView


@frozen
class IdleCountdown:
    """Nobody has touched the kiosk for long: so many seconds are left to say that somebody is there; None: somebody
    is."""

    left: int | None


@frozen
class KioskReset:
    """Nobody is at the kiosk any more: it begins anew, as it was set up."""

    settings: Settings


@frozen
class MuseumClosed:
    """The museum is closed; dark and quiet, by these settings. `until` names the time at which it opens, if there is
    one, in a line for each of the kiosk's languages."""

    until: str
    settings: Settings


@frozen
class StaffRequested:
    """Somebody of the staff wants in: the PIN is asked for."""


@frozen
class PinChecked:
    """A PIN was right, and this is how the kiosk is doing; or it was wrong (None), and no other is taken for so many
    seconds."""

    health: Sequence[str] | None
    locked: int = 0


@frozen
class EndRequested:
    """Whoever looks after this program has it end, with this status."""

    status: int


@frozen
class NextScene:
    """The next picture of those that go by while nobody is there."""


@frozen
class ChoicesCounted:
    """How the others chose who were at the kiosk: for each page, how many took each choice."""

    others: Mapping[str, Mapping[str, int]]


Intent = (
    Press
    | Focus
    | FocusStep
    | Activate
    | PickNumber
    | Back
    | Adjust
    | Mute
    | Scroll
    | Fullscreen
    | Type
    | Erase
    | MoveCaret
    | Paste
    | Copied
    | JournalProgress
    | JournalWritten
    | JournalFailed
    | CreditsRead
    | SwitchVoice
    | SayAgain
    | VoicesFound
    | VoiceSaying
    | SoundFound
    | SlotsRead
    | PlaythroughLoaded
    | Failed
    | StoryReloaded
    | StoryBroken
    | ClassChanged
    | IdleCountdown
    | KioskReset
    | MuseumClosed
    | StaffRequested
    | PinChecked
    | EndRequested
    | NextScene
    | ChoicesCounted
)
