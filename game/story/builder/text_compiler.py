"""Text compiler: turn texts, conditions and effects as written into passages, Expressions and Effects, or findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from typing import TypeVar

from game.core.findings import Finding, did_you_mean
from game.core.values import frozen
from game.lang import grammar, markup
from game.lang.expressions import Effects, Expression
from game.lang.markup import InWords, Passage, Span
from game.lang.typecheck import Scope, UnknownName, Value, WrongKind, check_assignment, check_condition, kind_of
from game.story.facts import Fact
from game.story.model import INVENTED, Variable
from game.story.schema.chapter_schema import PassageShape, integer
from game.yamlio.reader import Document, count_visible

Path = tuple[str | int, ...]
Bits = Mapping[tuple[str, str], int]
Known = Callable[[str], InWords | Span | None]  # gives what {name} stands for if it is not a variable
ReportAt = Callable[[int, str, str, str], None]  # takes a character of a paragraph, and code, problem and remedy
FromPlaceholder = Callable[[ReportAt, InWords, int], InWords | Span]  # gives what a placeholder stands for, or reports
T = TypeVar("T")


def value_of(key: str, start: Value, one_of: Collection[str]) -> Value | None:
    """Convert a key of a variable's `words` to a value of the kind of `start`; None if the variable cannot have it."""
    if isinstance(start, bool):
        return {"true": True, "false": False}.get(key)
    if isinstance(start, int):
        return integer(key)
    return key if key in one_of else None


