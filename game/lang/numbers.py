"""Numbers as a language writes them. A language is given by its tag, such as "en" or "zh-Hans"."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What stands between thousands, by the first part of a language's tag, as in the Unicode CLDR; in Chinese, as in GB/T
# 15835, nothing in a number of four digits, which is what a story has. Other languages have a comma.
BETWEEN_THOUSANDS: Mapping[str, str] = {
    **dict.fromkeys(("zh",), ""),
    **dict.fromkeys(("da", "de", "el", "es", "id", "it", "nl", "pt", "tr", "vi"), "."),
    **dict.fromkeys(("bg", "cs", "fi", "hu", "nb", "no", "pl", "ru", "sk", "sv", "uk"), "\u00a0"),
    **dict.fromkeys(("fr",), "\u202f"),
}
EAST_SLAVIC = ("be", "bs", "hr", "ru", "sr", "uk")  # 21 is counted like 1, and 22 like 2
WEST_SLAVIC = ("cs", "pl", "sk")
NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")  # a number in a text, in any of these ways


def grouped(number: float, language: str) -> str:
    """Return a number with the language's separator between thousands: "6,560", "6.560" or "6560"."""
    return f"{number:,}".replace(",", BETWEEN_THOUSANDS.get(language.partition("-")[0], ","))


def plural_form(number: int, language: str) -> str:
    """Return the Unicode CLDR plural form of a word after a number: "one", "few" (in Slavic languages) or "other"."""
    primary = language.partition("-")[0]
    tens, ones = number // 10 % 10, number % 10
    if primary in EAST_SLAVIC and tens != 1 and ones == 1:
        return "one"
    if (primary in EAST_SLAVIC or primary == "pl") and tens != 1 and 2 <= ones <= 4:
        return "few"
    if primary in WEST_SLAVIC and 2 <= number <= 4:
        return "few"
    return "one" if number == 1 else "other"


def with_unit(number: str, unit: str) -> str:
    """Return a number and its unit. Between them is a space, but not before a Chinese unit."""
    return number + unit if unit[:1] >= "\u2e80" else f"{number} {unit}"
