"""Layout of a screen in a window: a sheet with scrolled content and a pinned footer, and cards beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Literal, NamedTuple

from game.core.values import frozen
from game.ui.layout.blocks import column, headed
from game.ui.layout.geometry import Block, Box, Item, Measure, Rect, moved, node_of
from game.ui.layout.placement import ANCHORS, SheetPlace, area_above, caption_rect, prompt_places, sheet_place
from game.ui.layout.scale import Scale, scale_for
from game.ui.layout.typesetting import Typesetter, stack, with_area
from game.ui.layout.wrap_layout import justified_rows, wrapped_row
from game.ui.settings import Settings
from game.ui.tree import TreeNode, choices, walk


@frozen
class Panel:
    """A sheet or card.

    Attributes:
        kind: what the renderer draws: "sheet", "card", "aside", "note" or "caption".
        rect: its rectangle in the window.
        view: the part of the window in which `items` are seen.
        items: the content, from (0, 0); scrolled in the first panel of a layout.
        height: the height of the whole content, in pixels.
        fixed: items in the window's coordinates, which do not scroll.
    """

    kind: str
    rect: Rect
    view: Rect
    items: tuple[Item, ...]
    height: int
    fixed: tuple[Item, ...] = ()


@frozen
class Layout:
    """A screen laid out in a window.

    Attributes:
        size: the window's width and height, in pixels.
        panels: the first one scrolls.
        status: the line that says what is hidden below, where anything is.
        choices: the ids of the page's choices.
        caption: the foot of the window that is kept free for the caption of self-voicing.
    """

    size: tuple[int, int]
    scale: Scale
    panels: tuple[Panel, ...]
    status: Rect | None = None
    choices: tuple[str, ...] = ()
    caption: Rect | None = None

    @property
    def main(self) -> Panel:
        return self.panels[0]

    @property
    def max_scroll(self) -> int:
        """The largest scroll, in pixels; 0 where everything fits."""
        return max(0, self.main.height - self.main.view.h)

    def clamped(self, scroll: int) -> int:
        """The scroll within its range."""
        return max(0, min(self.max_scroll, scroll))

    def is_pinned(self, node_id: str) -> bool:
        """Whether a node does not scroll."""
        return all(item.id != node_id for item in self.main.items)

    def placed(self, scroll: int = 0) -> Iterator[tuple[Panel, Item, Rect]]:
        """(panel, item in the window's coordinates, rectangle that it is clipped to) for each item."""
        for number, panel in enumerate(self.panels):
            dy = panel.view.y - (scroll if number == 0 else 0)
            for item in panel.items:
                yield panel, item.moved(panel.view.x, dy), panel.view
            for item in panel.fixed:
                yield panel, item, panel.rect

    def rects(self, node_id: str, scroll: int = 0) -> tuple[Rect, ...]:
        """The rectangles of a node in the window, unclipped; a link has one for each line."""
        return tuple(item.rect for _, item, _ in self.placed(scroll) if item.id == node_id)

    def bounds(self, scroll: int = 0) -> dict[str, Rect]:
        """Node id -> the rectangle around all of the node in the window, unclipped."""
        found: dict[str, Rect] = {}
        for _, item, _ in self.placed(scroll):
            name = node_of(item)
            if name is not None:
                found[name] = found[name].around(item.rect) if name in found else item.rect
        return found

    def targets(self, scroll: int = 0) -> tuple[tuple[str, Rect], ...]:
        """(node id, visible rectangle) of what can be pressed."""
        found = []
        for _, item, clip in self.placed(scroll):
            if item.id is not None:
                part = item.rect.clipped(clip)
                if part.w > 0 and part.h > 0:
                    found.append((item.id, part))
        return tuple(found)

    def hit(self, x: float, y: float, scroll: int = 0) -> str | None:
        """The id of the node at a point, or None; the smallest of several, so that an option wins over its row."""
        under = [(rect.w * rect.h, node_id) for node_id, rect in self.targets(scroll) if rect.holds(x, y)]
        return min(under)[1] if under else None


def layout(
    tree: TreeNode, size: tuple[int, int], settings: Settings, measure: Measure, under: Layout | None = None
) -> Layout:
    """Lay out a tree in a window.

    The first candidate is taken in which nothing scrolls, or at least no choice does.

    Args:
        tree: the screen.
        size: the window's width and height, in pixels.
        settings: of these the text size, spacing, targets and caption matter.
        measure: measures text as the renderer draws it.
        under: the layout of the screen below, which a prompt must not cover.
    """
    for each in _candidates(tree, size, Typesetter(scale_for(size, settings), measure), settings, under):
        if _is_acceptable(each):
            break
    return each


def _is_acceptable(plan: Layout) -> bool:
    """Whether nothing scrolls, or at least no choice."""
    return not plan.max_scroll or (bool(plan.choices) and all(map(plan.is_pinned, plan.choices)))


def layouts(
    trees: Iterable[TreeNode], size: tuple[int, int], settings: Settings, measure: Measure
) -> tuple[Layout, ...]:
    """The layouts of screens over one another, lowest first."""
    found: list[Layout] = []
    for tree in trees:
        found.append(layout(tree, size, settings, measure, found[-1] if found else None))
    return tuple(found)


@frozen
class FitStep:
    """One way to fit a screen into its window; a layout tries several, from the usual one on.

    Attributes:
        type: the size of a poster's type, in shares of its usual one.
        sheet: the width of the sheet, in shares of its usual one.
        ornament: there is room for an ornament.
        spacing: the space between blocks, in shares of the usual one.
        footer: the choices are pinned below the text, which scrolls.
    """

    type: float = 1.0
    sheet: float = 1.0
    ornament: bool = True
    spacing: float = 1.0
    footer: bool = False


# By turns a wider sheet and smaller type; the type never gets smaller than the prose.
POSTER = (
    FitStep(),
    FitStep(1, 1.1),
    FitStep(0.92, 1.1),
    FitStep(0.84, 1.2),
    FitStep(0.76, 1.2),
    FitStep(0.7, 1.2, False),
    FitStep(0.7, 1.4, False),
    FitStep(0.62, 1.4, False),
    FitStep(0.55, 1.6, False),
)
# Less space, then pinned choices; where those leave too little room for the text, the usual step is taken.
PAGE = (FitStep(), FitStep(spacing=0.7), FitStep(spacing=0.55), FitStep(footer=True))
# The same, but the sheet gets wider before any choice is out of sight; at last the step with the least scrolling.
DECISION = (
    *PAGE[:-1],
    FitStep(sheet=1.3, spacing=0.55),
    FitStep(sheet=1.6, spacing=0.55),
    FitStep(footer=True),
    FitStep(sheet=1.6, spacing=0.55, footer=True),
)


def _candidates(
    tree: TreeNode, size: tuple[int, int], setter: Typesetter, settings: Settings, under: Layout | None
) -> Iterator[Layout]:
    """The possible layouts, best first; the last one always works."""
    caption = caption_rect(size, settings)
    room = area_above(size, caption)
    if tree.style == "aside":
        sheet = sheet_place(TreeNode("screen", style="sheet"), room, setter.scale).rect
        for place in prompt_places(room, setter.scale, under.main.rect if under is not None else sheet):
            yield _laid_out(tree.children, size, setter, caption, place, _has_way_on)
        return
    poster = any(child.style == "poster" for child in tree.children)
    found: list[Layout] = []
    page = DECISION if len(choices(tree)) > 1 and not setter.scale.portrait else PAGE
    for fit in POSTER if poster else page if setter.scale.large_targets else PAGE[:1]:
        if found and fit.spacing < 1 and not fit.footer and fit.sheet == 1 and _too_long(found[0]):
            continue
        fitted = replace(setter, scale=replace(setter.scale, poster_factor=fit.type, spacing=fit.spacing))
        nodes = tuple(child for child in tree.children if fit.ornament or child.role != "ornament")
        is_pinned = _has_choices if fit.footer else _has_way_on
        if fit.footer:  # what stands under the choices scrolls with the text
            nodes = tuple(sorted(nodes, key=is_pinned))
        found.append(
            _laid_out(nodes, size, fitted, caption, sheet_place(tree, room, fitted.scale, fit.sheet), is_pinned)
        )
        yield found[-1]
    if not poster:
        yield found[0] if page is PAGE else min(found, key=lambda plan: plan.max_scroll)


def _too_long(plan: Layout) -> bool:
    """Whether smaller gaps cannot make it fit: they save up to a fifth of the height."""
    return plan.max_scroll > plan.main.view.h // 2


def _laid_out(
    nodes: tuple[TreeNode, ...],
    size: tuple[int, int],
    setter: Typesetter,
    caption: Rect | None,
    place: SheetPlace,
    is_pinned: Callable[[TreeNode], bool],
) -> Layout:
    tools = next((node for node in nodes if node.style == "tools"), None)
    cause = next((node for node in nodes if node.style == "because"), None)
    free = _side_card(setter, cause, place, area_above(size, caption)) if cause else None
    apart = (tools, cause if free else None)
    choices = tuple(node.id for top in nodes for node in walk(top) if node.role == "choice")
    inner = tuple(node for node in nodes if node not in apart)
    # pinned with large targets: the way on, the entries of a menu, and settings
    staying = sum(1 for _ in takewhile(is_pinned, reversed(inner))) if setter.scale.large_targets else 0
    main, status = _sheet(setter, place, inner, staying, tools)
    return Layout(size, setter.scale, (main, free) if free else (main,), status, choices, caption)


def _has_way_on(node: TreeNode) -> bool:
    ways = node.children if node.role == "list" else ()
    return node.role == "setting" or any(way.style in ("main", "continue") for way in ways)


def _has_choices(node: TreeNode) -> bool:
    return _has_way_on(node) or any(way.role == "choice" for way in node.children)


def _sheet(
    setter: Typesetter, place: SheetPlace, nodes: tuple[TreeNode, ...], staying: int, tools: TreeNode | None
) -> tuple[Panel, Rect | None]:
    """A sheet as high as its content, scrolled where that is too high, and the rectangle of its status line.

    The last `staying` nodes and the tools are pinned, if there is room.
    """
    scale = setter.scale
    pad, width = scale.side_pad, place.rect.w - 2 * scale.side_pad
    content, footer, under, bottom = _content_and_footer(
        setter, nodes, staying, tools, width, place.rect.h - scale.top_pad
    )
    chrome = scale.top_pad + under
    fits = content.height + chrome <= place.rect.h
    caption = 0 if fits else max(scale.target, scale.em(0.9))
    height = max(min(place.rect.h, content.height + chrome), min(place.min_height, place.rect.h))
    top = place.rect.y + round((place.rect.h - height) * ANCHORS[place.anchor])
    rect = Rect(place.rect.x, top, place.rect.w, height)
    # the ring of what stands at the edge needs a little room on every side
    tall = height - chrome - caption
    opens = tall if fits else _snap_to_lines(content.items, tall, scale.em(2), -1)
    view = Rect(rect.x + pad, rect.y + scale.top_pad, width, opens)
    end = 0 if fits else _snap_to_lines(content.items, content.height - opens, scale.em(2), 1)
    fixed = moved(footer.items, rect.x + pad, rect.bottom - bottom - footer.height)
    status = Rect(rect.x + pad, rect.y + scale.top_pad + tall, width, caption) if caption else None
    return Panel(place.kind, rect, view, content.items, max(content.height, end + opens), fixed), status


class PinnedContent(NamedTuple):
    """Scrolled content, and the pinned footer under it.

    `under` is the height from the content's end to the sheet's lower edge, `bottom` the part of it below the footer.
    """

    content: Block
    footer: Block
    under: int
    bottom: int


MIN_LINES = 5  # of text above a pinned footer
MAX_FOOTER = 0.3  # share of a portrait sheet: higher up is out of reach


def _content_and_footer(
    setter: Typesetter, nodes: tuple[TreeNode, ...], staying: int, tools: TreeNode | None, width: int, room: int
) -> PinnedContent:
    """Content and footer; what would leave fewer than MIN_LINES of text is not pinned."""
    scale = setter.scale
    if tools is None:
        bottom = round(scale.top_pad * 0.9)
        return PinnedContent(column(setter, nodes, width), Block((), 0), bottom, bottom)
    gap, bottom = round(scale.em(0.55) * (0.4 + 0.6 * scale.roominess)), round(scale.top_pad * 0.5)
    for kept in (staying, 0) if staying else (0,):
        parted = len(nodes) - kept
        content = column(setter, nodes[:parted], width)
        footer = _footer(setter, nodes[parted:], tools, width)
        under = gap + footer.height + bottom
        low = not (scale.portrait and kept) or footer.height <= room * MAX_FOOTER
        if low and room - under >= min(content.height, scale.em(MIN_LINES * 1.5)):
            return PinnedContent(content, footer, under, bottom)
    # too little room for a pinned footer: it scrolls below the text
    height = content.height + scale.em(0.6)
    hidden_below = Block((*content.items, *moved(footer.items, 0, height)), height + footer.height)
    bottom = round(scale.top_pad * 0.6)
    return PinnedContent(hidden_below, Block((), 0), bottom, bottom)


def _snap_to_lines(items: tuple[Item, ...], edge: int, most: int, way: Literal[-1, 1]) -> int:
    """A y that cuts through no line: `edge`, or up to `most` pixels above it (`way` -1) or below it (1).

    Items higher than `most` may be cut.
    """
    free = edge
    while cut := [item.rect for item in items if item.rect.y < free < item.rect.bottom and item.rect.h <= most]:
        free = min(rect.y for rect in cut) if way < 0 else max(rect.bottom for rect in cut)
    return free if abs(free - edge) <= most else edge


def _footer(setter: Typesetter, staying: tuple[TreeNode, ...], tools: TreeNode, width: int) -> Block:
    """The pinned nodes, and the tools under a hairline."""
    setter = replace(setter, scale=replace(setter.scale, spacing=1.0))  # in one place, however close the text stands
    scale = setter.scale
    line = Box("hairline", Rect(0, 0, width, 1))
    row = justified_rows(setter, tools, width) if scale.large_targets else wrapped_row(setter, tools, width)
    gap = scale.em(0.22)
    tooled = Block((line, *moved(row.items, 0, gap)), row.height + gap)
    return stack([(0, column(setter, staying, width)), (scale.gap(0.35), tooled)]) if staying else tooled


def _side_card(setter: Typesetter, cause: TreeNode, place: SheetPlace, size: tuple[int, int]) -> Panel | None:
    """The causes as a card beside the sheet, or None without the room."""
    scale = setter.scale
    if scale.portrait:
        return None
    margin = round(size[1] * 0.055)
    room = place.rect.x - 2 * margin
    pad = scale.em(0.7)
    wide = min(room, scale.em(13.5) + 2 * pad)
    if wide < scale.em(10):
        return None
    text = with_area(cause, headed(setter, cause, wide - 2 * pad), wide - 2 * pad)
    height = text.height + 2 * pad
    if height > size[1] - 2 * margin:
        return None
    rect = Rect(margin, margin, wide, height)
    return Panel("note", rect, Rect(margin + pad, margin + pad, wide - 2 * pad, text.height), text.items, text.height)


def hidden_below(plan: Layout, scroll: int) -> tuple[int, bool]:
    """How many choices are hidden below the view, wholly or in part, and whether anything is."""
    edge = plan.main.view.h + scroll
    hidden = {
        item.id
        for item in plan.main.items
        if item.id in plan.choices and isinstance(item, Box) and item.rect.bottom > edge
    }
    return len(hidden), scroll < plan.max_scroll
