"""Rules on places: the painter must know their scenes, parameters and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from game.core.findings import Finding, did_you_mean
from game.core.parameters import BoolParameter, IntegerParameter, Parameter, Scenes, WordParameter
from game.lang.expressions import Expression
from game.lang.grammar import Conditional, Name, Tree, constant, parse_expression
from game.lang.typecheck import BOOL, INT, Value, kind_of
from game.story.builder.text_compiler import Path
from game.story.model import Story, Variable
from game.story.places import NO_SCENE, Place
from game.yamlio.reader import Document


def check_places(story: Story, pack: Document, scenes: Scenes) -> Iterator[Finding]:
    """Report scenes, parameters and values that the painter does not know: it would paint something similar."""
    for place in (place for place in story.places.values() if place.scene != NO_SCENE):
        params = {name: value for name, value in place.params.items() if not _is_only_in_alt(name, place, pack, scenes)}
        shown = [(("places", place.id, "params"), params)]
        yield from _check(place.scene, ("places", place.id), shown, story, pack, scenes)


def check_invitation(story: Story, pack: Document, scenes: Scenes) -> Iterator[Finding]:
    """Report what the painter does not know in the stages of the invitation, the picture that an idle kiosk shows."""
    if (shown := story.invitation) is not None:
        stages = [(("invitation", "stages", i), stage) for i, stage in enumerate(shown.stages)]
        yield from _check(shown.scene, ("invitation",), stages, story, pack, scenes)


def _check(
    scene: str, at: Path, shown: Sequence[tuple[Path, Mapping[str, Expression | Value]]], story: Story, pack: Document,
    scenes: Scenes,
) -> Iterator[Finding]:  # fmt: skip
    """Report what is wrong with the scene at the path `at` and with its parameters. `shown` has one or more sets of
    parameters, each with the set's path."""
    known = scenes.get(scene)
    if known is None:
        remedy = f"Scenes are {', '.join(sorted(scenes))}.{did_you_mean(scene, scenes)}"
        yield pack.finding("WG621", (*at, "scene"), f"no scene `{scene}` can be painted", remedy)
        return
    for path, params in shown:
        for name, value in params.items():
            if name not in known:
                remedy = f"It has {', '.join(sorted(known))}.{did_you_mean(name, known)}"
                problem = f"the scene `{scene}` has no parameter `{name}`"
                yield pack.finding("WG622", (*path, name), problem, remedy, on_key=True)
            elif wrong := _wrong(name, value, known[name], story.variables):
                yield pack.finding("WG623", (*path, name), *wrong)


def _is_only_in_alt(name: str, place: Place, pack: Document, scenes: Scenes) -> bool:
    """Return whether the parameter `name` is one that the painter does not know and that the place's `alt` uses."""
    if name in scenes.get(place.scene, ()):
        return False
    places = pack.data.get("places") if isinstance(pack.data, dict) else None
    data = places.get(place.id) if isinstance(places, dict) else None
    return isinstance(data, dict) and f"{{{name}}}" in repr(data.get("alt"))


def _wrong(
    name: str, value: Expression | Value, parameter: Parameter, variables: Mapping[str, Variable]
) -> tuple[str, str] | None:
    """Return (problem, remedy) for a parameter's value; None if it can be painted."""
    if isinstance(value, Expression):
        return _wrong_expression(name, value, parameter, variables)
    match parameter:
        case IntegerParameter(low=low, high=high):
            fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
            return None if fits else (_cannot(name, value), f"Write a number from {low} to {high}.")
        case BoolParameter():
            return None if isinstance(value, bool) else (_cannot(name, value), "Write true or false.")
        case WordParameter(words=words):
            near = did_you_mean(str(value), words)
            return None if value in words else (_cannot(name, value), f"It can be {', '.join(words)}.{near}")


def _wrong_expression(
    name: str, value: Expression, parameter: Parameter, variables: Mapping[str, Variable]
) -> tuple[str, str] | None:
    tree = parse_expression(value.text)
    kind = kind_of(tree, value.scope)
    match parameter:
        case IntegerParameter(low=low, high=high) if kind == INT:
            for part in _outcomes(tree):
                least, most = _range(part, variables)
                if least < low or most > high:
                    what = part.name if isinstance(part, Name) else value.text
                    problem = f"`{name}` shows {low} to {high}, and `{what}` can be {_numbers(least, most)}"
                    return problem, "Bring it into that range, as with `// 2`."
        case IntegerParameter(low=low, high=high):
            return f"`{name}` is a number, and `{value.text}` is none", f"Give it one from {low} to {high}."
        case BoolParameter() if kind != BOOL:
            remedy = f"Compare it, as in `{value.text} > 0`." if kind == INT else "Compare it with one of its words."
            return f"`{name}` is true or false, and `{value.text}` is not", remedy
        case WordParameter(words=words) if not isinstance(kind, frozenset):
            return f"`{name}` is a word, and `{value.text}` is none", f"It can be {', '.join(words)}."
        case WordParameter(words=words) if isinstance(kind, frozenset) and (extra := sorted(kind - {*words})):
            near = did_you_mean(extra[0], words)
            return f"`{name}` cannot be `{extra[0]}`, as `{value.text}` can", f"It can be {', '.join(words)}.{near}"
    return None


def _numbers(least: float, most: float) -> str:
    if least == most:
        return str(least)
    return f"{least} to {most}" if least > float("-inf") and most < float("inf") else "any number"


def _cannot(name: str, value: Value) -> str:
    return f"`{name}` cannot be `{str(value).lower() if isinstance(value, bool) else value}`"


def _outcomes(tree: Tree) -> Iterator[Tree]:
    """Yield an expression's possible results that are one number or variable. Skip sums, which the painter clamps."""
    if isinstance(tree, Conditional):
        yield from _outcomes(tree.then)
        yield from _outcomes(tree.otherwise)
    elif constant(tree) is not None:
        yield tree


def _range(tree: Tree, variables: Mapping[str, Variable]) -> tuple[float, float]:
    value = constant(tree)
    if not isinstance(value, str):
        assert value is not None
        return value, value
    low, high = variables[value].low, variables[value].high
    return float("-inf") if low is None else low, float("inf") if high is None else high
