"""Blocks around a page's text: lines, what changed, the sources' link, people in columns."""

from __future__ import annotations

from itertools import pairwise

import pytest

from game.play.page import Change
from game.story.model import Story
from game.ui.components.parts import change_with_arrow, what_changed
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Run
from game.ui.layout.layout_model import Layout
from game.ui.layout.page_layout import layout
from game.ui.settings import Settings
from game.ui.state import ScreenView
from game.ui.tree import Action, TreeNode
from tests.ui.app_driver import at_page
from tests.ui.stand_ins import Ruler, boxes_of, laid_out, runs_of, taken


def plan_of(nodes: tuple[TreeNode, ...], targets: str = "usual") -> Layout:
    screen = TreeNode("screen", "reading", style="page", children=nodes)
    return layout(screen, (1920, 1080), Settings(targets=targets), Ruler())


def texts(plan: Layout, part: str) -> list[Run]:
    return [run for run in runs_of(plan) if part in run.text]


def last_line(plan: Layout, part: str) -> Run:
    return max(texts(plan, part), key=lambda run: run.baseline)


def page(text: str, says: str = "Rests on: 1 recorded") -> tuple[TreeNode, ...]:
    sources = TreeNode("link", "sources", says, action=Action("sources", "scrap"), style="sources")
    return (TreeNode("heading", "heading-1", "Iron", level=1), TreeNode("paragraph", "prose-0", text), sources)


def test_the_sources_end_the_last_line_where_there_is_room() -> None:
    plan = plan_of(page("They came for iron."))
    box, text = boxes_of(plan, "link")[0], last_line(plan, "iron")
    assert last_line(plan, "Rests").baseline == text.baseline
    assert box.rect.x > text.rect.right and box.rect.h >= 44
    assert plan.main.height <= box.rect.bottom + 1


def test_the_sources_take_a_line_where_the_last_one_is_full() -> None:
    full = "They came for iron, and they came for iron, and again"
    for words in range(1, 40):
        plan = plan_of(page(full + " x" * words))
        box, text = boxes_of(plan, "link")[0], last_line(plan, "x")
        beside = last_line(plan, "Rests").baseline == text.baseline
        assert box.rect.x > text.rect.right if beside else box.rect.y >= text.rect.y + text.style.size


def test_sources_of_two_lines_scroll_into_sight() -> None:
    """Beside a short last line they would reach below the end of the sheet's content."""
    for many in range(20, 60):
        says = "Rests on: " + "1 recorded, " * (many // 6) + "and " + "o" * (many % 6 * 8)
        plan = plan_of(page("They came for iron.", says))
        assert boxes_of(plan, "link")[0].rect.bottom <= plan.main.height


def test_large_targets_have_a_line_of_their_own() -> None:
    plan = plan_of(page("They came for iron."), targets="large")
    (box,) = boxes_of(plan, "link")
    assert box.rect.y > last_line(plan, "iron").baseline and box.rect.h >= 72


@pytest.mark.parametrize("targets", ["usual", "large"])
def test_each_change_has_a_line_of_its_own(words: Catalogue, targets: str) -> None:
    moved = [Change(f"change-{n}", f"{n} bowls", "9 bowls") for n in range(3)]
    (group,) = what_changed(words, None, moved)
    plan = plan_of((TreeNode("heading", "heading-1", "Iron", level=1), group), targets=targets)
    lines = [last_line(plan, f"{n} bowls") for n in range(3)]
    assert [run.text for run in lines] == [change_with_arrow(change) for change in moved]
    assert lines[0].baseline < lines[1].baseline < lines[2].baseline
    areas = [plan.bounds()[change.id] for change in group.children]
    assert all(upper.bottom <= lower.y for upper, lower in pairwise(areas))


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1080, 1920)])
def test_people_stand_in_columns_where_there_is_room(mill: Story, words: Catalogue, size: tuple[int, int]) -> None:
    bounds = laid_out(at_page(words, taken(mill, "continue"), ScreenView("people")), size)[1].bounds()
    first, second = bounds["person:ning"], bounds["person:lu-qi"]
    if size[0] > size[1]:
        assert second.x >= first.right and second.y == first.y
    else:
        assert second.x == first.x and second.y >= first.bottom


def test_a_line_is_set_apart_from_the_teller_s_text(mill: Story, words: Catalogue) -> None:
    _, plan = laid_out(at_page(words, taken(mill, "continue")), (1920, 1080))
    line = next(run for run in texts(plan, "iron") if run.style.family == "sans")
    bars = [box.rect for box in boxes_of(plan, "rule") if box.rect.w < 10]
    assert any(bar.y <= line.baseline <= bar.bottom for bar in bars)
    assert not [run for run in texts(plan, "Lu Qi") if run.style.family == "sans"]
