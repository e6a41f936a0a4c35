"""A tree in a window: which sheet lies where, what stands on it, and what is beyond its edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Literal, NamedTuple

from game.core.values import frozen
from game.ui.layout.blocks import column, headed
from game.ui.layout.geometry import Block, Box, Item, Measure, Rect, moved, owner
from game.ui.layout.placement import HANGS, SheetPlace, above, asides, place_of, strip_of
from game.ui.layout.scale import Scale, scale_for
from game.ui.layout.typesetting import Typesetter, marked, stacked
from game.ui.layout.wrap_layout import even, inline
from game.ui.settings import Settings
from game.ui.tree import TreeNode, choices, walk


@frozen
class Panel:
    """A sheet of paper: `items` are seen through `view`, at (0, 0) when unscrolled; `fixed` stand on the sheet
    in the window's coordinates. `height` is that of the whole content."""

    kind: str
    rect: Rect
    view: Rect
    items: tuple[Item, ...]
    height: int
    fixed: tuple[Item, ...] = ()


@frozen
class Layout:
    """The first panel is the one that scrolls. `status` is the line that says what stands below its edge, `strip`
    the window's foot where what is said is shown; nothing else stands there."""

    size: tuple[int, int]
    scale: Scale
    panels: tuple[Panel, ...]
    status: Rect | None = None
    slips: tuple[str, ...] = ()
    strip: Rect | None = None

    @property
    def main(self) -> Panel:
        return self.panels[0]

    @property
    def max_scroll(self) -> int:
        """How far the main panel goes, in pixels; 0 where everything fits."""
        return max(0, self.main.height - self.main.view.h)

    def clamped(self, scroll: int) -> int:
        return max(0, min(self.max_scroll, scroll))

    def stays(self, node_id: str) -> bool:
        """Whether it stands in sight however the rest is scrolled."""
        return all(item.id != node_id for item in self.main.items)

    def placed(self, scroll: int = 0) -> Iterator[tuple[Panel, Item, Rect]]:
        """Every item in the window's coordinates, with what it is clipped to."""
        for number, panel in enumerate(self.panels):
            dy = panel.view.y - (scroll if number == 0 else 0)
            for item in panel.items:
                yield panel, item.moved(panel.view.x, dy), panel.view
            for item in panel.fixed:
                yield panel, item, panel.rect

    def rects(self, node_id: str, scroll: int = 0) -> tuple[Rect, ...]:
        """Where a node stands in the window, clipped or not: one rectangle, or one a line for a link."""
        return tuple(item.rect for _, item, _ in self.placed(scroll) if item.id == node_id)

    def bounds(self, scroll: int = 0) -> dict[str, Rect]:
        """What holds the whole of each node in the window, clipped or not, by its id."""
        found: dict[str, Rect] = {}
        for _, item, _ in self.placed(scroll):
            name = owner(item)
            if name is not None:
                found[name] = found[name].around(item.rect) if name in found else item.rect
        return found

    def targets(self, scroll: int = 0) -> tuple[tuple[str, Rect], ...]:
        """What can be pressed and where, as far as it is in sight."""
        found = []
        for _, item, clip in self.placed(scroll):
            if item.id is not None:
                part = item.rect.clipped(clip)
                if part.w > 0 and part.h > 0:
                    found.append((item.id, part))
        return tuple(found)

    def hit(self, x: float, y: float, scroll: int = 0) -> str | None:
        """What is pressed there: the smallest of what overlaps, so that an option wins over its row."""
        under = [(rect.w * rect.h, node_id) for node_id, rect in self.targets(scroll) if rect.holds(x, y)]
        return min(under)[1] if under else None


def layout(
    tree: TreeNode, size: tuple[int, int], settings: Settings, measure: Measure, under: Layout | None = None
) -> Layout:
    """The tree laid out in a window of `size` pixels, over what lies `under` it.

    What is read from across a room is as large as has room; what is asked aside leaves what is read in sight.
    """
    for each in _attempts(tree, size, Typesetter(scale_for(size, settings), measure), settings, under):
        if _shows_enough(each):
            break
    return each


def _shows_enough(plan: Layout) -> bool:
    """Whether nothing needs scrolling, or at least no choice does."""
    return not plan.max_scroll or (bool(plan.slips) and all(map(plan.stays, plan.slips)))


def layouts(
    trees: Iterable[TreeNode], size: tuple[int, int], settings: Settings, measure: Measure
) -> tuple[Layout, ...]:
    """Screens over one another."""
    found: list[Layout] = []
    for tree in trees:
        found.append(layout(tree, size, settings, measure, found[-1] if found else None))
    return tuple(found)


@frozen
class Fit:
    """How much of its usual size the type of a poster has, and of its usual width the sheet that it stands on; whether
    there is room for an ornament; how much space there is between things; and whether the choices stay in sight under
    a text that goes on."""

    type: float = 1.0
    sheet: float = 1.0
    adorned: bool = True
    close: float = 1.0
    foot: bool = False


