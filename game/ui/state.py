"""The state of the interface as one immutable value: the stack of screens, and what they show."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from game.core.values import frozen
from game.ui.editions import Edition
from game.ui.line_edit import BLANK, LineEdit
from game.ui.settings import DEFAULT, KIOSK_VALUES, VALUES, WALL_VALUES, Settings, Values
from game.ui.tree import Action

if TYPE_CHECKING:
    from game.credits import Credit
    from game.play import Playthrough
    from game.play.page import Page
    from game.play.save_files import SlotInfo
    from game.story.model import Story
    from game.ui.class_state import ClassView
    from game.ui.effects import DocumentKind
    from game.ui.i18n import Catalogue
    from game.ui.kiosk_state import KioskOffer, KioskVisit


@frozen
class ScreenView:
    """One screen on the stack of screens.

    Attributes:
        screen: a key of `screens.registry.SCREENS`.
        argument: what it shows, as each screen needs it: a fact's id, a term, the number of a past page, a message.
        other_version: whether the reader has switched the page to its other text (the full or the brief one).
        expanded: whether a sheet of sources shows all of its facts, not only the first few.
        peeking: whether the teacher's screen shows the votes so far. The wall does not.
        pending: what a confirmation does after the answer yes.
        count: the number that a confirmation names; None if it names none.
        scene: the number of the attract screen's picture, from 0.
        line: the text of the screen's field.
        placed: in a task, what the reader has placed, as texts `task.decision.place`; on the teacher's decision screen,
            the picks, as texts `door/choice`.
        compared: the ids of the tasks that show the author's view.
    """

    screen: str
    argument: str = ""
    focus: str | None = None
    scroll: int = 0
    other_version: bool = False
    expanded: bool = False
    peeking: bool = False
    pending: Action | None = None
    count: int | None = None
    scene: int = 0
    line: LineEdit = BLANK
    placed: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()


@frozen
class Speech:
    """The state of self-voicing.

    Attributes:
        trouble: why the voices are silent, or "".
        speaker: the voice that spoke last.
        saying: the text that is spoken now, or "".
        caption: the last text, which stays so that it can be read.
    """

    voices: tuple[str, ...] = ()
    trouble: str = ""
    speaker: str = ""
    saying: str = ""
    caption: str = ""


@frozen
class Journal:
    """The export of a journal or a card: `done` of `of` pictures are painted.

    At the end, `file` is its path and `size` its size in bytes.
    """

    done: int = 0
    of: int = 0
    file: str = ""
    size: int = 0
    document: DocumentKind = "journal"

    @property
    def under_way(self) -> bool:
        return self.of > 0 and not self.file


@frozen
class Mode:
    """How the interface differs from host to host (window, wall, kiosk). The host sets it.

    Attributes:
        home: the lowest screen of the stack.
        after: the screen after the reader has left a story.
        lead_in: the screen that shows summaries and a content note before a page; "": the page itself has them.
        values: setting -> its allowed values, for the settings that differ from `VALUES`.
        alone: whether a single reader uses it. Only then can the sheet of people and the map be opened.
        public: whether strangers use it one after another. They cannot leave its screens or change its window. Just
            after a page turn, no press chooses, so that an extra tap does nothing.
        sheet: the kind of sheet that must not cover a picture's subject, see `layout.placement.page_area`.
    """

    home: ScreenView = ScreenView("title")
    after: ScreenView = ScreenView("debrief", "0")
    lead_in: str = ""
    values: Values = field(default_factory=dict)
    alone: bool = True
    public: bool = False
    sheet: Literal["page", "wall"] = "page"


READER = Mode()
WALL = Mode(values=WALL_VALUES, alone=False, sheet="wall")
KIOSK = Mode(ScreenView("attract"), ScreenView("visit-card"), "visit-between", KIOSK_VALUES, alone=False, public=True)


@frozen
class AppState:
    """The whole state of the interface. `update` makes the next state, `render` the trees that it shows.

    Attributes:
        views: the stack of screens, never empty; only the topmost takes input.
        aside: the playthrough that the current one replaced. The reader can take it up again.
        cut: the id of the cut for a new playthrough; see `new_cut`.
        slots: the save slots, read at the time `now`.
        editions: the languages to choose from, the story's own first; empty if there is no other.
        device: what the reader uses: "keyboard", "mouse", "touch", "gamepad" or "terminal".
        offers: what the host can do besides saving: "clipboard", "journal", "credits", "reader" (it serves a screen
            reader), "files" (it gives and takes saves as files), "link" (an address that opens a share code).
        sound_trouble: why there is no sound: "device", or "".
        loudness: the volume, in per cent, that unmuting restores.
    """

    story: Story
    words: Catalogue
    settings: Settings = DEFAULT
    views: tuple[ScreenView, ...] = (ScreenView("title"),)
    playthrough: Playthrough | None = None
    aside: Playthrough | None = None
    cut: str = "full"
    slots: tuple[SlotInfo, ...] = ()
    now: datetime | None = None
    editions: tuple[Edition, ...] = ()
    device: str = "keyboard"
    offers: frozenset[str] = frozenset()
    journal: Journal = Journal()
    credits: tuple[Credit, ...] = ()
    speech: Speech = Speech()
    sound_trouble: str = ""
    loudness: int = DEFAULT.volume
    mode: Mode = READER
    class_view: ClassView | None = None
    visit: KioskVisit | None = None

    @property
    def values(self) -> Values:
        """The values that each setting can have now.

        They depend on the system's voices, a kiosk's highest volume, and the languages that have all of the current cut
        (the length of the story). While self-voicing is on, a kiosk cannot be muted: a visitor who needs the voice
        could not turn it up again.
        """
        values = {**VALUES, **self.mode.values}
        if self.speech.voices:
            values["voice_name"] = ("", *self.speech.voices)
        languages = tuple(edition.language for edition in self.editions if self._can_read_in(edition))
        if len(languages) > 1:
            values["language"] = languages
        if self.visit is not None:
            staff = self.top.screen == "staff"
            loudest = self.visit.offer.loudest if staff else self.visit.loudest
            least = 1 if self.settings.speaks and loudest and not staff else 0
            values["volume"] = tuple(volume for volume in VALUES["volume"] if least <= volume <= loudest)
        return values

    @property
    def edition(self) -> Edition | None:
        """The edition in the present language; None if the editions are not known."""
        return next((edition for edition in self.editions if edition.language == self.story.language), None)

    @property
    def goes_on_in(self) -> Edition | None:
        """The story's own edition, if the present language lacks the playthrough's cut; otherwise None."""
        edition, p = self.edition, self.playthrough
        if edition is None or edition is self.editions[0] or p is None or p.cut.id in edition.minutes:
            return None
        return self.editions[0]

    @property
    def new_cut(self) -> str:
        """The cut of a new playthrough: `cut`, or the longest cut of the present language if it lacks `cut`."""
        edition = self.edition
        if edition is None or edition is self.editions[0] or self.cut in edition.minutes:
            return self.cut
        return next(iter(edition.minutes))

    @property
    def is_reading(self) -> bool:
        """Whether the current playthrough is on one of the screens of the stack."""
        return self.playthrough is not None and any(view.screen in ("reading", "debrief") for view in self.views)

    def _can_read_in(self, edition: Edition) -> bool:
        """Return whether the reader can choose an edition now: the story's own, or one with the playthrough's cut."""
        if not self.is_reading or self.playthrough is None or edition is self.editions[0]:
            return True
        return self.playthrough.cut.id in edition.minutes

    @property
    def home(self) -> ScreenView:
        return self.mode.home

    @property
    def invitation(self) -> KioskOffer | None:
        """What a kiosk offers, if its attract screen is shown; else None."""
        return self.visit.offer if self.visit is not None and self.top.screen == "attract" else None

    @property
    def top(self) -> ScreenView:
        return self.views[-1]

    @property
    def current(self) -> Playthrough:
        """The current playthrough. Only screens that have a playthrough may use it."""
        assert self.playthrough is not None
        return self.playthrough

    @property
    def current_class(self) -> ClassView:
        """The class. Only the screens of a wall may use it."""
        assert self.class_view is not None
        return self.class_view

    @property
    def current_visit(self) -> KioskVisit:
        assert self.visit is not None
        return self.visit

    @property
    def page(self) -> Page | None:
        return self.playthrough.page if self.playthrough else None

    def pushed(self, view: ScreenView) -> AppState:
        """Return the state with this screen on top."""
        return replace(self, views=(*self.views, view))

    def popped(self) -> AppState:
        """Return the state without the topmost screen; if it is the only screen, the state as it is."""
        return replace(self, views=self.views[:-1]) if len(self.views) > 1 else self

    def without(self, screen: str) -> AppState:
        """Return the state with all screens of this name removed from the stack."""
        return replace(self, views=tuple(view for view in self.views if view.screen != screen))

    def replaced(self, view: ScreenView) -> AppState:
        """Return the state with this screen in place of the topmost one."""
        return replace(self, views=(*self.views[:-1], view))
