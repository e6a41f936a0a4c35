"""What comes into the interface, and what it asks of the world: values, whoever the player's hand is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from game.ui.settings import Settings


@dataclass(frozen=True, slots=True)
class Press:
    """A node was pressed: clicked, tapped, or named."""

    id: str


@dataclass(frozen=True, slots=True)
class Focus:
    """The focus goes to a node, or nowhere."""

    id: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """The focus goes on (+1) or back (-1) in the tree's order, and around."""

    by: int


@dataclass(frozen=True, slots=True)
class Activate:
    """The focused node is pressed."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The slip, or the menu's button, of this number, from 1, is pressed."""

    number: int


@dataclass(frozen=True, slots=True)
class Back:
    """Away from the topmost screen; on a page, to the pause."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """A setting moves along its row: the named one, or the one that has the focus."""

    by: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Mute:
    """The sound goes off, or on again."""


@dataclass(frozen=True, slots=True)
class SwitchVoice:
    """The voice goes on, or off again."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    """What has the focus is said once more; without a focus, or where `whole` is asked for, the screen."""

    whole: bool = False


@dataclass(frozen=True, slots=True)
class VoicesFound:
    """The system's voices by name, and what is in the way of hearing them: "" for nothing."""

    voices: Sequence[str]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What the voice says now; "" when it falls silent."""

    text: str


@dataclass(frozen=True, slots=True)
class SoundFound:
    """What is in the way of hearing any sound: "device" where there is nothing to play it on, "" for nothing."""

    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Scroll:
    """The topmost screen is scrolled to this many pixels; whoever lays it out keeps it in range."""

    to: int


@dataclass(frozen=True, slots=True)
class Fullscreen:
    """In and out of the full screen."""


@dataclass(frozen=True, slots=True)
class Type:
    """A text was typed, or pasted, into the screen's field."""

    text: str


@dataclass(frozen=True, slots=True)
class Erase:
    """The character before the field's caret (-1), or behind it (+1), goes."""

    by: int


@dataclass(frozen=True, slots=True)
class MoveCaret:
    """The field's caret goes so many characters on, or back, and no further than the ends."""

    by: int


@dataclass(frozen=True, slots=True)
class Paste:
    """What was copied goes into the screen's field."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A text is on the clipboard: an answer to `CopyText`."""


@dataclass(frozen=True, slots=True)
class JournalMade:
    """So many pictures of a journal are painted, of so many."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class JournalKept:
    """A journal is written: where, and how large it is in bytes."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class JournalFailed:
    """A journal could not be written, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class CreditsRead:
    """What this program is made of, and under which licences: an answer to `ReadCredits`."""

    credits: Sequence[Any]


@dataclass(frozen=True, slots=True)
class SlotsRead:
    """What stands in the save slots at the time `now`: an answer to `ListSlots`."""

    slots: Sequence[Any]
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A playthrough from a slot, with notes where it no longer fits."""

    playthrough: Any
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The world could not do what was asked, and says why."""

    message: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The story's files changed: its new form, the reading in it (None where it has no place), and notes."""

    story: Any
    playthrough: Any
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Unplayable:
    """The story's files changed, and cannot be played now: each place that is wrong, and what is."""

    findings: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ClassChanged:
    """The class before the wall stands otherwise (see game/ui/sitting.py)."""

    sitting: Any


Intent = (
    Press | Focus | Step | Activate | Pick | Back | Adjust | Mute | Scroll | Fullscreen
    | Type | Erase | MoveCaret | Paste | Copied | JournalMade | JournalKept | JournalFailed | CreditsRead
    | SwitchVoice | SayAgain | VoicesFound | Saying | SoundFound | SlotsRead | Fetched | Failed | Rewritten | Unplayable
    | ClassChanged
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Autosave:
    """Keep this playthrough as the one to continue."""

    playthrough: Any


@dataclass(frozen=True, slots=True)
class KeepAside:
    """Keep this playthrough as the one that gave way last."""

    playthrough: Any


@dataclass(frozen=True, slots=True)
class CopyText:
    """Put a text on the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class ReadClipboard:
    """Give the text that is on the clipboard."""


@dataclass(frozen=True, slots=True)
class KeepJournal:
    """Write a journal of this playthrough."""

    playthrough: Any


@dataclass(frozen=True, slots=True)
class ReadCredits:
    """Say what this program is made of, and under which licences."""


@dataclass(frozen=True, slots=True)
class Teach:
    """Do with the class what its teacher wishes, by the wish's name.

    `count` takes a door, a choice and a number of hands, `timer` a number of seconds, `decide` the choices that were
    picked for a door (as pairs of door and choice) and a reason.
    """

    wish: str
    door: str = ""
    choice: str = ""
    number: int = 0
    picks: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeepRecord:
    """Write the class's record down."""


@dataclass(frozen=True, slots=True)
class ListSlots:
    """Say what stands in the save slots."""


@dataclass(frozen=True, slots=True)
class StoreSlot:
    slot: int
    playthrough: Any


@dataclass(frozen=True, slots=True)
class FetchSlot:
    slot: int


@dataclass(frozen=True, slots=True)
class DeleteSlot:
    slot: int


@dataclass(frozen=True, slots=True)
class StoreSettings:
    settings: Settings


@dataclass(frozen=True, slots=True)
class ToggleFullscreen:
    pass


@dataclass(frozen=True, slots=True)
class Quit:
    pass


@dataclass(frozen=True, slots=True)
class Repeat:
    """Say what has the focus, or the `whole` screen, to whoever listens."""

    whole: bool


Effect = (
    Autosave | KeepAside | ListSlots | StoreSlot | FetchSlot | DeleteSlot | StoreSettings | ToggleFullscreen | Quit
    | Repeat | CopyText | ReadClipboard | KeepJournal | ReadCredits
    | Teach | KeepRecord
)  # fmt: skip
