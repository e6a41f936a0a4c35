"""Guide builder: turn guide.yaml into a Guide. Unknown names become findings and are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from game.core.findings import Finding, did_you_mean
from game.core.values import frozen
from game.lang import markup
from game.lang.markup import InWords, Passage, Span
from game.lang.typecheck import Value
from game.story.builder.text_compiler import Path
from game.story.facts import Fact
from game.story.guide import (
    Guide,
    GuideBook,
    GuideMark,
    GuideNote,
    GuidePart,
    GuidePoint,
    GuideStep,
    GuideTable,
    Prose,
    length_names,
)
from game.story.model import Chapter, Cut, Variable
from game.story.schema.chapter_schema import integer
from game.story.schema.guide_schema import GuidePartShape, GuideShape, NoteShape, TableShape
from game.yamlio.reader import Document, count_visible


@frozen
class GuideNames:
    """The names that guide.yaml may use. `terms` and `facts` are None if their file is invalid."""

    variables: Mapping[str, Variable]
    chapters: Mapping[str, Chapter]
    cuts: Mapping[str, Cut]
    facts: Mapping[str, Fact] | None
    terms: Mapping[str, str] | None

    def places(self) -> Iterator[str]:
        """Yield the id of every chapter and the full id of every page."""
        for chapter in self.chapters.values():
            yield chapter.id
            yield from (f"{chapter.id}.{node}" for node in chapter.nodes)


def build_guide(shape: GuideShape, document: Document, known: GuideNames, findings: list[Finding]) -> Guide:
    """Build the teacher's pack from its file. Add to `findings` what is wrong with it."""
    return _GuideBuilder(shape, document, known, findings).guide()


def _value(key: str, variable: Variable) -> Value | None:
    """Return the value of a variable that a key stands for; None if it can have no such value."""
    match variable.kind:
        case "bool":
            return {"true": True, "false": False}.get(key)
        case "int":
            return integer(key)
        case _:
            return key if key in variable.one_of else None


