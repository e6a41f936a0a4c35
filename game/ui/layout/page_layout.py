"""Lay out a screen in its window. Wider sheets and smaller gaps are tried until the whole screen is in view.

A step (`FitStep`) is one such try. The argument `at` of a function lays out the screen by a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from game.ui.layout.geometry import Box, Measure, Rect
from game.ui.layout.layout_model import FitStep, Layout
from game.ui.layout.linebreak import MAX_IN_ONE_VIEW
from game.ui.layout.map_blocks import with_labels
from game.ui.layout.outer_panels import tools_beside
from game.ui.layout.placement import caption_rect, prompt_places, sheet_place, subject_area
from game.ui.layout.poster_blocks import has_year, with_year
from game.ui.layout.scale import LEADING, scale_for
from game.ui.layout.sheet_layout import Window, choices_beside, laid_out, never
from game.ui.layout.talk_layout import talk_layout
from game.ui.layout.typesetting import Typesetter
from game.ui.settings import WALL_VALUES, Settings
from game.ui.tree import TreeNode, walk

# Wider sheets and smaller type by turns. The type never gets smaller than the prose.
POSTER = (
    FitStep(), FitStep(1, 1.1), FitStep(0.92, 1.1), FitStep(0.84, 1.2), FitStep(0.76, 1.2), FitStep(0.7, 1.2, False),
    FitStep(0.7, 1.4, False), FitStep(0.62, 1.4, False), FitStep(0.55, 1.6, False),
)  # fmt: skip
MOST_POSTER = 0.54  # the most of an upright window's height for a poster: the picture must stop people who pass
# First the gaps shrink, then the sheet grows: sideways to the longest line, or up over the picture of an upright
# window.
PAGE = (
    FitStep(),
    FitStep(spacing=0.8),
    FitStep(spacing=0.6),
    FitStep(letters=66, high=0.2, spacing=0.8),
    FitStep(letters=66, high=0.2, spacing=0.6),
    FitStep(letters=72, high=0.4, spacing=0.6),
    FitStep(letters=80, high=0.7, spacing=0.6),
    FitStep(letters=88, high=1.0, characters=MAX_IN_ONE_VIEW, spacing=0.6),
)
# If no step shows all of a page, the choices are pinned and the text scrolls above them.
PINNED = FitStep(letters=80, high=1.0, spacing=0.6, footer=True)
# With large targets in a landscape window, the choices stand beside a text that would otherwise get less than
# LEAST_TEXT of the height. The text is as wide as it needs to be whole in view, or as wide as the choices allow.
BESIDE = (
    FitStep(), FitStep(spacing=0.6), FitStep(letters=54, spacing=0.6), FitStep(letters=66, spacing=0.6),
    FitStep(letters=80, spacing=0.6),
)  # fmt: skip
LEAST_TEXT = 0.6
PAGE_STYLES = frozenset({"page", "wall"})  # a reader's page, and the page on a class's wall
TOOLS_OUTSIDE = PAGE_STYLES | {"summary"}
MENU = (FitStep(), FitStep(spacing=0.7), FitStep(letters=110, columns=2), FitStep(letters=110, columns=2, spacing=0.5))
WHOLE_WIDTH = 400  # letters in a line that no window has, so that the sheet takes the whole width
# The summary at the end, with the reader's choices below it. If it scrolls, as much as possible is in sight at first.
# In a landscape window the choices then stand beside the text, on a sheet as wide as the window, with the tools on it.
# The last steps reduce the type a little, except the labels; a reader's larger type stays larger than the usual size.
SUMMARY = (
    FitStep(),
    FitStep(spacing=0.7),
    FitStep(letters=66, spacing=0.6),
    *(
        FitStep(letters=WHOLE_WIDTH, spacing=spacing, columns=2, text=text)
        for spacing, text in ((0.7, 1.0), (0.5, 1.0), (0.5, 0.92), (0.4, 0.85), (0.4, 0.8), (0.4, 0.74), (0.3, 0.69))
    ),
)
LEAST_LABEL = 0.56  # the least size of a summary's labels, as a fraction of the reader's prose
HALVES_VOTE = "halves-vote"  # the id of the group with the choices, or the results, of both halves of a class
SMALLEST_WALL = 100  # per cent: the text of a wall may shrink to this, so that both votes are in sight
# A card of many facts: as wide as the window, with those of one document in two columns.
WIDE_CARD = (FitStep(columns=2), FitStep(columns=2, spacing=0.6))
CLOSE = 1.3  # a screen at most so many times as high as the view may fit with smaller gaps
# For each step of PAGE after the first: a page may fit if at the first step it is at most so many views high.
FITTING = (1.14, 1.2, 1.35, 1.6, 1.7, 1.8, 1.9)


def layout(
    tree: TreeNode, size: tuple[int, int], settings: Settings, measure: Measure, under: Layout | None = None
) -> Layout:
    """Lay out a tree in a window, by the first step at which nothing scrolls. If a page has no such step, its text
    scrolls. Its choices are then pinned below the text, if some text stays in sight.

    Args:
        settings: only those for type, spacing, targets and caption have an effect.
        under: the layout of the screen below, which a prompt must not cover.
    """
    setter = Typesetter(scale_for(size, settings), measure)
    window = Window(size, setter, caption_rect(size, settings))
    if tree.style == "aside":
        sheet = TreeNode("screen", style="sheet")
        below = under.main.rect if under is not None else sheet_place(sheet, window.room, setter.scale).rect
        places = prompt_places(window.room, setter.scale, below)
        return _first_whole(laid_out(tree.children, window, place) for place in places)
    at = partial(_fitted, tree, window)
    if any(child.style == "poster" for child in tree.children):
        plans = list(map(at, POSTER)) if setter.scale.portrait and has_year(tree) else []
        low = next((plan for plan in plans if not plan.max_scroll and plan.main.rect.h <= MOST_POSTER * size[1]), None)
        return with_year(low or _first_whole(plans or map(at, POSTER)), tree, setter, size)
    if tree.style == "picture":
        return _tools_alone(tree, window)
    if tree.style in PAGE_STYLES:
        edge = _edge_beside_tools(tree, window)
        plan = _page(tree, partial(at, edge=edge))
        return _with_room_to_read(tree, plan, window, edge) if tree.style == "page" else plan
    if tree.style == "summary":
        return _first_whole(map(partial(at, edge=_edge_beside_tools(tree, window)), SUMMARY))
    if tree.style == "talk":
        return talk_layout(tree, size, setter, at)
    if tree.style == "menu":
        return _or_whole(at(MENU[0]), at, MENU[1:])
    if tree.style == "wide":
        return _halves(tree, window, settings)
    plan = _sheet(at)
    if tree.id == "sources":
        return _or_whole(plan, at, WIDE_CARD)
    return with_labels(plan, tree, setter, subject_area(size, settings, tree.style)) if tree.style == "map" else plan


def _tools_alone(tree: TreeNode, window: Window) -> Layout:
    """Return the layout of a screen that shows only the picture. Its way back stands where a page has its tools."""
    tools = next(node for node in tree.children if node.style == "tools")
    panel = tools_beside(window.setter, tools, window.room, window.size[0])
    assert panel is not None, "one tool has room in any window"
    return Layout(window.size, window.setter.scale, (panel,), caption=window.caption)


def _first_whole(plans: Iterable[Layout]) -> Layout:
    """Return the first layout in which nothing scrolls, or else the last."""
    for each in plans:
        if not each.max_scroll:
            break
    return each


def _or_whole(usual: Layout, at: Callable[[FitStep], Layout], steps: Iterable[FitStep]) -> Layout:
    """Return `usual` if nothing scrolls in it. Otherwise return the first layout by one of `steps` in which nothing
    scrolls. If all scroll, return `usual` or the last layout, whichever scrolls less."""
    return min(usual, _first_whole(map(at, steps)), key=lambda plan: plan.max_scroll) if usual.max_scroll else usual


def _sheet(at: Callable[[FitStep], Layout]) -> Layout:
    """Return the usual layout of a screen. If it scrolls, return one with smaller gaps, if that does not scroll."""
    usual = at(PAGE[0])
    if usual.max_scroll and usual.main.height <= CLOSE * usual.main.view.h:
        closer = _first_whole(at(FitStep(spacing=spacing)) for spacing in (0.8, 0.6))
        if not closer.max_scroll:
            return closer
    return usual


def _halves(tree: TreeNode, window: Window, settings: Settings) -> Layout:
    """Return the layout of the two halves of a class with both votes in sight: with everything in view, or with the
    votes pinned below a text that scrolls. If neither is possible, try smaller text, down to `SMALLEST_WALL`; if that
    does not help, return the usual layout."""
    vote = next((node for node in tree.children if node.id == HALVES_VOTE), None)
    options = {node.id for node in walk(vote) if node.style == "option"} if vote is not None else set()
    smaller = [scale for scale in WALL_VALUES["text_scale"] if SMALLEST_WALL <= int(scale) < settings.text_scale]
    plans = []
    for text_scale in (settings.text_scale, *sorted(map(int, smaller), reverse=True)):
        scale = scale_for(window.size, replace(settings, text_scale=text_scale))
        at = partial(_fitted, tree, replace(window, setter=Typesetter(scale, window.setter.measure)))
        plans.append(_sheet(at))
        if not plans[-1].max_scroll or vote is None:
            return plans[-1]
        pinned = at(FitStep(spacing=0.6, footer=True))
        scrolling = pinned.main.items
        if not any(item.id in options or (isinstance(item, Box) and item.kind == "gauge") for item in scrolling):
            return pinned
    return plans[0]


def _page(tree: TreeNode, at: Callable[[FitStep], Layout]) -> Layout:
    """Return the layout of a page, by the first step of PAGE at which nothing scrolls. If there is none, pin the
    choices as long as some text stays in sight."""
    usual = at(PAGE[0])
    if not usual.max_scroll:
        return usual
    needed = usual.main.height / max(1, usual.main.view.h)
    for step, most in zip(PAGE[1:], FITTING, strict=True):
        if needed <= most and not (plan := at(step)).max_scroll:
            return _relaxed(at, step, plan, usual.main.rect.h)
    pinned = at(PINNED)
    if all(map(pinned.is_pinned, pinned.choices)) and _shows_text(tree, pinned):
        return pinned
    return at(replace(PINNED, footer=False))


def _with_room_to_read(tree: TreeNode, plan: Layout, window: Window, edge: int | None) -> Layout:
    """Return the page with its choices beside the text, if the text has too little room in `plan`, or choices scroll.
    Otherwise, or if there is no room beside the text, return `plan`. So a kiosk's visitor who opens the full text has
    all choices in sight. `edge` is as in `outer_panels`."""
    roomy = plan.main.view.h >= LEAST_TEXT * plan.size[1] and all(map(plan.is_pinned, plan.choices))
    asked = next((node for node in tree.children if sum(way.role == "choice" for way in node.children) > 1), None)
    if not plan.max_scroll or roomy or asked is None or edge is None:
        return plan
    alone = replace(tree, children=tuple(node for node in tree.children if node is not asked))
    found, setter = None, window.setter
    for step in BESIDE:
        text = _fitted(alone, window, step, edge)
        panel = choices_beside(replace(setter, scale=replace(setter.scale, spacing=step.spacing)), asked, text)
        if panel is not None:
            found = replace(text, panels=(*text.panels, panel), choices=plan.choices)
            if not found.max_scroll:
                break
    return found or plan


def _relaxed(at: Callable[[FitStep], Layout], step: FitStep, plan: Layout, height: int) -> Layout:
    """Return a layout with larger gaps, if `plan` is well below `height` pixels and nothing scrolls; or else `plan`."""
    for spacing, room in ((1.0, 0.12), (0.8, 0.06)):
        if spacing > step.spacing and plan.main.rect.h < (1 - room) * height:
            looser = at(replace(step, spacing=spacing))
            if not looser.max_scroll:
                return looser
    return plan


def _shows_text(tree: TreeNode, plan: Layout) -> bool:
    """Return whether any line of the text is in sight below the page's date, title and note."""
    first = next((node for node in tree.children if node.role == "paragraph" or node.style == "told"), None)
    place = plan.bounds().get(first.id) if first is not None else None
    if first is None or place is None:
        return True
    heading = 2.4 if first.style == "told" else 0.0  # ems, above its first line
    return place.y + plan.scale.em(LEADING + heading) <= plan.main.view.bottom


