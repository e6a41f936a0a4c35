"""Readability of English text: words, syllables, and the Flesch-Kincaid school grade."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s|$)")
_GROUP = re.compile(r"(?<![^\W\d_])y(?=[aeiou])|([aeiouyàâäéèêëîïôöùûüāáǎàēéěèīíǐìōóǒòūúǔù]+)")
_APART = re.compile(  # a group of vowels that is spoken as two
    "|".join(
        [
            r"(?<![ctsgxln])i[ao]",  # radio, various, but not nation or million
            r"(?:^sc|(?<![ct]))ie(?:t|nce|nt)(?!e)",  # quiet, science, but not patient
            r"(?<![qg])u(?:[ao]|e[nl])|(?<![qg])ui[nt]",  # actual, fluent, ruin, but not question
            r"(?<!p)eo|oe[mt]|[dr]ea$|[sw]eu",  # video, poem, area, museum, but not people
            r"[aeiouy]ing",  # going
        ]
    )
)
_MUTE = re.compile(  # an e that is not spoken
    "|".join(
        [
            r"(?<![bcdfgkptv]r)(?:(?<=[^aeiouyl])|(?<=[aeiouy]l))e$",  # made, whole, but not table or acre
            r"(?<![bcdfgkptv]r)(?<=[^aeiouydtl])ed$|[aeiouyl]led$|[aeiouy]sed$",  # asked, called, not wanted, hundred
            r"(?:[^aeiouycgsxzl]|[aeiouy]l|th)es$|[gq]ue$",  # names, league, but not houses
            r"[^aeiouy]e(?:ly|ful|less|ness|ment|hold|thing|body|one|where)|every|evening",  # likely, something
        ]
    )
)


def count_words(text: str) -> int:
    """The number of words, separated by white space."""
    return len(text.split())


def count_syllables(word: str) -> int:
    """Estimate the syllables of an English word; at least one."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    groups = sum(1 for group in _GROUP.finditer(word) if group[1])
    return max(groups + len(_APART.findall(word)) - len(_MUTE.findall(word)), 1)


def school_grade(text: str) -> float:
    """The Flesch-Kincaid school grade of an English text; 0 for a text without a word."""
    words = WORD.findall(text)
    sentences = max(len(_SENTENCE.findall(text)), 1)
    if not words:
        return 0.0
    spoken = sum(count_syllables(part) for word in words for part in word.split("-"))
    return max(0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59, 0.0)
