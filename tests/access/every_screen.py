"""Every screen that there is, as somebody meets it: a screen that is missing here fails the tests of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import pygame

from game.credits import Credit
from game.play import Playthrough
from game.play.saves import SlotInfo
from game.story.model import Story
from game.ui.app import App, Journal, Speech, View, view_tree
from game.ui.layout import Layout, layouts
from game.ui.scrolling import announcement
from game.ui.settings import Settings
from game.ui.steps import led_past
from game.ui.tree import Action, Node
from game.ui.typing import Line
from game.ui.visit import Edition, Offer, Visit
from game.ui.words import Words
from game.window.drawing import Drawing, Ground, Layer, Touch
from game.window.fonts import Fonts
from game.window.painter import Painting
from game.window.session import base
from game.window.stage import Stage
from tests.classroom.sittings import sittings
from tests.ui.stand_ins import wandered

LONG = "A line that says what went wrong, and goes on. " * 30
CREDITS = (Credit("game", "a-game", "MIT", "MIT License"), Credit("library", "a 1.0", "LGPL", "A long line. " * 90))
VIEWS: Mapping[str, tuple[View, ...]] = {
    "title": (View("title"),),
    "about": (View("about"),),
    "content-note": (View("content-note", "miller"),),
    "reading": (View("reading"),),
    "look-back": (View("look-back", "0"), View("look-back", "2")),
    "debrief": tuple(View("debrief", str(at)) for at in range(20)),
    "pause": (View("pause"),),
    "settings": (View("settings"),),
    "slots-store": (View("slots-store"),),
    "slots-fetch": (View("slots-fetch"),),
    "share": (View("share"), View("share", "copied")),
    "code": (View("code"), View("code", "A slip.", line=Line("RB6CQWEN4JZGEWRB6CQWEN4JZGEW", 12))),
    "journal": (View("journal"),),
    "credits": (View("credits"),),
    "licence": (View("licence", "1"),),
    "fact": (View("fact", "scrap"), View("fact", "fever"), View("fact", "invented")),
    "term": (View("term", "work-points"),),
    "confirm": (
        View("confirm", "begin", pending=Action("really-begin", "miller")),
        View("confirm", "return", pending=Action("really-return", "0"), count=12),
    ),
    "message": (View("message", f"A short line.\n{LONG}"),),
    "wall": (View("wall"), View("wall", "miller"), View("wall", "clerk")),
    "wall-note": (View("wall-note"),),
    "wall-join": (View("wall-join"),),
    "wall-menu": (View("wall-menu"),),
    "wall-help": (View("wall-help"),),
    "wall-debrief": tuple(View("wall-debrief", str(at)) for at in range(20)),
    "attract": (View("attract", count=0),),
    "visit-language": (View("visit-language"),),
    "visit-door": (View("visit-door"),),
    "visit-between": (View("visit-between"),),
    "visit-sources": (View("visit-sources"),),
    "visit-card": (View("visit-card"),),
    "visit-quiet": (View("visit-quiet"),),
    "still-there": (View("still-there"),),
    "closed": (View("closed", "Wednesday, 10:00\n星期三 10:00"), View("closed")),
    "staff-pin": (View("staff-pin", line=Line("1234", 4)), View("staff-pin", "That is not the PIN.")),
    "staff": (View("staff", f"A line of health.\n{LONG}"),),
    "hands": (View("hands", "miller/hide", line=Line("12", 2)),),
    "settle": (View("settle"), View("settle", placed=frozenset({"miller/hide"}))),
    "reason": (View("reason", line=Line("We read his page last week, and talked about it at length. " * 3, 12)),),
    "findings": (View("findings", "mill.yaml:3:5\nA choice leads nowhere.\nmill.yaml:9:1\n" + LONG),),
}


class Shown(NamedTuple):
    """A screen of the interface, and what it is called in a failed test."""

    name: str
    app: App

    @property
    def tree(self) -> Node:
        return view_tree(self.app, self.app.top)


def screens(story: Story, words: Words, settings: Settings, name: str) -> Iterator[Shown]:
    """Each form of the screen of that name, over the screens that it lies on."""
    line = wandered(story, 1, "miller")
    app = _app(story, words, settings)
    if name in OF_A_CLASS:
        yield from _before_a_class(app, name)
        return
    if name in OF_A_VISIT:
        yield from _at_a_kiosk(app, line, name)
        return
    for number, view in enumerate(VIEWS[name]):
        if name == "title":
            yield Shown(name, replace(app, playthrough=line[2]))
        elif name == "reading":
            pages = {p.page.node: p for p in line}
            for node, p in pages.items():
                yield Shown(f"{name} {node}", replace(app, playthrough=p).pushed(view))
        elif name == "debrief" and number >= len(story.debrief):
            return
        else:
            over = replace(app, playthrough=line[-1]).pushed(View("reading"))
            yield Shown(f"{name} {number}", over.pushed(view))
    if name == "journal":
        kept = Journal(done=9, of=9, file="/a/folder/with/a/long/name/mill-lane.html", size=2_400_000)
        yield Shown(name, replace(app, playthrough=line[-1], journal=kept).pushed(View("reading")).pushed(View(name)))


OF_A_CLASS = frozenset({"wall", "wall-note", "wall-join", "wall-menu", "wall-help", "wall-debrief",
                        "hands", "settle", "reason"})  # fmt: skip
OF_A_VOTE = frozenset({"hands", "settle", "reason"})


def _before_a_class(app: App, name: str) -> Iterator[Shown]:
    """Each form of a screen of the wall, for each state of a class that it can be shown in."""
    for state, sitting in sittings(app.story):
        held = replace(app, sitting=sitting, playthrough=sitting.playthrough, views=(View("wall"),))
        for number, view in enumerate(VIEWS[name]):
            behind = sitting.half(view.argument.partition("/")[0]) is not None
            if name == "wall" and behind == bool(view.argument or len(sitting.halves) == 1):
                yield Shown(f"{name} {number}, {state}", replace(held, views=(view,)))
            elif name == "wall" or (name in OF_A_VOTE and not (sitting.votes and (behind or name != "hands"))):
                continue
            elif name != "wall-debrief" or (state == "ended" and number < len(app.story.debrief)):
                yield Shown(f"{name} {number}, {state}", held.pushed(view))


OF_A_VISIT = frozenset({"attract", "visit-language", "visit-door", "visit-between", "visit-sources", "visit-card",
                        "visit-quiet", "closed", "still-there", "staff", "staff-pin"})  # fmt: skip
LONGER = {"miller": 28, "clerk": 27, "villager": 28, "official": 27}
OBJECTS = {"wok": "The wok in the case behind you was dug out of a furnace pit. " * 3, "rice-bowl": "A bowl."}
OTHERS = {node: {"give-wok": 1204, "hide": 377, "smallest": 900} for node in ("m-lane.gate", "m-heavy.ladle")}


def _at_a_kiosk(app: App, line: list[Playthrough], name: str) -> Iterator[Shown]:
    """Each form of a screen of a museum's kiosk, and with it the pages as a visitor has them."""
    edition = Edition(app.story, app.words, "Come in and read. " * 5, OBJECTS, LONGER)
    other = Edition(replace(app.story, language="zh-Hans"), app.words, "请进来读一读。" * 5, longer=LONGER)
    offer = Offer((edition, other), tuple(app.story.roles), "kiosk", "full")
    app = replace(app, visit=Visit(offer, 12, OTHERS), views=(View("attract", count=0),))
    if name == "attract":
        yield Shown(name, app)
        for p in line:
            yield Shown(f"a visitor's page {p.page.node}", replace(app, playthrough=p).pushed(View("reading")))
        for card in (View("fact", "scrap"), View("fact", "fever"), View("term", "work-points")):
            under = replace(app, playthrough=line[1]).pushed(View("reading"))
            yield Shown(f"a visitor's {card.screen} {card.argument}", under.pushed(card))
    elif name in ("visit-language", "visit-door", "closed", "staff", "staff-pin"):
        for view in VIEWS[name]:
            yield Shown(name, app.pushed(view))
    elif name in ("visit-between", "visit-sources"):
        for p in line:
            if led_past(p.page) if name == "visit-between" else p.page.changes:
                yield Shown(f"{name} {p.page.node}", replace(app, playthrough=p).pushed(View(name)))
    else:
        yield Shown(name, replace(app, playthrough=line[-1]).pushed(View("reading")).pushed(View(name)))


