"""Frames: a session's last layouts and drawing, and the progress of its animations."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from game.desktop.render.fonts import Fonts
from game.desktop.render.item_painter import PointerState
from game.desktop.render.tree_renderer import PageBackground, TreeRenderer
from game.play import Playthrough
from game.ui.layout.layout_model import Layout
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.transitions import next_states
from game.ui.tree import TreeNode


class LaidOutScreen(NamedTuple):
    """A screen of the stack with its last layout (`plan`) and all that the layout depends on."""

    app: AppState
    tree: TreeNode
    size: tuple[int, int]
    settings: Settings
    plan_below: Layout | None
    plan: Layout


class DrawnFrame(NamedTuple):
    """The content of a frame.

    `moment` in seconds of animation, `transition` 0 to 1, `cut` 0 to 2, `thumbnails` by node id.
    """

    app: AppState
    size: tuple[int, int]
    pointer: PointerState
    background: PageBackground
    moment: float
    transition: float
    thumbnails: frozenset[str]
    cut: float

    def same_layers(self, other: DrawnFrame) -> bool:
        """Whether both frames are equal except for the background's fade, the animation and the transition."""
        return (
            self.app is other.app
            and (self.size, self.pointer, self.thumbnails) == (other.size, other.pointer, other.thumbnails)
            and self.cut == other.cut
            and self.background.painting is other.background.painting
        )


RATE = 12.0  # frames a second: enough for slow motion
CUT_AFTER = 0.5  # seconds that a weighing stands before the carts cut it,
CUT_STEP = 0.9  # and seconds of each of the two steps: bars slide, bowls empty
MAX_STEP = 0.25  # seconds between two frames: nothing jumps after a longer pause (hidden window, busy machine)


class AnimationClock:
    """Counts time in steps of `1 / RATE` seconds."""

    def __init__(self) -> None:
        self._elapsed = 0.0
        self._last: float | None = None

    def moment(self, now: float, moving: bool) -> float:
        """The animation's time in seconds at the time `now`.

        Args:
            now: seconds of a monotonic clock.
            moving: whether the clock runs until the next call.
        """
        if self._last is not None:
            self._elapsed += min(max(0.0, now - self._last), MAX_STEP)
        self._last = now if moving else None
        # 1e-6: rounding must not delay a clock in exactly these steps by one step
        return math.floor(self._elapsed * RATE + 1e-6) / RATE

    def wait(self, now: float) -> float:
        """Seconds from `now` until the next step."""
        elapsed = self._elapsed + (now - self._last if self._last is not None else 0.0)
        return (math.floor(self._elapsed * RATE + 1e-6) + 1) / RATE - elapsed


class CutClock:
    """The time of a weighing's cut."""

    def __init__(self) -> None:
        self._start = -math.inf

    def start(self, now: float) -> None:
        """Begin a cut at the time `now`, in seconds of a monotonic clock."""
        self._start = now

    def end(self) -> None:
        """Show the state after the cut from now on."""
        self._start = -math.inf

    def cut(self, now: float) -> float:
        """The progress of a cut: from 0 to 1 the bars slide, from 1 to 2 the bowls empty, both eased."""
        step, share = divmod(min(2.0, max(0.0, (now - self._start - CUT_AFTER) / CUT_STEP)), 1.0)
        return step + share * share * (3 - 2 * share)


PrefetchKey = tuple[tuple[int, int], Settings, Playthrough | None, str]


class Prefetcher:
    """Lays out the next pages in advance: measuring and rendering words is most of a page turn."""

    def __init__(self, fonts: Fonts, renderer: TreeRenderer) -> None:
        self._fonts, self._renderer = fonts, renderer
        self._key: PrefetchKey | None = None  # of the layouts below
        self._remaining: Iterator[AppState] = iter(())
        self._layouts: list[tuple[TreeNode, Layout]] = []

    def step(self, app: AppState, size: tuple[int, int]) -> bool:
        """Lay out one of these pages for a window of `size` pixels; returns whether there was one to do."""
        key = size, app.settings, app.playthrough, app.top.screen
        if key != self._key:
            self._key, self._remaining, self._layouts = key, next_states(app), []
        next_state = next(self._remaining, None)
        if next_state is None:
            return False
        tree = render_top(next_state)
        plan = layout(tree, size, app.settings, self._fonts)
        self._layouts.append((tree, plan))
        self._renderer.prerender_text(plan, app.settings.theme)
        return True

    def plan(self, tree: TreeNode, size: tuple[int, int], settings: Settings) -> Layout | None:
        """The prefetched layout of a tree equal to `tree`, or None."""
        if self._key is None or (size, settings) != self._key[:2]:
            return None
        return next((plan for known, plan in self._layouts if known == tree), None)
