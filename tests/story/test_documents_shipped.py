"""The shipped source desk: what a teacher relies on."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import pytest

from game.story.desk import Desk
from game.story.model import Story

SHORT = 16  # words, on the mean, in a sentence of the simpler level


@pytest.fixture
def desk(shipped: Story) -> Desk:
    assert shipped.desk is not None
    return shipped.desk


def test_there_are_twelve_tasks_of_each_skill_and_kind(desk: Desk) -> None:
    assert Counter(task.skill for task in desk.tasks.values()) == dict.fromkeys(
        ("sourcing", "context", "corroboration", "numbers"), 3
    )
    assert {task.answering for task in desk.tasks.values()} == {"choose", "order", "place", "mark"}


def test_each_document_is_used_and_each_task_has_all_that_a_teacher_needs(desk: Desk) -> None:
    used = {id for task in desk.tasks.values() for id in task.documents}
    assert set(desk.documents) - used <= {"liu"}, "this one is for laying beside others"
    for task in desk.tasks.values():
        assert task.words and task.starters and task.answer and task.standards and task.after, task.id


def test_each_standard_is_met(desk: Desk) -> None:
    met = set(chain.from_iterable(task.standards for task in desk.tasks.values()))
    assert [id for id, standard in desk.standards.items() if id not in met and not standard.chapters] == []


def test_both_levels_have_the_same_figures(desk: Desk) -> None:
    def figures(sentences: tuple[str, ...]) -> set[str]:
        return set(re.findall(r"\d[\d,.]*\d|\d", " ".join(sentences)))

    for document in desk.documents.values():
        assert figures(document.text) <= figures(document.simply), document.id


def test_the_simpler_level_is_simpler(desk: Desk) -> None:
    for document in desk.documents.values():
        lengths = [len(sentence.split()) for text in document.simply for sentence in re.split(r"(?<=[.!?]) ", text)]
        assert sum(lengths) / len(lengths) <= SHORT, document.id


def test_sums_in_the_answers_are_right(desk: Desk) -> None:
    said = " ".join(chain.from_iterable(task.answer for task in desk.tasks.values()))
    assert "Yongding 1.55, Fengyang 2.7, the story’s commune 1.98" in said
    assert (round(300 / 193, 2), round(405 / 150, 1), round(13000 / 6560, 2)) == (1.55, 2.7, 1.98)
    assert "= 2,444 thousand" in said and (412 - 295) + (567 - 295) + (2350 - 295) == 2444
    assert "60,245 : 335,698 = 17.9 %" in said and round(100 * 60245 / 335698, 1) == 17.9
    assert "600 of 4,100 is 14.6 %" in said and round(100 * 600 / 4100, 1) == 14.6
