"""Give a bit of the state to each node or choice that an expression reads with `seen` or `chose`."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from game.core.findings import Finding, did_you_mean
from game.lang import grammar
from game.lang.grammar import recalls
from game.lang.typecheck import full_id
from game.story.builder.text_compiler import Path
from game.story.schema.chapter_schema import ChapterShape, PassageShape, TargetShape
from game.story.schema.debrief_schema import DebriefShape
from game.story.schema.pack_schema import PackShape
from game.story.schema.people_schema import KnownShape, PeopleShape
from game.yamlio.reader import Document, count_visible

Chapters = Mapping[str, tuple[ChapterShape, Document]]


class SourceExpression(NamedTuple):
    """A condition or effect as its author wrote it, with its place. `chapter` is "" outside the chapters."""

    document: Document
    chapter: str
    text: str
    path: Path
    is_effect: bool


def assign_bits(
    texts: Iterable[SourceExpression],
    chapters: Chapters,
    order: Mapping[str, int],
    may_hold: Callable[[str], bool],
    findings: list[Finding],
) -> dict[tuple[str, str], int]:
    """Assign a bit to each ("seen", node) and ("chose", choice) that an expression reads, in order of first use.

    `order` has each chapter's number in the calendar. A node or choice that does not exist, or that comes later, gives
    a finding, unless `may_hold` says that an invalid file can have its chapter.
    """
    bits: dict[tuple[str, str], int] = {}
    for document, here, text, path, is_effect in texts:
        try:
            tree = grammar.parse_statement(text).value if is_effect else grammar.parse_expression(text)
        except grammar.SyntaxProblem:
            continue  # reported where the expression is compiled
        for recall in recalls(tree):
            full = full_id(recall, here)
            chapter = full.partition(".")[0]
            lost = chapter not in chapters and may_hold(chapter)
            if not lost and (problem := _problem(recall, full, here, chapters, order)):
                code, wrong, remedy = problem
                findings.append(document.finding(code, path, wrong, remedy, after=count_visible(text[: recall.at])))
            bits.setdefault((recall.verb, full), len(bits))
    return bits


def source_expressions(
    pack: PackShape,
    document: Document,
    chapters: Chapters,
    people: tuple[PeopleShape, Document] | None,
    debrief: tuple[DebriefShape, Document] | None,
) -> Iterator[SourceExpression]:
    """Yield every condition and effect of a pack."""
    for key, texts in (("always", pack.always), ("fates", pack.fates)):
        for i, text in enumerate(texts):
            yield SourceExpression(document, "", text, (key, i), False)
    for id, place in pack.places.items():
        for name, value in place.params.items():
            if isinstance(value, str):
                yield SourceExpression(document, "", value, ("places", id, "params", name), False)
    for shape, file in chapters.values():
        for text, path, is_effect in _expressions_of(shape):
            yield SourceExpression(file, shape.chapter, text, path, is_effect)
    for id, person in people[0].people.items() if people else ():
        for key, said in (("is", person.is_), ("know", person.know), ("fate", person.fate or [])):
            for i, passage in enumerate(typing.cast(Sequence[KnownShape | PassageShape], said)):
                if passage.if_ is not None and people:
                    yield SourceExpression(people[1], "", passage.if_, ("people", id, key, i, "if"), False)
    for number, part in enumerate(debrief[0].debrief if debrief else ()):
        for i, paragraph in enumerate(part.text):
            if paragraph.if_ is not None and debrief:
                yield SourceExpression(debrief[1], "", paragraph.if_, ("debrief", number, "text", i, "if"), False)


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


def _expressions_of(shape: ChapterShape) -> Iterator[tuple[str, Path, bool]]:
    """Yield every condition and effect of a chapter, as (text, path, whether it is an effect)."""

    def conditions(
        several: Sequence[TargetShape | PassageShape] | None, path: Path
    ) -> Iterator[tuple[str, Path, bool]]:
        for i, shape in enumerate(several or ()):
            if shape.if_ is not None:
                yield shape.if_, (*path, i, "if"), False

    def effects(texts: Sequence[str] | None, path: Path) -> Iterator[tuple[str, Path, bool]]:
        for i, text in enumerate(texts or ()):
            yield text, (*path, "do", i), True

    yield from conditions(shape.begin, ("begin",))
    if shape.skip:
        yield from effects(shape.skip.do, ("skip",))
        yield from conditions(shape.skip.text, ("skip", "text"))
        yield from conditions(shape.skip.brief, ("skip", "brief"))
    for id, node in (shape.nodes or {}).items():
        path: Path = ("nodes", id)
        yield from effects(node.do, path)
        yield from conditions(node.text, (*path, "text"))
        yield from conditions(node.brief, (*path, "brief"))
        yield from conditions(node.alt, (*path, "alt"))
        yield from conditions(node.goto, (*path, "goto"))
        if node.ledger is not None:
            yield from ((text, (*path, "ledger", *at), False) for text, at in node.ledger.values())
        yield from ((text, (*path, "always", i), False) for i, text in enumerate(node.always))
        for i, choice in enumerate(node.choices or ()):
            at: Path = (*path, "choices", i)
            if choice.if_ is not None:
                yield choice.if_, (*at, "if"), False
            yield from effects(choice.do, at)
            yield from conditions(choice.goto, (*at, "goto"))
            yield from conditions(choice.answer, (*at, "answer"))
            yield from conditions(choice.anyway, (*at, "anyway"))