# by turns on a little more of the picture and a little smaller; never smaller than the prose
POSTER = (
    Fit(), Fit(1, 1.1), Fit(0.92, 1.1), Fit(0.84, 1.2), Fit(0.76, 1.2), Fit(0.7, 1.2, False), Fit(0.7, 1.4, False),
    Fit(0.62, 1.4, False), Fit(0.55, 1.6, False),
)  # fmt: skip
# closer, then with the choices in sight under a text that goes on; and where that leaves no room, as usual
PAGE = (Fit(), Fit(close=0.7), Fit(close=0.55), Fit(foot=True))
# the same, but before any choice is out of sight it lies on more of the picture; at last where the least is
DECISION = (
    *PAGE[:-1], Fit(sheet=1.3, close=0.55), Fit(sheet=1.6, close=0.55), Fit(foot=True),
    Fit(sheet=1.6, close=0.55, foot=True),
)  # fmt: skip


def _attempts(
    tree: TreeNode, size: tuple[int, int], setter: Typesetter, settings: Settings, under: Layout | None
) -> Iterator[Layout]:
    """The layouts that there are for it, best first."""
    strip = strip_of(size, settings)
    room = above(size, strip)
    if tree.style == "aside":
        sheet = place_of(TreeNode("screen", style="sheet"), room, setter.scale).rect
        for place in asides(room, setter.scale, under.main.rect if under is not None else sheet):
            yield _laid_out(tree.children, size, setter, strip, place, _leads_on)
        return
    poster = any(child.style == "poster" for child in tree.children)
    found: list[Layout] = []
    page = DECISION if len(choices(tree)) > 1 and not setter.scale.upright else PAGE
    for fit in POSTER if poster else page if setter.scale.within_reach else PAGE[:1]:
        if found and fit.close < 1 and not fit.foot and fit.sheet == 1 and _too_long(found[0]):
            continue
        fitted = replace(setter, scale=replace(setter.scale, fit=fit.type, close=fit.close))
        nodes = tuple(child for child in tree.children if fit.adorned or child.role != "ornament")
        stays = _decides if fit.foot else _leads_on
        if fit.foot:  # what stands under the choices scrolls with the text
            nodes = tuple(sorted(nodes, key=stays))
        found.append(_laid_out(nodes, size, fitted, strip, place_of(tree, room, fitted.scale, fit.sheet), stays))
        yield found[-1]
    if not poster:
        yield found[0] if page is PAGE else min(found, key=lambda plan: plan.max_scroll)


def _too_long(plan: Layout) -> bool:
    """Whether no standing closer brings it all in sight: that takes up to a fifth less."""
    return plan.max_scroll > plan.main.view.h // 2


def _laid_out(
    nodes: tuple[TreeNode, ...],
    size: tuple[int, int],
    setter: Typesetter,
    strip: Rect | None,
    place: SheetPlace,
    stays: Callable[[TreeNode], bool],
) -> Layout:
    tools = next((node for node in nodes if node.style == "tools"), None)
    cause = next((node for node in nodes if node.style == "because"), None)
    free = _free_card(setter, cause, place, above(size, strip)) if cause else None
    apart = (tools, cause if free else None)
    slips = tuple(node.id for top in nodes for node in walk(top) if node.role == "choice")
    inner = tuple(node for node in nodes if node not in apart)
    # where a hand finds it again: the way on, what leads in, and what can be set
    staying = sum(1 for _ in takewhile(stays, reversed(inner))) if setter.scale.within_reach else 0
    main, status = _sheet(setter, place, inner, staying, tools)
    return Layout(size, setter.scale, (main, free) if free else (main,), status, slips, strip)


def _leads_on(node: TreeNode) -> bool:
    ways = node.children if node.role == "list" else ()
    return node.role == "setting" or any(way.style in ("main", "continue") for way in ways)


def _decides(node: TreeNode) -> bool:
    return _leads_on(node) or any(way.role == "choice" for way in node.children)


def _sheet(
    setter: Typesetter, place: SheetPlace, nodes: tuple[TreeNode, ...], staying: int, tools: TreeNode | None
) -> tuple[Panel, Rect | None]:
    """A sheet that is as high as what stands on it, and scrolls where that is more than there is room for; of its
    nodes so many of the last stay in sight with the tools, if there is room."""
    scale = setter.scale
    pad, width = scale.pad, place.rect.w - 2 * scale.pad
    content, foot, under, bottom = _standing(setter, nodes, staying, tools, width, place.rect.h - scale.head)
    chrome = scale.head + under
    fits = content.height + chrome <= place.rect.h
    strip = 0 if fits else max(scale.target, scale.em(0.9))
    height = max(min(place.rect.h, content.height + chrome), min(place.least, place.rect.h))
    top = place.rect.y + round((place.rect.h - height) * HANGS[place.hangs])
    rect = Rect(place.rect.x, top, place.rect.w, height)
    # the ring of what stands at the edge needs a little room on every side
    tall = height - chrome - strip
    opens = tall if fits else _uncut(content.items, tall, scale.em(2), -1)
    view = Rect(rect.x + pad, rect.y + scale.head, width, opens)
    end = 0 if fits else _uncut(content.items, content.height - opens, scale.em(2), 1)
    fixed = moved(foot.items, rect.x + pad, rect.bottom - bottom - foot.height)
    status = Rect(rect.x + pad, rect.y + scale.head + tall, width, strip) if strip else None
    return Panel(place.kind, rect, view, content.items, max(content.height, end + opens), fixed), status


