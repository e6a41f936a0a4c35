"""Session: one reader's interface without a window. It takes pygame events, draws frames, and passes on effects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pygame

from game.desktop.frames import AnimationClock, CutClock, DrawnFrame, LaidOutScreen, Prefetcher
from game.desktop.input.input_mapping import ACTS, InputMapper
from game.desktop.listeners import Listener
from game.desktop.render.backdrop import Backdrop, Thumbnails
from game.desktop.render.compositor import Compositor
from game.desktop.render.fonts import Fonts
from game.desktop.render.item_painter import PointerState
from game.desktop.render.picture_cache import PictureCache
from game.desktop.render.tree_renderer import Layer, TreeRenderer
from game.play import Playthrough
from game.ui import intents
from game.ui.driver import Driver
from game.ui.effects import (
    CopyText,
    CountChoices,
    Effect,
    EffectRunner,
    ListSlots,
    LoadLanguage,
    LoadSlot,
    Quit,
    ReadClipboard,
    Repeat,
    ToggleFullscreen,
)
from game.ui.handlers.visit_handlers import needs_voice_on_key
from game.ui.key_bindings import ViewState
from game.ui.layout.layout_model import hidden_below_text, kept_in_place, reveal, shown_focus, with_caption
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import SCREENS, lowest_visible, render_view
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, choices, field_of

CHOICE_DEBOUNCE = 1.0  # seconds before a kiosk's choices react, so that an extra tap on "continue" does not choose
TRANSITION = 0.3  # seconds in which the last page's paper fades out where the next page's does not cover it


class Session(Driver):
    """Keeps the interface's state (`app`) between events, draws it, and passes on its effects.

    `reload_story` is called with the playthrough. If the story's files have changed, it returns an intent, else None.
    `clock` returns seconds.
    """

    def __init__(
        self,
        app: AppState,
        size: tuple[int, int],
        fonts: Fonts,
        pictures: PictureCache,
        effect_runner: EffectRunner,
        clock: Callable[[], float],
        reload_story: Callable[[Playthrough | None], intents.Intent | None] | None = None,
        listeners: Sequence[Listener] = (),
    ) -> None:
        self.window_requests: list[Effect] = []  # Quit and ToggleFullscreen, which only the window can carry out
        super().__init__(app, effect_runner, {
            Quit: self.window_requests.append, ToggleFullscreen: self.window_requests.append, Repeat: self._repeat,
        })  # fmt: skip
        self.size = size
        self._fonts = fonts
        fonts.fit(size)
        self._renderer = TreeRenderer(fonts)
        self._compositor, self._prefetcher = Compositor(self._renderer), Prefetcher(fonts, self._renderer)
        self._backdrop, self._thumbnails = Backdrop(pictures, clock), Thumbnails(pictures)
        self._animation_clock, self._cut_clock = AnimationClock(), CutClock()
        self._clock, self._reload_story = clock, reload_story
        self._input = InputMapper(clock)
        self._listeners, self._laid_out = tuple(listeners), dict[int, LaidOutScreen]()
        self._announced: AppState | None = None  # the last state that the listeners were told of
        self._deferred: list[Effect] = []
        self._last_frame: DrawnFrame | None = None
        self._transition_start = float("-inf")
        self._show_focus()

    # Input

    def handle_event(self, event: pygame.event.Event) -> None:
        """Handle one event of the window: tell the listeners, then dispatch its intents."""
        self.observe(event)
        if event.type in ACTS:
            self._backdrop.end_change()  # before its intents, because a new page starts a change of its own
            self._cut_clock.end()
        for intent in self._input.intents(event, self.view_state()):
            self.dispatch(intent)
        if self._input.device != self.app.device and not self.app.mode.public:
            self.dispatch(intents.DeviceUsed(self._input.device))

    def dispatch(self, intent: intents.Intent) -> None:
        """Update the state by one intent, carry out its effects, and tell the listeners."""
        self._shown = self.view_state()
        super().dispatch(intent)
        self._notify()

    def updated(self, before: AppState, intent: intents.Intent) -> None:
        """React to a new state: keep the focused or pressed node in sight, and ignore presses just after page turns."""
        self._forget_layouts()
        if self.app.playthrough is not before.playthrough:
            self._input.start_debounce()
        elif (self.app.top.screen, self.app.top.argument, len(self.app.views)) != (
            before.top.screen, before.top.argument, len(before.views)
        ):  # fmt: skip
            self._input.reset_pointer()
            self._show_focus()
        turned = _shown_screen(before)[:2] != _shown_screen(self.app)[:2]
        if self.app.mode.public and turned and _decides(self.view_state().tree):
            self._input.start_debounce(CHOICE_DEBOUNCE)
        set_anew = self.app.settings is not before.settings and self.app.playthrough is before.playthrough
        if set_anew or isinstance(intent, (intents.FocusStep, intents.Focus)):
            view = self.view_state()
            self._scroll_to(reveal(view.plan, view.scroll, view.focus))
        if self.app.top.compared != before.top.compared:  # the text above the pressed node has grown or shrunk
            plan, scroll = self._shown.plan, self._shown.scroll
            self._scroll_to(kept_in_place(plan, scroll, self.view_state().plan, self.app.top.focus))

    def _notify(self) -> None:
        before, self._announced = self._announced, self.app
        if not self._listeners or self.app is before:
            return
        view = self.view_state()
        for listener in self._listeners:
            if before is None or self.app.playthrough is not before.playthrough:
                listener.on_page(self.app)
            listener.on_screen(view.tree, view.focus, self.app)

    def show(self, app: AppState) -> None:
        """Show the state `app`, which was made elsewhere, in place of the present state."""
        self.app = app
        self._forget_layouts()

    def _forget_layouts(self) -> None:
        """Forget the layouts of closed screens: each keeps a state in memory, perhaps the last visitor's."""
        self._laid_out = {depth: laid for depth, laid in self._laid_out.items() if depth < len(self.app.views)}

    def observe(self, event: pygame.event.Event) -> None:
        """Pass an event of this or another window to the listeners."""
        for listener in self._listeners:
            listener.on_event(event)

    def add_listeners(self, listeners: Sequence[Listener]) -> None:
        """Add listeners before the present ones, and report the current page and screen to them."""
        self._listeners = (*listeners, *self._listeners)
        view = self.view_state()
        for listener in listeners:
            listener.on_page(self.app)
            listener.on_screen(view.tree, view.focus, self.app)

    def poll_changes(self) -> bool:
        """Dispatch the listeners' intents and reload a changed story; return whether there was anything to do."""
        found = [intent for listener in self._listeners if (intent := listener.poll()) is not None]
        for intent in found:
            self.dispatch(intent)
        reloaded = self._reload_story(self.app.playthrough) if self._reload_story is not None else None
        if reloaded is not None:
            self._backdrop.story_changed()
            self.dispatch(reloaded)
        return reloaded is not None or bool(found)

    def resize(self, size: tuple[int, int]) -> None:
        """Lay everything out for another size in pixels. A screen that was scrolled halfway stays scrolled halfway."""
        before = self.view_state()
        self.size = size
        self._fonts.fit(size)
        after = self.view_state()
        share = before.scroll / before.plan.max_scroll if before.plan.max_scroll else 0.0
        self._scroll_to(round(after.plan.max_scroll * share))
        self._show_focus()
        self._backdrop.end_change()

    def flush_effects(self) -> bool:
        """Carry out the deferred effects, now that no frame waits for the disk. Return whether the state changed."""
        before = self.app
        effects, self._deferred = self._deferred, []
        for effect in effects:
            super().carry_out(effect)
        return self.app is not before

    def close(self) -> None:
        """Carry out the deferred effects and close the listeners."""
        self.flush_effects()
        for listener in self._listeners:
            listener.on_close()

    def _show_focus(self) -> None:
        """If the reader uses the keyboard or a gamepad, make the focus of a new screen visible (see `shown_focus`)."""
        view = self.view_state()
        focus, scroll = shown_focus(view.plan, view.tree, view.focus, view.scroll)
        if self._input.keyboard_used and (focus, scroll) != (view.focus, view.scroll):
            self.app = self.app.replaced(replace(self.app.top, focus=focus, scroll=scroll))

    def _scroll_to(self, scroll: int) -> None:
        if scroll != self.app.top.scroll:
            self.app = self.app.replaced(replace(self.app.top, scroll=scroll))

    def carry_out(self, effect: Effect) -> None:
        """Carry out an effect at once if the next frame needs it; otherwise do so after the frame."""
        if isinstance(effect, ListSlots | LoadSlot | LoadLanguage | CopyText | ReadClipboard | CountChoices):
            self.flush_effects()
        elif type(effect) not in self._host_effects:
            self._deferred.append(effect)
            return
        super().carry_out(effect)

    def _repeat(self, effect: Repeat) -> None:
        view = self.view_state()
        for listener in self._listeners:
            listener.on_repeat(effect, view.tree, view.focus, self.app)

    # Output

    def view_state(self) -> ViewState:
        """Return the topmost screen with its layout, focus and scroll."""
        top = self.app.top
        laid = self._lay_out(len(self.app.views) - 1, top)
        scroll = laid.plan.clamped(top.scroll)
        voiced = self.app.settings.speaks
        by_ear, unattended_kiosk = voiced and self.app.mode.public, needs_voice_on_key(self.app)
        return ViewState(laid.plan, laid.tree, top.focus, scroll, voiced, by_ear, unattended_kiosk)

    @property
    def has_text_field(self) -> bool:
        """Whether the topmost screen has a text field."""
        return field_of(self.view_state().tree) is not None

    @property
    def transitioning(self) -> bool:
        """Whether a page, a picture or a weighing is changing, so that frames follow without pauses."""
        frame = self._last_frame
        return self._backdrop.changing or (frame is not None and (frame.transition < 1 or frame.cut < 2))

    @property
    def animating(self) -> bool:
        """Whether the picture moves: not with reduced motion, and not under a card that dims it."""
        return self.app.settings.motion == "full" and self._backdrop.moves and not SCREENS[self.app.top.screen].card

    @property
    def seconds_to_frame(self) -> float | None:
        """Seconds until the next frame is due without input; None while nothing moves."""
        if self.transitioning:
            return self._backdrop.seconds_to_step if self._backdrop.changing else 0.0
        return self._animation_clock.wait(self._clock()) if self.animating else None

    def render(self, target: pygame.Surface) -> list[pygame.Rect]:
        """Draw what has changed since the last frame on `target`, which must still show that frame unless `invalidate`
        was called. Return the rectangles that changed."""
        background = self._backdrop.background(self.app, self.size)
        mapper, now = self._input, self._clock()
        pointer = PointerState(self.app.top.focus, mapper.keyboard_used, mapper.hover, mapper.pressed)
        before, moment = self._last_frame, self._animation_clock.moment(now, self.animating)
        if before is not None and self._starts_transition(before):
            self._compositor.start_transition()
            self._transition_start = now
            if _cuts(before.app, self.app):
                self._cut_clock.start(now)
            else:
                self._cut_clock.end()
        elif not self._compositor.has_transition:
            self._transition_start = float("-inf")
        reduced = self.app.settings.motion != "full"
        transition = 1.0 if reduced else min(1.0, (now - self._transition_start) / TRANSITION)
        cut = 2.0 if reduced else self._cut_clock.cut(now)
        view = self.view_state()
        thumbnails = frozenset(self._thumbnails.ready(view.tree))
        frame = DrawnFrame(self.app, self.size, pointer, background, moment, transition, thumbnails, cut)
        same_layers = before is not None and frame.same_layers(before)
        faded = before is not None and background.progress != before.background.progress
        if before is not None and same_layers and not faded:
            if (moment, transition) == (before.moment, before.transition):
                return []
        elif same_layers and not self._compositor.has_overlay:
            self._compositor.render_background(background)
        else:
            layers = self._layers(pointer, cut)
            self._compositor.render_layers(self.size, layers, self.app.settings.theme, background, moment)
        self._last_frame = frame
        changed = self._compositor.present(target, background, moment, transition)
        if self._announced is None:
            self._notify()
        for listener in self._listeners:
            if not same_layers:
                listener.on_layout(view)
            listener.on_frame()
        return changed

    def invalidate(self) -> None:
        """Draw the next frame whole, because the window has lost its pixels."""
        self._last_frame, self._transition_start = None, float("-inf")

    def _starts_transition(self, before: DrawnFrame) -> bool:
        """Return whether the page or screen differs from that in `before`, but not the size or the settings."""
        same_look = before.size == self.size and before.app.settings is self.app.settings
        return same_look and _shown_screen(before.app) != _shown_screen(self.app)

    def _layers(self, pointer: PointerState, cut: float = 2.0) -> tuple[Layer, ...]:
        views = self.app.views
        layers = []
        for depth in range(lowest_visible(self.app), len(views)):
            laid = self._lay_out(depth, views[depth])
            scroll = laid.plan.clamped(views[depth].scroll)
            on_top = depth == len(views) - 1
            status = hidden_below_text(laid.plan, laid.tree, scroll, self.app.words)
            plan = with_caption(laid.plan, self.app.speech.caption, self._fonts)
            thumbnails = self._thumbnails.ready(laid.tree)
            layers.append(Layer(plan, scroll, pointer if on_top else PointerState(), status, thumbnails, cut))
        return tuple(layers)

    def _lay_out(self, depth: int, view: ScreenView) -> LaidOutScreen:
        app, laid = self.app, self._laid_out.get(depth)
        if laid is not None and laid.app is app and laid.size == self.size:
            return laid
        tree = render_view(replace(app, views=app.views[: depth + 1]), view)
        below = self._lay_out(depth - 1, app.views[depth - 1]).plan if depth > lowest_visible(app) else None
        inputs = self.size, app.settings, below
        if laid is None or (laid.size, laid.settings, laid.plan_below) != inputs or laid.tree != tree:
            prefetched = self._prefetcher.plan(tree, self.size, app.settings)
            plan = prefetched or layout(tree, self.size, app.settings, self._fonts, below)
        else:
            plan = laid.plan
        laid = self._laid_out[depth] = LaidOutScreen(app, tree, *inputs, plan)
        return laid

    # Work in advance

    def preload(self) -> None:
        """Open the fonts and the paper of the next pages while the reader reads this one."""
        scale = self.view_state().plan.scale
        for style in (scale.reading(), scale.reading(italic=True), scale.reading(1.42, bold=True), scale.hanzi(0.86)):
            self._fonts.width("大 n", style)
        self._renderer.preload_paper(self.app.settings.theme)

    def prefetch_page(self) -> bool:
        """Lay out one more of the pages after this page's choices. Return False if all are laid out already."""
        return self._prefetcher.step(self.app, self.size)

    def request_pictures(self) -> None:
        """Request the pictures of this page and of the pages after its choices, and the thumbnails."""
        self._backdrop.request(self.app, self.size)
        self._thumbnails.request(self.view_state().tree)


def _decides(tree: TreeNode) -> bool:
    return any(node.style != "continue" for node in choices(tree))


def _shown_screen(app: AppState) -> tuple[int, str, str, bool, bool]:
    """Return what identifies the lowest visible screen and its page. If this changes, a transition starts."""
    view = app.views[lowest_visible(app)]
    return id(app.playthrough), view.screen, view.argument, view.other_version, view.peeking


def _cuts(before: AppState, after: AppState) -> bool:
    """Return whether grain was taken between two pages with weighings, so that a cut starts (see frames.py)."""
    weighings = [app.playthrough.page.ledger if app.playthrough is not None else None for app in (before, after)]
    return weighings[1] is not None and weighings[1].cuts(weighings[0])
