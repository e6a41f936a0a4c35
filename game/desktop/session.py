"""A sitting in front of the game, without a screen of its own: events in, pixels out when something changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import pygame

from game.desktop.input.input_mapping import InputMapper, ViewState
from game.desktop.listeners import Listener
from game.desktop.render.animation_clock import RATE, AnimationClock
from game.desktop.render.backdrop import Backdrop
from game.desktop.render.compositor import Compositor
from game.desktop.render.fonts import Fonts
from game.desktop.render.item_painter import PointerState
from game.desktop.render.picture_cache import PictureCache
from game.desktop.render.prefetch import Prefetcher
from game.desktop.render.thumbnails import Thumbnails
from game.desktop.render.tree_renderer import Layer, PageBackground, TreeRenderer
from game.play import Playthrough
from game.ui import intents
from game.ui.effects import (
    CopyText,
    CountOthers,
    Effect,
    FetchSlot,
    ListSlots,
    Quit,
    ReadClipboard,
    Repeat,
    ToggleFullscreen,
)
from game.ui.handlers.visit_handlers import unattended
from game.ui.layout.caption import with_caption
from game.ui.layout.page_layout import Layout, layout
from game.ui.layout.scrolling import announcement, reveal
from game.ui.render import render_view
from game.ui.screens.registry import SCREENS
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, choices, field_of
from game.ui.update import update

GLANCE = 1.0  # seconds before a visitor's choices answer: a hand that went on too often has chosen nothing
TURN = 0.3  # seconds in which a sheet gives way to another


class EffectRunner(Protocol):
    """Who carries out what the interface asks of the world, and may answer."""

    def carry_out(self, effect: Effect) -> intents.Intent | None: ...


class LaidOutScreen(NamedTuple):
    """A screen of the stack as it was last laid out, for a state of the interface."""

    app: AppState
    tree: TreeNode
    size: tuple[int, int]
    settings: Settings
    under: Layout | None
    plan: Layout


class DrawnFrame(NamedTuple):
    """What the last frame showed."""

    app: AppState
    size: tuple[int, int]
    touch: PointerState
    ground: PageBackground
    moment: float
    turned: float
    thumbnails: frozenset[str]

    def lays(self, other: DrawnFrame) -> bool:
        """Whether all of `other` but its ground's share lies as it does here: values compared, states by identity."""
        return (
            self.app is other.app
            and (self.size, self.touch, self.thumbnails) == (other.size, other.touch, other.thumbnails)
            and self.ground.painting is other.ground.painting
        )


