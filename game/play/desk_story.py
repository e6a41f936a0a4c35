"""Turn the tasks of the source desk (documents that disagree) into a story, on which a class can vote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from game.lang.markup import Passage, Span, emphasis_spans
from game.story.debrief import PlacedDecision
from game.story.desk import Desk, DeskDocument, DeskTask, Questionnaire
from game.story.model import Branch, Chapter, Choice, Cut, Node, Story

ENDING = "task"  # the ending of each task
BEFORE, AFTER = QUESTIONNAIRES = ("questionnaire-before", "questionnaire-after")  # the questionnaire's cuts


def desk_story(story: Story, both_roles: bool) -> Story:
    """Return a story in which each task of the desk is a chapter, with a cut (a length of the story) of its own.

    The chapter has a page for each thing to place, with the places as choices. The next page shows the author's answer.
    In a task that asks for an order, each page asks what comes next. The desk's questionnaire is asked before and after
    the story, so it becomes two cuts: BEFORE and AFTER. In each cut, `Cut.both_roles` is `both_roles`.
    """
    desk = story.desk or Desk()
    chapters = {task.id: _task(story, task) for task in desk.tasks.values()}
    if desk.questionnaire is not None:
        chapters |= {id: _questionnaire(id, desk.questionnaire) for id in QUESTIONNAIRES}
    calendar = tuple((id,) for id in chapters)
    cuts = {id: Cut(id, both_roles, frozenset((id,))) for id in chapters}
    return replace(story, chapters=chapters, calendar=calendar, cuts=cuts, lines=(), always=(), fates=(), people={})


Step = tuple[str, Mapping[str, str], str]  # what is asked, its answers by id, and our view after it or ""


def _task(story: Story, task: DeskTask) -> Chapter:
    steps = [
        (decision.text, places, f"{' · '.join(places[at] for at in decision.at)}. {decision.why}")
        for decision, places in _steps(task)
    ]
    head = (*(_plain(text) for text in task.ask), *_papers(story, task))
    chapter = _chapter(task.id, task.title, head, steps, task.after or (task.title,))
    return replace(chapter, place=next(_places(story, task), None))


def _places(story: Story, task: DeskTask) -> Iterator[str]:
    chapters = (story.chapters[id] for document in _documents(story, task) for id in document.chapters)
    return (chapter.place for chapter in chapters if chapter.place is not None)


def _questionnaire(id: str, of: Questionnaire) -> Chapter:
    steps = [(question.text, question.options, "") for question in of.questions]
    return _chapter(id, of.title, tuple(map(_plain, of.note)), steps, of.thanks or (of.title,))


def _chapter(id: str, title: str, head: tuple[Passage, ...], steps: Sequence[Step], last: Iterable[str]) -> Chapter:
    nodes = {}
    view: tuple[Passage, ...] = ()  # of what was asked before, spoken by that
    for number, (asked, places, why) in enumerate(steps, 1):
        following = f"{id}.{number + 1 if number < len(steps) else ENDING}"
        choices = tuple(
            Choice(place, f"{id}.{number}.{place}", say, (Branch(following),)) for place, say in places.items()
        )
        question, text = Passage((Span(asked, "emphasis"),)), (*view, *head)
        nodes[str(number)] = Node(str(number), f"{id}.{number}", (*text, question), brief=(question,), choices=choices)
        view = (Passage(emphasis_spans(why), by=asked),) if why else ()
    nodes[ENDING] = Node(ENDING, f"{id}.{ENDING}", (*view, *map(_plain, last)), end=ENDING)
    return Chapter(id, title, begin=(Branch(f"{id}.1"),), nodes=nodes)


def _steps(task: DeskTask) -> Iterator[tuple[PlacedDecision, dict[str, str]]]:
    """Yield the task's questions in order, each with the texts of its choices by id."""
    placing = task.placing
    if task.answering != "order":
        yield from ((decision, dict(placing.places)) for decision in placing.decisions)
        return
    things = {decision.id: decision.text for decision in placing.decisions}
    for place in [*placing.places][:-1]:  # the last one is what is left
        here = [decision for decision in placing.decisions if place in decision.at]
        ids, why = tuple(decision.id for decision in here), " ".join(decision.why for decision in here)
        yield PlacedDecision(place, f"{place}. \N{HORIZONTAL ELLIPSIS}", ids, why), things


def _papers(story: Story, task: DeskTask) -> Iterator[Passage]:
    for document in _documents(story, task):
        name = f"{document.title} · {document.date}"
        yield Passage((Span(f"{document.author} → {document.audience}"),), by=name)
        yield Passage(tuple(span for text in document.text for span in (*emphasis_spans(text), Span(" "))), by=name)


def _documents(story: Story, task: DeskTask) -> list[DeskDocument]:
    assert story.desk is not None, "a task is of a desk"
    return [story.desk.documents[id] for id in task.documents]


def _plain(text: str) -> Passage:
    return Passage(emphasis_spans(text))