def _edge_beside_tools(tree: TreeNode, window: Window) -> int | None:
    """Return the left edge of the widest sheet of PAGE that leaves room for large tools; None if no sheet does, if
    tools are not large, or in an upright window. Tools end at this edge, and so stay in place if the sheet changes."""
    setter, room = window.setter, window.room
    tools = next((node for node in tree.children if node.style == "tools"), None)
    if tools is not None and setter.scale.large_targets and not setter.scale.portrait:
        for letters in sorted({step.letters for step in PAGE}, reverse=True):
            edge = sheet_place(tree, room, setter.scale.of_tools, letters=letters).rect.x
            if tools_beside(setter, tools, room, edge) is not None:
                return edge
    return None


def _fitted(tree: TreeNode, window: Window, step: FitStep, edge: int | None = None) -> Layout:
    """Return the layout of a screen by one step. `edge` is as in `outer_panels`."""
    setter = window.setter
    beside = tree.style == "summary" and step.columns > 1 and not setter.scale.portrait
    columns = 1 if tree.style == "summary" else step.columns
    scale = replace(
        setter.scale, poster_factor=step.type, spacing=step.spacing, columns=columns, fine=step.fine,
        column_heights=step.column_heights, brief=step.brief,
    )  # fmt: skip
    least_label = round(LEAST_LABEL * scale.body) if step.text < 1 else 0
    scale = replace(scale, text=scale.text * step.text, lines=scale.lines / step.text, least_label=least_label)
    window = replace(window, setter=replace(setter, scale=scale, characters=step.characters))
    nodes = tuple(child for child in tree.children if step.ornament or child.role != "ornament")
    # With large targets, the way on, the entries of a menu, and settings are pinned.
    is_pinned = _has_way_on if scale.large_targets or tree.style == "talk" else never
    if step.footer:  # nodes below the choices scroll with the text
        is_pinned = _has_choices
        nodes = tuple(sorted(nodes, key=is_pinned))
    place = sheet_place(tree, window.room, scale, step.sheet, step.letters, step.high)
    if edge is not None and place.rect.x < edge and not beside:
        rect = place.rect
        place = replace(place, rect=Rect(edge, rect.y, rect.right - edge, rect.h))
    if beside:
        return laid_out(_in_halves(nodes), window, place, is_pinned)
    return laid_out(nodes, window, place, is_pinned, tree.style in TOOLS_OUTSIDE, edge)


