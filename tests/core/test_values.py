"""Frozen value classes behave as frozen dataclasses with slots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from game.core.values import frozen


def sack(decorated: Callable[[type], type]) -> Any:
    """A class with every kind of field, made by a decorator."""

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
    """A class without fields, with its own `__repr__`."""

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
    ours, theirs = made(OURS), made(THEIRS)
    assert repr(ours) == repr(theirs)
    names = [field_.name for field_ in fields(ours)]
    assert names == [field_.name for field_ in fields(theirs)]
    assert [getattr(ours, name) for name in names] == [getattr(theirs, name) for name in names]
    assert OURS.__match_args__ == THEIRS.__match_args__
    assert OURS.__slots__ == THEIRS.__slots__
    assert is_dataclass(OURS)


@pytest.mark.parametrize(
    "call", [lambda cls: cls(), lambda cls: cls("rice", jinn=5), lambda cls: cls("rice", 1, [], 2)]
)
def test_wrong_arguments_raise_type_error(call: Callable[[Any], Any]) -> None:
    for cls in (sack(frozen), OURS, THEIRS):
        with pytest.raises(TypeError):
            call(cls)


def test_values_are_compared_by_their_fields() -> None:
    place: Any = frozen(type("Place", (), {"__annotations__": {"x": int, "y": int}}))
    other: Any = frozen(type("Other", (), {"__annotations__": {"x": int, "y": int}}))
    assert place(1, 2) == place(1, 2) != place(2, 1)
    assert hash(place(1, 2)) == hash(place(1, 2))
    assert place(1, 2) != other(1, 2)
    assert place(1, 2) != (1, 2)
    ours = OURS("rice")
    ours.seen.append("by nobody")
    assert ours == OURS("rice")
    nothing, nought = empty(frozen), empty(frozen)
    assert nothing() == nothing() != nought()
    assert len({nothing(), nothing(), nought()}) == 2
    assert repr(nothing()) == "nothing"


def test_default_factories_run_for_each_value() -> None:
    assert OURS("rice").marks is not OURS("rice").marks
    assert OURS("rice").seen is not OURS("rice").seen


def test_a_value_never_changes() -> None:
    ours = OURS("rice")
    changes: tuple[Callable[[], None], ...] = (
        lambda: setattr(ours, "jin", 1), lambda: setattr(ours, "other", 1), lambda: delattr(ours, "jin"),
    )  # fmt: skip
    for change in changes:
        with pytest.raises(FrozenInstanceError):
            change()
    assert ours.jin == 100
