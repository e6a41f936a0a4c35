"""Text compiler: turn texts, conditions and effects as written into passages, Expressions and Effects.

Errors become findings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple, TypeVar

from game.core.findings import Finding, did_you_mean
from game.core.values import frozen
from game.lang import grammar, markup
from game.lang.expressions import Effects, Expression
from game.lang.markup import InWords, Passage, Span
from game.lang.typecheck import Scope, UnknownName, WrongKind, check_assignment, check_condition, kind_of
from game.story.facts import Fact
from game.story.model import INVENTED, Variable
from game.story.schema.chapter_schema import PassageShape
from game.yamlio.reader import Document, count_visible

Path = tuple[str | int, ...]
Bits = Mapping[tuple[str, str], int]
Known = Callable[[str], InWords | Span | None]  # gives what {name} stands for if it is not a variable
T = TypeVar("T")


@frozen
class PackContext:
    """The names that every text of a pack may use. `terms` maps each spelling of a term to its id."""

    variables: Mapping[str, Variable]
    index: Mapping[str, int]
    terms: Mapping[str, str] | None  # None: the glossary is invalid, so any term may be in it
    facts: Mapping[str, Fact] | None  # None: the pack has no facts.yaml and needs none
    bits: Bits = field(default_factory=dict)


class _ParagraphPlace(NamedTuple):
    """The place of a paragraph: its text's path, and in `before` the number of visible characters before it."""

    path: Path
    paragraph: str
    before: int


@frozen
class TextCompiler:
    """Compiles the texts of one document, for one chapter. The chapter "" stands for the pack."""

    pack: PackContext
    document: Document
    findings: list[Finding]
    chapter: str = ""

    def report(
        self, code: str, path: Path, problem: str, remedy: str, *, on_key: bool = False, after: int | None = None
    ) -> None:
        """Add a finding at a path of the document, with `after` behind so many visible characters of the text there."""
        self.findings.append(self.document.finding(code, path, problem, remedy, on_key=on_key, after=after))

    def passages(
        self, shapes: Sequence[PassageShape] | None, path: Path, known: Known | None = None
    ) -> tuple[Passage, ...]:
        """Return the paragraphs of a text. `known` resolves {name} where a name may be more than a variable."""
        passages = []
        for i, shape in enumerate(shapes or ()):
            at: Path = (*path, i)
            condition = self.condition(shape.if_, (*at, "if"))
            before = 0  # visible characters of the paragraphs above, for the place of a mark
            for paragraph in markup.split_paragraphs(shape.text):
                parts = self._parts(_ParagraphPlace((*at, "text"), paragraph, before), known)
                if parts is not None:
                    passages.append(Passage(parts, shape.by, condition))
                before += count_visible(paragraph)
        return tuple(passages)

    def _parts(self, place: _ParagraphPlace, known: Known | None) -> tuple[Span | InWords, ...] | None:
        """Return a paragraph's parts; None if its markup is invalid."""
        try:
            return markup.parse(place.paragraph, self._term, lambda part, at: self._in_words(part, known, place, at))
        except markup.MarkupProblem as problem:
            self._report_in(place, problem.at, "WG206", problem.problem, problem.remedy)
            return None

    def _report_in(self, place: _ParagraphPlace, at: int, code: str, problem: str, remedy: str) -> None:
        self.report(code, place.path, problem, remedy, after=place.before + count_visible(place.paragraph[:at]))

    def _term(self, name: str) -> str | None:
        return name if self.pack.terms is None else self.pack.terms.get(name.casefold())

    def _in_words(self, part: InWords, known: Known | None, place: _ParagraphPlace, at: int) -> InWords | Span:
        variables = self.pack.variables
        found = known(part.variable) if known else part if part.variable in variables else None
        if found is None:
            near = did_you_mean(part.variable, variables)
            problem = f"`{{{part.variable}}}` is not a variable of the pack"
            remedy = f"Mend the name, or write \\{{ for a plain brace.{near}"
            self._report_in(place, at, "WG310", problem, remedy)
            return Span(part.variable)
        if (
            isinstance(found, InWords)
            and variables[found.variable].kind != "int"
            and not variables[found.variable].words
        ):
            problem = f"`{found.variable}` has no words to stand in a text"
            self._report_in(place, at, "WG311", problem, "Give it `words` in pack.yaml.")
        return found

    def _scope(self) -> Scope:
        return Scope(self.pack.variables, self.pack.index, self.pack.bits, self.chapter)

    def _try(self, make: Callable[[], T], text: str, path: Path) -> T | None:
        """Return the result of `make`. If it raises SyntaxProblem, report that at the character and return None."""
        try:
            return make()
        except grammar.SyntaxProblem as problem:
            code = {UnknownName: "WG402", WrongKind: "WG403"}.get(type(problem), "WG401")
            near = did_you_mean(problem.name, problem.known) if isinstance(problem, UnknownName) else ""
            self.report(code, path, problem.problem, problem.remedy + near, after=count_visible(text[: problem.at]))
            return None

    def condition(self, text: str | None, path: Path) -> Expression | None:
        """Return the compiled condition; None if it is missing or invalid."""
        if text is None:
            return None
        return self.expression(text, path, check_condition)

    def expression(
        self, text: str, path: Path, check: Callable[[grammar.Tree, Scope], object] = kind_of
    ) -> Expression | None:
        """Return the compiled expression; None if it is invalid or `check` refuses it."""

        def make() -> Expression:
            tree, scope = grammar.parse_expression(text), self._scope()
            check(tree, scope)
            expression = Expression.of(text, tree, scope)
            expression.where = self.document.where(path)
            return expression

        return self._try(make, text, path)

    def effects(self, texts: Sequence[str] | None, because: Sequence[str], path: Path) -> Effects | None:
        """Return the compiled effects of a `do`; None if they are missing or invalid."""
        if texts is None:
            return None
        if not because and self.pack.facts is not None:
            remedy = "Add `because:` with facts of facts.yaml, or `invented`."
            self.report("WG207", (*path, "do"), "the effect does not say what it rests on", remedy, on_key=True)
        scope, statements = self._scope(), []
        for i, text in enumerate(texts):

            def make(text: str = text) -> grammar.Assignment:
                statement = grammar.parse_statement(text)
                check_assignment(statement, scope)
                return statement

            if statement := self._try(make, text, (*path, "do", i)):
                statements.append(statement)
        if len(statements) < len(texts):
            return None
        effects = Effects.of(tuple(texts), tuple(statements), scope)
        effects.where = self.document.where((*path, "do"))
        return effects

    def because(self, ids: Sequence[str], path: Path) -> tuple[str, ...]:
        """Return the facts of a `because`. Report unknown ones."""
        for i, id in enumerate(ids):
            if self.pack.facts is not None and id != INVENTED and id not in self.pack.facts:
                remedy = f"Name a fact, or `invented`.{did_you_mean(id, [*self.pack.facts, INVENTED])}"
                self.report("WG303", (*path, "because", i), f"`{id}` is not a fact of facts.yaml", remedy)
        return tuple(ids)
