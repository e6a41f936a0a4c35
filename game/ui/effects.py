"""Effects: the side effects that `update` asks for, as values. An `EffectRunner` carries them out. The answer to an
effect is the intent that comes back after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from game.core.values import frozen
from game.play import Playthrough
from game.ui.settings import Settings

if TYPE_CHECKING:
    from game.ui.intents import Intent

DocumentKind = Literal["journal", "card"]  # a document about all of a playthrough, or of one page


@frozen
class Autosave:
    """Save this playthrough as the one to continue."""

    playthrough: Playthrough


@frozen
class KeepAside:
    """Save this playthrough as the one that was replaced last."""

    playthrough: Playthrough


@frozen
class CopyText:
    """Put a text on the clipboard. Answer: `Copied`."""

    text: str


@frozen
class ShareLink:
    """Offer a link to the playthrough in this share code. Answer: `Copied`, if the link went to the clipboard."""

    code: str


@frozen
class ReadClipboard:
    """Read the clipboard. Answer: `Type`."""


@frozen
class WriteJournal:
    """Export a playthrough: a journal (all of it) or a card (one page). Answers: `JournalProgress`, then
    `JournalWritten` or `JournalFailed`."""

    playthrough: Playthrough
    document: DocumentKind = "journal"


@frozen
class ReadCredits:
    """Read the credits and licences. Answer: `CreditsRead`."""


@frozen
class LoadLanguage:
    """Load the story and the interface's texts in a language. Answer: `LanguageLoaded`."""

    language: str


@frozen
class TeacherCommand:
    """A command from the teacher to the class, by its name.

    Commands with arguments:

    - `count`: a door (the role that a half reads), a choice, and how many hands were raised for it.
    - `timer`: how many seconds to add.
    - `decide`: the picks, as pairs of door and choice, and a reason.
    - `skip`: the door of the half that skips its hard chapter.
    - `task`: the id of a task, as `choice`.
    - `expect`: how many pupils should come; 0 if nobody knows.
    - `remove`, `readmit`, `move`: the seat to take away, give back, or move to the other half.
    - `share`: a seat, and how many pupils share its phone.

    `asked`: the teacher has confirmed the command, so it is allowed to drop votes.
    """

    command: str
    door: str = ""
    choice: str = ""
    number: int = 0
    picks: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    seat: str = ""
    asked: bool = False


@frozen
class CheckPin:
    """Check the staff's PIN. Answer: `PinChecked`."""

    pin: str


@frozen
class CountChoices:
    """Count how other visitors chose on the pages of this playthrough. Answer: `ChoicesCounted`."""

    playthrough: Playthrough


@frozen
class EndVisit:
    """End the visit. Answer: `KioskReset`."""


@frozen
class WriteClassRecord:
    """Write the class's record as files for the teacher."""


@frozen
class ListSlots:
    """Read the save slots. Answer: `SlotsRead`."""


@frozen
class StoreSlot:
    """Save this playthrough in a slot."""

    slot: int
    playthrough: Playthrough


@frozen
class LoadSlot:
    """Load a slot by its number, or by its name a copy that was kept beside a save. Answer: `PlaythroughLoaded`."""

    slot: int | str


@frozen
class DeleteSlot:
    """Empty a slot by its number, or remove by its name a copy that was kept beside a save."""

    slot: int | str


@frozen
class ExportSave:
    """Give the reader the save of this playthrough as a file."""

    playthrough: Playthrough


@frozen
class ImportSave:
    """Ask the reader for a save's file. Answer: `PlaythroughLoaded`."""


@frozen
class StoreSettings:
    """Save the settings."""

    settings: Settings


@frozen
class ToggleFullscreen:
    """Switch between a window and the full screen."""


@frozen
class Quit:
    """End the program with this exit status."""

    status: int = 0


@frozen
class Repeat:
    """Speak the focused node again. With `whole`, speak the whole screen."""

    whole: bool


Effect = (
    Autosave | KeepAside | ListSlots | StoreSlot | LoadSlot | DeleteSlot | ExportSave | ImportSave | StoreSettings
    | ToggleFullscreen | Quit | Repeat | CopyText | ShareLink | ReadClipboard | WriteJournal | ReadCredits
    | LoadLanguage | TeacherCommand | WriteClassRecord | EndVisit | CountChoices | CheckPin
)  # fmt: skip


class EffectRunner(Protocol):
    """Carries out the interface's effects, such as writing files or sending commands to a class."""

    def carry_out(self, effect: Effect) -> Intent | None:
        """Carry out one effect. Return the intent that answers it; None if the effect has no answer."""
