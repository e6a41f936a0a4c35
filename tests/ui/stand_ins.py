"""Stand-ins for the window in tests of the pure interface, and checks for every layout."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

from game.play import Playthrough, begin, follow
from game.story.model import Story
from game.ui.layout.geometry import Box, Run, Style
from game.ui.layout.layout_model import Layout, hidden_below, in_sight, reveal
from game.ui.layout.linebreak import MAX_CHARACTERS, MAX_IN_ONE_VIEW, is_han
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.state import AppState
from game.ui.tree import OPENING_SPANS, TreeNode, find, focus_order, walk

Size = tuple[int, int]  # of a window, in pixels
SIZES = [(1280, 720), (1920, 1080), (2560, 1440), (1080, 1920)]
SCALES = [100, 150, 200]


class Ruler:
    """Measures text as if every letter were half as wide as high, and every Chinese one as wide as high."""

    def width(self, text: str, style: Style) -> int:
        return round(sum(1.0 if is_han(char) else 0.5 for char in text) * style.size) + style.tracking * len(text)


def wandered(story: Story, seed: int, role: str | None = None, cut: str = "full") -> list[Playthrough]:
    """A random playthrough after each of its entries; now and then it skips a heavy chapter."""
    chance = random.Random(seed)
    line = [begin(story, role or chance.choice(list(story.roles)), cut)]
    while not line[-1].over:
        page = line[-1].page
        if "skip" in page.offers and chance.random() < 0.3:
            line.append(line[-1].skip())
        else:
            line.append(line[-1].choose(chance.choice(page.choices).id))
    return line


def taken(story: Story, *entries: str, role: str = "miller", cut: str = "one-door") -> Playthrough:
    """A playthrough after some entries."""
    p = begin(story, role, cut)
    for entry in entries:
        *_, p = follow(p, entry)
    return p


def laid_out(app: AppState, size: Size) -> tuple[TreeNode, Layout]:
    """The topmost screen and its layout, by its own settings."""
    tree = render_top(app)
    return tree, layout(tree, size, app.settings, Ruler())


def runs_of(plan: Layout) -> list[Run]:
    """The runs of text on the sheet, without what is pinned under it."""
    return [item for item in plan.main.items if isinstance(item, Run)]


def boxes_of(plan: Layout, *kinds: str) -> list[Box]:
    """The shapes of these kinds on the sheet, without what is pinned under it."""
    return [item for item in plan.main.items if isinstance(item, Box) and item.kind in kinds]


def check_layout(tree: TreeNode, plan: Layout) -> None:
    """Check what must hold for every screen, size and scale."""
    width, height = plan.size
    most = MAX_CHARACTERS if plan.max_scroll else MAX_IN_ONE_VIEW
    for panel in plan.panels:
        assert panel.rect.x >= 0 and panel.rect.y >= 0, panel
        assert panel.rect.right <= width and panel.rect.bottom <= height, "a sheet lies within the window"
        assert panel.view.inside(panel.rect), "what is read lies on its sheet"
        for item in panel.items:
            rect = item.rect
            loose = plan.scale.em(0.25) if isinstance(item, Box) and item.kind == "row" else 2
            hung = item.style.size // 2 if isinstance(item, Run) and item.text[0] in "“‘" else 0
            assert rect.x >= -loose - hung and rect.right <= panel.view.w + loose, f"nothing runs off sideways: {item}"
            assert item.rect.y >= -plan.scale.em(0.3), item
            assert rect.bottom <= panel.height + plan.scale.em(0.35), f"nothing stands below the end: {item}"
            if isinstance(item, Run):
                assert sum(2 if is_han(char) else 1 for char in item.text.strip()) <= most
        for item in panel.fixed:
            assert item.rect.inside(panel.rect), f"the tools stay on the sheet: {item}"
    assert all(panel.height <= panel.view.h for panel in plan.panels[1:]), "only the first sheet scrolls"
    _check_reach(tree, plan)
    _check_apart(plan)
    hidden, more = hidden_below(plan, 0)
    assert more == (plan.max_scroll > 0)
    assert hidden == 0 or plan.status is not None, "if slips are out of sight, the status line says so"
    if plan.status:
        assert plan.status.inside(plan.main.rect)
        assert not plan.status.overlaps(plan.main.view)
    assert hidden_below(plan, plan.max_scroll) == (0, False), "scrolled to the end, all are in sight"
    _check_bounds(tree, plan)
    if tree.style == "page":
        prose = [run for run in runs_of(plan) if run.style.family in ("serif", "sans")]
        assert max(run.style.size for run in prose) >= min(21, round(21 * plan.scale.text))


def _check_bounds(tree: TreeNode, plan: Layout) -> None:
    """Each text has a place at any scroll: below the one before it, or in the next column."""
    places, moved = plan.bounds(), plan.bounds(7)
    read = [node.id for node in tree.children if node.id and node.role in ("heading", "paragraph", "status", "date")]
    assert set(read) <= set(places), "each is somewhere"
    on_sheet = [places[node_id] for node_id in read]
    assert all(rect.h > 0 for rect in on_sheet)
    assert all(first.bottom <= second.y or first.right <= second.x for first, second in pairwise(on_sheet))
    assert all(moved[node_id] == places[node_id].moved(0, -7) for node_id in read)
    words = [run.rect for run in runs_of(plan) if run.text.strip()]
    for rect in on_sheet:
        here = rect.moved(-plan.main.view.x, -plan.main.view.y)
        assert any(word.overlaps(here) for word in words), "and holds words"


IN_TEXT = OPENING_SPANS | {"deed"}  # links that are words of a sentence, and as high as its line


def _check_reach(tree: TreeNode, plan: Layout) -> None:
    """Scrolling brings every focusable node into sight, and each is large enough."""
    for node_id in focus_order(tree):
        rects = plan.rects(node_id)
        assert rects, f"{node_id} is on no sheet"
        scroll = reveal(plan, 0, node_id)
        shown = dict(plan.targets(scroll))
        assert node_id in shown, f"{node_id} cannot be brought into sight"
        if plan.main.view.h > max(rect.h for rect in rects) + plan.scale.em(1):
            assert in_sight(plan, scroll, node_id), f"{node_id} stays half hidden"
        middle = shown[node_id]
        assert plan.hit(middle.x + middle.w / 2, middle.y + middle.h / 2, scroll) is not None
        node = find(tree, node_id)
        if node and node.style not in IN_TEXT:
            assert min(rect.h for rect in rects) >= min(36, 44 * plan.scale.unit), f"{node_id} is too small to press"
    for node in walk(tree):
        if node.role == "option":
            assert plan.rects(node.id), f"{node.id} is on no sheet"


def _check_apart(plan: Layout) -> None:
    """Lines of text do not overlap, and neither do controls."""
    for panel in plan.panels:
        for items in (panel.items, panel.fixed):
            runs = [item for item in items if isinstance(item, Run)]
            for run, other in combinations(runs, 2):
                if abs(run.baseline - other.baseline) < 0.7 * min(run.style.size, other.style.size):
                    assert run.x + run.width <= other.x + 2 or other.x + other.width <= run.x + 2, (run, other)
            boxes = [item for item in items if isinstance(item, Box) and item.kind in ("slip", "tool", "pill", "link")]
            assert not [pair for pair in combinations(boxes, 2) if pair[0].rect.overlaps(pair[1].rect)]
