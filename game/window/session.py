"""A sitting in front of the game, without a screen of its own: events in, pixels out when something changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import pygame

from game.play import Playthrough, begin
from game.play.page import Picture
from game.ui import intents as it
from game.ui.app import App, View, view_tree
from game.ui.layout import Layout, layout, page_room
from game.ui.scrolling import announcement, reveal
from game.ui.settings import Settings
from game.ui.strip import captioned
from game.ui.tree import Node
from game.ui.update import update
from game.ui.world import World
from game.window.drawing import Drawing, Ground, Layer, Touch
from game.window.fonts import Fonts
from game.window.hands import Hands, Sight
from game.window.listening import Listener
from game.window.pictures import Pictures, Wanted, wanted

CARDS = frozenset({"fact", "term", "confirm", "message", "findings"})
FADE = 0.6  # seconds in which a new picture comes up over the old one


class Laid(NamedTuple):
    """A screen of the stack as it was last laid out."""

    tree: Node
    size: tuple[int, int]
    settings: Settings
    plan: Layout


class Session:
    """Holds the interface's state between events, and carries out what it asks of the world.

    `clock` gives seconds; `reread` looks whether the story's files changed, and says what to make of it;
    `listeners` are told of what is done, shown and drawn (see game/window/listening.py).
    """

    def __init__(
        self,
        app: App,
        size: tuple[int, int],
        fonts: Fonts,
        pictures: Pictures,
        world: World,
        clock: Callable[[], float],
        reread: Callable[[Playthrough | None], it.Intent | None] | None = None,
        listeners: Sequence[Listener] = (),
    ) -> None:
        self.app, self.size = app, size
        self._fonts, self._pictures = fonts, pictures
        self._drawing = Drawing(fonts)
        self._world, self._clock, self._reread = world, clock, reread
        self._hands = Hands(clock)
        self._listeners = tuple(listeners)
        self._told: App | None = None  # what the listeners know of
        self._laid: dict[int, Laid] = {}
        self._later: list[it.Effect] = []
        self.requests: list[it.Effect] = []  # Quit and ToggleFullscreen: the window's own
        self._drawn: object = None
        self._picture: pygame.Surface | None = None
        self._picture_before: pygame.Surface | None = None
        self._fade_from = float("-inf")
        self._ahead: list[Playthrough] = []
        self._standing: tuple[object, ...] | None = None
        self._opening: Picture | None = None  # the first page's: behind the title until somebody reads
        self._asked: tuple[Playthrough | None, tuple[View, ...], tuple[int, int], bool] | None = None

    # In

    def event(self, event: pygame.event.Event) -> None:
        """Whatever a hand did."""
        for listener in self._listeners:
            listener.touched(event)
        for intent in self._hands.intents(event, self.sight()):
            self.intent(intent)

    def intent(self, intent: it.Intent) -> None:
        """One step of the interface, and of the world as far as it answers."""
        before = self.app
        self.app, effects = update(before, intent)
        if self.app.playthrough is not before.playthrough:
            self._hands.page_turned()
        elif (self.app.top.screen, self.app.top.argument, len(self.app.views)) != (
            before.top.screen, before.top.argument, len(before.views)
        ):  # fmt: skip
            self._hands.screen_changed()
        if isinstance(intent, (it.Step, it.Focus)) or self.app.settings is not before.settings:
            self._follow_focus()
        for effect in effects:
            self._carry_out(effect)
        self._tell()

    def _tell(self) -> None:
        """Let the listeners know what is shown, where that is news."""
        told, self._told = self._told, self.app
        if not self._listeners or self.app is told:
            return
        sight = self.sight()
        for listener in self._listeners:
            if told is None or self.app.playthrough is not told.playthrough:
                listener.turned(self.app)
            listener.shown(sight.tree, sight.focus, self.app)

    def take_up_changes(self) -> bool:
        """Take up what became known meanwhile, of the story's files or from a listener; whether anything did."""
        heard = [news for listener in self._listeners if (news := listener.news()) is not None]
        for news in heard:
            self.intent(news)
        return self._take_up_story() or bool(heard)

    def _take_up_story(self) -> bool:
        intent = self._reread(self.app.playthrough) if self._reread is not None else None
        if intent is None:
            return False
        self._opening = None
        self.intent(intent)
        return True

    def resize(self, size: tuple[int, int]) -> None:
        """The window has another size: everything is laid out again, at the same place of the text."""
        before = self.sight()
        self.size = size
        after = self.sight()
        share = before.scroll / before.plan.max_scroll if before.plan.max_scroll else 0.0
        self._scroll_to(round(after.plan.max_scroll * share))
        self._picture_before = None

    def settle(self) -> bool:
        """Write what is to be kept: after the frame, so that no disk holds a frame up. Whether there is news of it."""
        before = self.app
        later, self._later = self._later, []
        for effect in later:
            self._do(effect)
        return self.app is not before

    def close(self) -> None:
        """The window is closed: what is to be kept is written, and the listeners are let go."""
        self.settle()
        for listener in self._listeners:
            listener.closed()

    def _follow_focus(self) -> None:
        sight = self.sight()
        self._scroll_to(reveal(sight.plan, sight.scroll, sight.focus))

    def _scroll_to(self, scroll: int) -> None:
        if scroll != self.app.top.scroll:
            self.app = self.app.replaced(replace(self.app.top, scroll=scroll))

    def _carry_out(self, effect: it.Effect) -> None:
        """What the interface waits for is done at once; what is only to be kept, after the frame."""
        if isinstance(effect, it.Quit | it.ToggleFullscreen):
            self.requests.append(effect)
        elif isinstance(effect, it.Repeat):
            sight = self.sight()
            for listener in self._listeners:
                listener.asked(effect, sight.tree, sight.focus, self.app)
        elif isinstance(effect, it.ListSlots | it.FetchSlot):
            self.settle()
            self._do(effect)
        else:
            self._later.append(effect)

    def _do(self, effect: it.Effect) -> None:
        answer = self._world.carry_out(effect)
        if answer is not None:
            self.intent(answer)

    # Out

    def sight(self) -> Sight:
        """The topmost screen, laid out."""
        top = self.app.top
        laid = self._lay_out(len(self.app.views) - 1, top)
        scroll = laid.plan.clamped(top.scroll)
        return Sight(laid.plan, laid.tree, top.focus, scroll, heard=self.app.settings.speaks)

    @property
    def fading(self) -> bool:
        """Whether the next frame differs from this one although nobody does anything."""
        return self._picture_before is not None

    def frame(self, target: pygame.Surface) -> bool:
        """Draw if anything changed since the last frame; whether it did."""
        picture = self._find_picture()
        share = self._faded()
        hands = self._hands
        touch = Touch(self.app.top.focus, hands.keys, hands.hover, hands.pressed)
        state = (self.app, self.size, touch, picture, share)
        if self._drawn is not None and _same(state, self._drawn):
            return False
        self._drawn = state
        ground = Ground(picture, self._picture_before, share)
        self._drawing.frame(target, self._layers(touch), self.app.settings.theme, ground)
        if self._told is None:
            self._tell()
        for listener in self._listeners:
            listener.drawn()
        return True

    def redraw(self) -> None:
        """The window lost its pixels."""
        self._drawn = None

    def _layers(self, touch: Touch) -> tuple[Layer, ...]:
        views = self.app.views
        first = max(i for i, view in enumerate(views) if view.screen not in CARDS)
        layers = []
        for depth in range(first, len(views)):
            laid = self._lay_out(depth, views[depth])
            scroll = laid.plan.clamped(views[depth].scroll)
            on_top = depth == len(views) - 1
            status = announcement(laid.plan, laid.tree, scroll, self.app.words)
            plan = captioned(laid.plan, self.app.speech.saying, self._fonts)
            layers.append(Layer(plan, scroll, touch if on_top else Touch(), status))
        return tuple(layers)

    def _lay_out(self, depth: int, view: View) -> Laid:
        app = self.app
        tree = view_tree(replace(app, views=app.views[: depth + 1]), view)
        laid = self._laid.get(depth)
        if laid is None or (laid.size, laid.settings) != (self.size, app.settings) or laid.tree != tree:
            laid = Laid(tree, self.size, app.settings, layout(tree, self.size, app.settings, self._fonts))
            self._laid[depth] = laid
        return laid

    # Ahead of need

    def warm_up(self) -> None:
        """Open what the next pages will want, while a reader is still reading this one."""
        scale = self.sight().plan.scale
        for style in (scale.reading(), scale.reading(italic=True), scale.reading(1.42, bold=True), scale.hanzi(0.86)):
            self._fonts.width("大 n", style)
        self._drawing.prepare(self.size, self.app.settings.theme)

    def look_ahead(self) -> bool:
        """Set one of the pages that this page's choices lead to; whether there was one left to set.

        Measuring and rendering words is most of a page turn, and both are kept.
        """
        app = self.app
        standing = app.playthrough, self.size, app.settings
        if self._standing is None or any(a is not b for a, b in zip(standing, self._standing, strict=True)):
            self._standing = standing
            p = app.playthrough
            self._ahead = (
                [p.choose(option.id) for option in p.page.choices] if p and app.top.screen == "reading" else []
            )
        if not self._ahead:
            return False
        views = (View("title"), View("reading"))
        there = replace(app, playthrough=self._ahead.pop(0), views=views)
        plan = layout(view_tree(there, there.top), self.size, app.settings, self._fonts)
        self._drawing.render_ahead(plan, app.settings.theme)
        return True

    def ask_for_pictures(self) -> None:
        """Have the picture of this page painted, then those that its choices lead to."""
        app = self.app
        asking = app.views, self.size, self.fading
        if self._asked is not None and app.playthrough is self._asked[0] and asking == self._asked[1:]:
            return
        self._asked = app.playthrough, *asking
        now = self._want(self._picture_now())
        # while one picture comes up the frames have the processor to themselves
        ahead = [] if self.fading else [self._want(page) for page in pictures_ahead(app)]
        self._pictures.ask(*[what for what in dict.fromkeys([now, *ahead]) if what is not None])

    def _picture_now(self) -> Picture | None:
        if self.app.playthrough is not None:
            return picture_of(self.app)
        if self._opening is None:
            self._opening = picture_of(self.app)
        return self._opening

    def _want(self, picture: Picture | None) -> Wanted | None:
        if picture is None:
            return None
        room = page_room(self.size, self.app.settings)
        return wanted(picture, self.size, (room.x, room.y, room.w, room.h))

    def _find_picture(self) -> pygame.Surface | None:
        what = self._want(self._picture_now())
        found = self._pictures.get(what) if what else None
        if found is not None and found is not self._picture:
            moving = self.app.settings.motion == "full" and self._picture is not None
            same_size = self._picture is not None and self._picture.get_size() == self.size
            self._picture_before = self._picture if moving and same_size else None
            self._picture, self._fade_from = found, self._clock()
        if self._picture is not None and self._picture.get_size() != self.size:
            self._picture = pygame.transform.scale(self._picture, self.size)  # until it is painted anew
        return self._picture

    def _faded(self) -> float:
        """How far the new picture has come up, 0 to 1."""
        if self._picture_before is None:
            return 1.0
        share = (self._clock() - self._fade_from) / FADE
        if share >= 1:
            self._picture_before = None
            return 1.0
        return max(0.0, share)


def picture_of(app: App) -> Picture | None:
    """What stands behind the screens: the page's picture, that of a page leafed back to, or the first page's."""
    if app.playthrough is None:
        return begin(app.story, role=next(iter(app.story.roles)), cut=app.cut).page.picture
    for view in reversed(app.views):
        if view.screen == "look-back":
            return app.playthrough.past[int(view.argument)].picture
    return app.playthrough.page.picture


def pictures_ahead(app: App) -> list[Picture]:
    """The pictures that this page's choices lead to."""
    if app.playthrough is None or app.top.screen != "reading":
        return []
    pages = (app.playthrough.choose(option.id).page for option in app.playthrough.page.choices[:4])
    return [page.picture for page in pages if page.picture is not None]


def _same(one: tuple[object, ...], other: object) -> bool:
    """Whether two frames would be equal: values compared, the interface's state and pictures by identity."""
    assert isinstance(other, tuple)
    app, size, touch, picture, share = one
    return app is other[0] and size == other[1] and touch == other[2] and picture is other[3] and share == other[4]
