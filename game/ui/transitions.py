"""Changes of the state that handlers of several screens share. Each takes a state and returns the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from game.ui.components.page_parts import has_lead_in
from game.ui.effects import Autosave, Effect, KeepAside
from game.ui.screens.registry import render_top
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, choices, find, focus_order

if TYPE_CHECKING:
    from game.play import Playthrough

END = 1_000_000  # a scroll in pixels beyond the end of every screen; a layout shows the end for it
UNFOCUSED = frozenset({"reading", "settle"})  # screens that open without a focus, so that Enter does nothing at first
FEW_ENTRIES = 3  # a reader who comes back still remembers so many entries
UpdateResult = tuple[AppState, tuple[Effect, ...]]
Handler = Callable[[AppState, str], UpdateResult]


def with_default_focus(app: AppState) -> AppState:
    """Return the state with a focus on the topmost screen. A focus on an existing node stays. A page's only choice
    gets the focus; of several choices, none does. Without choices, the main button gets it, or else the first."""
    tree = render_top(app)
    order = focus_order(tree)
    if app.top.focus in order:
        return app
    page_choices = choices(tree)
    if page_choices:
        default = page_choices[0].id if len(page_choices) == 1 else None
    else:
        pressable = [node for node_id in order if (node := find(tree, node_id)) and node.role != "setting"]
        main = [node.id for node in pressable if node.style == "main"]
        first = [node.id for node in pressable] or list(order)
        default = main[0] if main else (first[0] if first and app.top.screen not in UNFOCUSED else None)
    return app.replaced(replace(app.top, focus=default))


def open_screen(app: AppState, screen: str, argument: str = "", focus: str | None = None) -> AppState:
    """Return the state with this screen on top."""
    return with_default_focus(app.pushed(ScreenView(screen, argument, focus)))


def screen_opener(screen: str, *effects: Effect, focus: str | None = None) -> Handler:
    """Return a handler that opens a screen, with the verb's target as its argument, and asks for these effects."""
    return lambda app, argument: (open_screen(app, screen, argument, focus), effects)


def show_reading(app: AppState) -> AppState:
    """Return the state with one screen over the home screen: `Mode.after` if the reader has left the story; else
    `Mode.lead_in`, if the page has summaries or a note to show there first; else the page."""
    if app.current.left:
        return over_home(app, app.mode.after)
    if app.mode.lead_in and has_lead_in(app.current.page):
        return over_home(app, ScreenView(app.mode.lead_in))
    return show_page(app)


def show_page(app: AppState) -> AppState:
    """Return the state with the current page over the home screen."""
    return over_home(app, ScreenView("reading", other_version=app.visit is not None and app.visit.other_version))


def show_taken_up(app: AppState) -> AppState:
    """Return the state with the page where an earlier reading stopped. If it was long, the story so far is on top."""
    app, p = show_reading(app), app.current
    long = not p.over and len(p.entries) > FEW_ENTRIES and any(at.choice_taken() for at in p.history)
    return open_so_far(app) if long and app.top.screen == "reading" else app


def open_so_far(app: AppState) -> AppState:
    """Return the state with the story so far on top, scrolled to its end, where a returning reader stopped."""
    return with_default_focus(app.pushed(ScreenView("so-far", scroll=END)))


def next_states(app: AppState) -> Iterator[AppState]:
    """Yield the states that one press on the page can lead to, so that a host can prepare them."""
    p = app.playthrough
    if p is not None and app.top.screen == "visit-between":
        yield show_page(app)
    elif p is not None and app.top.screen == "reading":
        for option in p.page.choices:
            yield show_reading(replace(app, playthrough=p.choose(option.id)))


def over_home(app: AppState, view: ScreenView) -> AppState:
    """Return the state with only this screen over the home screen."""
    return with_default_focus(replace(app, views=(app.home, view)))


def show_and_autosave(app: AppState, playthrough: Playthrough) -> UpdateResult:
    """Return the state with the playthrough's current page over the home screen, and the effect that saves it."""
    return show_reading(replace(app, playthrough=playthrough)), (Autosave(playthrough),)


def replace_playthrough(app: AppState, playthrough: Playthrough) -> UpdateResult:
    """Show another playthrough, or an earlier page of this one. Keep the old one aside, unless it is empty or the new
    one continues it."""
    before = app.playthrough
    app, effects = show_and_autosave(app, playthrough)
    if before is None or not before.entries or before in playthrough.history:
        return app, effects
    return replace(app, aside=before), (KeepAside(before), *effects)


def show_notes(app: AppState, notes: Sequence[str]) -> AppState:
    """Return the state with a card of these lines on top, if there are any."""
    return open_screen(app, "message", "\n".join(notes)) if notes else app


def has_unfinished(app: AppState, _: str) -> bool:
    """Return whether a new playthrough would replace an unfinished one."""
    p = app.playthrough
    return p is not None and bool(p.entries) and not p.over


def confirm_handlers(
    question: str,
    needed: Callable[[AppState, str], bool],
    act: Handler,
    count: Callable[[AppState, str], int] | None = None,
) -> dict[str, Handler]:
    """Return handlers for an action that the reader confirms first: the verb `question`, and `really-...` for yes.

    Args:
        question: the verb that asks; also the argument of the confirmation screen.
        needed: whether the action on a target would lose something, so that the reader is asked.
        act: the handler of the action itself.
        count: how many things would be lost, if the question names the number.
    """

    def ask(app: AppState, target: str) -> UpdateResult:
        if not needed(app, target):
            return act(app, target)
        pending = Action(f"really-{question}", target)
        number = count(app, target) if count is not None else None
        if app.top.screen == "reading":  # so that after the answer no, Enter goes on with the page
            app = with_default_focus(app.replaced(replace(app.top, focus=None)))
        return with_default_focus(app.pushed(ScreenView("confirm", question, pending=pending, count=number))), ()

    return {question: ask, f"really-{question}": lambda app, target: act(app.popped(), target)}
