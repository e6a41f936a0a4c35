"""Go through a chapter: its conditions, effects, passages and branches, and the variables that they use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.lang.expressions import Effects, Expression
from game.lang.markup import InWords, Passage
from game.story.debrief import DebriefText
from game.story.model import NEXT, Branch, Chapter, Choice, Node, Skip, Story
from game.story.people import Known
from game.story.places import Place


def written_variables(chapter: Chapter) -> frozenset[str]:
    """Return the variables that a chapter can change."""
    return frozenset().union(*(expression.writes for expression in effects(chapter)))


def written_on_pages(chapters: Iterable[str], story: Story) -> frozenset[str]:
    """Return the variables that the pages and choices of `chapters` (ids) can set. Ignore what summaries set."""
    parts = (part for id in chapters for part in _parts(story.chapters[id]) if not isinstance(part, Skip))
    return frozenset().union(*(part.effects.writes for part in parts if part.effects is not None))


def depends_on(condition: Expression | None, chapters: frozenset[str], written: frozenset[str]) -> bool:
    """Return whether a condition reads a `written` variable, or asks with `seen` or `chose` about one of `chapters`."""
    if condition is None:
        return False
    asked = {full_id.partition(".")[0] for _, full_id in condition.recalls}
    return bool(asked & chapters or written & condition.reads)


def read_variables(chapter: Chapter, story: Story) -> frozenset[str]:
    """Return the variables that a chapter's pages, branches and effects depend on."""
    return shown_variables(chapter, story).union(*(part.reads for part in _expressions_and_effects(chapter, story)))


def shown_variables(chapter: Chapter, story: Story) -> frozenset[str]:
    """Return the variables whose values a chapter's texts show."""
    shown = [*passages(chapter), *(alt for place in places(chapter, story) for alt in place.alt)]
    return frozenset(part.variable for passage in shown for part in passage.parts if isinstance(part, InWords))


def recalled_ids(chapter: Chapter, story: Story) -> frozenset[str]:
    """Return the full ids of the nodes and choices about which a chapter asks with `seen` or `chose`."""
    return frozenset(id for expression in _expressions_and_effects(chapter, story) for _, id in expression.recalls)


def _expressions_and_effects(chapter: Chapter, story: Story) -> Iterator[Expression | Effects]:
    yield from expressions(chapter, story)
    yield from effects(chapter)


def expressions(chapter: Chapter, story: Story) -> Iterator[Expression]:
    """Yield every condition and value of a chapter and its places."""
    yield from conditions(chapter)
    for node in chapter.nodes.values():
        if node.ledger is not None:
            yield from node.ledger.values
        yield from node.always
    for place in places(chapter, story):
        yield from (value for value in place.params.values() if isinstance(value, Expression))
        yield from (passage.condition for passage in place.alt if passage.condition)


def conditions(chapter: Chapter) -> Iterator[Expression]:
    """Yield every `if` of a chapter."""
    yield from (branch.condition for branch in chapter.begin if branch.condition)
    yield from (passage.condition for passage in passages(chapter) if passage.condition)
    for node in chapter.nodes.values():
        yield from (choice.condition for choice in node.choices if choice.condition)
        yield from (branch.condition for branch in branches(node) if branch.condition)


def conditions_outside_chapters(story: Story) -> Iterator[Expression]:
    """Return every `if` of texts about people, and of the debrief."""
    texts: list[Known | Passage | DebriefText] = [text for part in story.debrief for text in part.text]
    for person in story.people.values():
        texts += (*person.says, *person.know, *person.fate)
    return (text.condition for text in texts if text.condition is not None)


def effects(chapter: Chapter) -> Iterator[Effects]:
    """Return every `do` of a chapter."""
    return (part.effects for part in _parts(chapter) if part.effects)


def citations(chapter: Chapter) -> Iterator[str]:
    """Return the ids of the facts that a chapter cites. A fact that is cited twice comes twice."""
    return (id for part in _parts(chapter) for id in part.because)


def passages(chapter: Chapter) -> Iterator[Passage]:
    """Yield every paragraph of a chapter, including its choices' answers and what its images show."""
    for part in _parts(chapter):
        match part:
            case Choice():
                yield from (*part.answer, *part.anyway)
            case Node():
                yield from (*part.text, *part.brief, *part.alt)
            case Skip():
                yield from (*part.text, *part.brief)


def branches(node: Node) -> Iterator[Branch]:
    """Yield every branch of a node and its choices."""
    yield from node.goto
    for choice in node.choices:
        yield from choice.goto


def reachable_nodes(chapter: Chapter, start: Iterable[Branch], without: str = "") -> set[str]:
    """Return the full ids of the nodes that `start` leads to, whatever the conditions, without entering `without`."""
    found: set[str] = set()
    waiting = [branch.to for branch in start]
    while waiting:
        at = waiting.pop()
        if at not in found and at not in (NEXT, without):
            found.add(at)
            waiting += [branch.to for branch in branches(chapter.nodes[at.partition(".")[2]])]
    return found


def _parts(chapter: Chapter) -> Iterator[Node | Choice | Skip]:
    for node in chapter.nodes.values():
        yield node
        yield from node.choices
    if chapter.skip:
        yield chapter.skip


def places(chapter: Chapter, story: Story) -> tuple[Place, ...]:
    """Return the places of the chapter's pages, each once."""
    found = (story.place_of(chapter, node) for node in chapter.nodes.values())
    return tuple({place.id: place for place in found if place is not None}.values())
