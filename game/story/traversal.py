"""Go through a chapter: its conditions, effects, passages and branches, and the variables that they use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.lang.expressions import Effects, Expression
from game.lang.markup import InWords, Passage
from game.story.model import NEXT, Branch, Chapter, Choice, Node, Skip, Story
from game.story.places import Place


def written_variables(chapter: Chapter) -> frozenset[str]:
    """Return the variables that a chapter can change."""
    return frozenset().union(*(expression.writes for expression in effects(chapter)))


def written_on_pages(chapters: Iterable[str], story: Story) -> frozenset[str]:
    """Return the variables that the pages and choices of `chapters` (ids) can set. Ignore what summaries set."""
    nodes = [node for id in chapters for node in story.chapters[id].nodes.values()]
    parts: list[Node | Choice] = [*nodes, *(choice for node in nodes for choice in node.choices)]
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
    """Yield every `if` of texts about people, and of the debrief."""
    for person in story.people.values():
        yield from (passage.condition for passage in (*person.says, *person.know) if passage.condition is not None)
        yield from (passage.condition for passage in person.fate if passage.condition is not None)
    for part in story.debrief:
        yield from (passage.condition for passage in part.text if passage.condition is not None)


def effects(chapter: Chapter) -> Iterator[Effects]:
    """Yield every `do` of a chapter."""
    for part in _parts(chapter):
        if part.effects:
            yield part.effects
        if isinstance(part, Node):
            yield from (choice.effects for choice in part.choices if choice.effects)


def citations(chapter: Chapter) -> Iterator[str]:
    """Yield the ids of the facts that a chapter cites. A fact that is cited twice is yielded twice."""
    for part in _parts(chapter):
        yield from part.because
        if isinstance(part, Node):
            for choice in part.choices:
                yield from choice.because


def passages(chapter: Chapter) -> Iterator[Passage]:
    """Yield every paragraph of a chapter, including its choices' answers and what its images show."""
    for part in _parts(chapter):
        yield from part.text
        yield from part.brief
        if isinstance(part, Node):
            yield from part.alt
            for choice in part.choices:
                yield from choice.answer
                yield from choice.anyway


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


def _parts(chapter: Chapter) -> Iterator[Node | Skip]:
    yield from chapter.nodes.values()
    if chapter.skip:
        yield chapter.skip


def places(chapter: Chapter, story: Story) -> tuple[Place, ...]:
    """Return the places of the chapter's pages, each once."""
    found = (story.place_of(chapter, node) for node in chapter.nodes.values())
    return tuple({place.id: place for place in found if place is not None}.values())
