"""Effects: what the interface asks of the world around it, as values that an effect runner carries out."""

from __future__ import annotations

from game.core.values import frozen
from game.play import Playthrough
from game.ui.settings import Settings


@frozen
class Autosave:
    """Keep this playthrough as the one to continue."""

    playthrough: Playthrough


@frozen
class KeepAside:
    """Keep this playthrough as the one that gave way last."""

    playthrough: Playthrough


@frozen
class CopyText:
    """Put a text on the clipboard."""

    text: str


@frozen
class ReadClipboard:
    """Give the text that is on the clipboard."""


@frozen
class WriteJournal:
    """Write a journal of this playthrough."""

    playthrough: Playthrough


@frozen
class ReadCredits:
    """Say what this program is made of, and under which licences."""


@frozen
class TeacherCommand:
    """Do with the class what its teacher wishes, by the wish's name.

    `count` takes a door, a choice and a number of hands, `timer` a number of seconds, `decide` the choices that were
    picked for a door (as pairs of door and choice) and a reason.
    """

    command: str
    door: str = ""
    choice: str = ""
    number: int = 0
    picks: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@frozen
class CheckPin:
    """See whether this is the staff's PIN."""

    pin: str


@frozen
class CountChoices:
    """Say how many took which choice on the pages of this playthrough."""

    playthrough: Playthrough


@frozen
class EndVisit:
    """The visitor is done."""


@frozen
class WriteClassRecord:
    """Write the class's record down."""


@frozen
class ListSlots:
    """Say what stands in the save slots."""


@frozen
class StoreSlot:
    slot: int
    playthrough: Playthrough


@frozen
class LoadSlot:
    slot: int


@frozen
class DeleteSlot:
    slot: int


@frozen
class StoreSettings:
    settings: Settings


@frozen
class ToggleFullscreen:
    pass


@frozen
class Quit:
    """End the program, with a status for whoever started it."""

    status: int = 0


@frozen
class Repeat:
    """Say what has the focus, or the `whole` screen, to whoever listens."""

    whole: bool


Effect = (
    Autosave | KeepAside | ListSlots | StoreSlot | LoadSlot | DeleteSlot | StoreSettings | ToggleFullscreen | Quit
    | Repeat | CopyText | ReadClipboard | WriteJournal | ReadCredits
    | TeacherCommand | WriteClassRecord | EndVisit | CountChoices | CheckPin
)  # fmt: skip
