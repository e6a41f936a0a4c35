"""Rules of a translation. A pair is a text and its original: the text has the names and figures of the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from game.core.findings import Finding
from game.lang.chinese_numerals import numeral_forms
from game.lint.grounding import SCALES
from game.story.schema.bible_schema import BibleBodyShape
from game.story.text_pairs import TextPair
from game.story.translation import OWN
from game.story.translation_record import Record, is_stale

SHOWN = 60  # characters of an original that a finding quotes
IN_FIGURES = 100  # smaller numbers are written as words in many languages
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
_GROUPS = re.compile(r"(?<=\d)[,.’'\u00a0\u202f ](?=\d{3}(?!\d))")  # thousands, as languages write them


def check_originals(pairs: Iterable[TextPair], record: Record, language: str) -> Iterator[Finding]:
    """Report each text whose original has changed since it was translated."""
    for pair in pairs:
        if is_stale(pair, record):
            problem = f"the original has another wording now: “{_short(pair.original)}”"
            remedy = f"Mend it if needed, then run `weight-of-grain translate {language} --current {pair.name}`."
            yield Finding.at(pair.translated_at, "WG645", problem, remedy)


def check_names(pairs: Sequence[TextPair], bible: BibleBodyShape | None) -> Iterator[Finding]:
    """Report a translation that does not have a person's name, or a name of its bible, that its original has."""
    known = dict(_names(pairs))
    for other in (*bible.places, *bible.names) if bible is not None else ():
        if other.of:
            known[other.of] = (other.name, *other.also)
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
    """Yield each person's name in the original, with its forms in the translation. If the original has a full name,
    leave out forms that are only a part of the translated name."""
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
    """Report a text that lacks a number that its original has in digits. In Chinese the number may be in characters. In
    other languages, numbers below IN_FIGURES are not checked, because texts often have them in words."""
    in_chinese = language.partition("-")[0] == "zh"
    for pair in pairs:
        if not pair.translation or pair.path[-1] == OWN:
            continue
        both = f"{pair.translation} {_GROUPS.sub('', pair.translation)}"
        there = [number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", both)]
        for found in dict.fromkeys(_NUMBER.findall(pair.original)):
            digits = found.replace(",", "")
            if in_chinese:
                is_there = digits in there or _is_in_chinese(digits, pair, there)
            else:
                is_there = digits in there or Decimal(digits) < IN_FIGURES
            if not is_there:
                problem = f"the original has the number {found}: “{_short(pair.original)}”"
                yield Finding.at(pair.translated_at, "WG822", problem, "Write the same number.")


def _is_in_chinese(digits: str, pair: TextPair, there: Iterable[str]) -> bool:
    """Return whether a Chinese text has a number in characters, in 万 or 亿, or as a time of day. It has the numbers
    `there` in digits. If the original has a word such as million, the number may mean millions: 15 to 30 million."""
    text = pair.translation
    if ("万" in text or "亿" in text) and _significant(digits) in map(_significant, there):
        return True
    scales = (1, *(size for name, size in SCALES.items() if name in pair.original))
    scaled = (Decimal(digits) * scale for scale in scales)
    forms = (form for number in scaled if number == int(number) for form in numeral_forms(str(int(number))))
    if any(form in text for form in forms):
        return True
    hour, _, minute = digits.partition(".")
    hours, minutes = ("|".join([number, *numeral_forms(number)]) for number in (hour, minute))
    return bool(minute) and re.search(f"(?:{hours})点(?:{minutes})", text) is not None


def _significant(digits: str) -> str:
    return digits.replace(".", "").strip("0")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def original_dates(pairs: Iterable[TextPair]) -> Mapping[str, str]:
    """Return the dates of chapters (by id) and pages (by `chapter.node`) as the original prints them."""
    dates: dict[str, str] = {}
    for pair in pairs:
        match pair.path:
            case ("when",):
                dates[pair.name] = pair.original
            case ("nodes", node, "when"):
                dates[f"{pair.name}.{node}"] = pair.original
    return dates
