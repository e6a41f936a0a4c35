"""Handlers of the teacher's buttons. A handler sends a `TeacherCommand` to the class, or opens a screen over the wall
(which all pupils see). A door is the id of the role that half of the class reads; a seat is one phone's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from game.play.voting import WHOLE_CLASS
from game.ui.class_state import ClassHalf, ClassView, DoorChoice, picks
from game.ui.effects import Effect, Quit, TeacherCommand, WriteClassRecord
from game.ui.line_edit import LineEdit
from game.ui.screens.registry import SCREENS
from game.ui.settings import DEFAULT, Settings
from game.ui.state import WALL, AppState, ScreenView
from game.ui.transitions import Handler, UpdateResult, confirm_handlers, open_screen, screen_opener, with_default_focus
from game.ui.tree import Action

if TYPE_CHECKING:
    from game.story.model import Story
    from game.ui.i18n import Catalogue


MINUTE = 60
MANY_MISSING = 4  # if one pupil in so many has not voted yet, ending the vote needs a confirmation


def start_class(story: Story, words: Catalogue, class_view: ClassView, settings: Settings = DEFAULT) -> AppState:
    """Return the wall's first state: its page, or if the story has ended, the talk about it. In a new class, screens
    lie over the page: the content note, how phones join, and a field for the number of pupils. The field is left out if
    the number is known, if phones cannot join, or if a phone has a seat."""
    first: tuple[ScreenView, ...] = ()
    if not class_view.begun and not class_view.ended:
        first = (ScreenView("wall-note"), ScreenView("wall-join"))
        if class_view.expected is None and not class_view.seats and not class_view.joining.trouble:
            first = (*first, ScreenView("wall-expected", focus="field"))
    talk = (ScreenView("wall-debrief", "0"),) if class_view.ended else ()
    views = (ScreenView("wall"), *first, *talk)
    app = AppState(story, words, settings, views, class_view.playthrough, mode=WALL, class_view=class_view)
    return with_default_focus(app)


def ask_how_to_start(story: Story, words: Catalogue, lines: Sequence[str], settings: Settings) -> AppState:
    """Return the state that asks whether to resume an interrupted class. `lines` describe the interrupted class."""
    return with_default_focus(AppState(story, words, settings, (ScreenView("class-start", "\n".join(lines)),)))


def class_changed(app: AppState, class_view: ClassView) -> AppState:
    """Return the wall after the class changed. If a page, the vote or the vote's phase is new, close the screens about
    the old vote."""
    before, views = app.class_view, app.views
    if before is not None and before.playthrough.entries == class_view.playthrough.entries:
        class_view = replace(class_view, playthrough=before.playthrough)  # an unchanged page must not look new
    app = replace(app, class_view=class_view, playthrough=class_view.playthrough)
    if before is not None and _vote_state(before) != _vote_state(class_view):
        same = _pages(before) == _pages(class_view)
        wall = ScreenView("wall", views[0].argument if same else WHOLE_CLASS)
        counting = same and class_view.phase == "open"  # counting hands opens the vote
        over = tuple(
            view
            for view in views[1:]
            if not SCREENS[view.screen].ends_with_vote or (counting and view.screen == "hands")
        )
        if (class_view.ended, class_view.task) != (before.ended, before.task):
            over = (ScreenView("wall-debrief", "0"),) if class_view.ended else ()
        app = replace(app, views=(wall, *over))
    return with_default_focus(app)


def _pages(class_view: ClassView) -> tuple[str | None, ...]:
    return tuple(half.page.node for half in class_view.halves)


def _vote_state(class_view: ClassView) -> tuple[object, ...]:
    """Return what `class_changed` compares: the pages, the vote's number and phase, and whether the class ended."""
    return _pages(class_view), class_view.halves[0].round.number, class_view.phase, class_view.ended


def _teach(app: AppState, command: str) -> UpdateResult:
    """Send a command. If it would drop votes, or close a vote with many votes missing, open a question first."""
    class_view, lost = app.current_class, 0
    if command in ("revote", "restore"):
        lost = class_view.cast
    elif command == "close" and class_view.awaited * MANY_MISSING >= class_view.awaited + class_view.voted:
        lost = class_view.awaited
    if not lost:
        return _command_class(app, command)
    question = ScreenView("confirm", command, pending=Action("really-teach", command), count=lost)
    return with_default_focus(app.pushed(question)), ()


def _command_class(app: AppState, command: str, asked: bool = False) -> UpdateResult:
    """Send a command, and focus the main button, so that a second Enter does not repeat a command such as `timer`.
    `asked`: the teacher has confirmed the command."""
    number = MINUTE if command == "timer" else 0
    return with_default_focus(_wall_without_focus(app)), (TeacherCommand(command, number=number, asked=asked),)


def _wall_without_focus(app: AppState) -> AppState:
    return _without_focus(app.without("wall-menu"))


def _without_focus(app: AppState) -> AppState:
    return app.replaced(replace(app.top, focus=None))


def _over_wall(screen: str) -> Handler:
    return lambda app, argument: (open_screen(_wall_without_focus(app), screen, argument), ())


def _loses_ballots(app: AppState, _: str) -> bool:
    return app.current_class.phase == "open" and app.current_class.cast > 0


def _peek(app: AppState, _: str) -> UpdateResult:
    """Show the votes so far, or hide them again. Only the teacher's own screen shows them."""
    return with_default_focus(app.replaced(replace(app.top, peeking=not app.top.peeking))), ()


