"""Guide builder: turn guide.yaml into a Guide. Unknown names become findings and are left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from game.core.findings import did_you_mean
from game.lang.markup import InWords, Passage, Span
from game.lang.typecheck import Value
from game.story.builder.text_compiler import Path, ReportAt, TextCompiler, value_of
from game.story.guide import (
    Guide,
    GuideBook,
    GuideCard,
    GuideMark,
    GuideNote,
    GuidePart,
    GuidePoint,
    GuideStep,
    GuideTable,
    Prose,
    Timeline,
    TimelineDate,
    length_names,
)
from game.story.model import Chapter
from game.story.schema.guide_schema import GuidePartShape, GuideShape, NoteShape, TableShape, TimelineShape


class GuideBuilder:
    """Builds the teacher's pack. `compiler` also collects the findings. `cuts` holds the ids of the pack's cuts."""

    def __init__(
        self, shape: GuideShape, compiler: TextCompiler, chapters: Mapping[str, Chapter], cuts: Collection[str]
    ) -> None:
        self.shape, self.compiler, self.report, self.cuts = shape, compiler, compiler.report, cuts
        self.lengths = length_names(cuts)
        self.chapters = chapters
        pages = (node.full_id for chapter in chapters.values() for node in chapter.nodes.values())
        self.places = frozenset((*chapters, *pages))

    def guide(self) -> Guide:
        self.compiler.report_twins([part.id for part in self.shape.guide], ("guide",), "the part {} stands twice")
        parts = {part.id: self._part(part, ("guide", i)) for i, part in enumerate(self.shape.guide)}
        books = {
            id: GuideBook(book.title, book.author or "", book.details or "", book.why or "")
            for id, book in self.shape.books.items()
        }
        return Guide(tuple(parts.values()), books, self._words())

    def _words(self) -> dict[str, dict[Value, str]]:
        """Return the teacher's words for values of variables, by variable and value."""
        found: dict[str, dict[Value, str]] = {}
        variables = self.compiler.pack.variables
        for name, words in self.shape.words.items():
            if not self.compiler.check_known(name, variables, ("words", name), "variable of the pack", "WG615"):
                continue
            for key, said in words.items():
                value = value_of(key, variables[name].start, variables[name].one_of)
                if value is None:
                    remedy = "Words stand behind values that it can have."
                    self.report("WG615", ("words", name, key), f"`{key}` is not a value of `{name}`", remedy)
                else:
                    found.setdefault(name, {})[value] = said
        return found

    def _part(self, part: GuidePartShape, at: Path) -> GuidePart:
        with_steps = {other.id for other in self.shape.guide if other.steps}
        minutes = sum(step.minutes for step in part.steps)
        if part.lasts is not None and minutes != part.lasts:
            problem = f"the steps of `{part.id}` take {minutes} minutes, and it is to last {part.lasts}"
            self.report("WG616", (*at, "lasts"), problem, "Change a step, or the sum.")
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
            self._timeline(part.timeline, (*at, "timeline")) if part.timeline else None,
            tuple(
                GuideCard(card.title, self._prose(card.text, (*at, "cards", i, "text")), card.lines)
                for i, card in enumerate(part.cards)
            ),
            part.fill,
            self._one(part.cut, self.cuts, (*at, "cut"), "cut of the pack"),
            self._prose(part.after, (*at, "after")),
            part.apart,
            part.outside,
            part.appendix,
            self._one(part.picture, self.chapters, (*at, "picture"), "chapter"),
        )

    def _timeline(self, timeline: TimelineShape, at: Path) -> Timeline:
        dates = (
            TimelineDate(
                date.when,
                self._prose(date.above, (*at, "dates", i, "above")),
                self._prose(date.below, (*at, "dates", i, "below")),
                date.gap or "",
            )
            for i, date in enumerate(timeline.dates)
        )
        return Timeline(timeline.above, timeline.below, tuple(dates))

    def _table(self, table: TableShape, at: Path) -> GuideTable:
        rows = []
        for i, row in enumerate(table.rows):
            if len(row) > len(table.columns):
                problem = f"the row has {len(row)} cells, and the table {len(table.columns)} columns"
                self.report("WG617", (*at, "rows", i), problem, "Take cells away, or name more columns.")
            cells = row[: len(table.columns)]
            rows.append(tuple(self._prose([cell], (*at, "rows", i, j)) for j, cell in enumerate(cells)))
        return GuideTable(tuple(table.columns), tuple(rows), table.caption or "")

    def _note(self, note: NoteShape, at: Path) -> GuideNote:
        return GuideNote(
            note.topic,
            self._prose(note.text, (*at, "text")),
            self._known(note.facts, self.compiler.pack.facts, (*at, "facts"), "fact"),
            self._known(note.books, self.shape.books, (*at, "books"), "book of this file"),
        )

    def _one(self, name: str | None, known: Collection[str], at: Path, kind: str) -> str | None:
        return name if self.compiler.check_known(name, known, at, kind, "WG615") else None

    def _known(self, names: Sequence[str], known: Iterable[str] | None, at: Path, kind: str) -> tuple[str, ...]:
        return self.compiler.known(names, known, at, kind, "WG615")

    def _prose(self, texts: Sequence[str], at: Path) -> Prose:
        paragraphs = (self.compiler.paragraphs(text, (*at, i), self._length) for i, text in enumerate(texts))
        return tuple(Passage(parts) for parts in chain(*paragraphs) if parts)

    def _length(self, report: ReportAt, part: InWords, at: int) -> Span | InWords:
        if part.variable in self.lengths:
            return part
        near = did_you_mean(part.variable, self.lengths)
        problem = f"`{{{part.variable}}}` is not a length of the story"
        report(at, "WG615", problem, f"Mend the name, or write \\{{ for a plain brace.{near}")
        return Span(part.variable)