def _app(story: Story, words: Words, settings: Settings) -> App:
    """The interface with something wherever there can be something."""
    aside, p = wandered(story, 2, "miller")[3], wandered(story, 1, "miller")[-1]
    kept = SlotInfo(2, "2024-05-06T07:08:09", "miller", "Pots into Iron", "October 1958", "the yard", p.page.picture)
    return App(
        story, words, settings, aside=aside, slots=(kept, SlotInfo(3, "", "", "", "", trouble="damaged")),
        now=datetime(2024, 5, 6, 9, 0), offers=frozenset({"clipboard", "journal", "credits"}), credits=CREDITS,
        journal=Journal(done=3, of=9), speech=Speech(voices=("A voice", "Another voice"), trouble="voice"),
    )  # fmt: skip


def laid_out(shown: Shown, size: tuple[int, int], fonts: Fonts) -> Layout:
    """The topmost of its screens, over those that it lies on."""
    return layouts(trees(shown.app), size, shown.app.settings, fonts)[-1]


def trees(app: App) -> list[Node]:
    """What is to be seen: the lowest screen that nothing covers wholly, and the cards on it."""
    views = app.views
    return [view_tree(replace(app, views=views[: i + 1]), views[i]) for i in range(base(app), len(views))]


class Seen(NamedTuple):
    """A screen as it is drawn, scrolled so far."""

    plan: Layout
    scroll: int
    surface: pygame.Surface


