"""The tasks of the source desk as a story of their own, which a class reads and votes on as on any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from game.lang.markup import Passage, Span, emphasis_spans
from game.story.debrief import PlacedDecision
from game.story.desk import DeskDocument, DeskTask
from game.story.model import Branch, Chapter, Choice, Cut, Node, Story

ENDING = "task"  # the ending of each task


def desk_story(story: Story, both_roles: bool) -> Story:
    """Return a story with the desk's tasks: each is a cut, and a chapter with a page for each thing that is placed.

    The choices of a page are the places. On the page after it stands our view. In an order each page asks what comes
    next. Without a desk there is no cut.
    """
    tasks = story.desk.tasks.values() if story.desk is not None else ()
    return replace(
        story,
        chapters={task.id: _chapter(story, task) for task in tasks},
        calendar=tuple((task.id,) for task in tasks),
        cuts={task.id: Cut(task.id, both_roles, frozenset((task.id,))) for task in tasks},
        lines=(),
        always=(),
        fates=(),
        people={},
    )


def _chapter(story: Story, task: DeskTask) -> Chapter:
    steps = [*_steps(task)]
    nodes = {}
    for number, (decision, places) in enumerate(steps, 1):
        following = f"{task.id}.{number + 1 if number < len(steps) else ENDING}"
        asked = Passage((Span(decision.text, "emphasis"),))
        choices = tuple(
            Choice(id, f"{task.id}.{number}.{id}", say, (Branch(following),), answer=(_plain(decision.why),))
            for id, say in places.items()
        )
        text = (*(_plain(text) for text in task.ask), *_papers(story, task), asked)
        nodes[str(number)] = Node(str(number), f"{task.id}.{number}", text, brief=(asked,), choices=choices)
    last = tuple(_plain(text) for text in task.after) or (_plain(task.title),)
    nodes[ENDING] = Node(ENDING, f"{task.id}.{ENDING}", last, end=ENDING)
    return Chapter(task.id, task.title, begin=(Branch(f"{task.id}.1"),), nodes=nodes)


def _steps(task: DeskTask) -> Iterator[tuple[PlacedDecision, dict[str, str]]]:
    """Yield what is asked one after another, each with its choices by id."""
    placing = task.placing
    if task.answering != "order":
        yield from ((decision, dict(placing.places)) for decision in placing.decisions)
        return
    things = {decision.id: decision.text for decision in placing.decisions}
    for place in [*placing.places][:-1]:  # the last one is what is left
        here = [decision for decision in placing.decisions if place in decision.at]
        why = " ".join(f"{decision.text}: {decision.why}" for decision in here)
        yield (
            PlacedDecision(place, f"{place}. \N{HORIZONTAL ELLIPSIS}", tuple(decision.id for decision in here), why),
            things,
        )


def _papers(story: Story, task: DeskTask) -> Iterator[Passage]:
    """Yield the documents of a task, each spoken by its title and date."""
    assert story.desk is not None, "a task is of a desk"
    for document in (story.desk.documents[id] for id in task.documents):
        yield from _paper(document)


def _paper(document: DeskDocument) -> Iterator[Passage]:
    name = f"{document.title} · {document.date}"
    yield Passage((Span(f"{document.author} → {document.audience}"),), by=name)
    yield Passage(tuple(span for text in document.text for span in (*emphasis_spans(text), Span(" "))), by=name)


def _plain(text: str) -> Passage:
    return Passage(emphasis_spans(text))
