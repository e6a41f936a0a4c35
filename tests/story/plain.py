"""A plain evaluator: random typed trees, their text, and their value. It is independent of game.story.

A tree is a tuple that begins with its kind: ("number", 3), ("name", "grain"), ("+", left, right) ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Tree = tuple[Any, ...]

NUMBERS = ("grain", "sacks", "debt")
TRUTHS = ("wok", "plough_hidden")
WORDS = {"said": ("nothing", "praise", "question"), "thumb": ("unasked", "given")}

_BINDS = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "//": 6, "%": 6, "negative": 7}


def _grow(children: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    literal = st.integers(1, 12).map(lambda n: ("number", n))
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*"]), children, children),
        st.tuples(st.sampled_from(["//", "%"]), children, literal),
        st.tuples(st.just("negative"), children),
        st.tuples(st.just("abs"), children),
        st.builds(
            lambda f, parts: (f, *parts), st.sampled_from(["min", "max"]), st.lists(children, min_size=2, max_size=4)
        ),
        st.tuples(st.just("clamp"), children, children, children),
    )


def _conditions(numbers: st.SearchStrategy[Tree], truths: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Trees one level above truth values and numbers."""
    order = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    chains = st.integers(1, 3).flatmap(
        lambda n: st.builds(
            lambda signs, parts: ("compare", signs, parts),
            st.lists(order, min_size=n, max_size=n),
            st.lists(numbers, min_size=n + 1, max_size=n + 1),
        )
    )
    words = st.sampled_from(sorted(WORDS)).flatmap(
        lambda name: st.builds(
            lambda sign, word: ("compare", [sign], [("name", name), ("word", word)]),
            st.sampled_from(["==", "!="]),
            st.sampled_from(WORDS[name]),
        )
    )
    several = st.lists(truths, min_size=2, max_size=3)
    return st.one_of(
        chains,
        words,
        st.builds(lambda sign, a, b: ("compare", [sign], [a, b]), st.sampled_from(["==", "!="]), truths, truths),
        st.tuples(st.just("not"), truths),
        st.builds(lambda operator, parts: (operator, *parts), st.sampled_from(["and", "or"]), several),
    )


_number = st.one_of(
    st.integers(0, 99).map(lambda n: ("number", n)), st.sampled_from(NUMBERS).map(lambda name: ("name", name))
)
_truth = st.one_of(
    st.booleans().map(lambda truth: ("truth", truth)), st.sampled_from(TRUTHS).map(lambda name: ("name", name))
)
_choice = st.tuples(st.just("if"), _truth, _number, _number)
numbers = st.recursive(_number | _choice, _grow, max_leaves=8)
truths = st.recursive(_truth, lambda below: _conditions(numbers, below), max_leaves=6)
words = st.one_of(
    st.sampled_from(WORDS["said"]).map(lambda word: ("word", word)),
    st.builds(lambda c, a, b: ("if", c, ("word", a), ("word", b)), truths, *[st.sampled_from(WORDS["said"])] * 2),
)
trees = st.one_of(
    numbers,
    truths,
    st.builds(lambda c, a, b: ("if", c, a, b), truths, numbers, numbers),
    st.builds(lambda c, a, b: ("if", c, a, b), truths, truths, truths),
)
values = st.fixed_dictionaries(
    {
        **{name: st.integers(-50, 200) for name in NUMBERS},
        **{name: st.booleans() for name in TRUTHS},
        **{name: st.sampled_from(several) for name, several in WORDS.items()},
    }
)


def write(tree: Tree, needed: int = 0, extra: int = 0) -> str:
    """The tree as an author writes it: with the necessary brackets, and further ones by `extra` (bits)."""
    kind, *parts = tree
    more = extra >> 1

    def part(below: Tree, needs: int) -> str:
        return write(below, needs, more)

    match kind:
        case "number" | "name" | "word":
            text = str(parts[0])
        case "truth":
            text = "true" if parts[0] else "false"
        case "if":
            text = f"{part(parts[1], 1)} if {part(parts[0], 1)} else {part(parts[2], 0)}"
        case "or" | "and":
            text = f" {kind} ".join(part(operand, _BINDS[kind] + 1) for operand in parts)
        case "not":
            text = f"not {part(parts[0], 3)}"
        case "compare":
            signs, operands = parts
            text = part(operands[0], 5)
            for sign, operand in zip(signs, operands[1:], strict=True):
                text += f" {sign} {part(operand, 5)}"
        case "+" | "-" | "*" | "//" | "%":
            text = f"{part(parts[0], _BINDS[kind])} {kind} {part(parts[1], _BINDS[kind] + 1)}"
        case "negative":
            text = f"-{part(parts[0], 7)}"
        case _:
            text = f"{kind}({', '.join(part(argument, 0) for argument in parts)})"
    binds = 0 if kind == "if" else _BINDS.get(kind, 8)
    return f"({text})" if binds < needed or (extra & 1 and kind not in ("number", "word")) else text


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "or": lambda *truths: any(truths),
    "and": lambda *truths: all(truths),
    "not": lambda truth: not truth,
    "negative": lambda number: -number,
    "abs": lambda number: number if number >= 0 else -number,
    "min": lambda *numbers: sorted(numbers)[0],
    "max": lambda *numbers: sorted(numbers)[-1],
    "clamp": lambda *numbers: clamped(*numbers),
    "+": lambda a, b: a + b,
    "-": lambda a, b: a + -b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: divmod(a, b)[0],
    "%": lambda a, b: divmod(a, b)[1],
}


def value(tree: Tree, state: dict[str, Any]) -> Any:
    """The tree's value with these variables."""
    kind, *parts = tree
    match kind:
        case "name":
            return state[parts[0]]
        case "number" | "word" | "truth":
            return parts[0]
        case "if":
            return value(parts[1], state) if value(parts[0], state) else value(parts[2], state)
        case "compare":
            worth = [value(operand, state) for operand in parts[1]]
            return all(_compared(sign, a, b) for sign, a, b in zip(parts[0], worth, worth[1:], strict=False))
        case _:
            return _OPERATIONS[kind](*(value(part, state) for part in parts))


def clamped(number: int, low: int, high: int) -> int:
    """The number within a range; its low end if the range is reversed."""
    return low if number < low or low > high else high if number > high else number


def _compared(sign: str, a: Any, b: Any) -> bool:
    same, less = bool(a == b), not isinstance(a, str) and bool(a < b)
    return {"==": same, "!=": not same, "<": less, "<=": less or same, ">": not less and not same, ">=": not less}[sign]
