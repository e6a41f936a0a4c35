"""The reducer: a pure function from a state and an intent to the next state and effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from game.play import begin
from game.ui import intents
from game.ui.components.citations import first_facts, known_facts
from game.ui.components.met_parts import has_map, has_people
from game.ui.effects import Quit, ReadCredits, Repeat, ToggleFullscreen
from game.ui.handlers import classroom, history, setting_handlers, slot_handlers, text_input, visit_handlers
from game.ui.scenery import picture_of
from game.ui.screens.registry import SCREENS, render_top
from game.ui.settings import DEFAULT, Settings
from game.ui.state import AppState, ScreenView
from game.ui.transitions import (
    Handler,
    UpdateResult,
    confirm_handlers,
    has_unfinished,
    open_screen,
    open_so_far,
    replace_playthrough,
    screen_opener,
    show_and_autosave,
    show_notes,
    show_reading,
    show_taken_up,
    with_default_focus,
)
from game.ui.tree import TreeNode, at_number, find, focus_order

if TYPE_CHECKING:
    from game.play import Playthrough
    from game.story.model import Story
    from game.ui.editions import Edition
    from game.ui.i18n import Catalogue


def start(
    story: Story,
    words: Catalogue,
    settings: Settings = DEFAULT,
    resumed: Playthrough | None = None,
    notes: Sequence[str] = (),
    role: str | None = None,
    cut: str = "full",
    aside: Playthrough | None = None,
    offers: frozenset[str] = frozenset(),
    editions: tuple[Edition, ...] = (),
    device: str = "keyboard",
) -> AppState:
    """Return the first state: on the title, or on the content note if a `role` is named. `notes` are lines about the
    `resumed` playthrough, shown on a card. The other arguments are as in `AppState`."""
    app = AppState(story, words, settings, playthrough=resumed, aside=aside, cut=cut, offers=offers, device=device)
    app = setting_handlers.with_editions(app, editions)
    if role is not None:
        app = open_screen(app, "content-note", role)
    return show_notes(app, notes)


def update(app: AppState, intent: intents.Intent) -> UpdateResult:
    """Return the next state after an intent, and the effects that the intent asks for."""
    after, effects = _next(app, intent)
    return after, (*effects, *setting_handlers.language_needed(app, after))


def _next(app: AppState, intent: intents.Intent) -> UpdateResult:
    match intent:
        case intents.Press(node_id):
            return _press(app, find(render_top(app), node_id))
        case intents.Activate():
            return _press(app, find(render_top(app), app.top.focus))
        case intents.PickNumber(number):
            return _press(app, at_number(render_top(app), number))
        case intents.Focus(node_id):
            known = node_id is None or node_id in focus_order(render_top(app))
            return (app.replaced(replace(app.top, focus=node_id)) if known else app), ()
        case intents.FocusStep(by):
            return _step_focus(app, by), ()
        case intents.Scroll(to):
            return app.replaced(replace(app.top, scroll=max(0, to))), ()
        case intents.Back():
            return _back(app)
        case intents.Adjust(by, name):
            return setting_handlers.step_setting(app, by, name)
        case intents.Mute():
            loudness = app.settings.volume or app.loudness
            volume = 0 if app.settings.volume else loudness
            return setting_handlers.with_settings(replace(app, loudness=loudness), replace(app.settings, volume=volume))
        case intents.SwitchVoice():
            visit = app.visit and replace(app.visit, by_keypad=True)
            return setting_handlers.switch_voice(replace(app, visit=visit))
        case intents.SayAgain(whole):
            return app, (Repeat(whole),)
        case intents.VoicesFound(voices, trouble, speaker):
            speech = replace(app.speech, voices=tuple(voices), trouble=trouble, speaker=speaker)
            return replace(app, speech=speech), ()
        case intents.VoiceSaying(text):
            caption = text or app.speech.caption
            return replace(app, speech=replace(app.speech, saying=text, caption=caption)), ()
        case intents.SoundFound(trouble):
            return replace(app, sound_trouble=trouble), ()
        case intents.ShowPeople():
            return _toggle_over_page(app, "people", has_people(app)), ()
        case intents.ShowMap():
            return _toggle_over_page(app, "map", has_map(app)), ()
        case intents.LookAtPicture():
            return _look(app), ()
        case intents.Fullscreen():
            return app, (ToggleFullscreen(),) if not app.mode.public else ()
        case intents.Type() | intents.Erase() | intents.MoveCaret() | intents.Paste() | intents.Copied():
            return text_input.handle_text_input(app, intent)
        case intents.JournalProgress() | intents.JournalWritten() | intents.JournalFailed():
            return slot_handlers.handle_journal(app, intent), ()
        case intents.CreditsRead(credits):
            return with_default_focus(replace(app, credits=tuple(credits))), ()
        case intents.SlotsRead(slots, now):
            return with_default_focus(replace(app, slots=tuple(slots), now=now)), ()
        case intents.PlaythroughLoaded(playthrough, notes):
            from_slot = app.top.screen == "slots-fetch"
            app, effects = replace_playthrough(app, playthrough)
            return show_notes(show_taken_up(app) if from_slot else app, notes), effects
        case intents.Failed(message):
            return open_screen(app, "message", message), ()
        case intents.StoryReloaded(story, playthrough, notes):
            return _with_new_story(app, story, playthrough, notes), ()
        case intents.EditionsFound(editions):
            return setting_handlers.with_editions(app, editions), ()
        case intents.LanguageLoaded(story, words):
            return setting_handlers.language_loaded(app, story, words)
        case intents.DeviceUsed(device):
            return replace(app, device=device), ()
        case intents.ClassChanged(class_view):
            return classroom.class_changed(app, class_view), ()
        case intents.IdleCountdown(left):
            return visit_handlers.show_idle_countdown(app, left), ()
        case intents.KioskReset(settings):
            return visit_handlers.reset_kiosk(app, settings), ()
        case intents.MuseumClosed(until, settings):
            return visit_handlers.show_closed(app, until, settings), ()
        case intents.StaffRequested():
            return visit_handlers.open_staff_pin(app), ()
        case intents.PinChecked(health, locked):
            return visit_handlers.handle_pin_result(app, health, locked), ()
        case intents.EndRequested(status):
            return app, (Quit(status),)
        case intents.NextScene():
            return visit_handlers.next_scene(app), ()
        case intents.ChoicesCounted(others):
            return replace(app, visit=app.visit and replace(app.visit, others=others)), ()
        case intents.StoryBroken(findings):
            lines = "\n".join(line for finding in findings for line in finding)
            return open_screen(app.without("findings"), "findings", lines), ()


def _with_new_story(app: AppState, story: Story, playthrough: Playthrough | None, notes: Sequence[str]) -> AppState:
    """Return the state with the reloaded story. Close the screens whose content the story no longer has."""
    cut = app.cut if app.cut in story.cuts else next(iter(story.cuts))
    before, app = app.playthrough, replace(app, story=story, playthrough=playthrough, cut=cut)
    if _page_id(before) == _page_id(playthrough):
        kept = tuple(view for view in app.views if SCREENS[view.screen].keeps_argument(app, view.argument))
        app = with_default_focus(replace(app, views=kept))
    elif playthrough is not None and len(app.views) > 1:
        app = show_reading(app)
    else:
        app = with_default_focus(replace(app, views=(ScreenView("title"),)))
    return show_notes(app, notes)


def _page_id(playthrough: Playthrough | None) -> tuple[str | None, bool] | None:
    return (playthrough.page.node, playthrough.left) if playthrough is not None else None


def _press(app: AppState, node: TreeNode | None) -> UpdateResult:
    """Do a node's action, and give the node the focus. If the action opens a screen, the earlier focus comes back when
    that screen closes. Do nothing if `node` is None, or has no action."""
    if node is None or node.action is None:
        return app, ()
    depth, before = len(app.views), app.top
    if node.focusable:
        app = app.replaced(replace(before, focus=node.id))
    pressed = app.top
    app, effects = HANDLERS[node.action.verb](app, node.action.target)
    if len(app.views) > depth and app.views[depth - 1] == pressed:
        app = replace(app, views=(*app.views[: depth - 1], before, *app.views[depth:]))
    return app, effects


def _step_focus(app: AppState, by: int) -> AppState:
    order = focus_order(render_top(app))
    if not order:
        return app
    if app.top.focus in order:
        place = (order.index(app.top.focus) + by) % len(order)
    else:
        place = 0 if by > 0 else len(order) - 1
    return app.replaced(replace(app.top, focus=order[place]))


def _back(app: AppState) -> UpdateResult:
    """Close the topmost screen, or open its pause screen, as Escape does. The lowest screen stays."""
    screen = app.top.screen
    if app.mode.public:
        return (with_default_focus(app.popped()) if SCREENS[screen].visitor_closes else app), ()
    if pauses_to := SCREENS[screen].pauses_to:
        return open_screen(app, pauses_to), ()
    if SCREENS[screen].has_list and app.top.argument:
        return _show_section(app, "")
    if screen == "debrief" and app.playthrough is not None and not app.playthrough.left:
        return show_reading(app), ()
    return with_default_focus(app.popped()), ()


def _look(app: AppState) -> AppState:
    """Hide the sheet of the topmost page, so that only its picture shows. If it is hidden, show it again."""
    if app.top.screen == "picture":
        return with_default_focus(app.popped())
    shown = app.top.screen in ("reading", "look-back", "wall") and not app.mode.public and picture_of(app) is not None
    return app.pushed(ScreenView("picture")) if shown else app


def _toggle_over_page(app: AppState, screen: str, offered: bool) -> AppState:
    """Open a screen over a reading, if it is `offered` there. If the screen is on top already, close it."""
    if app.top.screen == screen:
        return with_default_focus(app.popped())
    reads = offered and any(view.screen in ("reading", "debrief") for view in app.views)
    return open_screen(app.without(screen), screen) if reads else app


# One handler for each verb. ---------------------------------------------------------------------------------------


def _begin(app: AppState, role: str) -> UpdateResult:
    before, cut = app.playthrough, app.new_cut
    # A finished playthrough of the other role decides what that role does in this one.
    decides = before is not None and before.finished and before.role not in (None, role)
    earlier = before if decides and not app.story.cuts[cut].both_roles else None
    app, effects = replace_playthrough(app, begin(app.story, role=role, cut=cut, earlier=earlier))
    app, stored = setting_handlers.with_settings(app, replace(app.settings, controls_shown=True))
    return app, (*effects, *stored)


def _close_to_page(app: AppState, _: str) -> UpdateResult:
    views = app.views
    while len(views) > 1 and SCREENS[views[-1].screen].closes_to_page:
        views = views[:-1]
    return with_default_focus(replace(app, views=views)), ()


def _show_section(app: AppState, at: str) -> UpdateResult:
    return with_default_focus(app.replaced(replace(app.top, argument=at, focus=None, scroll=0))), ()


def _switch_version(app: AppState, _: str) -> UpdateResult:
    app = app.popped()
    view = replace(app.top, other_version=not app.top.other_version, scroll=0)
    return with_default_focus(app.replaced(view)), ()


def _show_all_sources(app: AppState, _: str) -> UpdateResult:
    """Show all facts of a sheet. The focus goes to the first fact that was hidden."""
    facts = known_facts(app.story, app.top.argument.split())
    first = facts[len(first_facts(app.story, facts))]
    return app.replaced(replace(app.top, expanded=True, focus=f"fact:{first}")), ()


OPENERS = (  # the verbs that open a screen of the same name
    "pause", "settings", "about", "controls", "licence", "fact", "term", "person", "sources", "counted", "people",
    "map", "spot",
)  # fmt: skip
HANDLERS: dict[str, Handler] = {
    **{screen: screen_opener(screen) for screen in OPENERS},
    **history.HANDLERS,
    **slot_handlers.HANDLERS,
    **setting_handlers.HANDLERS,
    **text_input.HANDLERS,
    **classroom.HANDLERS,
    **visit_handlers.HANDLERS,
    "continue": lambda app, _: (show_taken_up(app), ()),
    "new": screen_opener("content-note"),
    **confirm_handlers("begin", has_unfinished, _begin),
    "choose": lambda app, choice: show_and_autosave(app, app.current.choose(choice)),
    "skip": lambda app, _: show_and_autosave(app, app.current.skip()),
    **confirm_handlers("leave", lambda app, _: True, lambda app, _: show_and_autosave(app, app.current.leave())),
    "undo": lambda app, _: show_and_autosave(app, app.current.undo()),
    "close": _close_to_page,
    "back": lambda app, _: (with_default_focus(app.popped()), ()),
    "home": lambda app, _: (with_default_focus(replace(app, views=(app.home,))), ()),
    "debrief": lambda app, _: (open_screen(app, "debrief", "0"), ()),
    "section": _show_section,
    "version": _switch_version,
    "credits": screen_opener("credits", ReadCredits()),
    "all-sources": _show_all_sources,
    "look": lambda app, _: (_look(app), ()),
    "so-far": lambda app, _: (open_so_far(app), ()),
    "fullscreen": lambda app, _: (app, (ToggleFullscreen(),)),
    "quit": lambda app, _: (app, (Quit(),)),
}
