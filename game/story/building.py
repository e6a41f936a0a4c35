"""Shapes of YAML -> a Story: ids linked, texts parsed, expressions typed. Every fault becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from game.story import markup, syntax
from game.story.expressions import (
    Effects,
    Expression,
    Scope,
    UnknownName,
    Value,
    WrongKind,
    check_assignment,
    check_condition,
    kind_of,
)
from game.story.expressions import recalls as recalls_in
from game.story.findings import Finding, did_you_mean
from game.story.markup import InWords, Passage, Span
from game.story.model import (
    INVENTED,
    NEXT,
    Branch,
    Chapter,
    Choice,
    Cut,
    DebriefSection,
    Fact,
    LedgerEntry,
    Node,
    Place,
    Role,
    Skip,
    Story,
    Term,
    Variable,
)
from game.story.reading import Document
from game.story.shape import (
    ChapterShape,
    ChoiceShape,
    DebriefShape,
    FactsShape,
    GlossaryShape,
    NodeShape,
    PackShape,
    PassageShape,
    PlaceShape,
    SkipShape,
    TargetShape,
    VariableShape,
)

Path = tuple[str | int, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sources:
    """A pack's files in shape, each with the document that knows its places."""

    pack: tuple[PackShape, Document]
    chapters: Sequence[tuple[ChapterShape, Document]]
    facts: tuple[FactsShape, Document] | None = None
    glossary: tuple[GlossaryShape, Document] | None = None
    debrief: tuple[DebriefShape, Document] | None = None


def build(sources: Sources) -> tuple[Story, list[Finding]]:
    """A Story and what is wrong with it. Where an error is among the findings, the story must not be played."""
    builder = _Builder(sources)
    return builder.story(), builder.findings


