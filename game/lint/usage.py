"""Rules on what a pack defines: unused things, ids and spellings in use twice, unusable measures, the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from game.core.findings import Finding
from game.lang.grammar import Name, parse_statement, walk
from game.lang.markup import Span
from game.lint.chapter_texts import ChapterText
from game.story import traversal
from game.story.builder.text_compiler import Path
from game.story.chapter_mode import cut_plays
from game.story.model import Story
from game.story.satisfiable import Satisfiability
from game.story.schema.chapter_schema import ChapterShape, FactsShape, GlossaryShape
from game.yamlio.reader import Document


def check_variables(story: Story, pack: Document) -> Iterator[Finding]:
    """Report variables that nothing reads, and variables that nothing changes."""
    written = frozenset().union(*(traversal.written_variables(chapter) for chapter in story.chapters.values()))
    asked = _variables_with_effect(story)
    for name, variable in story.variables.items():
        path = ("variables", name)
        # A reader is told when it changes: that is a use.
        if name not in asked and not (variable.is_told and name in written):
            remedy = "Ask for it somewhere, or take it out."
            yield pack.finding("WG605", path, f"nothing asks for `{name}`", remedy, on_key=True)
        elif name not in written:
            problem = f"nothing changes `{name}`, so it is always `{str(variable.start).lower()}`"
            yield pack.finding("WG606", path, problem, "Let some `do` change it, or take it out.", on_key=True)


def _variables_with_effect(story: Story) -> frozenset[str]:
    """Return the variables that affect a page or another variable, not only themselves."""
    asked = {name for counted in story.always for name in counted.reads}
    for chapter in story.chapters.values():
        asked |= traversal.shown_variables(chapter, story)
        asked |= {name for expression in traversal.expressions(chapter, story) for name in expression.reads}
    asked |= {name for expression in traversal.conditions_outside_chapters(story) for name in expression.reads}
    for chapter in story.chapters.values():
        for effect in traversal.effects(chapter):
            if not effect.reads <= asked:
                for statement in map(parse_statement, effect.texts):
                    read = {part.name for part in walk(statement.value) if isinstance(part, Name)}
                    asked |= read & effect.reads - {statement.name}
    return frozenset(asked)


def check_reachability(story: Story, chapters: Iterable[tuple[ChapterShape, Document]]) -> Iterator[Finding]:
    """Report nodes to which no branch of their chapter leads."""
    for shape, document in chapters:
        chapter = story.chapters[shape.chapter]
        reached = traversal.reachable_nodes(chapter, chapter.begin)
        for id, node in chapter.nodes.items():
            if node.full_id not in reached:
                remedy = "Lead a `goto` or `begin` to it, or take it out."
                yield document.finding("WG607", ("nodes", id), f"no way leads to `{node.full_id}`", remedy, on_key=True)


def check_conditions(story: Story, satisfiability: Satisfiability) -> Iterator[Finding]:
    """Report conditions that are always true or always false."""
    seen: set[str] = set()
    asked = (condition for chapter in story.chapters.values() for condition in traversal.conditions(chapter))
    for condition in (*asked, *traversal.conditions_outside_chapters(story)):
        outcomes = satisfiability.outcomes([condition])
        if outcomes is not None and len(outcomes) == 1 and condition.where not in seen:
            seen.add(condition.where)  # choices share their node's `goto`
            holds, remedy = "never holds", "Mend it, or remove what hangs on it."
            if (True,) in outcomes:
                holds, remedy = "always holds", "Remove the condition, or what can never come of it."
            problem = f"`{condition.text}` {holds}, whatever the variables are"
            yield Finding.at(condition.where, "WG608", problem, remedy)


def check_facts(story: Story, shape: FactsShape, document: Document) -> Iterator[Finding]:
    """Report facts that nothing cites."""
    cited = {id for chapter in story.chapters.values() for id in traversal.citations(chapter)}
    cited.update(id for lines in story.lines for line in lines for id in line.because)
    for i, fact in enumerate(shape.facts):
        if fact.id not in cited:
            remedy = "Let something rest on it, or take it out."
            yield document.finding("WG611", ("facts", i, "id"), f"no `because` names the fact `{fact.id}`", remedy)


def check_terms(story: Story, texts: Iterable[ChapterText], document: Document) -> Iterator[Finding]:
    """Report glossary terms that no text links to."""
    parts = (part for text in texts for paragraph in text.paragraphs for part in paragraph.passage.parts)
    marked = {part.target for part in parts if isinstance(part, Span)}
    for id in story.terms:
        if id not in marked:
            remedy = f"Write [[{story.terms[id].term}]] where it is first met, or take it out."
            yield document.finding("WG612", ("glossary", id), f"no text marks the term `{id}`", remedy, on_key=True)


def check_places(story: Story, pack: Document) -> Iterator[Finding]:
    """Report places that no page uses."""
    used = {place.id for chapter in story.chapters.values() for place in traversal.places(chapter, story)}
    for id in story.places:
        if id not in used:
            yield pack.finding("WG613", ("places", id), f"no page is at `{id}`", "Use it, or take it out.", on_key=True)


def check_pairs(story: Story, pack: Document) -> Iterator[Finding]:
    """Report cuts of both roles if no date has chapters of two roles: both halves of a class would read the same."""
    for cut in story.cuts.values():
        played = [[story.chapters[id] for id in date if cut_plays(cut, story.chapters[id])] for date in story.calendar]
        dates = [{chapter.role for chapter in date} - {None} for date in played]
        if cut.both_roles and len(set().union(*dates)) > 1 and all(len(roles) < 2 for roles in dates):
            problem = f"in `{cut.id}` no date has chapters of two roles, so the halves of a class read the same"
            remedy = "Write chapters of one date in one pair of brackets in the calendar: `- [hers, his]`."
            yield pack.finding("WG639", ("cuts", cut.id), problem, remedy, on_key=True)


def check_questions(story: Story, chapters: Sequence[tuple[ChapterShape, Document]]) -> Iterator[Finding]:
    """Report pages on which a class votes and that have no `discuss`."""
    for shape, document in chapters:
        chapter = story.chapters[shape.chapter]
        cut = next((cut for cut in story.cuts.values() if cut.both_roles and cut_plays(cut, chapter)), None)
        for id, node in chapter.nodes.items() if cut else ():
            if len(node.choices) > 1 and node.text and not node.discuss:
                problem = f"a class votes on `{node.full_id}`, and it has no `discuss`"
                remedy = "Add `discuss:`, a question that the whole class can talk about."
                yield document.finding("WG614", ("nodes", id), problem, remedy, on_key=True)


def check_tallies(story: Story, chapters: Iterable[tuple[ChapterShape, Document]]) -> Iterator[Finding]:
    """Report pages with `tally: false` that have no vote."""
    for shape, document in chapters:
        for id, node in story.chapters[shape.chapter].nodes.items():
            if not node.tally and not node.choices:
                problem = f"nobody votes on `{node.full_id}`, so its `tally` says nothing"
                remedy = "Take it out, or move it to the page with the choices."
                yield document.finding("WG619", ("nodes", id, "tally"), problem, remedy, on_key=True)


def check_former_ids(chapters: Sequence[tuple[ChapterShape, Document]]) -> Iterator[Finding]:
    """Report former ids that are still in use, and former ids that two things claim."""
    yield from _colliding([(shape.chapter, shape.was, (), document) for shape, document in chapters])
    for shape, document in chapters:
        nodes = shape.nodes or {}
        yield from _colliding([(id, node.was, ("nodes", id), document) for id, node in nodes.items()])
        for id, node in nodes.items():
            path: Path = ("nodes", id, "choices")
            several = enumerate(node.choices or ())
            yield from _colliding([(choice.id, choice.was, (*path, i), document) for i, choice in several])


def _colliding(named: Sequence[tuple[str, Sequence[str], Path, Document]]) -> Iterator[Finding]:
    today = {id for id, was, _, _ in named if not was}  # only things that were not renamed: a former id may be reused
    bearer: dict[str, str] = {}
    for id, was, path, document in named:
        for i, old in enumerate(was):
            other = old if old in today else bearer.setdefault(old, id)
            if old in today or other != id:
                of = "is in use" if old in today else f"was `{other}` too"
                remedy = "Keep a former id with the one that saves should find, and with nothing else."
                yield document.finding("WG312", (*path, "was", i), f"`{old}`, which `{id}` was, {of}", remedy)


def check_spellings(shape: GlossaryShape, document: Document) -> Iterator[Finding]:
    """Report spellings that belong to two glossary terms."""
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


def check_measures(story: Story, pack: Document) -> Iterator[Finding]:
    """Report the pack's `measures` (grain in daily portions) if they leave nobody food in an ordinary year."""
    if story.measures is not None and story.measures.ordinary == 0:
        problem = "by these measures nobody has anything to eat in an ordinary year"
        remedy = "The share and the seed are taken off what stood: mend one of them."
        yield pack.finding("WG632", ("measures", "ordinary"), problem, remedy, on_key=True)


