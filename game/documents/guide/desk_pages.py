"""Desk pages: the source desk (tasks with documents) on paper: sheets for pupils, answers and tables for teachers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from game.core.html import Child, join, link, tag
from game.documents.guide.inline_html import PrintSetting
from game.documents.guide.overviews import boxes_table, table
from game.documents.html_parts import BLANK, table_row, with_emphasis
from game.documents.questionnaire import least_found
from game.story.desk import Desk, DeskDocument, DeskTask
from game.ui.i18n import capital

CLASS_SIZES = (10, 15, 20, 25, 30)  # of the table of what a questionnaire can find
LINES = 3  # to write on, under a task


def desk_of(setting: PrintSetting) -> Desk:
    return setting.story.desk or Desk()


def tasks(setting: PrintSetting) -> Iterator[Element]:
    """Yield a sheet for each task: documents side by side, questions, boxes to fill in, help, and lines to write on."""
    words, desk = setting.words, desk_of(setting)
    for number, task in enumerate(desk.tasks.values(), 1):
        documents = [desk.documents[id] for id in task.documents]
        yield tag(
            "section",
            tag("p", words(f"desk.skill.{task.skill}"), " · ", words("desk.minutes", n=task.minutes), class_="small"),
            tag("h3", f"{number}. {task.title}"),
            [tag("p", with_emphasis(text)) for text in task.ask],
            tag("div", [_paper(document, setting) for document in documents], class_="papers"),
            _boxes(task),
            [tag("p", with_emphasis(text)) for text in task.after],
            _help(task, setting),
            tag("div", [tag("p", BLANK) for _ in range(LINES)], class_="lines"),
            class_="task",
            id=f"task.{task.id}",
        )  # fmt: skip


def _paper(document: DeskDocument, setting: PrintSetting) -> Element:
    """Return a document as pupils get it: at both reading levels, without what its author could and could not know."""
    words = setting.words
    simply = [tag("h5", words("desk.simply.show")), _numbered(document.simply)] if document.simply else []
    return tag(
        "section",
        tag("p", document.date, class_="small"),
        tag("h4", document.title),
        tag("p", words("desk.kind", kind=capital(document.kind), who=document.author), class_="small"),
        tag("p", words("desk.to", who=document.audience), class_="small"),
        _numbered(document.text),
        tag("div", simply, class_="simply") if simply else None,
        tag("p", words("desk.in-story", text=document.here), class_="small") if document.here else None,
    )


def _numbered(sentences: Iterable[str]) -> Element:
    return tag("ol", [tag("li", with_emphasis(sentence)) for sentence in sentences])


def _boxes(task: DeskTask) -> Element:
    """Return the boxes that pupils fill in. To put things in order, they get a box for each thing; otherwise, a box for
    each pair of a thing and a place."""
    placing = task.placing
    if task.answering == "order":
        rows = [tag("li", tag("span", class_="tick"), decision.text) for decision in placing.decisions]
        return tag("ul", rows, class_="boxes")
    if len(placing.decisions) == 1:
        return tag(
            "div",
            tag("p", tag("strong", placing.decisions[0].text)),
            tag("ul", [tag("li", tag("span", class_="tick"), place) for place in placing.places.values()],
                class_="boxes"),
        )  # fmt: skip
    return boxes_table("", placing)


def _help(task: DeskTask, setting: PrintSetting) -> Element | None:
    """Return words and beginnings of sentences for pupils who learn the language; None if there are none."""
    if not task.words and not task.starters:
        return None
    said = [*task.words, *task.starters]
    return tag("p", tag("strong", setting.words("desk.help.show")), " ", " · ".join(said), class_="help")


def answers(setting: PrintSetting) -> Iterator[Element]:
    """Yield for each task where the author places each thing, a good answer, the four levels of an answer (the lowest
    first), and the standards that the task serves."""
    words, desk = setting.words, desk_of(setting)
    for number, task in enumerate(desk.tasks.values(), 1):
        placing = task.placing
        views = [
            table_row(decision.text, "; ".join(placing.places[at] for at in decision.at), with_emphasis(decision.why))
            for decision in placing.decisions
        ]
        head = [words("guide.placing.decision"), words("guide.placing.view"), words("guide.placing.why")]
        standards = [desk.standards[id].code for id in task.standards]
        yield tag("h3", _task_link(task, number, setting))
        yield table(head, views)
        yield from (tag("p", with_emphasis(text)) for text in task.answer)
        yield tag("ol", [tag("li", with_emphasis(level)) for level in task.rubric], class_="rubric")
        if standards:
            yield tag("p", words("guide.desk.standards", codes=", ".join(standards)), class_="small")


def _task_link(task: DeskTask, number: int, setting: PrintSetting) -> Child:
    name = f"{number}. {task.title}"
    return link(f"task.{task.id}", name) if "tasks" in setting.fills else name


def documents(setting: PrintSetting) -> Iterator[Element]:
    """Yield the table of documents: where to find each, how much of it the story's author has read, and what its own
    author could and could not know."""
    words = setting.words
    rows = [
        table_row(
            [document.title, tag("span", document.date, class_="meta")],
            words(f"desk.seen.{document.seen}", find=document.find),
            document.knew,
            document.could_not,
        )
        for document in desk_of(setting).documents.values()
    ]
    head = [words(f"guide.desk.{part}") for part in ("document", "find", "knew", "could-not")]
    if rows:
        yield table(head, rows, words("guide.desk.caption"), "desk")


def standards(setting: PrintSetting) -> Iterator[Element]:
    """Yield the table of standards, each with the tasks and the chapters that serve it."""
    words, desk, story = setting.words, desk_of(setting), setting.story
    numbered = list(enumerate(desk.tasks.values(), 1))
    rows = []
    for standard in desk.standards.values():
        serving = [_task_link(task, number, setting) for number, task in numbered if standard.id in task.standards]
        chapters = dict.fromkeys(story.chapters[id].title for id in standard.chapters)
        family = tag("span", standard.family, class_="meta")
        rows.append(table_row([standard.code, family], standard.says, join(serving, "; "), ", ".join(chapters)))
    head = [words(f"guide.standards.{part}") for part in ("code", "says", "tasks", "chapters")]
    if rows:
        yield table(head, rows, words("guide.standards.caption"))


def questionnaire(setting: PrintSetting) -> Iterator[Element]:
    """Yield the questionnaire as a sheet for pupils."""
    found = desk_of(setting).questionnaire
    if found is None:
        return
    yield from (tag("p", with_emphasis(text)) for text in found.note)
    questions = [
        tag("li", tag("p", question.text),
            tag("ul", [tag("li", tag("span", class_="tick"), option) for option in question.options.values()],
                class_="boxes"))
        for question in found.questions
    ]  # fmt: skip
    yield tag("ol", questions, class_="asked")
    yield from (tag("p", with_emphasis(text)) for text in found.thanks)


def questionnaire_key(setting: PrintSetting) -> Iterator[Element]:
    """Yield the right answers and a table: for some class sizes, the smallest change that a questionnaire can find."""
    words, found = setting.words, desk_of(setting).questionnaire
    if found is None:
        return
    keyed = [
        tag("li", tag("strong", f"{number}. "), question.options[question.right])
        for number, question in enumerate(found.questions, 1)
        if question.right
    ]
    yield tag("ul", keyed, class_="key")
    rows = [tag("tr", tag("td", str(pupils)), tag("td", f"{least_found(pupils):.1f}")) for pupils in CLASS_SIZES]
    yield table([words("guide.key.pupils"), words("guide.key.least")], rows, words("guide.key.caption"))
