"""Rules on collisions: a former id (`was`) that is in use again, a spelling of two terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from game.core.findings import Finding
from game.story.builder.text_compiler import Path
from game.story.schema.chapter_schema import ChapterShape, GlossaryShape
from game.yamlio.reader import Document


def check_former_ids(chapters: Sequence[tuple[ChapterShape, Document]]) -> Iterator[Finding]:
    """Former ids that are in use beside their own, or that two have."""
    yield from _colliding([(shape.chapter, shape.was, (), document) for shape, document in chapters])
    for shape, document in chapters:
        nodes = shape.nodes or {}
        yield from _colliding([(id, node.was, ("nodes", id), document) for id, node in nodes.items()])
        for id, node in nodes.items():
            path: Path = ("nodes", id, "choices")
            several = enumerate(node.choices or ())
            yield from _colliding([(choice.id, choice.was, (*path, i), document) for i, choice in several])


def _colliding(named: Sequence[tuple[str, Sequence[str], Path, Document]]) -> Iterator[Finding]:
    today = {id for id, was, _, _ in named if not was}  # the former id of a renamed one may be in use again
    bearer: dict[str, str] = {}
    for id, was, path, document in named:
        for i, old in enumerate(was):
            other = old if old in today else bearer.setdefault(old, id)
            if old in today or other != id:
                of = "is in use" if old in today else f"was `{other}` too"
                yield document.finding(
                    "WG312",
                    (*path, "was", i),
                    f"`{old}`, which `{id}` was, {of}",
                    "Keep a former id with the one that saves should find, and with nothing else.",
                )


def check_terms(shape: GlossaryShape, document: Document) -> Iterator[Finding]:
    """Spellings of a term that belong to two entries."""
    owner: dict[str, str] = {}
    for id, term in shape.glossary.items():
        ways: Iterable[tuple[str, Path]] = [
            (id, ("glossary", id)),
            (term.term, ("glossary", id, "term")),
            *((way, ("glossary", id, "also", i)) for i, way in enumerate(term.also)),
        ]
        for way, path in ways:
            other = owner.setdefault(way.casefold(), id)
            if other != id:
                problem = f"`{way}` opens the card of `{other}` already"
                yield document.finding("WG313", path, problem, "Keep it with one of the two.", on_key=path[-1] == id)
