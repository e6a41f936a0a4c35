"""Frozen value classes. They do what `@dataclass(frozen=True, slots=True)` does, and cost less at import.

A dataclass compiles six methods when it is defined: half a millisecond a class, a fifth of the time to the first frame.
Here each class compiles one method, when its first object is made. All classes share the other methods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")

_with_slots = dataclass(init=False, repr=False, eq=False, slots=True)  # without methods, so nothing is compiled


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Class decorator for immutable values that are compared by their fields. `dataclasses.fields` and
    `dataclasses.replace` work with such a class."""
    made: Any = _with_slots(cls)
    shown = [f.name for f in fields(made) if f.repr]
    compared = [f.name for f in fields(made) if f.compare]
    parts: Callable[[object], object] = attrgetter(*compared) if compared else type

    def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807
        made.__init__ = init = _init(made)
        init(self, *given, **named)

    def __repr__(self: object) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return parts(self) == parts(other) if type(other) is type(self) else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(parts(self))

    for method in (__init__, __repr__, __eq__, __hash__):
        if method.__name__ not in vars(cls):
            setattr(made, method.__name__, method)
    made.__setattr__ = made.__delattr__ = _refuse
    finished: type[T] = made
    return finished


def fields_of(value: Any) -> dict[str, Any]:
    """Return a value's fields by name. Nested values stay as they are."""
    return {f.name: getattr(value, f.name) for f in fields(value)}


def _refuse(self: object, name: str, *given: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _init(cls: type[Any]) -> Callable[..., None]:
    """Compile `__init__` with a parameter for each field. It writes to the slots directly, because values refuse
    assignment."""
    known: dict[str, Any] = {"MISSING": MISSING}
    parameters, lines = ["self"], []
    for field_ in fields(cls):
        name, given = field_.name, field_.init
        known[f"_fill_{name}"] = getattr(cls, name).__set__
        if field_.default is not MISSING:
            known[f"_default_{name}"] = field_.default
            parameter, filling = f"{name}=_default_{name}", name if given else f"_default_{name}"
        elif field_.default_factory is not MISSING:
            known[f"_new_{name}"] = field_.default_factory
            new = f"_new_{name}()"
            parameter, filling = f"{name}=MISSING", f"{new} if {name} is MISSING else {name}" if given else new
        else:
            parameter, filling = name, name if given else ""  # a field with init=False is left to `__post_init__`
        if given:
            parameters.append(parameter)
        if filling:
            lines.append(f"_fill_{name}(self, {filling})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}): {'; '.join(lines) or 'pass'}", known)
    init: Callable[..., None] = known["__init__"]
    return init
