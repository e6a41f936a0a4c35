"""Handlers of a class's wall and seats. A verb of the teacher becomes a `TeacherCommand`, or opens a screen."""

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
    """Return the wall's first state. A new class has these screens, from the top of the stack: the number of pupils
    (if it is unknown, phones can join, and none has joined), how phones join, the content note, the first page.

    A class that is resumed opens at the page where it stopped, or in the talk if its story has ended.
    """
    first: tuple[ScreenView, ...] = ()
    if not class_view.begun and not class_view.ended:
        first = (ScreenView("wall-note"), ScreenView("wall-join"))
        if class_view.expected is None and not class_view.seats and not class_view.joining.trouble:
            first = (*first, ScreenView("wall-expected", focus="field"))
    talk = (ScreenView("wall-debrief", "0"),) if class_view.ended else ()
    app = AppState(
        story,
        words,
        settings,
        (ScreenView("wall"), *first, *talk),
        class_view.playthrough,
        mode=WALL,
        class_view=class_view,
    )
    return with_default_focus(app)


def ask_how_to_start(story: Story, words: Catalogue, lines: Sequence[str], settings: Settings) -> AppState:
    """Return the state that asks whether to resume an interrupted class. `lines` describe that class."""
    return with_default_focus(AppState(story, words, settings, (ScreenView("class-start", "\n".join(lines)),)))


def class_changed(app: AppState, class_view: ClassView) -> AppState:
    """Return the wall with the class's new state. If the page or phase is new, close screens about the earlier one."""
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
    """Return what decides which wall is shown: the class's pages, its vote, and the phase of the vote."""
    return _pages(class_view), class_view.halves[0].round.number, class_view.phase, class_view.ended


def _teach(app: AppState, command: str) -> UpdateResult:
    """Send a command. Ask first if it would drop ballots, or end a vote in which many pupils have not voted."""
    class_view = app.current_class
    asked = None
    if command in ("revote", "restore"):
        asked = command, class_view.cast
    elif command == "close" and class_view.awaited * MANY_MISSING >= class_view.awaited + class_view.voted > 0:
        asked = "close", class_view.awaited
    if asked is None or not asked[1]:
        return _command_class(app, command)
    question = ScreenView("confirm", asked[0], pending=Action("really-teach", command), count=asked[1])
    return with_default_focus(app.pushed(question)), ()


def _command_class(app: AppState, command: str, asked: bool = False) -> UpdateResult:
    """Send a command, and move the focus to the next button, so that a second Enter does not send the command again."""
    return with_default_focus(_wall_without_focus(app)), (
        TeacherCommand(command, number=MINUTE if command == "timer" else 0, asked=asked),
    )


def _wall_without_focus(app: AppState) -> AppState:
    """Return the wall without its menu and without a focus.

    When the wall is back, the next thing to do gets the focus.
    """
    app = app.without("wall-menu")
    return app.replaced(replace(app.top, focus=None))


def _over_wall(screen: str) -> Handler:
    """Return a handler that opens a screen over the wall. It closes the wall's menu."""
    return lambda app, argument: (open_screen(_wall_without_focus(app), screen, argument), ())


def _step_back(app: AppState, _: str) -> UpdateResult:
    return _command_class(app, "back", asked=_loses_ballots(app, ""))


def _end(app: AppState, _: str) -> UpdateResult:
    return _command_class(app, "end", asked=not _is_at_end(app))


def _loses_ballots(app: AppState, _: str) -> bool:
    """Return whether the step to the page before would drop a vote with ballots."""
    return app.current_class.phase == "open" and app.current_class.cast > 0


def _peek(app: AppState, _: str) -> UpdateResult:
    """Show the votes so far on the teacher's screen alone, or hide them again."""
    return with_default_focus(app.replaced(replace(app.top, peeking=not app.top.peeking))), ()


def _hands_screen(app: AppState, target: str) -> ScreenView:
    """Return the screen with a field for the raised hands of one choice, filled with the last number."""
    pick = DoorChoice.of(target)
    half = app.current_class.half(pick.door)
    hands = half.round.hands.get(pick.choice, 0) if half is not None else 0
    return ScreenView("hands", target, focus="field", line=LineEdit.selected(str(hands or "")))


def _count_hands(app: AppState, target: str) -> UpdateResult:
    """Send the typed number of hands, and go on to the next choice. An empty field means no hands."""
    typed, pick = app.top.line.text or "0", DoorChoice.of(target)
    half = app.current_class.half(pick.door)
    assert half is not None
    after = app.popped()
    after = after.replaced(replace(after.top, focus=None))  # so that Enter goes on and does not count again
    if (left := _next_to_count(app.current_class, half, pick)) is not None:
        after = after.pushed(_hands_screen(app, left))
    return with_default_focus(after), (TeacherCommand("count", pick.door, pick.choice, number=int(typed)),)