def _in_halves(nodes: tuple[TreeNode, ...]) -> tuple[TreeNode, ...]:
    """Put what stands between the heading and the buttons of a summary into two groups: the text with the museum's
    objects, and the question with the reader's choices."""
    asked = {node.id.partition("-")[0] for node in nodes if node.style == "lead"}  # the section that asks the question
    content: list[TreeNode] = []
    chosen: list[TreeNode] = []
    rest: list[TreeNode] = []
    for node in nodes:
        is_text = node.role == "paragraph"
        if node.style in ("eyebrow", "made", "take-along") or (is_text and node.id.partition("-")[0] in asked):
            chosen.append(node)
        else:
            (content if is_text or node.style == "exhibits" else rest).append(node)
    if not (chosen and content):
        return nodes
    halves = tuple(TreeNode("group", style="half", children=tuple(half)) for half in (content, chosen))
    return (*rest[:1], TreeNode("group", style="sides", children=halves), *rest[1:])


def _has_way_on(node: TreeNode) -> bool:
    ways = node.children if node.role == "list" else ()
    return node.role == "setting" or any(way.style in ("main", "continue") for way in ways)


def _has_choices(node: TreeNode) -> bool:
    asks = any(way.role == "choice" or way.style == "option" for way in node.children)
    return asks or node.id == HALVES_VOTE or _has_way_on(node)
