"""Condition text: a condition in words for a teacher, if the story has words for all of it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace

from game.lang.expressions import Expression
from game.lang.grammar import Comparison, Logic, Name, Not, Recall, Tree, constant, parse_expression
from game.lang.typecheck import Value
from game.story.graph import shorten
from game.story.model import Story, Variable

Words = Callable[..., str]  # takes a key of the catalogue and values, and returns the text
MAX_SAY = 70  # most characters of a choice's name
MAX_VALUES = 20_000  # a number with more possible values is not put in words; a harvest in units has fewer
_HOLDS: Mapping[str, Callable[[Value, Value], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def in_words(condition: Expression, story: Story, words: Words) -> str | None:
    """Return a condition in words; None if the story has no words for a part of it."""
    return _text(parse_expression(condition.text), True, condition.scope.chapter, story, words)


def _text(tree: Tree, wanted: bool, chapter: str, story: Story, words: Words) -> str | None:
    """Return a syntax tree in words; if `wanted` is False, return its opposite in words. Return None if the story has
    no words for it. `chapter` is the id of the chapter in which the condition stands."""
    match tree:
        case Not(operand=operand):
            return _text(operand, not wanted, chapter, story, words)
        case Logic(operator=sign, operands=operands):
            parts = [_text(operand, wanted, chapter, story, words) for operand in operands]
            said = [part for part in parts if part is not None]
            between = words("guide.if.and" if (sign == "and") == wanted else "guide.if.or")
            return between.join(said) if len(said) == len(parts) else None
        case Recall(verb=verb, target=target):
            known = target in story.nodes or target.rpartition(".")[0] in story.nodes
            full_id = target if "." in target and known else f"{chapter}.{target}"
            return _recall_text(verb, full_id, wanted, story, words)
        case Name(name=name) if name in story.variables:
            return _values_text(_with_words(name, story), lambda value: value is wanted, words)
        case Comparison(operators=(sign,), operands=(Name(name=name), other)) if name in story.variables:
            right = None if isinstance(other, Name) and other.name in story.variables else constant(other)
            if right is None:
                return None
            return _values_text(_with_words(name, story), lambda value: _HOLDS[sign](value, right) == wanted, words)
    return None


def _recall_text(verb: str, target: str, wanted: bool, story: Story, words: Words) -> str | None:
    if verb == "chose":
        node = story.nodes.get(target.rpartition(".")[0])
        choice = next((choice for choice in node.choices if choice.full_id == target), None) if node else None
        if choice is None:
            return None
        said = shorten(choice.say, MAX_SAY)
        return words("guide.if.chose", said=said) if wanted else words("guide.if.chose.not", said=said)
    chapter = story.chapters.get(target.partition(".")[0])
    if chapter is None:
        return None
    role = story.roles.get(chapter.role or "")
    title = f"{chapter.title} · {role.name}" if role is not None else chapter.title  # both doors have the same titles
    return words("guide.if.seen", title=title) if wanted else words("guide.if.seen.not", title=title)


def _with_words(name: str, story: Story) -> Variable:
    """Return a variable with the words for its values: those in guide.yaml, or else those in the story."""
    variable = story.variables[name]
    said = story.guide.words.get(name) if story.guide is not None else None
    return replace(variable, words={**variable.words, **said}) if said else variable


def _values_text(variable: Variable, holds: Callable[[Value], bool], words: Words) -> str | None:
    """Return the words of the values for which `holds` is true. Return None if there is no such value, if any value of
    the variable has no words, if the words also stand for a value for which `holds` is false, or if it has more values
    than MAX_VALUES."""
    said = [(variable.in_words(value), holds(value)) for value in variable.values(MAX_VALUES) or ()]
    yes = dict.fromkeys(text for text, held in said if held)
    no = {text for text, held in said if not held}
    if not yes or None in yes or None in no or no & yes.keys():
        return None
    return words("guide.if.or").join(f"“{text}”" for text in yes)