class _Builder:
    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.findings: list[Finding] = []
        self.pack, self.document = sources.pack
        self.variables = {name: self._variable(name, shape) for name, shape in self.pack.variables.items()}
        self.index = {name: i for i, name in enumerate(self.variables)}
        self.chapters = self._chapters()
        self.order = self._order()
        self.terms, self.term_ids = self._terms()
        self.facts = self._facts()
        self.bits: dict[tuple[str, str], int] = {}
        for shape, document in self.chapters.values():
            self._allot(shape, document)

    def say(
        self,
        document: Document,
        code: str,
        path: Path,
        problem: str,
        remedy: str,
        *,
        on_key: bool = False,
        offset: int = 0,
    ) -> None:
        self.findings.append(document.finding(code, path, problem, remedy, on_key=on_key, offset=offset))

    # The pack

    def story(self) -> Story:
        pack = self.pack
        for role_chapter, document in self.chapters.values():
            if role_chapter.role is not None and role_chapter.role not in pack.roles:
                self.say(
                    document,
                    "WG304",
                    ("role",),
                    f"`{role_chapter.role}` is no role of the pack",
                    f"Roles are {', '.join(pack.roles)}.{did_you_mean(role_chapter.role, pack.roles)}",
                )
        return Story(
            pack=pack.pack,
            title=pack.title,
            version=pack.version,
            language=pack.language,
            variables=self.variables,
            roles={id: Role(id, role.name, role.about) for id, role in pack.roles.items()},
            places={id: self._place(id, shape) for id, shape in pack.places.items()},
            chapters={id: self._chapter(shape, document) for id, (shape, document) in self.chapters.items()},
            calendar=tuple(tuple(id for id in date if id in self.chapters) for date in pack.calendar),
            cuts=self._cuts(),
            always=tuple(
                filter(
                    None,
                    (self._condition(text, "", self.document, ("always", i)) for i, text in enumerate(pack.always)),
                )
            ),
            facts=self.facts,
            terms=self.terms,
            debrief=tuple(
                DebriefSection(part.id, part.title, tuple(part.text), part.fill)
                for part in (self.sources.debrief[0].debrief if self.sources.debrief else ())
            ),
            content_note=tuple(pack.content_note),
            about=tuple(pack.about),
        )

    def _variable(self, name: str, shape: VariableShape) -> Variable:
        path: Path = ("variables", name)
        start, kind = shape.start, type(shape.start)

        def no(problem: str, remedy: str, *below: str | int) -> None:
            self.say(self.document, "WG205", (*path, *below), problem, remedy)

        if name in syntax.RESERVED:
            no(f"`{name}` is a word of the expression language", "Choose another name.")
        if kind is str and start not in shape.one_of:
            no(
                f"`{start}` is not among the words of `{name}`",
                "Add it to `one_of`, or start with a number, true or false.",
                "start",
            )
        low, high = shape.min, shape.max
        if (
            isinstance(start, int)
            and kind is int
            and ((low is not None and start < low) or (high is not None and start > high))
        ):
            no(f"`{name}` starts at {start}, outside its range", "Mend `start`, `min` or `max`.", "start")
        if kind is not int and (shape.min is not None or shape.max is not None):
            no(f"`{name}` is no number, so `min` and `max` say nothing", "Remove them.")
        if shape.one_of and kind is not str:
            no(f"`{name}` has words but starts at {start}", "Start with one of its words.", "start")
        for i, word in enumerate(shape.one_of):
            if word in self.pack.variables or word in syntax.RESERVED or word in shape.one_of[:i]:
                no(
                    f"the word `{word}` is taken",
                    "A word must differ from every variable and from and, or, not, if …",
                    "one_of",
                    i,
                )
        words: dict[Value, str] = {}
        for key, text in shape.words.items():
            value: Value | None
            if kind is bool:
                value = {"true": True, "false": False}.get(key)
            elif kind is int:
                value = int(key) if key.lstrip("-").isdecimal() else None
            else:
                value = key if key in shape.one_of else None
            if value is None:
                no(f"`{key}` is no value of `{name}`", "Words stand behind values that it can have.", "words", key)
            else:
                words[value] = text
        return Variable(name, start, shape.min, shape.max, tuple(shape.one_of), words)

    def _chapters(self) -> dict[str, tuple[ChapterShape, Document]]:
        found: dict[str, tuple[ChapterShape, Document]] = {}
        for shape, document in self.sources.chapters:
            if other := found.get(shape.chapter):
                self.say(
                    document,
                    "WG307",
                    ("chapter",),
                    f"the chapter `{shape.chapter}` stands in {other[1].file} too",
                    "Rename one of the two.",
                )
            else:
                found[shape.chapter] = (shape, document)
        return found

    def _order(self) -> dict[str, int]:
        """Each chapter's number in the calendar; chapters of one date have different ones."""
        order: dict[str, int] = {}
        for i, date in enumerate(self.pack.calendar):
            for j, chapter in enumerate(date):
                path: Path = ("calendar", i, j)
                if chapter not in self.chapters:
                    self.say(
                        self.document,
                        "WG305",
                        path,
                        f"there is no chapter `{chapter}`",
                        f"Add a file with `chapter: {chapter}`.{did_you_mean(chapter, self.chapters)}",
                    )
                elif chapter in order:
                    self.say(
                        self.document,
                        "WG306",
                        path,
                        f"`{chapter}` stands in the calendar twice",
                        "Keep one of the two.",
                    )
                order.setdefault(chapter, len(order))
        for chapter, (_, document) in self.chapters.items():
            if chapter not in order:
                self.say(
                    document,
                    "WG306",
                    ("chapter",),
                    f"`{chapter}` is not in the calendar",
                    "Add it to `calendar` in pack.yaml.",
                )
        return order

    def _cuts(self) -> dict[str, Cut]:
        cuts = {}
        for id, shape in self.pack.cuts.items():
            for i, chapter in enumerate(shape.chapters or ()):
                if chapter not in self.chapters:
                    self.say(
                        self.document,
                        "WG305",
                        ("cuts", id, "chapters", i),
                        f"there is no chapter `{chapter}`",
                        f"Mend the name.{did_you_mean(chapter, self.chapters)}",
                    )
            cuts[id] = Cut(
                id,
                shape.play == "both roles",
                frozenset(shape.chapters) if shape.chapters is not None else None,
                shape.brief,
            )
        return cuts or {"full": Cut("full")}

    def _facts(self) -> dict[str, Fact]:
        facts: dict[str, Fact] = {}
        if self.sources.facts is None:
            return facts
        shape, document = self.sources.facts
        for i, fact in enumerate(shape.facts):
            if fact.id in facts or fact.id == INVENTED:
                self.say(
                    document,
                    "WG307",
                    ("facts", i, "id"),
                    f"the fact `{fact.id}` stands twice",
                    "Rename one of the two.",
                )
            facts[fact.id] = Fact(
                fact.id,
                fact.paraphrase,
                fact.paragraph + (fact.part or ""),
                tuple(fact.sentences),
                fact.speaker,
                fact.kind,
                fact.theme,
                fact.game_may,
                fact.date,
                fact.caution,
            )
        return facts

    def _terms(self) -> tuple[dict[str, Term], dict[str, str]]:
        """The glossary, and the id behind each way a term may be written."""
        terms: dict[str, Term] = {}
        ids: dict[str, str] = {}
        if self.sources.glossary is not None:
            for id, shape in self.sources.glossary[0].glossary.items():
                terms[id] = Term(id, shape.term, shape.text, shape.hanzi, shape.pinyin)
                ids.update((name.casefold(), id) for name in (id, shape.term, *shape.also))
        return terms, ids

    def _place(self, id: str, shape: PlaceShape) -> Place:
        path: Path = ("places", id)
        params: dict[str, Expression | Value] = {}
        for name, value in shape.params.items():
            # A lone word that is no variable is itself, as in `season: winter`; all else is an expression.
            if isinstance(value, str) and not (
                value not in self.variables and value.replace("-", "").replace("_", "").isalnum()
            ):
                if expression := self._expression(value, "", self.document, (*path, "params", name)):
                    params[name] = expression
            else:
                params[name] = value

        def known(name: str) -> InWords | Span | None:
            param = params.get(name)
            if isinstance(param, Expression) and param.text in self.variables:
                return InWords(param.text)
            if name in self.variables:
                return InWords(name)
            return Span(str(param)) if param is not None and not isinstance(param, Expression) else None

        return Place(
            id, shape.name, shape.scene, params, self._passages(shape.alt, "", self.document, (*path, "alt"), known)
        )

    # Chapters

    def _chapter(self, shape: ChapterShape, document: Document) -> Chapter:
        chapter = shape.chapter
        if shape.place is not None and shape.place not in self.pack.places:
            self.say(
                document,
                "WG302",
                ("place",),
                f"`{shape.place}` is no place of the pack",
                f"Add it to `places` in pack.yaml.{did_you_mean(shape.place, self.pack.places)}",
            )
        nodes = shape.nodes or {}
        if not nodes and shape.skip is None:
            self.say(document, "WG202", (), "the chapter has neither `nodes` nor `skip`", "Add the one that tells it.")
        begin: tuple[Branch, ...] = ()
        if nodes:
            begin = self._branches(shape.begin, shape, document, ("begin",)) or (
                Branch(f"{chapter}.{next(iter(nodes))}"),
            )
        return Chapter(
            id=chapter,
            title=shape.title,
            role=shape.role,
            hanzi=shape.hanzi,
            when=shape.when,
            place=shape.place,
            note=shape.note,
            begin=begin,
            nodes={id: self._node(id, node, shape, document) for id, node in nodes.items()},
            skip=self._skip(shape.skip, shape, document) if shape.skip else None,
            was=tuple(shape.was),
        )

    def _node(self, id: str, shape: NodeShape, chapter: ChapterShape, document: Document) -> Node:
        path: Path = ("nodes", id)
        full = f"{chapter.chapter}.{id}"
        ids = [choice.id for choice in shape.choices or ()]
        for i, choice in enumerate(ids):
            if choice in ids[:i] or choice in ("continue", "skip", "leave"):
                reason = "stands twice in this node" if choice in ids[:i] else "is reserved"
                self.say(
                    document, "WG307", (*path, "choices", i, "id"), f"the choice `{choice}` {reason}", "Rename it."
                )
        goto = self._branches(shape.goto, chapter, document, (*path, "goto"))
        self._ways_on(shape, document, path)
        return Node(
            id=id,
            full_id=full,
            text=self._passages(shape.text, chapter.chapter, document, (*path, "text")),
            brief=self._passages(shape.brief, chapter.chapter, document, (*path, "brief")),
            discuss=shape.discuss,
            effects=self._effects(shape.do, shape.because, chapter.chapter, document, path),
            because=self._because(shape.because, document, path),
            choices=tuple(
                self._choice(choice, full, goto, chapter, document, (*path, "choices", i))
                for i, choice in enumerate(shape.choices or ())
            ),
            goto=goto,
            end=shape.end,
            ledger=tuple(self._ledger(shape, chapter.chapter, document, path)),
            bit=self.bits.get(("seen", full)),
            was=tuple(shape.was),
        )

    def _ways_on(self, shape: NodeShape, document: Document, path: Path) -> None:
        def no(problem: str, remedy: str) -> None:
            self.say(document, "WG502", path, problem, remedy, on_key=True)

        if shape.end is not None and (shape.choices or shape.goto):
            no("an ending has a way on as well", "Remove `choices` and `goto`, or `end`.")
        elif shape.end is None and not shape.choices and not shape.goto:
            no("the node has no way on", "Add `choices`, `goto` or `end`.")
        elif shape.text is None and (shape.choices or shape.end):
            no("a node without text is passed through, so nobody meets its choices", "Add a `text`.")
        elif shape.choices and not shape.goto and (lost := [choice.id for choice in shape.choices if not choice.goto]):
            no(f"the choice `{lost[0]}` leads nowhere", "Add a `goto` to it, or to the node for all its choices.")

    def _choice(
        self,
        shape: ChoiceShape,
        node: str,
        otherwise: tuple[Branch, ...],
        chapter: ChapterShape,
        document: Document,
        path: Path,
    ) -> Choice:
        full = f"{node}.{shape.id}"
        return Choice(
            id=shape.id,
            full_id=full,
            say=" ".join(shape.say.split()),
            goto=self._branches(shape.goto, chapter, document, (*path, "goto")) or otherwise,
            condition=self._condition(shape.if_, chapter.chapter, document, (*path, "if")),
            effects=self._effects(shape.do, shape.because, chapter.chapter, document, path),
            because=self._because(shape.because, document, path),
            bit=self.bits.get(("chose", full)),
            was=tuple(shape.was),
        )

    def _skip(self, shape: SkipShape, chapter: ChapterShape, document: Document) -> Skip:
        path: Path = ("skip",)
        stands_for = 0
        nodes = chapter.nodes or {}
        for i, recalled in enumerate(shape.as_):
            node, _, choice = recalled.partition(".")
            known = node in nodes and (not choice or any(one.id == choice for one in nodes[node].choices or ()))
            if not known:
                self.say(
                    document,
                    "WG308",
                    (*path, "as", i),
                    f"`{recalled}` is no node or choice of this chapter",
                    f"Write `node` or `node.choice`.{did_you_mean(node, nodes)}",
                )
            for key in (("seen", f"{chapter.chapter}.{node}"), ("chose", f"{chapter.chapter}.{recalled}")):
                if key in self.bits:
                    stands_for |= 1 << self.bits[key]
        return Skip(
            text=self._passages(shape.text, chapter.chapter, document, (*path, "text")),
            brief=self._passages(shape.brief, chapter.chapter, document, (*path, "brief")),
            effects=self._effects(shape.do, shape.because, chapter.chapter, document, path),
            because=self._because(shape.because, document, path),
            stands_for=stands_for,
        )

    def _ledger(self, shape: NodeShape, chapter: str, document: Document, path: Path) -> Iterator[LedgerEntry]:
        for i, entry in enumerate(shape.ledger):
            if value := self._expression(entry.value, chapter, document, (*path, "ledger", i, "value")):
                yield LedgerEntry(entry.label, value)

    def _branches(
        self, shapes: Sequence[TargetShape] | None, chapter: ChapterShape, document: Document, path: Path
    ) -> tuple[Branch, ...]:
        branches = []
        nodes = chapter.nodes or {}
        for i, shape in enumerate(shapes or ()):
            if shape.to != NEXT and shape.to not in nodes:
                self.say(
                    document,
                    "WG301",
                    (*path, i, "to"),
                    f"`{shape.to}` is no node of `{chapter.chapter}`",
                    f"Write a node of this chapter, or `next`.{did_you_mean(shape.to, [*nodes, NEXT])}",
                )
            last = i == len(shapes or ()) - 1
            if last and shape.if_ is not None:
                self.say(
                    document,
                    "WG503",
                    (*path, i),
                    "the last target has a condition, so there may be no way on",
                    "Add one without `if`.",
                )
            if not last and shape.if_ is None:
                self.say(
                    document, "WG503", (*path, i), "a target without a condition hides those below it", "Put it last."
                )
            to = NEXT if shape.to == NEXT else f"{chapter.chapter}.{shape.to}"
            branches.append(Branch(to, self._condition(shape.if_, chapter.chapter, document, (*path, i, "if"))))
        return tuple(branches)

    def _because(self, ids: Sequence[str], document: Document, path: Path) -> tuple[str, ...]:
        for i, id in enumerate(ids):
            if self.sources.facts is not None and id != INVENTED and id not in self.facts:
                self.say(
                    document,
                    "WG303",
                    (*path, "because", i),
                    f"`{id}` is no fact of facts.yaml",
                    f"Name a fact, or `invented`.{did_you_mean(id, self.facts)}",
                )
        return tuple(ids)

    # Texts

    def _passages(
        self,
        shapes: Sequence[PassageShape] | None,
        chapter: str,
        document: Document,
        path: Path,
        known: Callable[[str], InWords | Span | None] | None = None,
    ) -> tuple[Passage, ...]:
        passages = []
        for i, shape in enumerate(shapes or ()):
            at: Path = (*path, i)
            condition = self._condition(shape.if_, chapter, document, (*at, "if"))
            for paragraph in markup.split_paragraphs(shape.text):
                try:
                    parts = markup.parse(paragraph, lambda name: self.term_ids.get(name.casefold()))
                except markup.MarkupProblem as problem:
                    self.say(document, "WG206", (*at, "text"), problem.problem, problem.remedy)
                    continue
                resolved = [
                    self._in_words(part, known, document, at) if isinstance(part, InWords) else part for part in parts
                ]
                passages.append(Passage(tuple(resolved), shape.by, condition))
        return tuple(passages)

    def _in_words(
        self, part: InWords, known: Callable[[str], InWords | Span | None] | None, document: Document, path: Path
    ) -> InWords | Span:
        found = (
            known(part.variable)
            if known
            else InWords(part.variable, part.kind)
            if part.variable in self.variables
            else None
        )
        if found is None:
            self.say(
                document,
                "WG310",
                path,
                f"`{{{part.variable}}}` is no variable of the pack",
                f"Mend the name, or write \\{{ for a plain brace.{did_you_mean(part.variable, self.variables)}",
            )
            return Span(part.variable)
        if (
            isinstance(found, InWords)
            and (variable := self.variables[found.variable]).kind != "int"
            and not variable.words
        ):
            self.say(
                document,
                "WG311",
                path,
                f"`{found.variable}` has no words to stand in a text",
                "Give it `words` in pack.yaml.",
            )
        return found

    # Expressions

    def _scope(self, chapter: str) -> Scope:
        return Scope(self.variables, self.index, self.bits, chapter)

    def _trying(self, make: Callable[[], T], document: Document, path: Path) -> T | None:
        """What `make` makes, or a finding at the character that prevents it."""
        try:
            return make()
        except syntax.SyntaxProblem as problem:
            code = (
                "WG402" if isinstance(problem, UnknownName) else "WG403" if isinstance(problem, WrongKind) else "WG401"
            )
            near = did_you_mean(problem.name, problem.known) if isinstance(problem, UnknownName) else ""
            self.say(document, code, path, problem.problem, problem.remedy + near, offset=problem.at)
            return None

    def _condition(self, text: str | None, chapter: str, document: Document, path: Path) -> Expression | None:
        if text is None:
            return None
        return self._expression(text, chapter, document, path, check_condition)

    def _expression(
        self,
        text: str,
        chapter: str,
        document: Document,
        path: Path,
        check: Callable[[syntax.Tree, Scope], object] = kind_of,
    ) -> Expression | None:
        def make() -> Expression:
            tree, scope = syntax.parse_expression(text), self._scope(chapter)
            check(tree, scope)
            return Expression(text, tree, scope)

        if (expression := self._trying(make, document, path)) is not None and not self._recalls_hold(
            expression.recalls
        ):
            return None
        return expression

    def _effects(
        self, texts: Sequence[str] | None, because: Sequence[str], chapter: str, document: Document, path: Path
    ) -> Effects | None:
        if texts is None:
            return None
        if not because and self.sources.facts is not None:
            self.say(
                document,
                "WG207",
                (*path, "do"),
                "the effect does not say what it rests on",
                "Add `because:` with facts of facts.yaml, or `invented`.",
                on_key=True,
            )
        scope, statements = self._scope(chapter), []
        for i, text in enumerate(texts):

            def make(text: str = text) -> syntax.Assignment:
                statement = syntax.parse_statement(text)
                check_assignment(statement, scope)
                return statement

            if statement := self._trying(make, document, (*path, "do", i)):
                statements.append(statement)
        if len(statements) < len(texts):
            return None
        return Effects(tuple(texts), tuple(statements), scope)

    # `seen` and `chose`

    def _recalls_hold(self, recalls: Iterable[tuple[str, str]]) -> bool:
        return all(recall in self.bits for recall in recalls)

    def _allot(self, shape: ChapterShape, document: Document) -> None:
        """Give a bit to each node and choice that this chapter recalls; a name of nothing is a finding."""
        for text, path, statement in _expressions_of(shape):
            try:
                tree = syntax.parse_statement(text).value if statement else syntax.parse_expression(text)
            except syntax.SyntaxProblem:
                continue  # reported where the expression is built
            for recall in recalls_in(tree):
                full = self._scope(shape.chapter).full(recall)
                self._check_recall(recall, full, shape, document, path)
                self.bits.setdefault((recall.verb, full), len(self.bits))

    def _check_recall(
        self, recall: syntax.Recall, full: str, shape: ChapterShape, document: Document, path: Path
    ) -> None:
        chapter, _, rest = full.partition(".")
        node, _, choice = rest.partition(".")
        known = self.chapters.get(chapter)
        nodes = known[0].nodes or {} if known else {}
        exists = node in nodes and (recall.verb == "seen") == (not choice)
        if exists and choice:
            exists = any(one.id == choice for one in nodes[node].choices or ())
        if not exists:
            near = did_you_mean(full, _all_ids(self.chapters.values(), recall.verb))
            self.say(
                document,
                "WG308",
                path,
                f"`{recall.verb}({recall.target})` names nothing that exists",
                f"Write `seen(chapter.node)` or `chose(chapter.node.choice)`.{near}",
                offset=recall.at,
            )
        elif self.order.get(chapter, 0) > self.order.get(shape.chapter, 0):
            self.say(
                document,
                "WG309",
                path,
                f"`{recall.verb}({recall.target})` names a later place",
                "Ask only for what can already have happened.",
                offset=recall.at,
            )


