"""Frozen value classes behave as frozen dataclasses with slots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from game.core.values import frozen


def sack(decorated: Callable[[type], type]) -> Any:
    """One class of every kind of field, made by a decorator."""

    class Sack:
        grain: str
        jin: int = 100
        marks: list[str] = field(default_factory=list)
        seen: list[str] = field(init=False, repr=False, compare=False, default_factory=list)
        sealed: bool = field(init=False, default=False)
        label: str = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "label", f"{self.grain} {self.jin}")

    return decorated(Sack)


def empty(decorated: Callable[[type], type]) -> Any:
    """A class without fields, which has a mind of its own about its name."""

    class Empty:
        def __repr__(self) -> str:
            return "nothing"

    return decorated(Empty)


OURS, THEIRS = sack(frozen), sack(dataclass(frozen=True, slots=True))


@pytest.mark.parametrize(
    "made",
    [
        lambda cls: cls("millet"),
        lambda cls: cls("millet", 90, ["x"]),
        lambda cls: cls(grain="rice", marks=[]),
        lambda cls: replace(cls("rice", 5, ["x"]), jin=6),
    ],
)
def test_a_frozen_value_behaves_as_a_frozen_dataclass(made: Callable[[Any], Any]) -> None:
    """The same fields, with the same in them, and the same to be read."""
    ours, theirs = made(OURS), made(THEIRS)
    assert repr(ours) == repr(theirs)
    names = [one.name for one in fields(ours)]
    assert names == [one.name for one in fields(theirs)]
    assert [getattr(ours, name) for name in names] == [getattr(theirs, name) for name in names]
    assert OURS.__match_args__ == THEIRS.__match_args__
    assert OURS.__slots__ == THEIRS.__slots__
    assert is_dataclass(OURS)


@pytest.mark.parametrize(
    "call", [lambda cls: cls(), lambda cls: cls("rice", jinn=5), lambda cls: cls("rice", 1, [], 2)]
)
def test_wrong_arguments_raise_type_error(call: Callable[[Any], Any]) -> None:
    """Too little, too much and what has another name is a TypeError, for the first value and for any other."""
    for cls in (sack(frozen), OURS, THEIRS):
        with pytest.raises(TypeError):
            call(cls)


def test_values_are_compared_by_their_fields() -> None:
    """Two of one class are equal where all is that counts; two classes never are, also where they have no fields."""
    place: Any = frozen(type("Place", (), {"__annotations__": {"x": int, "y": int}}))
    other: Any = frozen(type("Other", (), {"__annotations__": {"x": int, "y": int}}))
    assert place(1, 2) == place(1, 2) != place(2, 1)
    assert hash(place(1, 2)) == hash(place(1, 2))
    assert place(1, 2) != other(1, 2)
    assert place(1, 2) != (1, 2)
    one = OURS("rice")
    one.seen.append("by nobody")
    assert one == OURS("rice")
    nothing, nought = empty(frozen), empty(frozen)
    assert nothing() == nothing() != nought()
    assert len({nothing(), nothing(), nought()}) == 2
    assert repr(nothing()) == "nothing"


def test_default_factories_run_for_each_value() -> None:
    """A default that is made is made for each value."""
    assert OURS("rice").marks is not OURS("rice").marks
    assert OURS("rice").seen is not OURS("rice").seen


def test_a_value_never_changes() -> None:
    """Neither what it has nor what it has not can be set, or taken away."""
    one = OURS("rice")
    changes: tuple[Callable[[], None], ...] = (
        lambda: setattr(one, "jin", 1), lambda: setattr(one, "other", 1), lambda: delattr(one, "jin"),
    )  # fmt: skip
    for change in changes:
        with pytest.raises(FrozenInstanceError):
            change()
    assert one.jin == 100