class Eye:
    """Looks at screens as they are drawn, over a ground that nothing can be read on."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._drawing = Drawing(fonts)
        self._grounds: dict[tuple[int, int], Ground] = {}

    def looks(
        self, shown: Shown, size: tuple[int, int], focus: str | None = None, scroll: int = 0, touch: Touch | None = None
    ) -> Seen:
        """The screen's pixels, scrolled so far, with the focus or another `touch` on it."""
        app, seen = shown.app, trees(shown.app)
        plans = layouts(seen, size, app.settings, self.fonts)
        plan, stage, surface = plans[-1], Stage(self._drawing), pygame.Surface(size)
        ground = self._grounds.setdefault(size, Ground(Painting(_restless(size), ())))
        below = [Layer(under, 0, Touch(), "") for under in plans[:-1]]
        status = announcement(plan, seen[-1], scroll, app.words)
        stage.lay(size, (*below, Layer(plan, scroll, touch or Touch(focus), status)), app.settings.theme, ground, 0.0)
        stage.show(surface, ground, 0.0, 1.0)
        return Seen(plan, scroll, surface)

    def reads(self, shown: Shown, size: tuple[int, int]) -> Iterator[Seen]:
        """The same, as often as it must be scrolled to read all of it."""
        seen = self.looks(shown, size)
        yield seen
        while seen.scroll < seen.plan.max_scroll:
            further = max(seen.plan.scale.em(2), seen.plan.main.view.h - seen.plan.scale.em(3))
            seen = self.looks(shown, size, None, seen.plan.clamped(seen.scroll + further))
            yield seen


def _restless(size: tuple[int, int]) -> pygame.Surface:
    """Stripes of black, white and red: what stands on them and not on paper has no contrast somewhere."""
    surface = pygame.Surface(size)
    for x in range(0, size[0], 6):
        surface.fill([(0, 0, 0), (255, 255, 255), (200, 40, 40)][x // 6 % 3], (x, 0, 6, size[1]))
    return surface
