"""The source desk: tasks about documents, and documents that a reader lays on the desk to read them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from game.play.desk_story import AFTER, BEFORE
from game.play.history import MetWeighing, weighings
from game.story.desk import MOST_BESIDE, Desk, DeskDocument, DeskTask
from game.ui.components.parts import button, headed_screen, heading, marked, plain, screen, toolbar
from game.ui.components.placing_trees import compare_button, placing_nodes
from game.ui.i18n import Catalogue, capital
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode

# What `ScreenView.compared` holds beside the ids of tasks. A task's id has no colon.
SIMPLY, HELP = "desk:simply", "desk:help"
LAID = "desk:laid "  # before the id of a document that lies on the desk


def has_desk(app: AppState) -> bool:
    """Return whether the source desk is offered: the story has one in this language, and this is no kiosk."""
    return app.story.desk is not None and "documents" not in app.story.untranslated and not app.mode.public


def desk_button(app: AppState) -> tuple[TreeNode, ...]:
    """Return the button that opens the source desk; empty if the desk is not offered."""
    return (button("desk", app.words("desk")),) if has_desk(app) else ()


def questionnaire_button(app: AppState, when: str) -> tuple[TreeNode, ...]:
    """Return the button with which a teacher begins the questionnaire BEFORE the class or AFTER the story; empty at
    other times, outside a class, and if the story has no questionnaire in this language."""
    desk, class_view = app.story.desk, app.class_view
    if class_view is None or desk is None or desk.questionnaire is None or not has_desk(app):
        return ()
    if class_view.begun if when == BEFORE else not class_view.ended:
        return ()
    return (button("task", app.words(f"wall.{when}"), when, hint=app.words("wall.questionnaire.hint")),)


def is_on_desk(app: AppState, argument: str) -> bool:
    """Return whether the story has the desk's screen that `argument` names (see `desk`)."""
    desk = app.story.desk
    return desk is not None and argument in ("", BESIDE, *desk.tasks)


BESIDE = "beside"  # the argument of the screen that shows the documents on the desk


def desk(app: AppState, view: ScreenView) -> TreeNode:
    """Build the desk. `view.argument` is "" for all tasks and documents, a task's id, or BESIDE for laid documents."""
    found = app.story.desk
    assert found is not None, "only a story with documents offers the desk"
    if view.argument == BESIDE:
        return _beside(app, view, found)
    if view.argument:
        return _task(app, view, found, found.tasks[view.argument])
    return _list(app, view, found)


def _list(app: AppState, view: ScreenView, desk: Desk) -> TreeNode:
    words, laid = app.words, laid_on(view, desk)
    ways = (button("section", words("desk.beside", n=len(laid)), BESIDE, style="main"),) if len(laid) > 1 else ()
    papers = (
        plain(words("desk.lay", most=MOST_BESIDE), "lay", style="small"),
        TreeNode("list", "documents", style="choices", children=tuple(_layable(app, desk, laid))),
    )
    return headed_screen(
        "desk", words("desk"), "desk",
        plain(words("desk.about"), "about"),
        TreeNode("group", "lists", style="columns", children=(
            *_task_lists(app, desk), TreeNode("group", "papers", words("desk.papers"), children=papers),
        )),
        toolbar(button("back", words("back")), *questionnaire_button(app, AFTER), *ways),
    )  # fmt: skip


def laid_on(view: ScreenView, desk: Desk) -> tuple[str, ...]:
    """Return the ids of the documents that the reader has laid on the desk, in the order of the story's file."""
    return tuple(id for id in desk.documents if f"{LAID}{id}" in view.compared)


def _task_lists(app: AppState, desk: Desk) -> Iterator[TreeNode]:
    for skill, tasks in groupby(desk.tasks.values(), key=lambda task: task.skill):
        rows = tuple(
            button("section", task.title, task.id, value=app.words("desk.minutes", n=task.minutes)) for task in tasks
        )
        tasks_list = TreeNode("list", f"tasks-{skill}", style="choices", children=rows)
        yield TreeNode("group", f"skill-{skill}", app.words(f"desk.skill.{skill}"), children=(tasks_list,))


def _layable(app: AppState, desk: Desk, laid: tuple[str, ...]) -> Iterator[TreeNode]:
    for document in desk.documents.values():
        here = document.id in laid
        full = len(laid) >= MOST_BESIDE and not here
        target = f"{LAID}{document.id}"
        yield TreeNode(
            "button", f"lay:{document.id}", document.title,
            value=app.words.joined(document.date, document.kind, app.words("desk.here") if here else ""),
            action=None if full else Action("compare", target), chosen=here,
            hint=app.words("desk.take-away" if here else "desk.put"),
        )  # fmt: skip


