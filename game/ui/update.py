"""One step of the interface: state and intent in, state and effects out. Pure, so anything can drive it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from game.play import begin
from game.story.model import INVENTED
from game.ui import fields, journals, leafing, placements, slots, teaching, visiting
from game.ui import intents as it
from game.ui.app import App, View, tree
from game.ui.settings import DEFAULT, Settings, changed, stepped
from game.ui.steps import (
    Handler,
    Outcome,
    asking,
    gave_way,
    noted,
    opened,
    opening,
    reading,
    settled,
    turned,
    unfinished,
)
from game.ui.tree import Action, Node, find, focus_order, numbered

if TYPE_CHECKING:
    from game.play import Playthrough
    from game.story.model import Story
    from game.ui.words import Words

# Screens that lie over another and are closed by leaving for the page.
OVER_THE_PAGE = frozenset({"pause", "settings", "look-back", "slots-store", "slots-fetch", "share", "code",
                           "journal", "credits", "licence",
                           "fact", "term", "confirm", "message", "findings"})  # fmt: skip


# What Escape opens over the screens that it does not close.
PAUSES = {"reading": "pause", "wall": "wall-menu", "wall-debrief": "wall-menu"}


def start(
    story: Story,
    words: Words,
    settings: Settings = DEFAULT,
    resumed: Playthrough | None = None,
    notes: Sequence[str] = (),
    role: str | None = None,
    cut: str = "full",
    aside: Playthrough | None = None,
    offers: frozenset[str] = frozenset(),
) -> App:
    """The interface as it opens: on the title, or, when a role is named, before that role's door.

    `resumed` is the playthrough to continue, and `notes` what a reader should know about it; `aside` is the one that
    gave way to it; `offers` what the world can do besides keeping.
    """
    app = App(story, words, settings, playthrough=resumed, aside=aside, cut=cut, offers=offers)
    app = settled(app)
    if role is not None:
        app, _ = _do(app, Action("new", role))
    return noted(app, notes)


def update(app: App, intent: it.Intent) -> Outcome:
    """What an intent makes of the interface, and the effects that the world should carry out."""
    match intent:
        case it.Press(node_id):
            return _press(app, find(tree(app), node_id))
        case it.Activate():
            return _press(app, find(tree(app), app.top.focus))
        case it.Pick(number):
            slips = numbered(tree(app))
            return _press(app, slips[number - 1] if 0 < number <= len(slips) else None)
        case it.Focus(node_id):
            known = node_id is None or node_id in focus_order(tree(app))
            return (app.replaced(replace(app.top, focus=node_id)) if known else app), ()
        case it.Step(by):
            return _step(app, by), ()
        case it.Scroll(to):
            return app.replaced(replace(app.top, scroll=max(0, to))), ()
        case it.Back():
            return _back(app)
        case it.Adjust(by, name):
            return _adjust(app, by, name)
        case it.Mute():
            loudness = app.settings.volume or app.loudness
            volume = 0 if app.settings.volume else loudness
            return _with_settings(replace(app, loudness=loudness), replace(app.settings, volume=volume))
        case it.SwitchVoice():
            return _switch_voice(visiting.called(app))
        case it.SayAgain(whole):
            return app, (it.Repeat(whole),)
        case it.VoicesFound(voices, trouble):
            return replace(app, speech=replace(app.speech, voices=tuple(voices), trouble=trouble)), ()
        case it.Saying(text):
            return replace(app, speech=replace(app.speech, saying=text)), ()
        case it.SoundFound(trouble):
            return replace(app, sound_trouble=trouble), ()
        case it.Fullscreen():
            return app, (it.ToggleFullscreen(),) if app.visit is None else ()
        case it.Type() | it.Erase() | it.MoveCaret() | it.Paste() | it.Copied():
            return fields.typed(app, intent)
        case it.JournalMade() | it.JournalKept() | it.JournalFailed():
            return journals.heard(app, intent), ()
        case it.CreditsRead(credits):
            return settled(replace(app, credits=tuple(credits))), ()
        case it.SlotsRead(slots, now):
            return settled(replace(app, slots=tuple(slots), now=now)), ()
        case it.Fetched(playthrough, notes):
            app, effects = gave_way(app, playthrough)
            return noted(app, notes), effects
        case it.Failed(message):
            return opened(app, "message", message), ()
        case it.Rewritten(story, playthrough, notes):
            return _rewritten(app, story, playthrough, notes), ()
        case it.ClassChanged(sitting):
            return teaching.class_changed(app, sitting), ()
        case it.Asked(left):
            return visiting.asked(app, left), ()
        case it.Deserted(settings):
            return visiting.deserted(app, settings), ()
        case it.Closed(until, settings):
            return visiting.closed(app, until, settings), ()
        case it.StaffAsked():
            return visiting.staff_asked(app), ()
        case it.PinTried(health, locked):
            return visiting.pin_tried(app, health, locked), ()
        case it.Ended(status):
            return app, (it.Quit(status),)
        case it.ScenePassed():
            return visiting.scene_passed(app), ()
        case it.OthersCounted(others):
            return visiting.counted(app, others), ()
        case it.Unplayable(findings):
            lines = "\n".join(line for finding in findings for line in finding)
            return opened(app.without("findings"), "findings", lines), ()


def _rewritten(app: App, story: Story, playthrough: Playthrough | None, notes: Sequence[str]) -> App:
    """The story's new form under the same screens, as far as it still has what they are about."""
    cut = app.cut if app.cut in story.cuts else next(iter(story.cuts))
    before, app = app.playthrough, replace(app, story=story, playthrough=playthrough, cut=cut)
    if _place(before) == _place(playthrough):
        app = settled(replace(app, views=tuple(view for view in app.views if _stands(view, app))))
    elif playthrough is not None and len(app.views) > 1:
        app = reading(app)
    else:
        app = settled(replace(app, views=(View("title"),)))
    return noted(app, notes)