class _GuideBuilder:
    def __init__(self, shape: GuideShape, document: Document, known: GuideNames, findings: list[Finding]) -> None:
        self.shape, self.document, self.known, self.findings = shape, document, known, findings
        self.lengths = length_names(known.cuts)
        self.places = frozenset(known.places())

    def guide(self) -> Guide:
        parts: dict[str, GuidePart] = {}
        for i, part in enumerate(self.shape.guide):
            if part.id in parts:
                self._report(
                    "WG307", ("guide", i, "id"), f"the part `{part.id}` stands twice", "Rename one of the two."
                )
            parts[part.id] = self._part(part, ("guide", i))
        books = {
            id: GuideBook(book.title, book.author or "", book.details or "", book.why or "")
            for id, book in self.shape.books.items()
        }
        return Guide(tuple(parts.values()), books, self._words())

    def _words(self) -> dict[str, dict[Value, str]]:
        """Return the words for values, by variable and value."""
        found: dict[str, dict[Value, str]] = {}
        for name in self._known(list(self.shape.words), self.known.variables, ("words",), "variable of the pack", True):
            variable = self.known.variables[name]
            for key, said in self.shape.words[name].items():
                value = _value(key, variable)
                if value is None:
                    problem = f"`{key}` is not a value of `{name}`"
                    self._report("WG615", ("words", name, key), problem, "Words stand behind values that it can have.")
                else:
                    found.setdefault(name, {})[value] = said
        return found

    def _part(self, part: GuidePartShape, at: Path) -> GuidePart:
        with_steps = {other.id for other in self.shape.guide if other.steps}
        minutes = sum(step.minutes for step in part.steps)
        if part.lasts is not None and minutes != part.lasts:
            problem = f"the steps of `{part.id}` take {minutes} minutes, and it is to last {part.lasts}"
            self._report("WG616", (*at, "lasts"), problem, "Change a step, or the sum.")
        return GuidePart(
            part.id,
            part.title,
            self._prose(part.text, (*at, "text")),
            tuple(
                GuidePoint(self._prose(point.text, (*at, "points", i, "text")), point.name or "")
                for i, point in enumerate(part.points)
            ),
            tuple(
                GuideStep(step.minutes, step.title, self._prose(step.text, (*at, "steps", i, "text")))
                for i, step in enumerate(part.steps)
            ),
            part.lasts,
            self._one(part.plan, with_steps, (*at, "plan"), "part with steps"),
            self._table(part.table, (*at, "table")) if part.table else None,
            tuple(self._note(note, (*at, "notes", i)) for i, note in enumerate(part.notes)),
            tuple(
                GuideMark(
                    mark.what, self._known(mark.where, self.places, (*at, "marks", i, "where"), "chapter or page")
                )
                for i, mark in enumerate(part.marks)
            ),
            part.fill,
            self._one(part.cut, self.known.cuts, (*at, "cut"), "cut of the pack"),
            self._prose(part.after, (*at, "after")),
            part.apart,
            part.outside,
        )

    def _table(self, table: TableShape, at: Path) -> GuideTable:
        rows = []
        for i, row in enumerate(table.rows):
            if len(row) > len(table.columns):
                problem = f"the row has {len(row)} cells, and the table {len(table.columns)} columns"
                self._report("WG617", (*at, "rows", i), problem, "Take cells away, or name more columns.")
            cells = row[: len(table.columns)]
            rows.append(tuple(self._prose([cell], (*at, "rows", i, j)) for j, cell in enumerate(cells)))
        return GuideTable(tuple(table.columns), tuple(rows), table.caption or "")

    def _note(self, note: NoteShape, at: Path) -> GuideNote:
        facts, books = self.known.facts, self.shape.books
        return GuideNote(
            note.topic,
            self._prose(note.text, (*at, "text")),
            tuple(note.facts) if facts is None else self._known(note.facts, facts, (*at, "facts"), "fact"),
            self._known(note.books, books, (*at, "books"), "book of this file"),
        )

    def _one(self, name: str | None, known: Iterable[str], at: Path, kind: str) -> str | None:
        return next(iter(self._known((name,), known, at, kind)), None) if name is not None else None

    def _known(
        self, names: Sequence[str], known: Iterable[str], at: Path, kind: str, as_keys: bool = False
    ) -> tuple[str, ...]:
        """Return the names that are known, and report the others.

        `at` is the path of their list; with `as_keys` it is the path of the mapping whose keys they are.
        """
        there = frozenset(known)
        for i, name in enumerate(names):
            if name not in there:
                near = did_you_mean(name, there)
                step = name if as_keys else i
                self._report("WG615", (*at, step), f"`{name}` is not a {kind}", f"Mend the name, or take it out.{near}")
        return tuple(name for name in names if name in there)

    def _prose(self, texts: Sequence[str], at: Path) -> Prose:
        passages = []
        for i, text in enumerate(texts):
            before = 0
            for paragraph in markup.split_paragraphs(text):
                if parts := self._parts(paragraph, (*at, i), before):
                    passages.append(Passage(parts))
                before += count_visible(paragraph)
        return tuple(passages)

    def _parts(self, paragraph: str, at: Path, before: int) -> tuple[Span | InWords, ...]:
        def length(part: InWords, character: int) -> Span | InWords:
            if part.variable in self.lengths:
                return part
            after = before + count_visible(paragraph[:character])
            near = did_you_mean(part.variable, self.lengths)
            remedy = f"Mend the name, or write \\{{ for a plain brace.{near}"
            problem = f"`{{{part.variable}}}` is not a length of the story"
            self._report("WG615", at, problem, remedy, after)
            return Span(part.variable)

        try:
            return markup.parse(paragraph, self._term, length)
        except markup.MarkupProblem as fault:
            after = before + count_visible(paragraph[: fault.at])
            self._report("WG206", at, fault.problem, fault.remedy, after)
            return ()

    def _term(self, name: str) -> str | None:
        return name if self.known.terms is None else self.known.terms.get(name.casefold())

    def _report(self, code: str, path: Path, problem: str, remedy: str, after: int | None = None) -> None:
        self.findings.append(self.document.finding(code, path, problem, remedy, after=after))