def _task(app: AppState, view: ScreenView, desk: Desk, task: DeskTask) -> TreeNode:
    words = app.words
    documents = [desk.documents[id] for id in task.documents]
    compared, marks = task.id in view.compared, task.answering == "mark"
    placing = task.placing
    if marks:  # the document's sentences are the places, so they do not stand in the document as well
        sentences = _sentences(documents[0], view)
        placing = replace(placing, places=dict(zip(placing.places, sentences, strict=True)))
    following = _next_task(desk, task)
    onward = (button("section", words("desk.next"), following.id, value=following.title),) if following else ()
    asked = TreeNode("group", "task", style="paper", children=(
        *placing_nodes(app, view, task.id, placing),
        *((marked(text, f"after-{i}") for i, text in enumerate(task.after)) if compared else ()),
        *_help(app, task, view),
    ))  # fmt: skip
    return screen(
        "desk", task.title, "desk",
        plain(words.joined(words(f"desk.skill.{task.skill}"), words("desk.minutes", n=task.minutes)), "place",
              style="eyebrow"),
        heading(task.title),
        *(marked(text, f"ask-{i}") for i, text in enumerate(task.ask)),
        TreeNode("group", "papers", style="papers",
             children=(*_papers(app, view, documents, compared, with_text=not marks), asked)),
        toolbar(
            button("section", words("desk.all"), ""),
            compare_button(words, view, task.id),
            *_level_button(app, view, documents),
            *((_toggle(app, view, HELP, "desk.help"),) if task.words or task.starters else ()),
            *onward,
            *((button("task", words("desk.ask-class"), task.id, style="main"),) if app.class_view is not None else ()),
        ),
    )  # fmt: skip


def _next_task(desk: Desk, task: DeskTask) -> DeskTask | None:
    tasks = [*desk.tasks.values()]
    return next(iter(tasks[tasks.index(task) + 1 :]), None)


def _help(app: AppState, task: DeskTask, view: ScreenView) -> Iterator[TreeNode]:
    if HELP not in view.compared:
        return
    for name, texts in (("words", task.words), ("starters", task.starters)):
        if texts:
            yield plain(app.words(f"desk.{name}"), f"help-{name}", style="eyebrow")
            yield from (plain(text, f"{name}-{i}", style="label") for i, text in enumerate(texts))


def _beside(app: AppState, view: ScreenView, desk: Desk) -> TreeNode:
    words = app.words
    documents = [desk.documents[id] for id in laid_on(view, desk)]
    asked = (plain(words(f"desk.ask.{ask}"), f"ask-{ask}") for ask in ("who", "agree", "believe"))
    return headed_screen(
        "desk", words("desk.side-by-side"), "desk",
        TreeNode("group", "papers", style="papers", children=(
            *_papers(app, view, documents, BESIDE in view.compared),
            TreeNode("group", "task", style="paper", children=tuple(asked)),
        )),
        toolbar(
            button("section", words("desk.all"), ""),
            _toggle(app, view, BESIDE, "desk.known"),
            *_level_button(app, view, documents),
        ),
    )  # fmt: skip


def _level_button(app: AppState, view: ScreenView, documents: Iterable[DeskDocument]) -> tuple[TreeNode, ...]:
    return (_toggle(app, view, SIMPLY, "desk.simply"),) if any(document.simply for document in documents) else ()


def _toggle(app: AppState, view: ScreenView, part: str, key: str) -> TreeNode:
    return button("compare", app.words(f"{key}.{'hide' if part in view.compared else 'show'}"), part)


def _papers(
    app: AppState, view: ScreenView, documents: Iterable[DeskDocument], compared: bool, with_text: bool = True
) -> Iterator[TreeNode]:
    met = weighings(app.playthrough) if app.playthrough is not None else ()
    for document in documents:
        says = _sentences(document, view) if with_text else ()
        yield _paper(app, document, says, compared, met)


def _sentences(document: DeskDocument, view: ScreenView) -> tuple[str, ...]:
    """Return a document's text; its text in simpler words if there is one and the reader asked for it."""
    return document.simply if SIMPLY in view.compared and document.simply else document.text


def _paper(
    app: AppState, document: DeskDocument, says: Iterable[str], compared: bool, met: Iterable[MetWeighing]
) -> TreeNode:
    """Build a document: its date, title, author and audience, its text (`says`), and what the story says of that time.
    That can include harvests (`met`). With `compared`, add what its author could and could not know."""
    words, name = app.words, document.id
    known = (("desk.knew", document.knew), ("desk.could-not", document.could_not)) if compared else ()
    here = [words("desk.in-story", text=document.here)] if document.here else []
    here += (_own_weighing(words, of) for of in met if of.chapter in document.chapters)
    outside = words("debrief.outside") if document.outside and app.story.main else ""
    nodes = (
        plain(words.joined(document.date, outside), f"{name}-date", style="eyebrow"),
        TreeNode("heading", f"{name}-title", document.title, level=2),
        plain(words("desk.kind", kind=capital(document.kind), who=document.author), f"{name}-by", style="label"),
        plain(words("desk.to", who=document.audience), f"{name}-to", style="label"),
        *(marked(text, f"{name}-{i}") for i, text in enumerate(says)),
        *(plain(text, f"{name}-here-{i}", style="small") for i, text in enumerate(here)),
        *(plain(words(key, text=text), f"{key}-{name}", style="small") for key, text in known if text),
        plain(words(f"desk.seen.{document.seen}", find=document.find), f"{name}-find", style="small"),
    )  # fmt: skip
    return TreeNode("group", f"paper-{name}", style="paper", children=nodes)


def _own_weighing(words: Catalogue, met: MetWeighing) -> str:
    rows = (
        words("desk.own.row", name=row.label or words(f"ledger.{row.kind}"), amount=words("ledger.sacks", n=row.amount))
        for row in met.weighing.rows
        if row.kind in ("brought_in", "reported", "taken")
    )
    return words("desk.own", when=met.when or met.title, rows=words.joined(*rows))