@frozen
class PackContext:
    """The names that every text of a pack may use. `terms` maps each spelling of a term to its id. `index` maps a
    variable to its index in a state. `bits` maps ("seen" or "chose", full id) to the index of its bit in a state."""

    variables: Mapping[str, Variable]
    index: Mapping[str, int]
    terms: Mapping[str, str] | None  # None: the glossary is invalid, so any term may be in it
    facts: Mapping[str, Fact] | None  # None: facts.yaml is missing or invalid
    bits: Bits = field(default_factory=dict)


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
        """Add a finding about the value at a path, or with `on_key` about its key. With `after`, its place is inside
        the value's text, after so many visible characters."""
        self.findings.append(self.document.finding(code, path, problem, remedy, on_key=on_key, after=after))

    def passages(
        self, shapes: Sequence[PassageShape] | None, path: Path, known: Known | None = None
    ) -> tuple[Passage, ...]:
        """Return the paragraphs of a text. `known` gives what {name} stands for; without it, {name} is a variable."""
        passages = []
        for i, shape in enumerate(shapes or ()):
            condition = self.condition(shape.if_, (*path, i, "if"))
            for parts in self.paragraphs(shape.text, (*path, i, "text"), partial(self._in_words, known)):
                passages.append(Passage(parts, shape.by, condition))
        return tuple(passages)

    def paragraphs(self, text: str, path: Path, in_words: FromPlaceholder) -> Iterator[tuple[Span | InWords, ...]]:
        """Yield the parts of each paragraph of a text. `in_words` gives what a {placeholder} stands for. Report and
        leave out paragraphs with invalid markup."""
        before = 0  # visible characters of the paragraphs above, for the place of a mark
        for paragraph in markup.split_paragraphs(text):
            report = partial(self._report_in_paragraph, path, paragraph, before)
            try:
                yield markup.parse(paragraph, self._term, partial(in_words, report))
            except markup.MarkupProblem as problem:
                report(problem.at, "WG206", problem.problem, problem.remedy)
            before += count_visible(paragraph)

    def _report_in_paragraph(
        self, path: Path, paragraph: str, before: int, at: int, code: str, problem: str, remedy: str
    ) -> None:
        """Add a finding at the character `at` of a paragraph. `before` is the number of visible characters above."""
        self.report(code, path, problem, remedy, after=before + count_visible(paragraph[:at]))

    def _term(self, name: str) -> str | None:
        return name if self.pack.terms is None else self.pack.terms.get(name.casefold())

    def _in_words(self, known: Known | None, report: ReportAt, part: InWords, at: int) -> InWords | Span:
        variables = self.pack.variables
        found = known(part.variable) if known else part if part.variable in variables else None
        if found is None:
            near = did_you_mean(part.variable, variables)
            problem = f"`{{{part.variable}}}` is not a variable of the pack"
            report(at, "WG310", problem, f"Mend the name, or write \\{{ for a plain brace.{near}")
            return Span(part.variable)
        if isinstance(found, InWords) and part.count:
            found = replace(found, count=True)
        variable = variables[found.variable] if isinstance(found, InWords) else None
        if variable is not None and part.count and variable.kind != "int":
            problem = f"`{variable.name}` is not a number, so it has no count"
            report(at, "WG311", problem, f"Write {{{variable.name}}} for its words.")
        elif variable is not None and variable.kind != "int" and not variable.words:
            problem = f"`{variable.name}` has no words to stand in a text"
            report(at, "WG311", problem, "Give it `words` in pack.yaml.")
        return found

    def known(
        self, names: Sequence[str], known: Iterable[str] | None, path: Path, kind: str, code: str
    ) -> tuple[str, ...]:
        """Return the names that are in `known`; all if it is None, which means that they cannot be checked.

        Report each other name of the list at `path` as an unknown `kind`.
        """
        there = frozenset(names if known is None else known)
        return tuple(name for i, name in enumerate(names) if self.check_known(name, there, (*path, i), kind, code))

    def report_twins(self, ids: Sequence[str], path: Path, problem: str) -> None:
        """Report each id of the list at `path` that an earlier item has. `problem` has `{}` for the id."""
        for i, id in enumerate(ids):
            if id in ids[:i]:
                self.report("WG307", (*path, i, "id"), problem.format(f"`{id}`"), "Rename one of the two.")

    def check_known(
        self,
        name: str | None,
        known: Collection[str],
        path: Path,
        kind: str,
        code: str,
        remedy: str = "Mend the name, or take it out.",
    ) -> bool:
        """Return True if a name is None or in `known`. Otherwise report it as an unknown `kind`, and return False."""
        if name is None or name in known:
            return True
        article = "an" if kind[0] in "aeiou" else "a"
        self.report(code, path, f"`{name}` is not {article} {kind}", remedy + did_you_mean(name, known))
        return False

    def _scope(self) -> Scope:
        return Scope(self.pack.variables, self.pack.index, self.pack.bits, self.chapter)

    def _try(self, make: Callable[[], T], text: str, path: Path) -> T | None:
        """Return the result of `make`; None if it raises SyntaxProblem, which is reported at its character."""
        try:
            return make()
        except grammar.SyntaxProblem as problem:
            code = {UnknownName: "WG402", WrongKind: "WG403"}.get(type(problem), "WG401")
            near = did_you_mean(problem.name, problem.known) if isinstance(problem, UnknownName) else ""
            self.report(code, path, problem.problem, problem.remedy + near, after=count_visible(text[: problem.at]))
            return None

    def condition(self, text: str | None, path: Path) -> Expression | None:
        """Return the compiled condition; None if there is no text, or it is invalid."""
        return None if text is None else self.expression(text, path, check_condition)

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
        """Return the compiled effects of a `do`; None if there are none, or they are invalid. If the pack has facts,
        report effects without `because`."""
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
        """Return the ids of a `because`. Report ids that no fact has."""
        for i, id in enumerate(ids):
            if self.pack.facts is not None and id != INVENTED and id not in self.pack.facts:
                remedy = f"Name a fact, or `invented`.{did_you_mean(id, [*self.pack.facts, INVENTED])}"
                self.report("WG303", (*path, "because", i), f"`{id}` is not a fact of facts.yaml", remedy)
        return tuple(ids)
