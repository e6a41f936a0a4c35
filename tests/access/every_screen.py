"""Every screen of the interface: the tests of all screens fail if one is missing here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import pygame

from game.credits import Credit
from game.desktop.render.compositor import Compositor
from game.desktop.render.fonts import Fonts
from game.desktop.render.item_painter import PointerState
from game.desktop.render.tree_renderer import Layer, PageBackground, TreeRenderer
from game.painter import Painting
from game.play import Playthrough
from game.play.save_files import SlotInfo
from game.play.talk import talk_screens
from game.story.model import Story
from game.ui.components.page_parts import has_lead_in
from game.ui.editions import Edition
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import KioskEdition, KioskOffer, KioskVisit
from game.ui.layout.layout_model import Layout, hidden_below_text
from game.ui.layout.page_layout import layout
from game.ui.line_edit import LineEdit
from game.ui.screens.desk import HELP, LAID, SIMPLY
from game.ui.screens.registry import lowest_visible, render_view
from game.ui.settings import Settings
from game.ui.state import KIOSK, WALL, AppState, Journal, ScreenView, Speech
from game.ui.tree import Action, TreeNode
from tests.classroom.wall_states import wall_states
from tests.ui.stand_ins import wandered

LONG = "A line that says what went wrong, and goes on. " * 30
CREDITS = (Credit("game", "a-game", "MIT", "MIT License"), Credit("library", "a 1.0", "LGPL", "A long line. " * 90))
LAID_OUT = frozenset({f"{LAID}tally", f"{LAID}report"})
PLAIN = (
    "title", "about", "controls", "reading", "picture", "pause", "settings", "slots-store", "slots-fetch", "journal",
    "credits", "counted", "people", "map", "so-far", "wall-seats", "wall-note", "wall-join", "wall-menu", "wall-help",
    "attract", "visit-language", "visit-door", "visit-between", "visit-card", "visit-quiet", "still-there",
)  # fmt: skip
VIEWS: Mapping[str, tuple[ScreenView, ...]] = {
    **{name: (ScreenView(name),) for name in PLAIN},
    "content-note": (ScreenView("content-note", "miller"),),
    "look-back": (ScreenView("look-back", "0"), ScreenView("look-back", "2")),
    "debrief": tuple(ScreenView("debrief", str(at)) for at in range(20)),
    "appendix": (ScreenView("appendix"), ScreenView("appendix", "1958 claimed"), ScreenView("appendix", "- invented")),
    "share": (ScreenView("share"), ScreenView("share", "copied")),
    "code": (ScreenView("code"), ScreenView("code", "A slip.", line=LineEdit("RB6CQWEN4JZGEWRB6CQWEN4JZGEW", 12))),
    "licence": (ScreenView("licence", "1"),),
    "fact": (ScreenView("fact", "scrap"), ScreenView("fact", "fever"), ScreenView("fact", "invented")),
    "term": (ScreenView("term", "work-points"),),
    "person": (ScreenView("person", "lu-qi"), ScreenView("person", "han")),
    "sources": (ScreenView("sources", "scrap fever seen ice invented"),),
    "desk": (
        ScreenView("desk", compared=LAID_OUT),
        ScreenView("desk", "beside", compared=LAID_OUT),
        ScreenView("desk", "who-counts", compared=frozenset({"who-counts", HELP, SIMPLY})),
    ),
    "spot": (ScreenView("spot", "lane"),),
    "confirm": (
        ScreenView("confirm", "begin", pending=Action("really-begin", "miller")),
        ScreenView("confirm", "return", pending=Action("really-return", "0"), count=12),
    ),
    "message": (ScreenView("message", f"A short line.\n{LONG}"),),
    "wall": (ScreenView("wall"), ScreenView("wall", "miller"), ScreenView("wall", "clerk")),
    "class-start": (ScreenView("class-start", "It began on 12 November 2026 at 09:05.\n26 pupils had a place."),),
    "wall-expected": (ScreenView("wall-expected", line=LineEdit("28", 2)),),
    "wall-seat": (ScreenView("wall-seat", "s3"), ScreenView("wall-seat", "gone")),
    "wall-debrief": tuple(ScreenView("wall-debrief", str(at)) for at in range(20)),
    "closed": (ScreenView("closed", "Wednesday, 10:00\n星期三 10:00"), ScreenView("closed")),
    "staff-pin": (ScreenView("staff-pin", line=LineEdit("1234", 4)), ScreenView("staff-pin", "That is not the PIN.")),
    "staff": (ScreenView("staff", f"A line of health.\n{LONG}"),),
    "hands": (ScreenView("hands", "miller/hide", line=LineEdit("12", 2)),),
    "settle": (ScreenView("settle"), ScreenView("settle", placed=frozenset({"miller/hide"}))),
    "reason": (
        ScreenView("reason", line=LineEdit("We read his page last week, and talked about it at length. " * 3, 12)),
    ),
    "findings": (ScreenView("findings", "mill.yaml:3:5\nA choice leads nowhere.\nmill.yaml:9:1\n" + LONG),),
}


class Shown(NamedTuple):
    """A screen of the interface, and its name in a failed test."""

    name: str
    app: AppState

    @property
    def tree(self) -> TreeNode:
        return render_view(self.app, self.app.top)


LaidOut = tuple[Shown, Layout]
Laid = Callable[..., Iterator[LaidOut]]


def screens(story: Story, words: Catalogue, settings: Settings, name: str) -> Iterator[Shown]:
    line = wandered(story, 1, "miller")
    app = _app(story, words, settings)
    if name in OF_A_CLASS or name in OF_A_VISIT:
        yield from _before_a_class(app, name) if name in OF_A_CLASS else _at_a_kiosk(app, line, name)
        return
    for number, view in enumerate(VIEWS[name]):
        if name == "title":
            yield Shown(name, replace(app, playthrough=line[2]))
            yield Shown(f"{name} of one language", replace(app, editions=app.editions[:1]))
        elif name == "reading":
            pages = {p.page.node: p for p in line}
            for node, p in pages.items():
                yield Shown(f"{name} {node}", replace(app, playthrough=p).pushed(view))
        elif name == "debrief" and number >= len(talk_screens(line[-1])):
            return
        else:
            over = replace(app, playthrough=line[-1]).pushed(ScreenView("reading"))
            yield Shown(f"{name} {number}", over.pushed(view))
    if name == "journal":
        kept = Journal(done=9, of=9, file="/a/folder/with/a/long/name/mill-lane.html", size=2_400_000)
        over = replace(app, playthrough=line[-1], journal=kept).pushed(ScreenView("reading"))
        yield Shown(name, over.pushed(ScreenView(name)))


OF_A_CLASS = frozenset({"wall", "wall-expected", "wall-seats", "wall-seat",
                        "wall-note", "wall-join", "wall-menu", "wall-help", "wall-debrief",
                        "hands", "settle", "reason"})  # fmt: skip
OF_A_VOTE = frozenset({"hands", "settle", "reason"})


def _before_a_class(app: AppState, name: str) -> Iterator[Shown]:
    for state, class_view in wall_states(app.story):
        held = replace(app, mode=WALL, class_view=class_view, playthrough=class_view.playthrough)
        held = replace(held, views=(ScreenView("wall"),))
        for number, view in enumerate(VIEWS[name]):
            behind = class_view.half(view.argument.partition("/")[0]) is not None
            if name == "wall" and behind == bool(view.argument or len(class_view.halves) == 1):
                yield Shown(f"{name} {number}, {state}", replace(held, views=(view,)))
            elif name == "wall" or (name in OF_A_VOTE and not (class_view.can_vote and (behind or name != "hands"))):
                continue
            elif name != "wall-debrief" or (state == "ended" and number < len(talk_screens(class_view.playthrough))):
                yield Shown(f"{name} {number}, {state}", held.pushed(view))


OF_A_VISIT = frozenset({"attract", "visit-language", "visit-door", "visit-between", "visit-card",
                        "visit-quiet", "closed", "still-there", "staff", "staff-pin"})  # fmt: skip
LONGER = {"miller": 28, "clerk": 27, "villager": 28, "official": 27}
OBJECTS = {"wok": "The wok in the case behind you was dug out of a furnace pit. " * 3, "rice-bowl": "A bowl."}
OTHERS = {node: {"give-wok": 1204, "hide": 377, "smallest": 900} for node in ("m-lane.gate", "m-heavy.ladle")}


EDITIONS = (
    Edition("en", "English", {"full": LONGER, "kiosk": {"miller": 4, "villager": 4}}),
    Edition("zh-Hans", "中文", {"kiosk": {"miller": 4, "villager": 4}}),
)


def _at_a_kiosk(app: AppState, line: list[Playthrough], name: str) -> Iterator[Shown]:
    edition = KioskEdition(app.story, app.words, "Come in and read. " * 5, OBJECTS, LONGER)
    other = KioskEdition(replace(app.story, language="zh-Hans"), app.words, "请进来读一读。" * 5, longer=LONGER)
    offer = KioskOffer((edition, other), tuple(app.story.roles), "kiosk", "full")
    app = replace(app, mode=KIOSK, visit=KioskVisit(offer, 12, OTHERS), views=(ScreenView("attract"),))
    if name == "attract":
        yield Shown(name, app)
        for p in line:
            yield Shown(f"a visitor's page {p.page.node}", replace(app, playthrough=p).pushed(ScreenView("reading")))
        for card in (*VIEWS["fact"], *VIEWS["term"], *VIEWS["person"], *VIEWS["sources"]):
            under = replace(app, playthrough=line[1]).pushed(ScreenView("reading"))
            yield Shown(f"a visitor's {card.screen} {card.argument}", under.pushed(card))
    elif name in ("visit-language", "visit-door", "closed", "staff", "staff-pin"):
        for view in VIEWS[name]:
            yield Shown(name, app.pushed(view))
    elif name == "visit-between":
        for p in line:
            if has_lead_in(p.page):
                yield Shown(f"{name} {p.page.node}", replace(app, playthrough=p).pushed(ScreenView(name)))
    else:
        yield Shown(name, replace(app, playthrough=line[-1]).pushed(ScreenView("reading")).pushed(ScreenView(name)))


def _app(story: Story, words: Catalogue, settings: Settings) -> AppState:
    aside, p = wandered(story, 2, "miller")[3], wandered(story, 1, "miller")[-1]
    kept = SlotInfo(2, "2024-05-06T07:08:09", "miller", "Pots into Iron", "October 1958", "the yard", p.page.picture)
    slots = (kept, SlotInfo(3, "", "", "", "", trouble="damaged"), replace(kept, name="current.kept-1"))
    return AppState(
        story, words, settings, aside=aside, slots=slots,
        now=datetime(2024, 5, 6, 9, 0), offers=frozenset({"clipboard", "journal", "credits", "link"}), credits=CREDITS,
        journal=Journal(done=3, of=9), editions=EDITIONS,
        speech=Speech(voices=("A voice", "Another voice"), trouble="voice"),
    )  # fmt: skip


def layouts(trees: Iterable[TreeNode], size: tuple[int, int], settings: Settings, fonts: Fonts) -> list[Layout]:
    """The layouts of screens that lie on top of one another, the lowest first."""
    found: list[Layout] = []
    for tree in trees:
        found.append(layout(tree, size, settings, fonts, found[-1] if found else None))
    return found


def laid_out(shown: Shown, size: tuple[int, int], fonts: Fonts) -> Layout:
    return layouts(trees(shown.app), size, shown.app.settings, fonts)[-1]


def trees(app: AppState) -> list[TreeNode]:
    """The visible trees: the lowest screen that nothing covers wholly, and the cards on it."""
    views = app.views
    return [render_view(replace(app, views=views[: i + 1]), views[i]) for i in range(lowest_visible(app), len(views))]


class Seen(NamedTuple):
    """A drawn screen and its scroll."""

    plan: Layout
    scroll: int
    surface: pygame.Surface


class Eye:
    """Draws screens over a background on which nobody can read."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._drawing = TreeRenderer(fonts)
        self._grounds: dict[tuple[int, int], PageBackground] = {}
        self._laid: tuple[Shown, tuple[int, int], list[TreeNode], Sequence[Layout]] | None = None  # the last one

    def looks(
        self,
        shown: Shown,
        size: tuple[int, int],
        focus: str | None = None,
        scroll: int = 0,
        touch: PointerState | None = None,
    ) -> Seen:
        app = shown.app
        if self._laid is None or self._laid[0] is not shown or self._laid[1] != size:
            seen = trees(app)
            self._laid = shown, size, seen, layouts(seen, size, app.settings, self.fonts)
        _, _, seen, plans = self._laid
        plan, compositor, surface = plans[-1], Compositor(self._drawing), pygame.Surface(size)
        if size not in self._grounds:
            self._grounds[size] = PageBackground(Painting(_restless(size), ()))
        ground = self._grounds[size]
        below = [Layer(under, 0, PointerState(), "") for under in plans[:-1]]
        status = hidden_below_text(plan, seen[-1], scroll, app.words)
        compositor.render_layers(
            size, (*below, Layer(plan, scroll, touch or PointerState(focus), status)), app.settings.theme, ground, 0.0
        )
        compositor.present(surface, ground, 0.0, 1.0)
        return Seen(plan, scroll, surface)

    def reads(self, shown: Shown, size: tuple[int, int]) -> Iterator[Seen]:
        """The drawn screen at each scroll that shows all of it."""
        seen = self.looks(shown, size)
        yield seen
        while seen.scroll < seen.plan.max_scroll:
            further = max(seen.plan.scale.em(2), seen.plan.main.view.h - seen.plan.scale.em(3))
            seen = self.looks(shown, size, None, seen.plan.clamped(seen.scroll + further))
            yield seen


def _restless(size: tuple[int, int]) -> pygame.Surface:
    """Stripes of black, white and red: whatever lies on them and not on paper lacks contrast somewhere."""
    surface = pygame.Surface(size)
    for x in range(0, size[0], 6):
        surface.fill([(0, 0, 0), (255, 255, 255), (200, 40, 40)][x // 6 % 3], (x, 0, 6, size[1]))
    return surface
