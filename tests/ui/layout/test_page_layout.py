"""Every page of every playthrough fits or scrolls, at every size and text scale, with its choices announced.

The other screens: tests/access.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Box, Rect
from game.ui.layout.page_layout import layout
from game.ui.layout.placement import page_area, prompt_places, tools_foot
from game.ui.layout.scale import LEADING, scale_for
from game.ui.settings import VALUES, Settings
from game.ui.state import AppState
from game.ui.tree import Action, TreeNode, choices, focus_order
from tests.ui.app_driver import at_page
from tests.ui.stand_ins import SCALES, SIZES, Ruler, Size, check_layout, laid_out, runs_of, wandered

some_settings = st.builds(
    Settings,
    text_scale=st.sampled_from(SCALES),
    font=st.sampled_from(VALUES["font"]),
    spacing=st.sampled_from(VALUES["spacing"]),
)


@given(st.integers(0, 10_000), st.sampled_from(SIZES), some_settings, st.data())
def test_every_page_fits_or_scrolls(
    shipped: Story, words: Catalogue, seed: int, size: Size, settings: Settings, data: st.DataObject
) -> None:
    p = data.draw(st.sampled_from(wandered(shipped, seed)))
    tree, plan = laid_out(at_page(words, p, settings=settings), size)
    check_layout(tree, plan)
    slips = choices(tree)
    assert [slip.action.target for slip in slips if slip.action] == [option.id for option in p.page.choices]
    assert {slip.id for slip in slips} <= set(focus_order(tree))
    rects = [run.rect for run in runs_of(plan) if run.text.strip()]
    edges = (plan.main.view.h, plan.max_scroll) if plan.max_scroll else ()
    cut = [rect for rect in rects for edge in edges if rect.y < edge < rect.bottom]
    assert not cut, "a page opens and ends on whole lines"


@given(st.integers(320, 4000), st.integers(240, 2400), st.sampled_from(SCALES))
def test_any_window_has_a_layout(mill: Story, words: Catalogue, width: int, height: int, text_scale: int) -> None:
    app = at_page(words, wandered(mill, 2, "miller")[1], settings=Settings(text_scale=text_scale))
    tree, plan = laid_out(app, (width, height))
    assert plan.main.rect.inside(Rect(0, 0, width, height))
    for slip in choices(tree):
        assert plan.rects(slip.id)


def test_prose_is_30_pixels_at_1080p_and_never_below_21() -> None:
    assert [scale_for((1920, 1080), Settings(text_scale=scale)).body for scale in (85, 100, 200)] == [26, 30, 60]
    sizes = (800, 480), (1280, 720), (1080, 1920), (3840, 2160)
    assert [scale_for(size, Settings()).body for size in sizes] == [21, 21, 30, 60]


def test_the_sheet_lies_right_of_a_wide_picture_and_under_a_tall_one() -> None:
    wide, tall = page_area((1920, 1080), Settings()), page_area((1080, 1920), Settings())
    assert wide.x > 1920 * 0.4 and wide.right < 1920
    assert tall.y >= 1920 * 0.3 and tall.bottom < 1920


def prose_page(paragraphs: float) -> TreeNode:
    """A page of so many paragraphs of two lines (a half has one line), three choices, and its tools."""
    text = "The rice was bending, and they came with a cart for iron. One had a scale, one had a list, and we had none."
    ways = tuple(
        TreeNode("choice", f"choice:{n}", "Give the wok.", value="There would have to be a spring.", level=n,
                 action=Action("choose", str(n)))
        for n in (1, 2, 3)
    )  # fmt: skip
    tools = tuple(TreeNode("button", name, name.title(), action=Action(name)) for name in ("pause", "undo", "leave"))
    return TreeNode("screen", "reading", style="page", children=(
        TreeNode("heading", "heading-1", "Pots into Iron", level=1),
        *(TreeNode("paragraph", f"prose-{n}", text) for n in range(int(paragraphs))),
        *([TreeNode("paragraph", "prose-half", text[:50])] if paragraphs % 1 else []),
        TreeNode("list", "choices", children=ways),
        TreeNode("group", "tools", style="tools", children=tools),
    ))  # fmt: skip


def test_gaps_give_before_the_sheet_widens_and_both_before_anything_scrolls() -> None:
    plans = [layout(prose_page(n / 2), (1280, 720), Settings(), Ruler()) for n in range(2, 30)]
    ways = [(plan.max_scroll > 0, plan.main.rect.w, -plan.scale.spacing) for plan in plans]
    whole = [(wide, tight) for scrolls, wide, tight in ways if not scrolls]
    assert len({wide for wide, _ in whole}) > 1 and len({tight for _, tight in whole}) > 1
    narrow = [tight for wide, tight in whole if wide == whole[0][0]]
    assert narrow[0] == -1 < narrow[-1], "the gaps gave first, at the usual width"
    widths = [wide for wide, _ in whole]
    assert widths == sorted(widths) and [scrolls for scrolls, *_ in ways] == sorted(scrolls for scrolls, *_ in ways)
    assert ways[-1][0]
    assert {plan.scale.body for plan in plans} == {21}, "the type never does"
    assert {plan.main.rect.right for plan in plans} == {plans[0].main.rect.right}, "its right edge stays"


@pytest.mark.parametrize("text_scale", VALUES["text_scale"])
@pytest.mark.parametrize("size", [*SIZES, (1366, 768), (1440, 900), (1024, 768)])
@pytest.mark.parametrize("targets", VALUES["targets"])
def test_choices_are_in_sight_where_five_lines_can_stand_above(size: Size, text_scale: int, targets: str) -> None:
    settings = Settings(text_scale=text_scale, targets=targets)
    plan = layout(prose_page(30), size, settings, Ruler())
    assert plan.max_scroll
    pinned = all(map(plan.is_pinned, plan.choices))
    in_view = {name for name, rect in plan.targets() if rect == plan.rects(name)[0]}
    assert pinned == (set(plan.choices) <= in_view)
    if pinned:
        assert plan.main.view.h >= 4.4 * plan.scale.em(LEADING), "five lines, less what would be cut"
    else:
        choices_h = sum(plan.rects(name)[0].h for name in plan.choices)
        assert plan.main.rect.h - choices_h < 10.5 * plan.scale.em(LEADING), "with tools and edges there is no room"
    if text_scale <= 150 and targets == "usual":
        assert pinned


def test_a_wall_s_options_stay_in_sight() -> None:
    *page, choice_list, tools = prose_page(12).children
    options = tuple(replace(way, role="button", style="option", value="") for way in choice_list.children)
    wall = TreeNode("screen", "wall", style="wall", children=(*page, replace(choice_list, children=options), tools))
    plan = layout(wall, (1920, 1080), Settings(text_scale=140), Ruler())
    assert plan.max_scroll
    for option in options:
        assert plan.is_pinned(option.id) and plan.bounds()[option.id].inside(plan.main.rect)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1080, 1920)])
def test_tools_stand_outside_the_sheet_in_one_place(size: Size) -> None:
    places = set()
    for paragraphs in range(1, 12):
        plan = layout(prose_page(paragraphs), size, Settings(), Ruler())
        bar = next(panel for panel in plan.panels if panel.kind == "tools")
        assert not bar.rect.overlaps(plan.main.rect)
        places.add(plan.rects("pause")[0])
        undo = plan.rects("undo")[0]
        assert plan.hit(undo.x + undo.w / 2, undo.y + undo.h / 2) == "undo"
    assert len({(place.x, place.bottom) for place in places if place.h}) <= 2
    menu = replace(prose_page(2), style="menu")
    assert [panel.kind for panel in layout(menu, size, Settings(), Ruler()).panels] == ["sheet"]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1080, 1920)])
def test_progress_stands_on_the_picture_or_first_on_the_sheet(size: Size) -> None:
    marks = tuple(TreeNode("mark", chosen=n <= 2) for n in range(13))
    strip = TreeNode("group", "progress", "1958 · 3 of 13", style="progress", children=marks)
    page = replace(prose_page(3), children=(strip, *prose_page(3).children))
    plan = layout(page, size, Settings(), Ruler())
    panel = next(panel for panel in plan.panels if panel.kind == "progress")
    assert panel.rect.x < size[0] * 0.1 and panel.rect.y < size[1] * 0.1
    assert not any(panel.rect.overlaps(other.rect) for other in plan.panels if other is not panel)
    stops = [item.kind for item in panel.items if isinstance(item, Box) and item.kind.startswith("stop")]
    assert stops == ["stop.past"] * 2 + ["stop.here"] + ["stop"] * 10
    narrow = layout(page, (700, 480), Settings(text_scale=200), Ruler())
    assert [panel.kind for panel in narrow.panels] == ["sheet"]
    assert narrow.bounds()["progress"].bottom <= narrow.bounds()["heading-1"].y


@pytest.mark.parametrize("text_scale", [85, 100, 120, 150, 175, 200])
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("look", [Settings(), Settings(targets="large"), Settings(voice="on", voice_shown="on")])
def test_a_picture_s_subject_stands_above_the_tools(size: Size, text_scale: int, look: Settings) -> None:
    settings = replace(look, text_scale=text_scale)
    plan = layout(prose_page(3), size, settings, Ruler())
    foot = tools_foot(size, settings)
    assert foot < size[1] * 0.4
    for panel in plan.panels[1:]:
        assert panel.kind == "sheet" or size[1] - foot <= panel.rect.y  # choices beside a long text may cover it
    assert tools_foot((1080, 1920), settings) == 0


def test_every_page_lies_in_the_area_that_pictures_leave_free() -> None:
    for size in SIZES:
        plans = [layout(prose_page(n), size, Settings(), Ruler()) for n in range(1, 7)]
        assert all(plan.main.rect.inside(page_area(size, Settings())) for plan in plans)


def test_an_upright_page_starts_where_its_picture_ends(mill: Story, words: Catalogue) -> None:
    for p in wandered(mill, 1, "miller"):
        _, plan = laid_out(at_page(words, p), (1080, 1920))
        assert plan.main.rect.y == page_area((1080, 1920), Settings()).y


def test_a_heading_breaks_into_even_lines(mill: Story, words: Catalogue) -> None:
    _, plan = laid_out(AppState(replace(mill, title="The Weighing at Mill Lane"), words), (1920, 1080))
    upper, lower = (run.width for run in runs_of(plan) if run.text and run.style.size > 60)
    assert min(upper, lower) > 0.6 * max(upper, lower)


@given(st.sampled_from(SIZES), st.sampled_from(SCALES), st.integers(0, 80), st.integers(0, 80))
def test_a_prompt_has_places_within_the_window(size: Size, text: int, x: int, y: int) -> None:
    width, height = size
    under = Rect(width * x // 100, height * y // 100, width // 5, height // 5)
    places = list(prompt_places(size, scale_for(size, Settings(text_scale=text)), under))
    assert places
    for place in places[:-1]:
        assert place.rect.inside(Rect(0, 0, width, height))
        assert place.rect.right <= under.x or place.rect.x >= under.right or place.rect.bottom <= under.y
