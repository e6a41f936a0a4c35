"""Every page of every playthrough fits or scrolls, at every size and text scale, with its choices announced.

The other screens: tests/access.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Rect, Run
from game.ui.layout.page_layout import layout
from game.ui.layout.placement import page_area
from game.ui.layout.scale import scale_for
from game.ui.render import render_view
from game.ui.settings import VALUES, Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import choices, focus_order
from tests.ui.stand_ins import SCALES, SIZES, Ruler, check_layout, wandered

some_settings = st.builds(
    Settings,
    text_scale=st.sampled_from(SCALES),
    font=st.sampled_from(VALUES["font"]),
    spacing=st.sampled_from(VALUES["spacing"]),
)


@given(st.integers(0, 10_000), st.sampled_from(SIZES), some_settings, st.data())
def test_every_page_fits_or_scrolls(
    shipped: Story, words: Catalogue, seed: int, size: tuple[int, int], settings: Settings, data: st.DataObject
) -> None:
    """A page anywhere on a way through the story: all of it in reach, nothing over anything else."""
    line = wandered(shipped, seed)
    p = data.draw(st.sampled_from(line))
    app = AppState(shipped, words, settings, (ScreenView("title"), ScreenView("reading")), p)
    tree = render_view(app, app.top)
    check_layout(tree, layout(tree, size, settings, Ruler()))
    slips = choices(tree)
    assert [slip.action.target for slip in slips if slip.action] == [option.id for option in p.page.choices]
    assert {slip.id for slip in slips} <= set(focus_order(tree))


@given(st.integers(320, 4000), st.integers(240, 2400), st.sampled_from(SCALES))
def test_any_window_has_a_layout(mill: Story, words: Catalogue, width: int, height: int, text_scale: int) -> None:
    """However odd a window is made by hand, every choice can still be brought into sight."""
    settings = Settings(text_scale=text_scale)
    p = wandered(mill, 2, "miller")[1]
    app = AppState(mill, words, settings, (ScreenView("title"), ScreenView("reading")), p)
    tree = render_view(app, app.top)
    plan = layout(tree, (width, height), settings, Ruler())
    assert plan.main.rect.inside(Rect(0, 0, width, height))
    for slip in choices(tree):
        assert plan.rects(slip.id)


def test_prose_is_36_pixels_at_1080p_and_never_below_26() -> None:
    """The size of the prose follows the window, and the reader's scale follows that."""
    assert scale_for((1920, 1080), Settings()).body == 36
    assert scale_for((1920, 1080), Settings(text_scale=200)).body == 72
    assert scale_for((800, 480), Settings()).body == 26
    assert scale_for((3840, 2160), Settings()).body == 72
    assert scale_for((1080, 1920), Settings()).body == 36


def test_the_sheet_lies_right_of_a_wide_picture_and_under_a_tall_one() -> None:
    """What the picture keeps clear of leaves it about half the window."""
    wide = page_area((1920, 1080), Settings())
    assert wide.x > 1920 * 0.45
    assert wide.right < 1920
    tall = page_area((1080, 1920), Settings())
    assert tall.y >= 1920 * 0.3
    assert tall.bottom < 1920


def test_causes_lie_beside_the_page_where_there_is_room(mill: Story, words: Catalogue) -> None:
    """The because card is a sheet of its own on a wide window, and stands before the choices on a narrow one."""
    p = wandered(mill, 1, "miller")[0].choose("continue").choose("give-wok")
    app = AppState(mill, words, Settings(), (ScreenView("title"), ScreenView("reading")), p)
    tree = render_view(app, app.top)
    wide = layout(tree, (1920, 1080), app.settings, Ruler())
    assert [panel.kind for panel in wide.panels] == ["sheet", "note"]
    assert not wide.panels[1].rect.overlaps(wide.main.rect)
    for size, settings in [((1080, 1920), Settings()), ((1280, 720), Settings(text_scale=200))]:
        narrow = layout(tree, size, settings, Ruler())
        assert len(narrow.panels) == 1
        assert narrow.rects("fact:scrap")[0].y < narrow.rects("choice:continue")[0].y


@given(st.integers(0, 10_000), st.sampled_from(SIZES), some_settings, st.data())
def test_a_page_opens_and_ends_on_whole_lines(
    shipped: Story, words: Catalogue, seed: int, size: tuple[int, int], settings: Settings, data: st.DataObject
) -> None:
    """Where a page goes on below the edge, the edge cuts through no line; nor does the upper one at its end."""
    p = data.draw(st.sampled_from(wandered(shipped, seed)))
    app = AppState(shipped, words, settings, (ScreenView("title"), ScreenView("reading")), p)
    plan = layout(render_view(app, app.top), size, settings, Ruler())
    runs = [item.rect for item in plan.main.items if isinstance(item, Run) and item.text.strip()]
    for edge in (plan.main.view.h, plan.max_scroll):
        assert not [rect for rect in runs if rect.y < edge < rect.bottom and plan.max_scroll]


def test_an_upright_page_starts_where_its_picture_ends(mill: Story, words: Catalogue) -> None:
    """However short a page is, nothing but its edge lies between it and the picture above it."""
    for p in wandered(mill, 1, "miller"):
        app = AppState(mill, words, Settings(), (ScreenView("title"), ScreenView("reading")), p)
        plan = layout(render_view(app, app.top), (1080, 1920), app.settings, Ruler())
        assert plan.main.rect.y == page_area((1080, 1920), app.settings).y


def test_the_smallest_thing_under_the_hand_is_pressed(mill: Story, words: Catalogue) -> None:
    """An option within the row of its setting is hit as itself."""
    app = AppState(mill, words, views=(ScreenView("title"), ScreenView("settings")))
    tree = render_view(app, app.top)
    plan = layout(tree, (1920, 1080), app.settings, Ruler())
    option = plan.rects("set:theme=night")[0]
    assert plan.hit(option.x + 3, option.y + 3) == "set:theme=night"
    assert plan.hit(-5, -5) is None


def test_a_heading_breaks_into_even_lines(mill: Story, words: Catalogue) -> None:
    """A title of two lines does not leave one word alone on the second."""
    app = AppState(replace(mill, title="The Weighing at Mill Lane"), words)
    plan = layout(render_view(app, app.top), (1920, 1080), app.settings, Ruler())
    runs = [item for item in plan.main.items if isinstance(item, Run) and item.text and item.style.size > 70]
    assert len(runs) == 2
    assert min(run.width for run in runs) > 0.6 * max(run.width for run in runs)
