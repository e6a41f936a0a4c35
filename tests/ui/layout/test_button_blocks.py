"""Choices with their deeds and reasons, and menus and settings in columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest

from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.layout.button_blocks import list_block, press_block
from game.ui.layout.geometry import Block, Box, Item, Run
from game.ui.layout.scale import scale_for
from game.ui.layout.typesetting import Typesetter
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode, walk
from tests.ui.app_driver import at_page
from tests.ui.stand_ins import Ruler, check_layout, laid_out, wandered

DEED, REASON = "Give the wok, keep the hoe.", "There would have to be a spring."


def choice(reason: str = REASON) -> TreeNode:
    return TreeNode("choice", "choice:give", DEED, value=reason, level=2, action=Action("choose", "give"))


def boxes_in(items: Iterable[Item], kind: str) -> list[Box]:
    return [item for item in items if isinstance(item, Box) and item.kind == kind]


def pressed(node: TreeNode, width: int) -> Block:
    return press_block(Typesetter(scale_for((1920, 1080), Settings()), Ruler()), node, width)


@pytest.mark.parametrize(("width", "on_one_line"), [(1200, True), (600, False)])
def test_a_reason_stands_in_italics_after_a_dash(width: int, on_one_line: bool) -> None:
    """The dash is for Chinese, which has no italics, and for high contrast, which has only one ink."""
    block = pressed(choice(), width)
    deed, reason, number = block.runs
    assert (deed.text, reason.text, number.text) == (DEED, REASON, "2")
    assert reason.style == replace(deed.style, italic=True) and not deed.style.italic
    assert (deed.ink, reason.ink) == ("ink", "soft")
    assert (reason.baseline == deed.baseline) == on_one_line and reason.baseline >= deed.baseline
    assert reason.x > (deed.rect.right if on_one_line else deed.x)
    (dash,) = (box.rect for box in boxes_in(block.items, "dash"))
    assert dash.right < reason.x and reason.baseline - reason.style.size < dash.y < reason.baseline
    assert dash.x >= deed.rect.right or not on_one_line


def test_a_line_of_deed_and_reason_has_at_most_80_characters() -> None:
    long = "It was all that the old man had left, and somebody would have come to look for it."
    deed, reason, *_ = pressed(choice(long), 4000).runs
    assert reason.baseline > deed.baseline


def test_a_choice_without_a_reason_is_one_line() -> None:
    assert [run.text for run in pressed(choice(""), 1200).runs] == [DEED, "2"]


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("screen", ["pause", "settings"])
def test_pause_and_settings_fit_one_screen(mill: Story, words: Catalogue, size: tuple[int, int], screen: str) -> None:
    p = wandered(mill, 1, "miller")[2]
    tree, plan = laid_out(at_page(words, p, ScreenView(screen)), size)
    assert plan.max_scroll == 0
    check_layout(tree, plan)


def test_columns_are_read_down(mill: Story, words: Catalogue) -> None:
    tree, plan = laid_out(AppState(mill, words, views=(ScreenView("settings"),)), (1280, 720))
    rows = [plan.rects(node.id)[0] for node in walk(tree) if node.role == "setting"]
    assert len({row.x for row in rows}) == 2
    assert all(below.y > above.y or below.x > above.right for above, below in pairwise(rows))
    pills = boxes_in((item for _, item, _ in plan.placed()), "pill")
    assert all(any(pill.rect.inside(row) for row in rows) for pill in pills)


def test_a_close_button_has_a_cross(mill: Story, words: Catalogue) -> None:
    _, plan = laid_out(at_page(words, wandered(mill, 1, "miller")[2], ScreenView("fact", "scrap")), (1920, 1080))
    items = (*plan.main.items, *plan.main.fixed)
    assert boxes_in(items, "cross") and not boxes_in(items, "arrow")


@pytest.mark.parametrize("text_scale", [85, 100, 150, 200])
def test_a_tick_stands_clear_of_its_word(mill: Story, words: Catalogue, text_scale: int) -> None:
    app = AppState(mill, words, Settings(text_scale=text_scale), views=(ScreenView("settings"),))
    _, plan = laid_out(app, (1280, 720))
    placed = [item for _, item, _ in plan.placed()]
    ticks = [box.rect for box in boxes_in(placed, "tick")]
    chosen = [box.rect for box in boxes_in(placed, "pill") if box.chosen]
    assert ticks
    for tick in ticks:
        box = next(rect for rect in chosen if rect.holds(tick.x, tick.y))
        words_in = [item for item in placed if isinstance(item, Run) and box.holds(item.x, item.baseline - 1)]
        space = plan.scale.em(0.64) * 0.3
        assert tick.x - box.x >= space and words_in[0].x - tick.right >= space
        assert words_in[0].rect.right <= box.right


def test_the_only_way_on_has_an_arrow_and_no_number() -> None:
    block = pressed(replace(choice(""), label="Continue", style="continue"), 800)
    assert [run.text for run in block.runs] == ["Continue"]
    assert boxes_in(block.items, "arrow")


@pytest.mark.parametrize(("labels", "beside"), [(("On", "Back"), True), (("On", "Back" * 30), False)])
def test_the_main_button_stands_beside_one_other_where_both_labels_fit(labels: tuple[str, str], beside: bool) -> None:
    setter = Typesetter(scale_for((1080, 1920), Settings(targets="large")), Ruler())
    ways = (
        TreeNode("button", "on", labels[0], style="main", action=Action("on")),
        TreeNode("button", "back", labels[1], action=Action("back")),
    )
    block = list_block(setter, TreeNode("list", "choices", children=ways), 600)
    slips = {box.id: box.rect for box in boxes_in(block.items, "slip")}
    assert (slips["on"].y == slips["back"].y) == beside
    assert (slips["on"].w < 600) == beside