def _next_to_count(class_view: ClassView, half: ClassHalf, pick: DoorChoice) -> str | None:
    """Return the choice for which to count hands after `pick`: the next choice on the page. After the last, return the
    first choice of the next voting half that has no phones; None if there is no such half."""
    ids = [option.id for option in half.page.choices]
    left = ids[ids.index(pick.choice) + 1 :] if pick.choice in ids else []
    if left:
        return f"{half.door}/{left[0]}"
    voting = list(class_view.voting)
    after = voting[voting.index(half) + 1 :] if half in voting else []
    return next((f"{half.door}/{half.page.choices[0].id}" for half in after if not half.round.present), None)


def _toggle_pick(app: AppState, target: str) -> UpdateResult:
    """Pick a choice for a door; the door's other pick is dropped. A second press drops the pick."""
    door = DoorChoice.of(target).door
    others = frozenset(text for text in app.top.placed if DoorChoice.of(text).door != door)
    again = target in app.top.placed
    return with_default_focus(
        app.replaced(replace(app.top, focus=None, placed=others if again else others | {target}))
    ), ()


def _decide(app: AppState, _: str) -> UpdateResult:
    """Decide by the picked choices. If a pick differs from the votes' result, ask for the reason first."""
    view = next(view for view in reversed(app.views) if view.screen == "settle")
    taken = dict(picks(view.placed))
    against = any(
        half.most and half.door in taken and taken[half.door] not in half.most for half in app.current_class.voting
    )  # fmt: skip
    why = app.top.line.text.strip() if app.top.screen == "reason" else ""
    if against and not why:
        return (
            app if app.top.screen == "reason" else with_default_focus(app.pushed(ScreenView("reason", focus="field")))
        ), ()
    return app, (TeacherCommand("decide", picks=tuple(sorted(taken.items())), reason=why),)


def _is_at_end(app: AppState) -> bool:
    return not (app.current_class.has_reading_half or app.current_class.can_vote)


def _expect(app: AppState, _: str) -> UpdateResult:
    """Send the typed number of expected pupils. If the field is empty, the number stays."""
    typed = app.top.line.text
    effects: tuple[Effect, ...] = (TeacherCommand("expect", number=int(typed)),) if typed else ()
    return with_default_focus(app.popped()), effects


def _has_ballot(app: AppState, seat: str) -> bool:
    """Return whether a seat has voted. Its ballot is dropped if the seat is removed or moved to the other door."""
    return any(found.id == seat and found.voted for found in app.current_class.seats)


def _remove(app: AppState, seat: str) -> UpdateResult:
    return with_default_focus(app.popped()), (TeacherCommand("remove", seat=seat, asked=True),)


def _command_seat(app: AppState, command: TeacherCommand) -> UpdateResult:
    return app.replaced(replace(app.top, focus=None)), (command,)


def _move(app: AppState, seat: str) -> UpdateResult:
    return _command_seat(app, TeacherCommand("move", seat=seat, asked=_has_ballot(app, seat)))


def _share(app: AppState, target: str) -> UpdateResult:
    seat, _, pupils = target.partition("/")
    return _command_seat(app, TeacherCommand("share", seat=seat, number=int(pupils)))


HANDLERS: dict[str, Handler] = {
    "teach": _teach,
    "really-teach": lambda app, command: _command_class(app.popped(), command, asked=True),
    **confirm_handlers("end", lambda app, _: not _is_at_end(app), _end),
    "task": lambda app, task: (_wall_without_focus(app), (TeacherCommand("task", choice=task),)),
    "record": lambda app, _: (app, (WriteClassRecord(),)),
    "show": lambda app, door: (with_default_focus(app.replaced(ScreenView("wall", door))), ()),
    "peek": _peek,
    "hands": lambda app, target: (with_default_focus(app.pushed(_hands_screen(app, target))), ()),
    "count": _count_hands,
    "settle": _over_wall("settle"),
    **confirm_handlers("back-up", _loses_ballots, _step_back),
    **confirm_handlers("end-class", lambda app, _: not _is_at_end(app), lambda app, _: (app, (Quit(),))),
    "skip-for": lambda app, door: (with_default_focus(_wall_without_focus(app)), (TeacherCommand("skip", door),)),
    "pick": _toggle_pick,
    "settled": _decide,
    "start-class": lambda app, how: (app, (TeacherCommand(how), Quit())),
    **{screen: _over_wall(screen) for screen in ("wall-join", "wall-seats", "wall-menu", "wall-help")},
    "expect": _expect,
    "wall-expected": lambda app, _: (with_default_focus(app.pushed(ScreenView("wall-expected", focus="field"))), ()),
    "wall-seat": screen_opener("wall-seat"),
    "share-seat": _share,
    "readmit-seat": lambda app, seat: _command_seat(app, TeacherCommand("readmit", seat=seat)),
    **confirm_handlers("move-seat", _has_ballot, _move),
    **confirm_handlers("remove-seat", lambda app, seat: True, _remove),
}