class PinnedContent(NamedTuple):
    """What is read through the sheet, and the foot that stays under it; `under` is the room from the end of the one to
    the sheet's edge, and `bottom` what of it lies below the other."""

    content: Block
    foot: Block
    under: int
    bottom: int


LEAST_LINES = 5
MOST_FOOT = 0.3  # of a tall sheet: what stands higher is no longer near the hand


def _standing(
    setter: Typesetter, nodes: tuple[TreeNode, ...], staying: int, tools: TreeNode | None, width: int, room: int
) -> PinnedContent:
    """As much stays in the foot as leaves some lines of text over it."""
    scale = setter.scale
    if tools is None:
        bottom = round(scale.head * 0.9)
        return PinnedContent(column(setter, nodes, width), Block((), 0), bottom, bottom)
    gap, bottom = round(scale.em(0.55) * (0.4 + 0.6 * scale.roominess)), round(scale.head * 0.5)
    for kept in (staying, 0) if staying else (0,):
        parted = len(nodes) - kept
        content = column(setter, nodes[:parted], width)
        foot = _foot(setter, nodes[parted:], tools, width)
        under = gap + foot.height + bottom
        low = not (scale.upright and kept) or foot.height <= room * MOST_FOOT
        if low and room - under >= min(content.height, scale.em(LEAST_LINES * 1.5)):
            return PinnedContent(content, foot, under, bottom)
    # too little room for a foot that stays: it goes under the text
    height = content.height + scale.em(0.6)
    below = Block((*content.items, *moved(foot.items, 0, height)), height + foot.height)
    bottom = round(scale.head * 0.6)
    return PinnedContent(below, Block((), 0), bottom, bottom)


def _uncut(items: tuple[Item, ...], edge: int, most: int, way: Literal[-1, 1]) -> int:
    """`edge`, or up to `most` above it (`way` -1) or below it (1), so that it goes through no line: a page opens and
    ends on whole ones. What is higher than `most` may be cut."""
    free = edge
    while cut := [item.rect for item in items if item.rect.y < free < item.rect.bottom and item.rect.h <= most]:
        free = min(rect.y for rect in cut) if way < 0 else max(rect.bottom for rect in cut)
    return free if abs(free - edge) <= most else edge


def _foot(setter: Typesetter, staying: tuple[TreeNode, ...], tools: TreeNode, width: int) -> Block:
    """What stays in sight, and under a fine line the tools."""
    setter = replace(setter, scale=replace(setter.scale, close=1.0))  # in one place, however close the text stands
    scale = setter.scale
    line = Box("hairline", Rect(0, 0, width, 1))
    row = even(setter, tools, width) if scale.within_reach else inline(setter, tools, width)
    gap = scale.em(0.22)
    tooled = Block((line, *moved(row.items, 0, gap)), row.height + gap)
    return stacked([(0, column(setter, staying, width)), (scale.air(0.35), tooled)]) if staying else tooled


def _free_card(setter: Typesetter, cause: TreeNode, place: SheetPlace, size: tuple[int, int]) -> Panel | None:
    """The causes as a card of their own beside the sheet, where there is room for it."""
    scale = setter.scale
    if scale.upright:
        return None
    margin = round(size[1] * 0.055)
    room = place.rect.x - 2 * margin
    pad = scale.em(0.7)
    wide = min(room, scale.em(13.5) + 2 * pad)
    if wide < scale.em(10):
        return None
    text = marked(cause, headed(setter, cause, wide - 2 * pad), wide - 2 * pad)
    height = text.height + 2 * pad
    if height > size[1] - 2 * margin:
        return None
    rect = Rect(margin, margin, wide, height)
    return Panel("note", rect, Rect(margin + pad, margin + pad, wide - 2 * pad, text.height), text.items, text.height)


def below(plan: Layout, scroll: int) -> tuple[int, bool]:
    """How many slips stand below the edge, wholly or in part, and whether anything does."""
    edge = plan.main.view.h + scroll
    hidden = {
        item.id
        for item in plan.main.items
        if item.id in plan.slips and isinstance(item, Box) and item.rect.bottom > edge
    }
    return len(hidden), scroll < plan.max_scroll
