"""For a class with two screens: the teacher's own screen, and the wall (the screen that all pupils see), from which the
teacher's buttons are removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from game.play.voting import WHOLE_CLASS
from game.story.guide import GuideStep
from game.story.model import Story
from game.ui.class_state import ClassView
from game.ui.components.parts import button, heading, plain, screen, toolbar
from game.ui.i18n import Catalogue
from game.ui.screens.wall_page import numbered_options, side_by_side, status_text, vote_result
from game.ui.state import AppState, ScreenView, Speech
from game.ui.tree import TreeNode

Draw = Callable[[AppState, ScreenView], TreeNode]
# The screens that a separate wall may show. All others are the teacher's alone.
PUBLIC = ("wall", "wall-note", "wall-join", "wall-debrief", "desk", "picture")


def pupils_state(app: AppState, text_scale: int) -> AppState:
    """Return the state that a separate wall shows: the topmost public screen of the teacher's state `app`, with the
    teacher's settings but its own `text_scale`, in per cent."""
    settings = replace(app.settings, text_scale=text_scale)
    shown = next((view for view in reversed(app.views) if view.screen in PUBLIC), ScreenView("wall"))
    class_view = replace(app.current_class, place="wall")
    return replace(app, settings=settings, class_view=class_view, views=(replace(shown, focus=None),), speech=Speech())


def for_pupils(draw: Draw) -> Draw:
    """Return a function that draws as `draw` does. On a separate wall, it leaves out all that can be pressed."""

    def drawn(app: AppState, view: ScreenView) -> TreeNode:
        tree = draw(app, view)
        apart = app.class_view is not None and app.class_view.place == "wall"
        return replace(without_controls(tree), action=None) if apart else tree

    return drawn


def without_controls(tree: TreeNode) -> TreeNode:
    """Return a tree without tools, fields and buttons. Choices become texts."""
    return replace(tree, children=tuple(_shown(tree)))


def _shown(node: TreeNode) -> Iterator[TreeNode]:
    for child in node.children:
        if child.style == "tools" or (child.role in ("button", "field") and child.style not in ("option", "place")):
            continue
        if child.role == "button":
            yield replace(child, role="paragraph", action=None, hint="")
        elif child.role == "list":
            yield from _shown(child)
        elif child.role == "link" and child.style not in ("term", "person"):
            yield plain(child.label, child.id, style="small")
        else:  # a marked word stays marked, without its link
            yield replace(without_controls(child), action=None)


def teacher_screen(app: AppState, view: ScreenView, tools: tuple[TreeNode, ...]) -> TreeNode:
    """Build the teacher's own screen: the lesson's plan, who has not voted, the votes, what to ask, and then
    `tools`."""
    words, class_view = app.words, app.current_class
    titles = dict.fromkeys(half.page.title for half in class_view.halves)
    return screen(
        "wall", words("teacher"), "wide",
        TreeNode("status", "standing", status_text(words, class_view), style="standing"),
        heading(words.joined(*titles)),
        *_plan(words, app.story, class_view),
        *_missing(app, class_view),
        *_votes(app, class_view, view.peeking),
        *_notes(words, class_view),
        toolbar(*tools, label=words("wall.bar")),
    )  # fmt: skip


def _plan(words: Catalogue, story: Story, class_view: ClassView) -> Iterator[TreeNode]:
    """Yield a line with the step of the lesson's plan for this minute and the next step; nothing without a plan."""
    steps = plan_steps(story, class_view.playthrough.cut.id)
    if not steps:
        return
    lasts, begins = sum(step.minutes for step in steps), 0
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        begins += step.minutes
        if class_view.minutes < begins or following is None:
            then = words("teacher.plan.next", title=following.title) if following is not None else ""
            at = words("teacher.plan", at=class_view.minutes, of=lasts, title=step.title, minutes=step.minutes)
            yield plain(" ".join(filter(None, (at, then))), "plan", style="small")
            return


def plan_steps(story: Story, cut: str) -> tuple[GuideStep, ...]:
    """Return the steps of the lesson plan for `cut` (a length of the story) in the teacher's guide. If there is none,
    return those of the first plan that another part of the guide summarises; () if there is none either."""
    parts = story.guide.parts if story.guide is not None else ()
    named = next((part.plan for part in parts if part.plan), None)
    plans = [part for part in parts if part.steps and (part.cut == cut or part.id == named)]
    return next((part.steps for part in plans if part.cut == cut), plans[0].steps if plans else ())


def _missing(app: AppState, class_view: ClassView) -> Iterator[TreeNode]:
    """Yield a line for each half with the numbers of the connected seats that have not voted, then a line with the
    numbers of the disconnected seats."""
    words = app.words
    if class_view.phase == "open":
        for half in class_view.voting:
            seats = [seat for seat in class_view.seats if seat.has_vote and not seat.voted and seat.here]
            missing = [str(seat.number) for seat in seats if half.door in (WHOLE_CLASS, seat.door)]
            if missing:
                name = app.story.roles[half.door].name if half.door else words("seats.all")
                line = words("teacher.missing", name=name, numbers=words("teacher.numbers").join(missing))
                yield plain(line, f"missing:{half.door}", style="label")
    away = [str(seat.number) for seat in class_view.seats if not seat.here]
    if away:
        yield plain(words("teacher.away", numbers=words("teacher.numbers").join(away)), "away", style="label")


def _votes(app: AppState, class_view: ClassView, peeks: bool) -> Iterator[TreeNode]:
    """Yield the choices of the vote, numbered for the keys. Once the result is shown, or with `peeks` (the teacher
    asked to see them), yield the votes instead."""
    words = app.words
    if not class_view.voting:
        return
    columns = []
    for half in class_view.halves:
        if half not in class_view.voting:
            shown: tuple[TreeNode, ...] = ()
        elif class_view.phase == "revealed" or (peeks and class_view.phase != "reading" and not class_view.asks):
            shown = vote_result(words, half.page, half.round, f"tally-{half.door}")
        else:
            shown = numbered_options(words, half.page, half.door, half.round.first)
        columns.append(shown)
    yield from side_by_side(words, app.story, class_view, "vote", columns)
    if class_view.phase in ("open", "closed") and not class_view.asks:
        peek = button("peek", words("teacher.hide" if peeks else "teacher.peek"), hint=words("teacher.peek.hint"))
        yield TreeNode("list", "peek-row", style="row", children=(peek,))


def _notes(words: Catalogue, class_view: ClassView) -> Iterator[TreeNode]:
    asked = dict.fromkeys(half.page.discuss for half in class_view.halves if half.page.discuss)
    for number, question in enumerate(asked):
        yield TreeNode("paragraph", f"note-{number}", question, value=words("wall.discuss"), style="mouth")
