"""Story builder: turn a pack's shapes into a Story. Every error becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from game.core.findings import Finding, did_you_mean
from game.core.values import frozen
from game.lang import grammar
from game.lang.expressions import Expression
from game.lang.markup import InWords, Span
from game.lang.typecheck import Value
from game.story.builder import setting_builder
from game.story.builder.chapter_builder import ChapterBuilder
from game.story.builder.debrief_builder import DebriefBuilder
from game.story.builder.desk_builder import DeskBuilder
from game.story.builder.guide_builder import GuideBuilder
from game.story.builder.seen_bits import assign_bits, source_expressions
from game.story.builder.text_compiler import PackContext, Path, TextCompiler, value_of
from game.story.debrief import DebriefSection
from game.story.desk import Desk
from game.story.facts import Fact, Term
from game.story.guide import Guide
from game.story.model import INVENTED, Chapter, Cut, Role, Story, Variable
from game.story.people import Person
from game.story.places import Place
from game.story.satisfiable import ledger_max
from game.story.schema.bible_schema import BibleShape
from game.story.schema.chapter_schema import ChapterShape, FactsShape, GlossaryShape
from game.story.schema.debrief_schema import DebriefShape
from game.story.schema.desk_schema import DeskShape
from game.story.schema.guide_schema import GuideShape
from game.story.schema.pack_schema import LineShape, PackShape, PlaceShape, VariableShape
from game.story.schema.people_schema import PeopleShape
from game.yamlio.reader import Document

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|count)?\}")


@frozen
class PackSources:
    """A pack's validated files, each as its shape and its document. The document knows the line of each value.
    `refused` has the chapters and kinds of files that are invalid. `unread` is True if a file could not be read. In a
    translated pack, `originals` are the files before the translation, and `overlays` those of the translation."""

    pack: tuple[PackShape, Document]
    chapters: Sequence[tuple[ChapterShape, Document]]
    facts: tuple[FactsShape, Document] | None = None
    glossary: tuple[GlossaryShape, Document] | None = None
    debrief: tuple[DebriefShape, Document] | None = None
    guide: tuple[GuideShape, Document] | None = None
    desk: tuple[DeskShape, Document] | None = None
    people: tuple[PeopleShape, Document] | None = None
    bible: tuple[BibleShape, Document] | None = None
    refused: frozenset[str] = frozenset()
    unread: bool = False
    originals: tuple[Document | Finding, ...] = ()
    overlays: tuple[Document | Finding, ...] = ()

    def documents(self) -> Iterator[Document]:
        """Yield every file with texts for readers or teachers."""
        yield self.pack[1]
        yield from (document for _, document in self.chapters)
        yield from (
            part[1] for part in (self.people, self.facts, self.glossary, self.debrief, self.guide, self.desk) if part
        )

    def may_hold(self, name: str) -> bool:
        """Return whether an invalid file could define this name. If so, the name is not reported as missing."""
        return self.unread or name in self.refused


def build(sources: PackSources) -> tuple[Story, list[Finding]]:
    """Build a story, and return it with the findings. If a finding is an error, the story must not be played."""
    builder = _StoryBuilder(sources)
    return builder.story(), builder.findings


class _StoryBuilder:
    def __init__(self, sources: PackSources) -> None:
        self.sources = sources
        self.findings: list[Finding] = []
        self.pack, document = sources.pack
        # The glossary, the facts and the recalls are not known yet, so this compiler only collects findings.
        self.words = TextCompiler(PackContext({}, {}, {}, None), document, self.findings)
        variables = {name: self._variable(name, shape) for name, shape in self.pack.variables.items()}
        self.chapters = self._chapters()
        self.order = self._order()
        self.dates = [entry for entry in self.pack.calendar if not isinstance(entry, LineShape)]
        self.terms, ways_to_write = self._terms()
        self.document_sources = setting_builder.build_sources(self.pack)
        self.main = setting_builder.main_source(self.pack, self.words)
        self.facts = self._facts()
        index = {name: i for i, name in enumerate(variables)}
        others = [part for part in (*self.chapters.values(), sources.people, sources.debrief) if part is not None]
        written = source_expressions(self.pack, document, others)
        bits = assign_bits(written, self.chapters, self.order, sources.may_hold, self.findings)
        self.known = PackContext(variables, index, ways_to_write, self.facts if sources.facts else None, bits)
        self.words = self._compiler(document)

    def _compiler(self, document: Document, chapter: str = "") -> TextCompiler:
        return TextCompiler(self.known, document, self.findings, chapter)

    def _report(self, document: Document, code: str, path: Path, problem: str, remedy: str) -> None:
        self.findings.append(document.finding(code, path, problem, remedy))

    def story(self) -> Story:
        pack = self.pack
        chapters = {id: self._chapter(shape, document) for id, (shape, document) in self.chapters.items()}
        cuts = self._cuts()
        guide = self._guide(chapters, cuts)
        always = (self.words.condition(text, ("always", i)) for i, text in enumerate(pack.always))
        fates = (self.words.condition(text, ("fates", i)) for i, text in enumerate(pack.fates))
        return Story(
            pack=pack.pack,
            title=pack.title,
            version=pack.version,
            language=pack.language,
            variables=self.known.variables,
            roles={id: Role(id, role.name, role.about) for id, role in pack.roles.items()},
            places={id: self._place(id, shape) for id, shape in pack.places.items()},
            chapters=chapters,
            calendar=tuple(tuple(id for id in date if id in self.chapters) for date in self.dates),
            cuts=cuts,
            always=tuple(counted for counted in always if counted is not None),
            fates=tuple(fate for fate in fates if fate is not None),
            facts=self.facts,
            terms=self.terms,
            people=self._people(),
            people_groups=dict(self.sources.people[0].groups) if self.sources.people else {},
            sources=self.document_sources,
            main=self.main,
            words=setting_builder.pack_words(pack, self.document_sources.get(self.main)),
            texts=setting_builder.pack_texts(pack.words.weighing),
            measures=setting_builder.build_measures(pack.measures),
            ledger_max=ledger_max(self.known.variables, chapters.values()),
            spots=setting_builder.build_spots(pack, self.words),
            invitation=setting_builder.build_invitation(pack.invitation, self.words),
            lines=setting_builder.build_lines(pack, self.words),
            debrief=self._debrief(guide),
            ornament="" if pack.ornament == "none" else pack.ornament,
            content_note=tuple(pack.content_note),
            subtitle=tuple(pack.subtitle),
            about=tuple(pack.about),
            renames=tuple(self._renames()),
            guide=guide,
            desk=self._desk(),
        )

    def _guide(self, chapters: dict[str, Chapter], cuts: dict[str, Cut]) -> Guide | None:
        if self.sources.guide is None:
            return None
        shape, document = self.sources.guide
        return GuideBuilder(shape, self._compiler(document), chapters, cuts).guide()

    def _debrief(self, guide: Guide | None) -> tuple[DebriefSection, ...]:
        if self.sources.debrief is None:
            return ()
        books = guide.books.values() if guide else None
        groups = self.sources.people[0].groups if self.sources.people else None
        shape, document = self.sources.debrief
        return DebriefBuilder(shape, self._compiler(document), books, groups).sections()

    def _desk(self) -> Desk | None:
        if self.sources.desk is None:
            return None
        shape, document = self.sources.desk
        known = None if self.sources.unread else {*self.chapters, *self.sources.refused}
        return DeskBuilder(shape, self._compiler(document), known).desk()

    def _people(self) -> dict[str, Person]:
        if self.sources.people is None:
            return {}
        shape, document = self.sources.people
        return setting_builder.PeopleBuilder(shape, self._compiler(document), self.order, self.pack.roles).people()

    def _renames(self) -> Iterator[tuple[str, str]]:
        for id, (chapter, _) in self.chapters.items():
            yield from ((id, name) for name in chapter.was)
            for name, node in (chapter.nodes or {}).items():
                yield from ((f"{id}.{name}", former) for former in node.was)
                for choice in node.choices or ():
                    yield from ((f"{id}.{name}.{choice.id}", former) for former in choice.was)

    def _chapter(self, shape: ChapterShape, document: Document) -> Chapter:
        words = self._compiler(document, shape.chapter)
        roles = self.pack.roles
        words.check_known(shape.role, roles, ("role",), "role of the pack", "WG304", f"Roles are {', '.join(roles)}.")
        return ChapterBuilder(shape, words, self.pack.places).chapter()

    def _variable(self, name: str, shape: VariableShape) -> Variable:
        path: Path = ("variables", name)
        start, kind = shape.start, type(shape.start)

        def report(problem: str, remedy: str, *below: str | int) -> None:
            on_key = not below or below[0] == "words"
            self.words.report("WG205", (*path, *below), problem, remedy, on_key=on_key)

        if name in grammar.RESERVED:
            report(f"`{name}` is a word of the expression language", "Choose another name.")
        if kind is str and start not in shape.one_of:
            remedy = "Add it to `one_of`, or start with a number, true or false."
            report(f"`{start}` is not among the words of `{name}`", remedy, "start")
        low, high = shape.min, shape.max
        if (
            isinstance(start, int)
            and kind is int
            and ((low is not None and start < low) or (high is not None and start > high))
        ):
            report(f"`{name}` starts at {start}, outside its range", "Mend `start`, `min` or `max`.", "start")
        if kind is not int and (low is not None or high is not None):
            report(f"`{name}` is not a number, so `min` and `max` say nothing", "Remove them.")
        if shape.one_of and kind is not str:
            report(f"`{name}` has words but starts at {start}", "Start with one of its words.", "start")
        for i, word in enumerate(shape.one_of):
            if word in self.pack.variables or word in grammar.RESERVED or word in shape.one_of[:i]:
                remedy = "A word must differ from every variable and from and, or, not, if …"
                report(f"the word `{word}` is taken", remedy, "one_of", i)
        words: dict[Value, str] = {}
        for key, text in shape.words.items():
            value = value_of(key, start, shape.one_of)
            if value is None:
                report(
                    f"`{key}` is not a value of `{name}`", "Words stand behind values that it can have.", "words", key
                )
            else:
                words[value] = text
            if any(found in self.pack.variables for found in _PLACEHOLDER.findall(text)):
                problem = f"the braces in `{text}` are printed as they stand: words hold no variable"
                report(problem, "Say it without them. Write `tell: count` for a change of a number.", "words", key)
        unit = shape.unit or self.pack.words.unit
        counted = unit.forms if unit is not None and kind is int else None
        if shape.tell is not None and counted is None:
            remedy = "Give it a `unit`: `unit: {one: sack, other: sacks}`." if kind is int else "Give it `words`."
            report(f"`{name}` has no number with a unit to tell", remedy, "tell")
        return Variable(name, start, low, high, tuple(shape.one_of), words, counted, shape.tell is not None,
                        self.pack.language)  # fmt: skip

    def _chapters(self) -> dict[str, tuple[ChapterShape, Document]]:
        found: dict[str, tuple[ChapterShape, Document]] = {}
        for shape, document in self.sources.chapters:
            if other := found.get(shape.chapter):
                problem = f"the chapter `{shape.chapter}` stands in {other[1].file} too"
                self._report(document, "WG307", ("chapter",), problem, "Rename one of the two.")
            else:
                found[shape.chapter] = (shape, document)
        return found

    def _order(self) -> dict[str, int]:
        """Return each chapter's number in the calendar. Chapters of one date have different numbers."""
        order: dict[str, int] = {}
        for i, entry in enumerate(self.pack.calendar):
            for j, chapter in enumerate(entry if not isinstance(entry, LineShape) else ()):
                path: Path = ("calendar", i, j)
                if chapter not in self.chapters and not self.sources.may_hold(chapter):
                    remedy = f"Add a file with `chapter: {chapter}`.{did_you_mean(chapter, self.chapters)}"
                    self.words.report("WG305", path, f"there is no chapter `{chapter}`", remedy)
                elif chapter in order:
                    remedy = "Keep one of the two."
                    self.words.report("WG306", path, f"`{chapter}` stands in the calendar twice", remedy)
                order.setdefault(chapter, len(order))
        for chapter, (_, document) in self.chapters.items():
            if chapter not in order:
                remedy = "Add it to `calendar` in pack.yaml."
                self._report(document, "WG306", ("chapter",), f"`{chapter}` is not in the calendar", remedy)
        return order

    def _cuts(self) -> dict[str, Cut]:
        cuts = {}
        for id, shape in self.pack.cuts.items():
            for i, chapter in enumerate(shape.chapters or ()):
                if chapter not in self.chapters and not self.sources.may_hold(chapter):
                    remedy = f"Mend the name.{did_you_mean(chapter, self.chapters)}"
                    self.words.report("WG305", ("cuts", id, "chapters", i), f"there is no chapter `{chapter}`", remedy)
            cuts[id] = Cut(
                id,
                shape.play == "both roles",
                frozenset(shape.chapters) if shape.chapters is not None else None,
                brief=shape.brief is True,
                brief_lines=shape.brief is not False,
            )
        return cuts or {"full": Cut("full")}

    def _facts(self) -> dict[str, Fact]:
        facts: dict[str, Fact] = {}
        if self.sources.facts is None:
            return facts
        shape, document = self.sources.facts
        words = TextCompiler(PackContext({}, {}, {}, None), document, self.findings)
        for i, fact in enumerate(shape.facts):
            if fact.id in facts or fact.id == INVENTED:
                remedy = "Rename one of the two."
                self._report(document, "WG307", ("facts", i, "id"), f"the fact `{fact.id}` stands twice", remedy)
            facts[fact.id] = Fact(
                fact.id,
                fact.paraphrase,
                *setting_builder.fact_place(fact),
                tuple(fact.sentences),
                fact.speaker,
                fact.kind,
                fact.theme,
                fact.game_may,
                fact.date,
                fact.caution,
                fact.essential,
                setting_builder.source_of(fact, ("facts", i), self.pack, self.main, words),
            )
        return facts

    def _terms(self) -> tuple[dict[str, Term], dict[str, str] | None]:
        """Return the glossary, and each spelling's term id; None in place of the ids if the file is invalid."""
        if self.sources.glossary is None:
            return {}, None if self.sources.may_hold("glossary") else {}
        shapes = self.sources.glossary[0].glossary
        terms = {id: Term(id, shape.term, shape.text, shape.hanzi, shape.pinyin) for id, shape in shapes.items()}
        names = {id: (id, shape.term, *shape.also) for id, shape in shapes.items()}
        return terms, {name.casefold(): id for id, several in names.items() for name in several}

    def _place(self, id: str, shape: PlaceShape) -> Place:
        path: Path = ("places", id)
        params: dict[str, Expression | Value] = {}
        for name, value in shape.params.items():
            # A single word that is not a variable means itself, as in `season: winter`; anything else is an expression.
            is_word = isinstance(value, str) and value.replace("-", "").replace("_", "").isalnum()
            if not isinstance(value, str) or (is_word and value not in self.known.variables):
                params[name] = value
            elif expression := self.words.expression(value, (*path, "params", name)):
                params[name] = expression

        def known(name: str) -> InWords | Span | None:
            param = params.get(name)
            if isinstance(param, Expression) and param.text in self.known.variables:
                return InWords(param.text)
            if name in self.known.variables:
                return InWords(name)
            return Span(str(param)) if param is not None and not isinstance(param, Expression) else None

        alt = self.words.passages(shape.alt, (*path, "alt"), known)
        image, sound = setting_builder.build_image(shape), setting_builder.build_sound(shape)
        return Place(id, shape.name, shape.scene, params, alt, shape.spot, image, sound)
