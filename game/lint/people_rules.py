"""Rules on people: texts name each person, each has a card, readers learn each one's fate, few are new on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from game.core.findings import Finding
from game.lang.expressions import Expression
from game.lang.markup import InWords, Span
from game.lint.chapter_texts import ChapterText
from game.lint.utterance_index import Utterance
from game.story import traversal
from game.story.model import Chapter, Node, Story
from game.story.satisfiable import Satisfiability
from game.story.schema.people_schema import PeopleShape
from game.yamlio.reader import Document

NEW_NAMES = 2  # the most new people that a reader can tell apart on one page


def check_cards(story: Story, said: Iterable[Utterance], people: PeopleShape, document: Document) -> Iterator[Finding]:
    """Report people whom a text names but whose card has no `is` (who they are), people whose fate may stay untold, and
    people whom no text names."""
    named: dict[str, str] = {}  # a person's id -> where they are first named
    for utterance in said:
        for mention in story.names.mentions(utterance.words):
            named.setdefault(mention.person, utterance.where)
    for id, person in people.people.items():
        path = ("people", id)
        if id in named and not person.is_:
            problem = f"`{named[id]}` names {person.name}, and their card does not say who that is"
            yield document.finding("WG815", path, problem, "Add `is:`, a few words.", on_key=True)
        if not person.fate or person.fate[-1].if_ is not None:
            problem = f"what became of {person.name} may stay untold"
            remedy = "Add a text without `if` to `fate`, as its last."
            yield document.finding("WG816", (*path, "fate") if person.fate else path, problem, remedy, on_key=True)
        if id not in named and person.tells is None:
            remedy = "Name them somewhere, mend `name` or `also`, or take them out."
            yield document.finding("WG624", path, f"no text names {person.name}", remedy, on_key=True)


def check_fates(story: Story, said: Iterable[Utterance], document: Document) -> Iterator[Finding]:
    """Report people whom readers of one role meet, but whose fate only readers of both roles can learn.

    That is so if a text of the fate depends on what the other role decides. It is not reported if the other role's
    readers meet the person too, and can learn the fate.
    """
    if all(cut.both_roles for cut in story.cuts.values()):
        return
    met = {(mention.person, utterance.role) for utterance in said for mention in story.names.mentions(utterance.words)}
    met |= {(person.id, person.tells) for person in story.people.values() if person.tells is not None}
    open_to: dict[str, set[str]] = {}  # role -> the people whose fate no other role decides
    for role in story.roles:
        others = frozenset(id for id, chapter in story.chapters.items() if chapter.role not in (None, role))
        written = traversal.written_on_pages(others, story)
        open_to[role] = {
            person.id
            for person in story.people.values()
            if not any(traversal.depends_on(fate.condition, others, written) for fate in person.fate)
        }
    for id, person in story.people.items():
        readers = [role for role in story.roles if {(id, role), (id, None)} & met]
        if readers and not any(id in open_to[role] for role in readers):
            problem = f"who reads one role is not told what became of {person.name}: another role decides it"
            remedy = (
                "Let `fate` ask for a choice of the own role, as `chose(…)`, or let pages of the other role name them."
            )
            yield document.finding("WG820", ("people", id, "fate"), problem, remedy, on_key=True)


def check_new_names(
    story: Story, texts: Iterable[ChapterText], satisfiability: Satisfiability, most: int | None
) -> Iterator[Finding]:
    """Report pages that can name more than `most` people for the first time in their chapter.

    A person is not new if a page that every reader of this page has met always names the person. A page is not reported
    if the program cannot tell how many people it names.
    """
    most = NEW_NAMES if most is None else most
    ahead: dict[str, Mapping[str, frozenset[str]]] = {}
    for text in texts:
        node, chapter = text.part, text.chapter
        if text.brief or not isinstance(node, Node):
            continue
        named = _named(node, story)
        if len({person for _, people in named for person in people}) <= most:
            continue
        if chapter.id not in ahead:
            ahead[chapter.id] = _always_before(chapter)
        known = {
            person
            for id in ahead[chapter.id][node.full_id]
            for condition, people in _named(story.nodes[id], story)
            if condition is None
            for person in people
        }
        new = _most_together(named, known, satisfiability)
        if len(new) > most:
            names = ", ".join(story.people[id].name for id in new)
            problem = f"`{node.full_id}` names {len(new)} people for the first time in its chapter: {names}"
            remedy = f"Name some of them on an earlier page, or not here; {most} are enough."
            yield text.finding("WG817", problem, remedy)


def _named(node: Node, story: Story) -> list[tuple[Expression | None, frozenset[str]]]:
    """Return for each paragraph and each choice of a page its condition and the people whom it names."""
    said = [(passage.condition, passage.parts) for passage in node.text]
    texts = [(condition, "".join(map(_words_of, parts))) for condition, parts in said]
    texts += [(choice.condition, f"{choice.say}\n{choice.reason}") for choice in node.choices]
    return [(condition, frozenset(name.person for name in story.names.mentions(words))) for condition, words in texts]


def _words_of(part: Span | InWords) -> str:
    """Return a part's text, to look for names. For a glossary term return a placeholder: terms have their own cards."""
    return part.text if isinstance(part, Span) and part.kind != "term" else "\0"


def _most_together(
    named: Sequence[tuple[Expression | None, frozenset[str]]], known: set[str], satisfiability: Satisfiability
) -> tuple[str, ...]:
    """Return the largest group of people outside `known` whom a page can name to one reader. If the conditions have too
    many values to try, return those whom the page names without a condition."""
    conditions = [condition for condition, people in named if condition is not None and people - known]
    outcomes = satisfiability.outcomes(conditions) if conditions else frozenset({()})
    held = [dict(zip(conditions, outcome, strict=True)) for outcome in outcomes] if outcomes is not None else [{}]
    several = [
        tuple(dict.fromkeys(
            person for condition, people in named if condition is None or holds.get(condition)
            for person in sorted(people - known)
        ))
        for holds in held
    ]  # fmt: skip
    return max(several, key=len)


def _always_before(chapter: Chapter) -> Mapping[str, frozenset[str]]:
    """Return for each node the full ids of the nodes that are on every way to it."""
    reached = traversal.reachable_nodes(chapter, chapter.begin)
    before: dict[str, set[str]] = {node.full_id: set() for node in chapter.nodes.values()}
    for node in chapter.nodes.values():
        around = traversal.reachable_nodes(chapter, chapter.begin, without=node.full_id)
        for id in reached - around - {node.full_id}:
            before[id].add(node.full_id)
    return {id: frozenset(ids) for id, ids in before.items()}