def _place(playthrough: Playthrough | None) -> tuple[str | None, bool] | None:
    return (playthrough.page.node, playthrough.left) if playthrough is not None else None


def _stands(view: View, app: App) -> bool:
    """Whether the story and the reading have what a screen is about."""
    story, past = app.story, app.playthrough.past if app.playthrough is not None else ()
    known: dict[str, Collection[str]] = {
        "fact": {*story.facts, INVENTED},
        "term": story.terms,
        "content-note": story.roles,
        "look-back": [str(at) for at in range(len(past))],
        "findings": (),
    }
    return view.screen not in known or view.argument in known[view.screen]


def _press(app: App, node: Node | None) -> Outcome:
    """Pressing what is not there, or only read, does nothing."""
    if node is None or node.action is None:
        return app, ()
    if node.focusable:
        app = app.replaced(replace(app.top, focus=node.id))
    return _do(app, node.action)


def _do(app: App, action: Action) -> Outcome:
    return HANDLERS[action.verb](app, action.target)


def _step(app: App, by: int) -> App:
    order = focus_order(tree(app))
    if not order:
        return app
    if app.top.focus in order:
        place = (order.index(app.top.focus) + by) % len(order)
    else:
        place = 0 if by > 0 else len(order) - 1
    return app.replaced(replace(app.top, focus=order[place]))


def _back(app: App) -> Outcome:
    """Escape closes what lies on top; on the page and the wall it pauses; on the title it does nothing."""
    screen = app.top.screen
    if app.visit is not None:
        return visiting.back(app), ()
    if screen in PAUSES:
        return opened(app, PAUSES[screen]), ()
    if screen == "debrief" and app.playthrough is not None and not app.playthrough.left:
        return reading(app), ()
    return settled(app.popped()), ()


def _adjust(app: App, by: int, name: str | None) -> Outcome:
    if name is None:
        node = find(tree(app), app.top.focus)
        if node is None or node.role != "setting" or node.action is None:
            return app, ()
        name = node.action.target
    return _with_settings(app, stepped(app.settings, name, by, app.values))


