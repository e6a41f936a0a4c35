"""Give a bit of the state to each node or choice that an expression reads with `seen` or `chose`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from game.core.findings import Finding, did_you_mean
from game.lang import grammar
from game.lang.typecheck import full_id
from game.story.builder.text_compiler import Path
from game.story.schema.chapter_schema import ChapterShape, Shape
from game.story.schema.pack_schema import PackShape
from game.yamlio.reader import Document, count_visible

# File, chapter ("" outside chapters), text and path of a condition or effect, and whether it is an effect.
SourceExpression = tuple[Document, str, str, Path, bool]
Chapters = Mapping[str, tuple[ChapterShape, Document]]
# The keys of conditions, effects and values. In pack.yaml these are below `always`, `fates` and `places`.
_EXPRESSIONS = frozenset({"if", "do", "always", "fates", "params", "amount", "of_seed", "back"})
_RANKS = {"if": 0, "do": 1, "choices": 3}  # all other keys: 2, in the order of the schema


def assign_bits(
    texts: Iterable[SourceExpression],
    chapters: Chapters,
    order: Mapping[str, int],
    may_hold: Callable[[str], bool],
    findings: list[Finding],
) -> dict[tuple[str, str], int]:
    """Assign a bit to each ("seen", node) and ("chose", choice) that an expression reads, in order of first use.

    `order` has each chapter's number in the calendar. Report a node or choice that does not exist, or whose chapter
    comes later than the expression's. Report nothing of a chapter that may be in an invalid file (`may_hold`).
    """
    bits: dict[tuple[str, str], int] = {}
    for document, here, text, path, is_effect in texts:
        try:
            tree = grammar.parse_statement(text).value if is_effect else grammar.parse_expression(text)
        except grammar.SyntaxProblem:
            continue  # reported where the expression is compiled
        for recall in (part for part in grammar.walk(tree) if isinstance(part, grammar.Recall)):
            full = full_id(recall, here)
            chapter = full.partition(".")[0]
            lost = chapter not in chapters and may_hold(chapter)
            if not lost and (problem := _problem(recall, full, here, chapters, order)):
                code, wrong, remedy = problem
                findings.append(document.finding(code, path, wrong, remedy, after=count_visible(text[: recall.at])))
            bits.setdefault((recall.verb, full), len(bits))
    return bits


def source_expressions(
    pack: PackShape, document: Document, others: Iterable[tuple[Shape, Document]]
) -> Iterator[SourceExpression]:
    """Yield every condition and effect of a pack in a fixed order. In another order, old share codes become invalid."""
    own = [
        (document, "", text, path, False)
        for key in ("always", "fates", "places")
        for text, path in _expressions_in(getattr(pack, key), (key,), key)
    ]
    yield from (each for each in own if "alt" not in each[3])
    for shape, file in others:
        chapter = shape.chapter if isinstance(shape, ChapterShape) else ""
        for text, path in _expressions_in(shape, (), ""):
            yield file, chapter, text, path, path[-2:-1] == ("do",)
    yield from (each for each in own if "alt" in each[3])


def _expressions_in(value: object, path: Path, key: str) -> Iterator[tuple[str, Path]]:
    """Yield every condition and effect in `value`, with its path. `path` and `key` are the path and key of `value`."""
    if isinstance(value, Shape):
        for own_key, name in _keys_and_fields(type(value)):
            if (below := getattr(value, name)) is not None:
                yield from _expressions_in(below, (*path, own_key), own_key)
    elif isinstance(value, dict | list):
        for step, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _expressions_in(below, (*path, step), key)
    elif isinstance(value, str) and key in _EXPRESSIONS:
        yield value, path


@cache
def _keys_and_fields(kind: type[Shape]) -> Sequence[tuple[str, str]]:
    """Return the keys of a shape, in the order of their bits, each with the name of its field."""
    keys = [(field.alias or name, name) for name, field in kind.model_fields.items()]
    return sorted(keys, key=lambda key: _RANKS.get(key[0], 2))


def _problem(
    recall: grammar.Recall, full: str, here: str, chapters: Chapters, order: Mapping[str, int]
) -> tuple[str, str, str] | None:
    chapter, _, rest = full.partition(".")
    node, _, choice = rest.partition(".")
    nodes = (chapters[chapter][0].nodes or {}) if chapter in chapters else {}
    exists = node in nodes and (recall.verb == "seen") == (not choice)
    if exists and choice:
        exists = choice in {option.id for option in nodes[node].choices or ()}
    said = f"`{recall.verb}({recall.target})`"
    if not exists:
        near = did_you_mean(full, _all_ids(chapters.values(), recall.verb))
        return "WG308", f"{said} names nothing", f"Write seen(chapter.node) or chose(chapter.node.choice).{near}"
    if order.get(chapter, 0) > order.get(here, len(order)):
        return "WG309", f"{said} names a later place", "Ask only for what can already have happened."
    return None


def _all_ids(chapters: Iterable[tuple[ChapterShape, Document]], verb: str) -> list[str]:
    nodes = [(f"{shape.chapter}.{id}", node) for shape, _ in chapters for id, node in (shape.nodes or {}).items()]
    if verb == "seen":
        return [id for id, _ in nodes]
    return [f"{id}.{choice.id}" for id, node in nodes for choice in node.choices or ()]