def check_sources(story: Story, pack: Document) -> Iterator[Finding]:
    """Report sources from which no fact is taken."""
    cited = {fact.source for fact in story.facts.values()}
    for id in story.sources:
        if id not in cited:
            remedy = "Name it as the `source:` of a fact, or take it out."
            yield pack.finding("WG625", ("sources", id), f"no fact is taken from `{id}`", remedy, on_key=True)


LABEL = (0.14, 0.055)  # fractions of a map's width and height: labels of places nearer than this overlap


def check_spots(story: Story, pack: Document) -> Iterator[Finding]:
    """Report spots of the map without a place, and spots so near each other that their labels overlap."""
    used = {place.spot for place in story.places.values()}
    for id in story.spots:
        if id not in used:
            remedy = "Name it as the `spot:` of a place, or take it out."
            yield pack.finding("WG626", ("map", "spots", id), f"no place lies at `{id}`", remedy, on_key=True)
    for spot, other in combinations(story.spots.values(), 2):
        if all(abs(a - b) < room for a, b, room in zip(spot.at, other.at, LABEL, strict=True)):
            across, down = LABEL
            remedy = f"Move one of them {across} to the side, or {down} up or down."
            problem = f"`{other.id}` lies so near `{spot.id}` that their labels cover each other"
            yield pack.finding("WG633", ("map", "spots", other.id, "at"), problem, remedy)
