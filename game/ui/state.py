"""The whole interface as a value: which screens lie on which, and what they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from game.core.values import frozen
from game.ui.line_edit import BLANK, LineEdit
from game.ui.settings import DEFAULT, VALUES, Settings, Values
from game.ui.tree import Action

if TYPE_CHECKING:
    from game.credits import Credit
    from game.play import Playthrough
    from game.play.page import Page
    from game.play.save_files import SlotInfo
    from game.story.model import Story
    from game.ui.class_state import ClassView
    from game.ui.i18n import Catalogue
    from game.ui.kiosk_state import KioskVisit


@frozen
class ScreenView:
    """One screen on the stack, with the reader's place in it.

    `argument` is what it is about (a fact, a term, a past page's number, ...); `pending` is what a
    confirmation would do, and `count` how many things it is about, or which picture goes by; `other_version` shows
    a page's short form for its long one, or the reverse; `line` is what is being typed; `placed` where the reader put
    what in a task (`task.decision.place`), and `compared` the tasks whose author's view is shown.
    """

    screen: str
    argument: str = ""
    focus: str | None = None
    scroll: int = 0
    other_version: bool = False
    pending: Action | None = None
    count: int | None = None
    line: LineEdit = BLANK
    placed: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()


@frozen
class Speech:
    """What is known of the system's voice. `trouble` names why nothing can be heard; `saying` is being said now."""

    voices: tuple[str, ...] = ()
    trouble: str = ""
    saying: str = ""


@frozen
class Journal:
    """A journal that is being made, `done` of `of` pictures; once it is kept, its `file` and size in bytes."""

    done: int = 0
    of: int = 0
    file: str = ""
    size: int = 0

    @property
    def under_way(self) -> bool:
        return self.of > 0 and not self.file


@frozen
class AppState:
    """Everything the interface knows. `views` is never empty; its last is on top and alone takes input.

    `aside` is the playthrough that gave way last; `now` the time at which the `slots` were read; `offers` what the
    world can do besides keeping: "clipboard", "journal", "credits", "reader"; `journal` how far the last one asked
    for is.
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
    offers: frozenset[str] = frozenset()
    journal: Journal = Journal()
    credits: tuple[Credit, ...] = ()
    speech: Speech = Speech()
    sound_trouble: str = ""
    loudness: int = DEFAULT.volume  # what comes back when it is muted no more
    class_view: ClassView | None = None  # the class before the wall, where there is one
    visit: KioskVisit | None = None  # the visit to a museum's kiosk, where this is one

    @property
    def values(self) -> Values:
        """What each setting can be: the voices are those that this system has, and a museum says how loud is enough.

        A voice that is on cannot be turned down to nothing: whoever needs it would not find it again.
        """
        values = dict(VALUES)
        if self.speech.voices:
            values["voice_name"] = ("", *self.speech.voices)
        if self.visit is not None:
            staff = self.top.screen == "staff"
            loudest = self.visit.offer.loudest if staff else self.visit.loudest
            least = 1 if self.settings.speaks and loudest and not staff else 0
            values["volume"] = tuple(volume for volume in VALUES["volume"] if least <= volume <= loudest)
        return values

    @property
    def home(self) -> ScreenView:
        """What lies below everything else: the title, or a kiosk's invitation."""
        return ScreenView("title") if self.visit is None else ScreenView("attract", count=0)

    @property
    def top(self) -> ScreenView:
        return self.views[-1]

    @property
    def page(self) -> Page | None:
        """The page now met, if anyone is reading."""
        return self.playthrough.page if self.playthrough else None

    def pushed(self, view: ScreenView) -> AppState:
        return replace(self, views=(*self.views, view))

    def popped(self) -> AppState:
        return replace(self, views=self.views[:-1]) if len(self.views) > 1 else self

    def without(self, screen: str) -> AppState:
        """With no such screen on the stack."""
        return replace(self, views=tuple(view for view in self.views if view.screen != screen))

    def replaced(self, view: ScreenView) -> AppState:
        """The topmost screen gives way to another."""
        return replace(self, views=(*self.views[:-1], view))
