"""Frames: what a session keeps of its last layouts and its last frame, and the clocks of its animations.

A weighing is a page's chart of a harvest. Its cut is the animation in which grain is taken: bars slide, bowls empty.
"""

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
    """One open screen, its layout (`plan`), and what `plan` depends on, such as the layout of the screen below."""

    app: AppState
    tree: TreeNode
    size: tuple[int, int]
    settings: Settings
    plan_below: Layout | None  # None if the screen below is not visible
    plan: Layout


class DrawnFrame(NamedTuple):
    """What a frame shows. The session draws the next frame only if it shows something else. `moment`: the time of the
    picture's animation in seconds. `transition`: how far the last page's paper has faded out, from 0 to 1.
    `thumbnails`: the ids of the nodes whose thumbnails are ready. `cut`: the progress of a cut (see `CutClock.cut`)."""

    app: AppState
    size: tuple[int, int]
    pointer: PointerState
    background: PageBackground
    moment: float
    transition: float
    thumbnails: frozenset[str]
    cut: float

    def same_layers(self, other: DrawnFrame) -> bool:
        """Return whether both frames are equal apart from the background's fade, the animation and the transition."""
        return (
            self.app is other.app
            and (self.size, self.pointer, self.thumbnails) == (other.size, other.pointer, other.thumbnails)
            and self.cut == other.cut
            and self.background.painting is other.background.painting
        )


RATE = 12.0  # frames a second, which is enough for slow motion
CUT_AFTER = 0.5  # seconds that a weighing stays as it is before carts take grain away ("the cut"),
CUT_STEP = 0.9  # and seconds of each of the two steps of the cut: bars slide, bowls empty
MAX_STEP = 0.25  # most seconds that count between two frames: after a pause (hidden window, busy machine) nothing jumps


class AnimationClock:
    """Measures the time of the picture's animation, in steps of `1 / RATE` seconds."""

    def __init__(self) -> None:
        self._elapsed = 0.0
        self._last: float | None = None

    def moment(self, now: float, moving: bool) -> float:
        """Return the animation's time in seconds. With `moving`, the clock runs until the next call."""
        if self._last is not None:
            self._elapsed += min(max(0.0, now - self._last), MAX_STEP)
        self._last = now if moving else None
        # 1e-6: otherwise rounding could delay a clock that advances in exactly these steps
        return math.floor(self._elapsed * RATE + 1e-6) / RATE

    def wait(self, now: float) -> float:
        """Return the seconds from `now` until the next step."""
        elapsed = self._elapsed + (now - self._last if self._last is not None else 0.0)
        return (math.floor(self._elapsed * RATE + 1e-6) + 1) / RATE - elapsed


class CutClock:
    """Times the cut of a weighing."""

    def __init__(self) -> None:
        self._start = -math.inf

    def start(self, now: float) -> None:
        """Begin a cut at `now`, in seconds of a monotonic clock."""
        self._start = now

    def end(self) -> None:
        """End the cut: from now on, the bars have slid and the bowls are empty."""
        self._start = -math.inf

    def cut(self, now: float) -> float:
        """Return the progress of the cut: bars slide from 0 to 1, bowls empty from 1 to 2. Without a cut, return 2."""
        step, share = divmod(min(2.0, max(0.0, (now - self._start - CUT_AFTER) / CUT_STEP)), 1.0)
        return step + share * share * (3 - 2 * share)


class Prefetcher:
    """Lays out the next pages in advance, because measuring and rendering words is most of the work of a page turn."""

    def __init__(self, fonts: Fonts, renderer: TreeRenderer) -> None:
        self._fonts, self._renderer = fonts, renderer
        # what the layouts below were made for
        self._key: tuple[tuple[int, int], Settings, Playthrough | None, str] | None = None
        self._remaining: Iterator[AppState] = iter(())
        self._layouts: list[tuple[TreeNode, Layout]] = []

    def step(self, app: AppState, size: tuple[int, int]) -> bool:
        """Lay out one more of the pages that can come after `app`. Return False if all are laid out already."""
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
        """Return the layout of a tree equal to `tree`; None if it was not made in advance."""
        if self._key is None or (size, settings) != self._key[:2]:
            return None
        return next((plan for known, plan in self._layouts if known == tree), None)