def _hands_screen(app: AppState, target: str) -> ScreenView:
    """Return the screen where the teacher types how many hands were raised for the choice `target` (door/choice). A
    number that was counted before stands in the field."""
    pick = DoorChoice.of(target)
    half = app.current_class.half(pick.door)
    hands = half.round.hands.get(pick.choice, 0) if half is not None else 0
    return ScreenView("hands", target, focus="field", line=LineEdit.selected(str(hands or "")))


def _count_hands(app: AppState, target: str) -> UpdateResult:
    """Send the typed number of hands, and go on to the next choice. An empty field means no hands."""
    typed, pick = app.top.line.text or "0", DoorChoice.of(target)
    half = app.current_class.half(pick.door)
    assert half is not None
    after = _without_focus(app.popped())  # so that Enter goes on and does not count again
    if (left := _next_to_count(app.current_class, half, pick)) is not None:
        after = after.pushed(_hands_screen(app, left))
    return with_default_focus(after), (TeacherCommand("count", pick.door, pick.choice, number=int(typed)),)


def _next_to_count(class_view: ClassView, half: ClassHalf, pick: DoorChoice) -> str | None:
    """Return the choice ("door/choice") to count hands for after `pick`: the next choice of `half`. After the last, it
    is the first choice of the next half that votes and has no connected phone; None if there is no such half."""
    ids = [option.id for option in half.page.choices]
    left = ids[ids.index(pick.choice) + 1 :] if pick.choice in ids else []
    if left:
        return f"{half.door}/{left[0]}"
    voting = list(class_view.voting)
    after = voting[voting.index(half) + 1 :] if half in voting else []
    return next((f"{half.door}/{half.page.choices[0].id}" for half in after if not half.round.present), None)


def _toggle_pick(app: AppState, target: str) -> UpdateResult:
    """Pick the choice `target` (door/choice), and no other of that door. If it is picked already, drop the pick."""
    door = DoorChoice.of(target).door
    others = frozenset(text for text in app.top.placed if DoorChoice.of(text).door != door)
    placed = others | ({target} - app.top.placed)
    return with_default_focus(app.replaced(replace(app.top, focus=None, placed=placed))), ()


def _decide(app: AppState, _: str) -> UpdateResult:
    """Send the picked choices as the teacher's decision. If a pick goes against the votes, ask for the reason first."""
    view = next(view for view in reversed(app.views) if view.screen == "settle")
    taken, was_asked = picks(view.placed), app.top.screen == "reason"
    voting = [half for half in app.current_class.voting if half.most and half.door in taken]
    against = any(taken[half.door] not in half.most for half in voting)
    why = app.top.line.text.strip() if was_asked else ""
    if against and not why:
        return (app if was_asked else open_screen(app, "reason", focus="field")), ()
    return app, (TeacherCommand("decide", picks=tuple(sorted(taken.items())), reason=why),)


def _is_unfinished(app: AppState, _: str) -> bool:
    return app.current_class.has_reading_half or app.current_class.can_vote


def _expect(app: AppState, _: str) -> UpdateResult:
    typed = app.top.line.text
    effects: tuple[Effect, ...] = (TeacherCommand("expect", number=int(typed)),) if typed else ()
    return with_default_focus(app.popped()), effects


def _has_ballot(app: AppState, seat: str) -> bool:
    """Return whether a seat has voted, so that moving it would drop its vote."""
    return any(found.id == seat and found.voted for found in app.current_class.seats)


def _remove(app: AppState, seat: str) -> UpdateResult:
    return with_default_focus(app.popped()), (TeacherCommand("remove", seat=seat, asked=True),)


def _move(app: AppState, seat: str) -> UpdateResult:
    return _without_focus(app), (TeacherCommand("move", seat=seat, asked=_has_ballot(app, seat)),)


def _share(app: AppState, target: str) -> UpdateResult:
    seat, _, pupils = target.partition("/")
    return _without_focus(app), (TeacherCommand("share", seat=seat, number=int(pupils)),)


HANDLERS: dict[str, Handler] = {
    "teach": _teach,
    "really-teach": lambda app, command: _command_class(app.popped(), command, asked=True),
    **confirm_handlers("end", _is_unfinished, lambda app, _: _command_class(app, "end", asked=_is_unfinished(app, ""))),
    "task": lambda app, task: (_wall_without_focus(app), (TeacherCommand("task", choice=task),)),
    "record": lambda app, _: (app, (WriteClassRecord(),)),
    "show": lambda app, door: (with_default_focus(app.replaced(ScreenView("wall", door))), ()),
    "peek": _peek,
    "hands": lambda app, target: (with_default_focus(app.pushed(_hands_screen(app, target))), ()),
    "count": _count_hands,
    "settle": _over_wall("settle"),
    **confirm_handlers(
        "back-up", _loses_ballots, lambda app, _: _command_class(app, "back", asked=_loses_ballots(app, ""))
    ),
    **confirm_handlers("end-class", _is_unfinished, lambda app, _: (app, (Quit(),))),
    "skip-for": lambda app, door: (with_default_focus(_wall_without_focus(app)), (TeacherCommand("skip", door),)),
    "pick": _toggle_pick,
    "settled": _decide,
    "start-class": lambda app, how: (app, (TeacherCommand(how), Quit())),
    **{screen: _over_wall(screen) for screen in ("wall-join", "wall-seats", "wall-menu", "wall-help")},
    "expect": _expect,
    "wall-expected": screen_opener("wall-expected", focus="field"),
    "wall-seat": screen_opener("wall-seat"),
    "share-seat": _share,
    "readmit-seat": lambda app, seat: (_without_focus(app), (TeacherCommand("readmit", seat=seat),)),
    **confirm_handlers("move-seat", _has_ballot, _move),
    **confirm_handlers("remove-seat", lambda app, seat: True, _remove),
}
