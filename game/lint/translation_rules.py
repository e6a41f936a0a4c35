"""Rules of a translation. A pair is a text and its original: the text has the names and figures of the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from game.core.findings import Finding
from game.core.printable import shortened
from game.lang.chinese_numerals import numeral_forms
from game.lint.grounding import SCALES
from game.story.schema.bible_schema import BibleBodyShape
from game.story.text_pairs import TextPair
from game.story.translation import OWN
from game.story.translation_record import Record, is_stale

IN_FIGURES = 100  # smaller numbers are written as words in many languages
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
_GROUPS = re.compile(r"(?<=\d)[,.’'\u00a0\u202f ](?=\d{3}(?!\d))")  # thousands, as languages write them


def check_originals(pairs: Iterable[TextPair], record: Record, language: str) -> Iterator[Finding]:
    """Report each text whose original has changed since it was translated."""
    for pair in pairs:
        if is_stale(pair, record):
            problem = f"the original has another wording now: “{shortened(pair.original)}”"
            remedy = f"Mend it if needed, then run `weight-of-grain translate {language} --current {pair.name}`."
            yield Finding.at(pair.translated_at, "WG645", problem, remedy)


def check_names(pairs: Sequence[TextPair], bible: BibleBodyShape | None) -> Iterator[Finding]:
    """Report a translated text without a name that its original has: a person's name, or a name in the bible."""
    known = dict(_names(pairs))
    others = (*bible.places, *bible.names) if bible is not None else ()
    known |= {other.of: (other.name, *other.also) for other in others if other.of}
    patterns = {original: re.compile(rf"(?<!\w){re.escape(original)}(?!\w)") for original in known}
    longest_first = sorted(known, key=len, reverse=True)  # `Han Qinggong` is not `Han`
    for pair in pairs:
        if not pair.translation or _is_name(pair):
            continue
        rest = pair.original
        for original in longest_first:
            rest, count = patterns[original].subn("", rest)
            if count and not any(name.casefold() in pair.translation.casefold() for name in known[original]):
                problem = f"the original names `{original}`, and this does not have {' or '.join(known[original])}"
                remedy = "Mend the name, or add this form of it to `also`."
                yield Finding.at(pair.translated_at, "WG821", problem, remedy)


def _names(pairs: Iterable[TextPair]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each person's name, and the names that may translate it. Only full names may translate a full name."""
    also = {pair.path[:-1]: pair.translation.split("; ") for pair in pairs if pair.path[-1] == OWN and pair.translation}
    for pair in pairs:
        if pair.path[-1] == "name" and _is_name(pair) and pair.translation and pair.original[:1].isupper():
            others = [form for form in also.get(pair.path[:-1], ()) if form]
            if " " in pair.original:
                others = [form for form in others if form not in pair.translation]
            yield pair.original, (pair.translation, *others)


def _is_name(pair: TextPair) -> bool:
    return pair.name == "people" and pair.path[0] == "people" and pair.path[-1] in ("name", OWN)


def check_numbers(pairs: Iterable[TextPair], language: str) -> Iterator[Finding]:
    """Report a text that lacks a number that its original has in digits. In Chinese the number may be in characters; in
    other languages numbers below IN_FIGURES are not checked, because texts often have them in words."""
    in_chinese = language.partition("-")[0] == "zh"
    for pair in pairs:
        if not pair.translation or pair.path[-1] == OWN:
            continue
        both = f"{pair.translation} {_GROUPS.sub('', pair.translation)}"
        there = [number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", both)]
        for found in dict.fromkeys(_NUMBER.findall(pair.original)):
            digits = found.replace(",", "")
            if digits in there:
                continue
            is_in_words = _is_in_chinese(digits, pair, there) if in_chinese else Decimal(digits) < IN_FIGURES
            if not is_in_words:
                problem = f"the original has the number {found}: “{shortened(pair.original)}”"
                yield Finding.at(pair.translated_at, "WG822", problem, "Write the same number.")


def _is_in_chinese(digits: str, pair: TextPair, there: Iterable[str]) -> bool:
    """Return whether a Chinese text has the number `digits` in characters, in 万 or 亿, or as a time of day. `there`
    has its numbers in digits. If the original says million, `digits` can mean millions, as in `15 to 30 million`."""
    text = pair.translation
    same_digits = (
        number for number in there if number.replace(".", "").strip("0") == digits.replace(".", "").strip("0")
    )
    if ("万" in text or "亿" in text) and any(same_digits):
        return True
    scales = (1, *(size for name, size in SCALES.items() if name in pair.original))
    scaled = (Decimal(digits) * scale for scale in scales)
    forms = (form for number in scaled if number == int(number) for form in numeral_forms(str(int(number))))
    if any(form in text for form in forms):
        return True
    hour, _, minute = digits.partition(".")
    hours, minutes = ("|".join([number, *numeral_forms(number)]) for number in (hour, minute))
    return bool(minute) and re.search(f"(?:{hours})点(?:{minutes})", text) is not None


def original_dates(pairs: Iterable[TextPair]) -> Mapping[str, str]:
    """Return the dates of chapters (by id) and pages (by `chapter.node`) as the original prints them."""
    dates = (pair for pair in pairs if pair.path[-1] == "when")
    return {".".join([pair.name, *map(str, pair.path[1:-1])]): pair.original for pair in dates}