def _switch_voice(app: App) -> Outcome:
    """Whoever turns the voice on wants to hear it, also where the sound was off: they may not see that it is."""
    settings = app.settings
    if settings.speaks:
        return _with_settings(app, replace(settings, voice="off"))
    return _with_settings(app, replace(settings, voice="on", volume=settings.volume or app.loudness))


def _with_settings(app: App, settings: Settings) -> Outcome:
    if settings == app.settings:
        return app, ()
    return replace(app, settings=settings), (it.StoreSettings(settings),)


# One handler a verb. ---------------------------------------------------------------------------------------


def _continue(app: App, _: str) -> Outcome:
    return reading(app), ()


def _begin(app: App, role: str) -> Outcome:
    # What the other door's finished reading fixed holds for this one.
    before = app.playthrough
    fits = before is not None and before.finished and before.role not in (None, role)
    both = app.story.cuts[app.cut].both_roles
    return gave_way(app, begin(app.story, role=role, cut=app.cut, earlier=before if fits and not both else None))


def _choose(app: App, choice: str) -> Outcome:
    assert app.playthrough is not None
    return turned(app, app.playthrough.choose(choice))


def _skip(app: App, _: str) -> Outcome:
    assert app.playthrough is not None
    return turned(app, app.playthrough.skip())


def _leave(app: App, _: str) -> Outcome:
    assert app.playthrough is not None
    return turned(app, app.playthrough.leave())


def _undo(app: App, _: str) -> Outcome:
    assert app.playthrough is not None
    return turned(app, app.playthrough.undo())


def _close(app: App, _: str) -> Outcome:
    views = app.views
    while len(views) > 1 and views[-1].screen in OVER_THE_PAGE:
        views = views[:-1]
    return settled(replace(app, views=views)), ()


def _pop(app: App, _: str) -> Outcome:
    return settled(app.popped()), ()


def _home(app: App, _: str) -> Outcome:
    return settled(replace(app, views=(app.home,))), ()


def _debrief(app: App, _: str) -> Outcome:
    return opened(app, "debrief", "0"), ()


def _section(app: App, at: str) -> Outcome:
    return settled(app.replaced(replace(app.top, argument=at, focus=None, scroll=0))), ()


def _telling(app: App, _: str) -> Outcome:
    app = app.popped()
    view = replace(app.top, other_telling=not app.top.other_telling, scroll=0)
    return settled(app.replaced(view)), ()


def _set(app: App, target: str) -> Outcome:
    name, _, value = target.partition("=")
    return _with_settings(app, changed(app.settings, name, value, app.values))


def _cycling(by: int) -> Handler:
    """Through a setting's values one way, and round again."""
    return lambda app, name: _with_settings(app, stepped(app.settings, name, by, app.values, around=True))


HANDLERS: dict[str, Handler] = {
    **leafing.HANDLERS,
    **slots.HANDLERS,
    **fields.HANDLERS,
    **journals.HANDLERS,
    **placements.HANDLERS,
    **teaching.HANDLERS,
    **visiting.HANDLERS,
    "continue": _continue,
    "new": opening("content-note"),
    **asking("begin", unfinished, _begin),
    "choose": _choose,
    "skip": _skip,
    **asking("leave", lambda app, _: True, _leave),
    "undo": _undo,
    "close": _close,
    "back": _pop,
    "home": _home,
    "debrief": _debrief,
    "section": _section,
    "telling": _telling,
    "set": _set,
    "cycle": _cycling(1),
    "cycle-down": _cycling(-1),
    "pause": opening("pause"),
    "settings": opening("settings"),
    "about": opening("about"),
    "credits": opening("credits", it.ReadCredits()),
    "licence": opening("licence"),
    "fact": opening("fact"),
    "term": opening("term"),
    "fullscreen": lambda app, _: (app, (it.ToggleFullscreen(),)),
    "voice": lambda app, _: _switch_voice(app),
    "quit": lambda app, _: (app, (it.Quit(),)),
}
