"""Find wrong indentation: look for a shift (lines moved left or right) that makes an invalid YAML text parse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from game.core.values import frozen

ABOVE, BELOW = 80, 40  # lines that are examined above and below the error
NEAR = 12  # lines before and after a line that count as its neighbours
FARTHEST = 6  # the largest shift, in columns
MOST_READ = 2_000_000  # characters parsed in total to try shifts
MOST_TRIED = 60  # shifts tried

_KEY = re.compile(r" *(?:- +)*([\w-]+):(?: |$)")
_BLOCK = re.compile(r"[|>][-+0-9]* *$")
_DASH = re.compile(r"(?:- +)+(?=\S)")


@frozen
class IndentShift:
    """A correction: indent `line` by `by` columns more (negative: less), to align it with the line `like` (from 1)."""

    line: int
    by: int
    like: int


def find_shift(lines: Sequence[str], fault: int, began: int, reach: Callable[[str], float]) -> IndentShift | None:
    """Return the likeliest shift of lines with which a text parses, else the one with which it parses farthest.

    The parser fails at the line `fault`, in something that begins at the line `began`, both from 1. `reach` returns the
    line at which a text fails, or infinity if it parses. Return None if no shift parses past the error.
    """
    tries = min(MOST_TRIED, MOST_READ // (sum(map(len, lines)) or 1))
    best, farthest = None, float(fault)
    for first, last, by in _candidates(lines, fault - 1, began - 1)[:tries]:
        got = reach("\n".join(_moved(lines, first, last, by)))
        if got > farthest:
            best, farthest = IndentShift(first + 1, by, _neighbour(lines, first, by) + 1), got
        if got == float("inf"):
            break
    return best


def _candidates(lines: Sequence[str], fault: int, began: int) -> list[tuple[int, int, int]]:
    """Return possible shifts as (first line, last line exclusive, columns), likeliest first; lines count from 0.

    A shift is likelier if it makes indentation steps equal, misplaces no key, moves few lines, is near the error, moves
    them by few columns, and aligns the first of them with the line above.
    """
    top, end = max(0, fault - ABOVE), min(len(lines), fault + BELOW)
    near = lines[top:end]
    step = _step(near)
    uneven = _uneven(near, step)
    found = []
    for first in range(top, min(fault + 1, len(lines))):
        if not lines[first].strip():
            continue
        indent = _indent(lines[first])
        around = [*lines[max(top, first - NEAR) : first], *lines[first + 1 : first + NEAR]]
        targets = {column for line in around if line.strip() for column in _columns(line)} - {indent}
        above = next((_columns(line) for line in reversed(lines[top:first]) if line.strip()), [])
        for by in sorted(target - indent for target in targets if abs(target - indent) <= FARTHEST):
            for size, last in enumerate(_ends(lines, first, end)):
                left = _uneven(_moved(near, first - top, last - top, by), step)
                if left <= uneven:
                    distance = min(abs(first - fault), abs(first - began))
                    likely = (left, _strange(lines, first, last, by), size, distance, abs(by), indent + by not in above)
                    found.append((likely, (first, last, by)))
    return [candidate for _, candidate in sorted(found)]


def _strange(lines: Sequence[str], at: int, last: int, by: int) -> bool:
    """Return whether a shift of the lines from `at` to before `last` by `by` columns would misplace the key in `at`:
    the lines below would no longer be the key's value, or near keys of the same name would stand in other columns."""
    key = _KEY.match(lines[at])
    if key is None:
        return False
    below = next((line for line in lines[last:] if line.strip()), "") if last == at + 1 else ""
    if lines[at].rstrip().endswith(":") and below and _columns(below)[-1] <= key.start(1) + by:
        return True
    nearby = [*lines[max(0, at - ABOVE) : at], *lines[at + 1 : at + ABOVE]]
    columns = {other.start(1) for line in nearby if (other := _KEY.match(line)) and other[1] == key[1]}
    return bool(columns) and key.start(1) + by not in columns


def _ends(lines: Sequence[str], first: int, end: int) -> Iterator[int]:
    """Yield each index where a shift from the line `first` can end: after this line, or after all the lines
    directly below it that are deeper, or that are equally indented. No index is beyond `end`."""
    yield first + 1
    indent = _indent(lines[first])
    deeper = alike = first + 1
    while deeper < end and (not lines[deeper].strip() or _indent(lines[deeper]) > indent):
        deeper += 1
    if deeper > first + 1 and not _BLOCK.search(lines[first]):  # a block that moves left swallows what follows
        yield deeper
    while alike < end and (not lines[alike].strip() or _indent(lines[alike]) == indent):
        alike += 1
    if alike > first + 1:
        yield alike


def _moved(lines: Sequence[str], first: int, last: int, by: int) -> list[str]:
    def moved(line: str) -> str:
        return " " * max(0, _indent(line) + by) + line.lstrip(" ") if line.strip() else line

    return [moved(line) if first <= i < last else line for i, line in enumerate(lines)]


def _neighbour(lines: Sequence[str], at: int, by: int) -> int:
    """Return the index of the nearest line with which `at` is aligned after the shift; there always is one."""
    target = _indent(lines[at]) + by
    alike = (i for i, line in enumerate(lines) if i != at and line.strip() and target in _columns(line))
    return min(alike, key=lambda i: abs(i - at))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _columns(line: str) -> list[int]:
    """Return the columns (from 0) of a line's dash, if it has one, and of its content."""
    indent = _indent(line)
    dash = _DASH.match(line, indent)
    return [indent, dash.end()] if dash else [indent]


def _jumps(lines: Sequence[str]) -> Iterator[int]:
    """Yield the number of columns by which each line is indented more than its parent. Siblings are left out."""
    stack = [0]
    for line in lines:
        if not line.strip():
            continue
        indent, *inner = _columns(line)
        while stack and stack[-1] > indent:
            stack.pop()
        if stack and stack[-1] < indent:
            yield indent - stack[-1]
        if not stack or stack[-1] < indent:
            stack.append(indent)
        stack += inner


def _step(lines: Sequence[str]) -> int:
    return max(Counter(_jumps(lines)).items(), key=lambda jump: jump[1], default=(2, 0))[0]


def _uneven(lines: Sequence[str], step: int) -> int:
    return sum(jump != step for jump in _jumps(lines))
