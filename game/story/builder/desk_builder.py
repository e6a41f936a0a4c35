"""Desk builder: turn documents.yaml into a Desk (documents to compare). Unknown names are reported and left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from game.story.builder.text_compiler import Path, TextCompiler
from game.story.debrief import PlacedDecision, PlacingRule, PlacingTask
from game.story.desk import Answering, Desk, DeskDocument, DeskTask, Question, Questionnaire, Standard
from game.story.schema.desk_schema import DeskShape, DocumentShape, QuestionnaireShape, QuestionShape, TaskShape

RULES: Mapping[Answering, PlacingRule] = {"choose": "one", "mark": "one", "order": "in-order", "place": "several"}


class DeskBuilder:
    """Builds the desk. `chapters` are the ids of the story's chapters; None if a file could not be read."""

    def __init__(self, shape: DeskShape, compiler: TextCompiler, chapters: Collection[str] | None) -> None:
        self.shape, self.compiler, self.report, self.chapters = shape, compiler, compiler.report, chapters
        self.standards = {standard.id for standard in shape.standards}
        self.documents = {document.id: document for document in shape.documents}

    def desk(self) -> Desk:
        shape = self.shape
        for kind, parts in (("documents", shape.documents), ("tasks", shape.tasks), ("standards", shape.standards)):
            self._report_twins([part.id for part in parts], (kind,))
        asked = shape.questionnaire
        return Desk(
            {part.id: self._document(part, ("documents", i)) for i, part in enumerate(shape.documents)},
            {part.id: self._task(part, ("tasks", i)) for i, part in enumerate(shape.tasks)},
            {
                part.id: Standard(
                    part.id, part.of, part.code, part.says, self._chapters(part.chapters, ("standards", i))
                )
                for i, part in enumerate(shape.standards)
            },
            self._questionnaire(asked, ("questionnaire",)) if asked is not None else None,
        )

    def _questionnaire(self, part: QuestionnaireShape, at: Path) -> Questionnaire:
        self._report_twins([question.id for question in part.questions], (*at, "questions"))
        questions = (self._question(question, (*at, "questions", i)) for i, question in enumerate(part.questions))
        return Questionnaire(part.title, tuple(questions), tuple(part.note), tuple(part.thanks))

    def _question(self, part: QuestionShape, at: Path) -> Question:
        if (part.about == "perspective") != (part.right is None):
            problem = f"`{part.id}` {'has' if part.right else 'needs'} a right answer, and is about {part.about}"
            self.report("WG650", at, problem, "Take `right` out." if part.right else "Say which one is `right`.")
        right = (
            self._known((part.right,), part.options, (*at, "right"), "answer of this question") if part.right else ()
        )
        return Question(part.id, part.about, part.text, part.options, next(iter(right), ""))

    def _report_twins(self, ids: Sequence[str], at: Path) -> None:
        self.compiler.report_twins(ids, at, f"{{}} stands twice in {at[-1]}")

    def _document(self, part: DocumentShape, at: Path) -> DeskDocument:
        if part.simply and len(part.simply) != len(part.text):
            problem = f"`simply` has {len(part.simply)} sentences, and `text` {len(part.text)}"
            self.report("WG650", (*at, "simply"), problem, "Write one for each: a task may ask for a sentence.")
        return DeskDocument(
            part.id, part.title, part.date, part.by, part.to, part.kind, part.find, part.seen,
            tuple(part.text), tuple(part.simply), part.knew or "", part.could_not or "", part.here or "",
            self._chapters(part.chapters, at), not part.main,
        )  # fmt: skip

    def _task(self, part: TaskShape, at: Path) -> DeskTask:
        return DeskTask(
            part.id, part.title, part.skill,
            self._known(part.documents, self.documents, (*at, "documents"), "document of this file"),
            part.minutes, tuple(part.ask), part.do, self._placing(part, at), tuple(part.after), tuple(part.words),
            tuple(part.starters), tuple(part.answer), tuple(part.rubric),
            self._known(part.standards, self.standards, (*at, "standards"), "standard of this file"),
        )  # fmt: skip

    def _placing(self, part: TaskShape, at: Path) -> PlacingTask:
        self._report_twins([item.id for item in part.items], (*at, "items"))
        places = self._places(part, at)
        return PlacingTask(
            places,
            tuple(
                PlacedDecision(
                    item.id, item.text, self._known(item.at, places, (*at, "items", i, "at"), "place of this task"),
                    item.why,
                )
                # In the file things stand in their order. A reader gets them in another.
                for i, item in sorted(enumerate(part.items), key=lambda at: at[1].id if part.do == "order" else "")
            ),
            rule=RULES[part.do],
        )  # fmt: skip

    def _places(self, part: TaskShape, at: Path) -> Mapping[str, str]:
        """Return a task's places or possible answers by id. Report `places` and `items` that do not fit its `do`."""
        numbered = part.do in ("order", "mark")
        if numbered == bool(part.places):
            problem = f"`{part.id}` {'has' if numbered else 'needs'} `places`, with `do: {part.do}`"
            remedy = "Take them out: the program names them." if numbered else "Name at least two places."
            self.report("WG650", (*at, "places" if numbered else "do"), problem, remedy)
        if part.do in ("choose", "mark") and len(part.items) != 1:
            problem = f"`{part.id}` has {len(part.items)} questions"
            self.report("WG650", (*at, "items"), problem, f"Keep one: `do: {part.do}` has one question.")
        if part.do == "order":
            return {str(n): str(n) for n in range(1, len(part.items) + 1)}
        if part.do == "mark":
            first = self.documents.get(part.documents[0])
            return {str(n): text for n, text in enumerate(first.text if first is not None else (), 1)}
        return part.places

    def _chapters(self, names: Sequence[str], at: Path) -> tuple[str, ...]:
        return self._known(names, self.chapters, (*at, "chapters"), "chapter")

    def _known(self, names: Sequence[str], known: Iterable[str] | None, at: Path, kind: str) -> tuple[str, ...]:
        return self.compiler.known(names, known, at, kind, "WG650")
