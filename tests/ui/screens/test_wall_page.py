"""The wall's pages: changes in the country, decisions and their outcomes; only deeds, and no fates."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

import pytest

from game.story import Story
from game.ui.class_state import ClassView
from game.ui.handlers.classroom import class_changed, start_class
from game.ui.i18n import Catalogue
from game.ui.screens.phone import phone
from game.ui.screens.registry import render_view
from game.ui.state import ScreenView
from game.ui.tree import TreeNode, at_number, choices, find, walk
from tests.classroom.wall_states import UnloggedClass
from tests.ui.app_driver import text_of


def reading_views(story: Story, seed: int) -> Iterator[ClassView]:
    """A class at each page that it reads."""
    views = (class_.class_view() for class_ in UnloggedClass(story, phones=8).read_by_chance(seed))
    return (view for view in views if view.phase == "reading")


def test_an_unchanged_page_is_not_taken_for_a_new_one(mill: Story, words: Catalogue) -> None:
    view = next(reading_views(mill, 1))
    app = class_changed(start_class(mill, words, view), replace(view, playthrough=copy(view.playthrough)))
    assert app.playthrough is view.playthrough


def wall(story: Story, words: Catalogue, view: ClassView, door: str = "", screen: str = "wall") -> TreeNode:
    """A screen of the wall of a class; `door` is the visible half, or "" for both."""
    app = class_changed(start_class(story, words, view), view)
    return render_view(app, ScreenView(screen, door))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_wall_has_the_lines_of_each_date(shipped: Story, words: Catalogue, seed: int) -> None:
    met: set[str] = set()
    for view in reading_views(shipped, seed):
        lines = {line.text for half in view.halves for line in half.page.marked().lines}
        met |= lines
        tree = wall(shipped, words, view)
        ids = [node.id for node in walk(tree) if node.style == "line"]
        assert len(ids) == len(lines) and not [text for text in lines if text not in text_of(tree)]
        for half in view.halves:
            text = text_of(wall(shipped, words, view, half.door))
            assert not [line.text for line in half.page.marked().lines if line.text not in text]
    assert len(met) == 7, "a line before each date's first page"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_decision_has_its_outcome_under_it(shipped: Story, words: Catalogue, seed: int) -> None:
    tried = 0
    for view in reading_views(shipped, seed):
        for half in view.halves:
            for tree in (wall(shipped, words, view), wall(shipped, words, view, half.door)):
                order = [node.label for node in walk(tree) if node.role == "paragraph"]
                for decision in half.round.decisions:
                    assert decision.answer is not None
                    at = order.index(decision.option.say)
                    assert decision.answer.text in order[at : at + 3] and order.count(decision.answer.text) == 1
                    for change in decision.changes:
                        assert any(change.after in label for label in order[at:])
                    tried += 1
    assert tried > 20


def test_the_wall_shows_deeds_alone(shipped: Story, words: Catalogue) -> None:
    """It has no reason in a vote, a result, or a decision: the phones show those."""
    reasons = {choice.reason for node in shipped.nodes.values() for choice in node.choices if choice.reason}
    said = {passage.fixed.text for node in shipped.nodes.values() for passage in node.text if passage.fixed}
    reasons = {reason for reason in reasons if not any(reason in text for text in said)}
    assert len(reasons) > 50
    for class_ in UnloggedClass(shipped, phones=8).read_by_chance(3):
        view = class_.class_view()
        for door in ("", *(half.door for half in view.halves)):
            text = text_of(wall(shipped, words, view, door))
            assert not [reason for reason in reasons if f"\n{reason}\n" in f"\n{text}\n"]


def test_the_wall_and_the_phones_count_the_same_dates(shipped: Story, words: Catalogue) -> None:
    numbers = set()
    for class_ in UnloggedClass(shipped, phones=8).read_by_chance(4):
        view, page = class_.class_view(), class_.state.tracks[0].page
        if page.progress.number is None:
            assert view.date is None
            continue
        assert view.date == (page.progress.number, page.progress.of)
        standing = find(wall(shipped, words, view), "standing")
        assert standing is not None and words("wall.date", at=view.date[0], of=view.date[1]) in standing.label
        numbers.add(view.date[0])
    assert numbers == set(range(1, page.progress.of + 1))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_number_means_one_choice_on_wall_keys_and_phones(shipped: Story, words: Catalogue, seed: int) -> None:
    waited = 0
    for class_ in UnloggedClass(shipped, phones=8).read_by_chance(seed):
        view, on_phones = class_.class_view(), dict[str, dict[int, str]]()
        for half in view.halves:
            tree = phone(half.page, half.round, "nobody", story=shipped, words=words)
            found = {node.level: f"{half.door}/{node.id.removeprefix('choice:')}" for node in choices(tree)}
            on_phones[half.door] = found
            waited += bool(found) and half.round.waits
        numbers = sorted(number for found in on_phones.values() for number in found)
        assert numbers == ([*range(1, 1 + len(numbers))] if view.can_vote else sorted(set(numbers)))
        everywhere = {number: choice for found in on_phones.values() for number, choice in found.items()}
        if view.phase == "revealed":
            shown = [("settle", "", everywhere)]
        else:
            shown = [("wall", "", everywhere)] if view.can_vote else []
            shown += [("wall", half.door, on_phones[half.door]) for half in view.halves if len(view.halves) > 1]
        for screen, door, expected in shown:
            tree = wall(shipped, words, view, door, screen)
            for number, choice in expected.items():
                node = at_number(tree, number)
                assert node is not None and node.action is not None
                assert (node.level, node.action.target) == (number, choice)
    assert waited