def _all_ids(chapters: Iterable[tuple[ChapterShape, Document]], verb: str) -> list[str]:
    nodes = [(f"{shape.chapter}.{id}", node) for shape, _ in chapters for id, node in (shape.nodes or {}).items()]
    if verb == "seen":
        return [id for id, _ in nodes]
    return [f"{id}.{choice.id}" for id, node in nodes for choice in node.choices or ()]


def _expressions_of(shape: ChapterShape) -> Iterator[tuple[str, Path, bool]]:
    """Every condition and effect of a chapter: its text, its path, and whether it is an effect."""

    def targets(several: Sequence[TargetShape] | None, path: Path) -> Iterator[tuple[str, Path, bool]]:
        for i, one in enumerate(several or ()):
            if one.if_ is not None:
                yield one.if_, (*path, i, "if"), False

    def passages(several: Sequence[PassageShape] | None, path: Path) -> Iterator[tuple[str, Path, bool]]:
        for i, one in enumerate(several or ()):
            if one.if_ is not None:
                yield one.if_, (*path, i, "if"), False

    def effects(texts: Sequence[str] | None, path: Path) -> Iterator[tuple[str, Path, bool]]:
        for i, text in enumerate(texts or ()):
            yield text, (*path, "do", i), True

    yield from targets(shape.begin, ("begin",))
    if shape.skip:
        yield from effects(shape.skip.do, ("skip",))
        yield from passages(shape.skip.text, ("skip", "text"))
        yield from passages(shape.skip.brief, ("skip", "brief"))
    for id, node in (shape.nodes or {}).items():
        path: Path = ("nodes", id)
        yield from effects(node.do, path)
        yield from passages(node.text, (*path, "text"))
        yield from passages(node.brief, (*path, "brief"))
        yield from targets(node.goto, (*path, "goto"))
        for i, entry in enumerate(node.ledger):
            yield entry.value, (*path, "ledger", i, "value"), False
        for i, choice in enumerate(node.choices or ()):
            at: Path = (*path, "choices", i)
            if choice.if_ is not None:
                yield choice.if_, (*at, "if"), False
            yield from effects(choice.do, at)
            yield from targets(choice.goto, (*at, "goto"))
