"""Numbers in Chinese characters."""

from __future__ import annotations

from collections.abc import Iterator

DIGITS = "零一二三四五六七八九"
UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
LARGE = ((100_000_000, "亿"), (10_000, "万"), (1, ""))


def in_characters(number: int) -> str:
    """Return a number from 0 below 10¹² as it is written in full: 1,560 is 一千五百六十."""
    if number == 0:
        return DIGITS[0]
    text = ""
    for size, name in LARGE:
        below = number // size % 10_000
        if below:
            gap = DIGITS[0] if text and below < 1000 else ""
            text += gap + _below_ten_thousand(below) + name
    return text


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for size, name in UNITS:
        digit = number // size % 10
        if digit:
            text += (DIGITS[0] if gap else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text


def numeral_forms(digits: str) -> Iterator[str]:
    """Yield the ways in which a Chinese text may write a number that another text has in digits.

    The ways are: in full (一千五百六十), in full but without a leading 一 (十二) or the last unit (一万一), with 两 for
    二, digit by digit (一九五八), as a year without its century (五八年), and in digits with 万 or 亿 (4500万).
    """
    if not digits.isdecimal() or len(digits) > 12:
        return
    number = int(digits)
    full = in_characters(number)
    yield full
    yield full.removeprefix("一") if full.startswith("一十") else full
    yield full[:-1] if full[-1] in "千百" and len(full) > 2 else full
    yield from (full.replace(f"二{unit}", f"两{unit}") for unit in "百千万亿")
    yield from ("".join(zero if digit == "0" else DIGITS[int(digit)] for digit in digits) for zero in "零〇")
    if len(digits) == 4 and digits[0] == "1":
        short = digits[2:]
        yield f"{short}年"
        yield from ("".join(zero if digit == "0" else DIGITS[int(digit)] for digit in short) + "年" for zero in "零〇")
    for size, name in LARGE[:-1]:
        if number >= size:
            yield f"{number / size:g}{name}"