class Session:
    """Holds the interface's state between events, and carries out what it asks of the world.

    `clock` gives seconds; `reread` looks whether the story's files changed, and says what to make of it;
    `rate` is how many moments a second has for what moves in a picture;
    `listeners` are told of what is done, shown and drawn (see game/desktop/listeners.py).
    """

    def __init__(
        self,
        app: AppState,
        size: tuple[int, int],
        fonts: Fonts,
        pictures: PictureCache,
        world: EffectRunner,
        clock: Callable[[], float],
        reread: Callable[[Playthrough | None], intents.Intent | None] | None = None,
        listeners: Sequence[Listener] = (),
        rate: float = RATE,
    ) -> None:
        self.app, self.size = app, size
        self._fonts = fonts
        self._drawing = TreeRenderer(fonts)
        self._stage = Compositor(self._drawing)
        self._backdrop = Backdrop(pictures, clock)
        self._thumbnails = Thumbnails(pictures)
        self._ahead = Prefetcher(fonts, self._drawing)
        self._pace = AnimationClock(rate)
        self._world, self._clock, self._reread = world, clock, reread
        self._hands = InputMapper(clock)
        self._listeners = tuple(listeners)
        self._told: AppState | None = None  # what the listeners know of
        self._laid: dict[int, LaidOutScreen] = {}
        self._later: list[Effect] = []
        self.requests: list[Effect] = []  # Quit and ToggleFullscreen: the window's own
        self._drawn: DrawnFrame | None = None
        self._turn_from = float("-inf")

    # In

    def event(self, event: pygame.event.Event) -> None:
        """Whatever a hand did."""
        for listener in self._listeners:
            listener.on_event(event)
        for intent in self._hands.intents(event, self.sight()):
            self.intent(intent)

    def intent(self, intent: intents.Intent) -> None:
        """One step of the interface, and of the world as far as it answers."""
        before = self.app
        self.app, effects = update(before, intent)
        for depth in [depth for depth in self._laid if depth >= len(self.app.views)]:
            del self._laid[depth]  # with the state that it was laid out for, which may be another visitor's
        if self.app.playthrough is not before.playthrough:
            self._hands.page_turned()
        elif (self.app.top.screen, self.app.top.argument, len(self.app.views)) != (
            before.top.screen, before.top.argument, len(before.views)
        ):  # fmt: skip
            self._hands.screen_changed()
        if self.app.visit is not None and _sheet(before)[:2] != _sheet(self.app)[:2] and _decides(self.sight().tree):
            self._hands.page_turned(GLANCE)
        if isinstance(intent, (intents.FocusStep, intents.Focus)) or self.app.settings is not before.settings:
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
                listener.on_page(self.app)
            listener.on_screen(sight.tree, sight.focus, self.app)

    def join(self, listeners: Sequence[Listener]) -> None:
        """Have these listen, too, before those who do already: they are told of what is shown now."""
        self._listeners = (*listeners, *self._listeners)
        sight = self.sight()
        for listener in listeners:
            listener.on_page(self.app)
            listener.on_screen(sight.tree, sight.focus, self.app)

    def take_up_changes(self) -> bool:
        """Take up what became known meanwhile, of the story's files or from a listener; whether anything did."""
        heard = [news for listener in self._listeners if (news := listener.poll()) is not None]
        for news in heard:
            self.intent(news)
        return self._take_up_story() or bool(heard)

    def _take_up_story(self) -> bool:
        intent = self._reread(self.app.playthrough) if self._reread is not None else None
        if intent is None:
            return False
        self._backdrop.story_changed()
        self.intent(intent)
        return True

    def resize(self, size: tuple[int, int]) -> None:
        """The window has another size: everything is laid out again, at the same place of the text."""
        before = self.sight()
        self.size = size
        after = self.sight()
        share = before.scroll / before.plan.max_scroll if before.plan.max_scroll else 0.0
        self._scroll_to(round(after.plan.max_scroll * share))
        self._backdrop.resized()

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
            listener.on_close()

    def _follow_focus(self) -> None:
        sight = self.sight()
        self._scroll_to(reveal(sight.plan, sight.scroll, sight.focus))

    def _scroll_to(self, scroll: int) -> None:
        if scroll != self.app.top.scroll:
            self.app = self.app.replaced(replace(self.app.top, scroll=scroll))

    def _carry_out(self, effect: Effect) -> None:
        """What the interface waits for is done at once; what is only to be kept, after the frame."""
        if isinstance(effect, Quit | ToggleFullscreen):
            self.requests.append(effect)
        elif isinstance(effect, Repeat):
            sight = self.sight()
            for listener in self._listeners:
                listener.on_repeat(effect, sight.tree, sight.focus, self.app)
        elif isinstance(effect, ListSlots | FetchSlot | CopyText | ReadClipboard | CountOthers):
            self.settle()
            self._do(effect)
        else:
            self._later.append(effect)

    def _do(self, effect: Effect) -> None:
        answer = self._world.carry_out(effect)
        if answer is not None:
            self.intent(answer)

    # Out

    def sight(self) -> ViewState:
        """The topmost screen, laid out."""
        top = self.app.top
        laid = self._lay_out(len(self.app.views) - 1, top)
        scroll = laid.plan.clamped(top.scroll)
        heard, unseen = self.app.settings.speaks, unattended(self.app)
        return ViewState(laid.plan, laid.tree, top.focus, scroll, heard, unseen)

    @property
    def typing(self) -> bool:
        """Whether there is a field to type on."""
        return field_of(self.sight().tree) is not None

    @property
    def fading(self) -> bool:
        """Whether something is on its way from one page to another: every frame counts."""
        return self._backdrop.fading or (self._drawn is not None and self._drawn.turned < 1)

    @property
    def moving(self) -> bool:
        """Whether something moves in the picture: beside the sheet, and not under another screen's veil."""
        return self.app.settings.motion == "full" and self._backdrop.moves and not SCREENS[self.app.top.screen].card

    @property
    def due(self) -> float | None:
        """Seconds until the next frame, if nobody does anything; None while all is still."""
        if self.fading:
            return 0.0
        return self._pace.wait(self._clock()) if self.moving else None

    def frame(self, target: pygame.Surface) -> list[pygame.Rect]:
        """Draw what changed since the last frame, and say where; nowhere, if nothing did."""
        ground = self._backdrop.ground(self.app, self.size)
        hands, now = self._hands, self._clock()
        touch = PointerState(self.app.top.focus, hands.keys, hands.hover, hands.pressed)
        before, moment = self._drawn, self._pace.moment(now, self.moving)
        if before is not None and self._turns(before):
            self._stage.keep(target)
            self._turn_from = now
        turned = min(1.0, (now - self._turn_from) / TURN) if self.app.settings.motion == "full" else 1.0
        sight = self.sight()
        thumbnails = frozenset(self._thumbnails.ready(sight.tree))
        drawn = DrawnFrame(self.app, self.size, touch, ground, moment, turned, thumbnails)
        stays = before is not None and drawn.lays(before)
        if before is not None and stays:
            if (ground.share, moment, turned) == (before.ground.share, before.moment, before.turned):
                return []
            if ground.share != before.ground.share and not self._stage.covered:
                self._stage.change_ground(ground)
            elif ground.share != before.ground.share:
                self._lay(touch, ground, moment)
        else:
            self._lay(touch, ground, moment)
        self._drawn = drawn
        changed = self._stage.show(target, ground, moment, turned)
        if self._told is None:
            self._tell()
        for listener in self._listeners:
            if not stays:
                listener.on_layout(sight)
            listener.on_frame()
        return changed

    def redraw(self) -> None:
        """The window lost its pixels."""
        self._drawn, self._turn_from = None, float("-inf")

    def _turns(self, before: DrawnFrame) -> bool:
        """Whether another sheet lies on the table than in the last frame, in the same room."""
        same_room = before.size == self.size and before.app.settings is self.app.settings
        return same_room and _sheet(before.app) != _sheet(self.app)

    def _lay(self, touch: PointerState, ground: PageBackground, moment: float) -> None:
        self._stage.lay(self.size, self._layers(touch), self.app.settings.theme, ground, moment)

    def _layers(self, touch: PointerState) -> tuple[Layer, ...]:
        views = self.app.views
        layers = []
        for depth in range(base(self.app), len(views)):
            laid = self._lay_out(depth, views[depth])
            scroll = laid.plan.clamped(views[depth].scroll)
            on_top = depth == len(views) - 1
            status = announcement(laid.plan, laid.tree, scroll, self.app.words)
            plan = with_caption(laid.plan, self.app.speech.saying, self._fonts)
            plates = self._thumbnails.ready(laid.tree)
            layers.append(Layer(plan, scroll, touch if on_top else PointerState(), status, plates))
        return tuple(layers)

    def _lay_out(self, depth: int, view: ScreenView) -> LaidOutScreen:
        app, laid = self.app, self._laid.get(depth)
        if laid is not None and laid.app is app and laid.size == self.size:
            return laid
        tree = render_view(replace(app, views=app.views[: depth + 1]), view)
        under = self._lay_out(depth - 1, app.views[depth - 1]).plan if depth > base(app) else None
        lies = self.size, app.settings, under
        if laid is None or (laid.size, laid.settings, laid.under) != lies or laid.tree != tree:
            known = self._ahead.plan(tree, self.size, app.settings)
            plan = known or layout(tree, self.size, app.settings, self._fonts, under)
        else:
            plan = laid.plan
        laid = self._laid[depth] = LaidOutScreen(app, tree, *lies, plan)
        return laid

    # Ahead of need

    def warm_up(self) -> None:
        """Open what the next pages will want, while a reader is still reading this one."""
        scale = self.sight().plan.scale
        for style in (scale.reading(), scale.reading(italic=True), scale.reading(1.42, bold=True), scale.hanzi(0.86)):
            self._fonts.width("大 n", style)
        self._drawing.prepare(self.app.settings.theme)

    def look_ahead(self) -> bool:
        """Set one of the pages that this page's choices lead to; whether there was one left to set."""
        return self._ahead.step(self.app, self.size)

    def ask_for_pictures(self) -> None:
        """Have the picture of this page painted, then those that its choices lead to."""
        self._backdrop.ask(self.app, self.size)
        self._thumbnails.ask(self.sight().tree)


def base(app: AppState) -> int:
    """Which screen of the stack is the lowest to be seen: what lies over it are cards."""
    return max(i for i, view in enumerate(app.views) if not SCREENS[view.screen].card)


def _decides(tree: TreeNode) -> bool:
    """Whether something on a page can be chosen, beyond going on."""
    return any(node.style != "continue" for node in choices(tree))


def _sheet(app: AppState) -> tuple[int, str, str, bool]:
    """What tells the sheet on the table from another one."""
    view = app.views[base(app)]
    return id(app.playthrough), view.screen, view.argument, view.other_telling
