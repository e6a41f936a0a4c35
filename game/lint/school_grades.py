"""The school grade (Flesch-Kincaid) of each chapter, for `check --grades`."""

from __future__ import annotations

from collections.abc import Iterable

from game.core.values import frozen
from game.lang.markup import Passage
from game.lint.chapter_texts import longest_text
from game.lint.readability import count_words, school_grade
from game.lint.wording import ENOUGH
from game.story.model import Story


@frozen
class ChapterGrade:
    """A chapter's long texts together: words, school grade, and the page with the highest grade.

    A page of a few words has no grade. Every paragraph counts, under whatever condition it stands.
    """

    chapter: str
    words: int
    grade: float
    hardest: str
    hardest_grade: float


def chapter_grades(story: Story) -> list[ChapterGrade]:
    """The grades of all chapters with text, in the order of the calendar."""
    found = []
    for chapter in (story.chapters[id] for id in story.order):
        pages = {node.full_id: _words(node.text, story) for node in chapter.nodes.values() if node.text}
        if pages:
            grades = {id: school_grade(words) for id, words in pages.items() if count_words(words) >= ENOUGH}
            whole = " ".join(pages.values())
            hardest = max(grades, key=lambda id: grades[id], default="")
            found.append(
                ChapterGrade(chapter.id, count_words(whole), school_grade(whole), hardest, grades.get(hardest, 0.0))
            )
    return found


def _words(passages: Iterable[Passage], story: Story) -> str:
    return " ".join(longest_text(one, story) for one in passages)
