"""Readability of English text: count words and syllables, and compute the Flesch-Kincaid school grade."""

from __future__ import annotations

import re
from collections.abc import Iterable

from game.core.values import frozen
from game.lang.markup import Passage
from game.lang.reading_speed import count_words
from game.lint.chapter_texts import longest_text
from game.story.model import Story

ENOUGH = 40  # the fewest words for which a school grade means something
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s|$)")
_GROUP = re.compile(r"(?<![^\W\d_])y(?=[aeiou])|([aeiouyàâäéèêëîïôöùûüāáǎàēéěèīíǐìōóǒòūúǔù]+)")
_APART = re.compile(  # a group of vowels spoken as two
    r"(?<![ctsgxln])i[ao]"  # radio, various, but not nation or million
    r"|(?:^sc|(?<![ct]))ie(?:t|nce|nt)(?!e)"  # quiet, science, but not patient
    r"|(?<![qg])u(?:[ao]|e[nl])|(?<![qg])ui[nt]"  # actual, fluent, ruin, but not question
    r"|(?<!p)eo|oe[mt]|[dr]ea$|[sw]eu"  # video, poem, area, museum, but not people
    r"|[aeiouy]ing"  # going
)
_MUTE = re.compile(  # a silent e
    r"(?<![bcdfgkptv]r)(?:(?<=[^aeiouyl])|(?<=[aeiouy]l))e$"  # made, whole, but not table or acre
    r"|(?<![bcdfgkptv]r)(?<=[^aeiouydtl])ed$|[aeiouyl]led$|[aeiouy]sed$"  # asked, called, not wanted, hundred
    r"|(?:[^aeiouycgsxzl]|[aeiouy]l|th)es$|[gq]ue$"  # names, league, but not houses
    r"|[^aeiouy]e(?:ly|ful|less|ness|ment|hold|thing|body|one|where)|every|evening"  # likely, something
)


def count_syllables(word: str) -> int:
    """Return an estimate of the syllables of an English word, at least 1."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    groups = sum(1 for group in _GROUP.finditer(word) if group[1])
    return max(groups + len(_APART.findall(word)) - len(_MUTE.findall(word)), 1)


def school_grade(text: str) -> float:
    """Return the Flesch-Kincaid school grade of an English text; 0 if it has no words."""
    words = WORD.findall(text)
    sentences = max(len(_SENTENCE.findall(text)), 1)
    if not words:
        return 0.0
    spoken = sum(count_syllables(part) for word in words for part in word.split("-"))
    return max(0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59, 0.0)


@frozen
class ChapterGrade:
    """How hard a chapter is to read: the words and the school grade of its long texts, whatever their conditions.

    `hardest` is the page with the highest grade; "" if no page has enough words for a grade.
    """

    chapter: str
    words: int
    grade: float
    hardest: str
    hardest_grade: float


def chapter_grades(story: Story) -> list[ChapterGrade]:
    """Return the grades of all chapters that have text, in the order of the calendar."""
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
    return " ".join(longest_text(passage, story) for passage in passages)
