"""Join codes: the four letters on the wall that a phone joins a class with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.core.join_codes import is_same, random_code

LENGTH = 4


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code; `choose` takes one of several letters at random."""
    return random_code(LENGTH, choose)


def same_code(typed: str, code: str) -> bool:
    """Whether `typed` is the code, apart from case and spaces."""
    return is_same("".join(typed.split()).upper(), code.upper())
