"""Debrief builder: turn debrief.yaml into DebriefSections. Unknown names become findings and are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.story.builder.text_compiler import Path, TextCompiler
from game.story.debrief import DebriefSection, DebriefText, PlacedDecision, PlacingTask
from game.story.guide import GuideBook
from game.story.schema.debrief_schema import DebriefSectionShape, DebriefShape, PlacingShape

IN_APPENDIX = ("facts", "unmet", "invented", "books")  # the values of `fill` whose list can stand in the appendix


class DebriefBuilder:
    """Builds the debrief's sections. `books` holds the books of guide.yaml, `groups` the ids of the groups of
    people.yaml. Each is None if its file is invalid or missing."""

    def __init__(
        self,
        shape: DebriefShape,
        compiler: TextCompiler,
        books: Iterable[GuideBook] | None,
        groups: Iterable[str] | None,
    ) -> None:
        self.shape, self.compiler, self.report = shape, compiler, compiler.report
        self.facts, self.groups = compiler.pack.facts, groups
        self.own_screen = {part.id for part in shape.debrief if part.beside is None and part.appendix != "all"}
        self.has_books = books is None or any(book.why for book in books)

    def sections(self) -> tuple[DebriefSection, ...]:
        return tuple(self._section(part, ("debrief", i)) for i, part in enumerate(self.shape.debrief))

    def _section(self, part: DebriefSectionShape, at: Path) -> DebriefSection:
        if part.fill == "books" and not self.has_books:
            problem = f"`{part.id}` shows books, and none in guide.yaml says why"
            self.report("WG618", (*at, "fill"), problem, "Give a book of guide.yaml a `why`, or take the part out.")
        if part.fill == "unmet" and self.facts is not None and not any(fact.essential for fact in self.facts.values()):
            problem = f"`{part.id}` shows essential facts that were not met, and none is essential"
            self.report("WG618", (*at, "fill"), problem, "Write `essential: true` to a fact, or take the part out.")
        return DebriefSection(
            part.id,
            part.title,
            tuple(
                DebriefText(paragraph.text, self.compiler.condition(paragraph.if_, (*at, "text", i, "if")))
                for i, paragraph in enumerate(part.text)
            ),
            part.fill,
            tuple(part.otherwise),
            tuple(part.after),
            self._placing(part.placing, (*at, "placing")) if part.placing else None,
            part.outside,
            tuple(part.brief),
            self._beside(part, (*at, "beside")),
            self._appendix(part, at),
            self._known(part.groups, self.groups, (*at, "groups"), "group of people.yaml"),
            part.door == "other",
        )

    def _beside(self, part: DebriefSectionShape, at: Path) -> str:
        others = self.own_screen - {part.id}
        is_known = self.compiler.check_known(part.beside, others, at, "part with its own screen", "WG618")
        return part.beside if part.beside and is_known else ""

    def _appendix(self, part: DebriefSectionShape, at: Path) -> str:
        if part.appendix and part.fill not in IN_APPENDIX:
            problem = f"`{part.id}` has nothing for the appendix"
            self.report("WG618", (*at, "appendix"), problem, f"Take it out, or fill it: {', '.join(IN_APPENDIX)}.")
            return ""
        return part.appendix or ""

    def _placing(self, shape: PlacingShape, at: Path) -> PlacingTask:
        at = (*at, "decisions")
        self.compiler.report_twins([decision.id for decision in shape.decisions], at, "the decision {} stands twice")
        return PlacingTask(
            shape.places,
            tuple(
                PlacedDecision(
                    decision.id,
                    decision.text,
                    self._known(decision.view.at, shape.places, (*at, i, "view", "at"), "place of this part"),
                    decision.view.text,
                    self._known(decision.view.facts, self.facts, (*at, i, "view", "facts"), "fact"),
                )
                for i, decision in enumerate(shape.decisions)
            ),
        )

    def _known(self, names: Sequence[str], known: Iterable[str] | None, at: Path, kind: str) -> tuple[str, ...]:
        return self.compiler.known(names, known, at, kind, "WG618")
