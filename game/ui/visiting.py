"""A visit's own steps: in from the attract screen, through one door, to the card, and back to the beginning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from game.play import begin
from game.ui import intents as it
from game.ui.app import App, View
from game.ui.settings import DEFAULT, Settings
from game.ui.steps import Handler, Outcome, opened, opening, reading, settled
from game.ui.typing import BLANK
from game.ui.visit import Offer, Visit

if TYPE_CHECKING:
    from game.story.model import Story
    from game.ui.words import Words

# What a visitor's way back may close; nothing leads out of a visit.
CARDS = frozenset({"fact", "term", "message", "still-there", "staff-pin"})
RESTART = 75  # the status that asks whoever started the kiosk to start it again


def await_visitors(story: Story, words: Words, offer: Offer, settings: Settings = DEFAULT) -> App:
    """The kiosk while nobody is there: progress, text size, volume and voice are those it was set up with."""
    return settled(App(story, words, settings, (View("attract", "0"),), cut=offer.cut, visit=Visit(offer)))


def asked(app: App, left: int | None) -> App:
    """With the question whether anybody is still there, `left` seconds before the end, or without it."""
    if app.visit is None or app.top.screen == "attract":
        return app
    visible = app.top.screen == "still-there"
    app = replace(app, visit=replace(app.visit, left=left))
    if left is not None and not visible:
        return opened(app, "still-there")
    return settled(app.popped()) if left is None and visible else app


def deserted(app: App, settings: Settings) -> App:
    """The kiosk begins anew: no progress, and no setting of whoever was there, stays."""
    assert app.visit is not None
    return await_visitors(app.story, app.words, app.visit.offer, settings)


def closed(app: App, until: str, settings: Settings) -> App:
    """Nobody can come in."""
    return settled(replace(deserted(app, settings), views=(View("closed", until),)))


def staff_asked(app: App) -> App:
    return app if app.top.screen in ("staff-pin", "staff") else settled(app.pushed(View("staff-pin", focus="field")))


def pin_tried(app: App, health: Sequence[str] | None, locked: int) -> App:
    """The staff's page; or what is wrong, over an empty field."""
    if app.top.screen != "staff-pin":
        return app
    if health is None:
        said = app.words("staff.locked", n=locked) if locked else app.words("staff.wrong")
        return settled(app.replaced(View("staff-pin", said, focus="field")))
    return settled(replace(app, views=(app.home, View("staff", "\n".join(health), focus="visit-anew"))))


def counted(app: App, others: Mapping[str, Mapping[str, int]]) -> App:
    return replace(app, visit=replace(app.visit, others=others)) if app.visit is not None else app


def scene_passed(app: App) -> App:
    """The next picture, while nobody is there."""
    if app.visit is None or app.top.screen != "attract" or not app.visit.offer.scenes:
        return app
    return app.replaced(replace(app.top, argument=str((int(app.top.argument) + 1) % len(app.visit.offer.scenes))))


def back(app: App) -> App:
    """Away from a card; from anything else there is no way but on."""
    return settled(app.popped()) if app.top.screen in CARDS else app


def _enter(app: App, target: str) -> Outcome:
    """In by a door; `target` is the role and the cut."""
    role, _, cut = target.partition("/")
    return reading(replace(app, playthrough=begin(app.story, role=role, cut=cut), cut=cut)), ()


def _more(app: App, _: str) -> Outcome:
    """The full text behind the brief one, on the same page; and back."""
    return settled(app.replaced(replace(app.top, other_telling=not app.top.other_telling, scroll=0))), ()


def _stop(app: App, _: str) -> Outcome:
    """A reading that is broken off comes to its card all the same."""
    p = app.playthrough
    assert p is not None
    return reading(replace(app, playthrough=p if p.over else p.leave())), ()


def _over(app: App, _: str) -> Outcome:
    return settled(replace(app, views=(app.home, View("visit-quiet")))), ()


def _anew(app: App, _: str) -> Outcome:
    """The visitor is done: the kiosk is told, and puts everything back."""
    return app, (it.VisitOver(),)


def _try_pin(app: App, _: str) -> Outcome:
    pin = app.top.line.text
    return app.replaced(replace(app.top, line=BLANK)), (it.TryPin(pin),) if pin else ()


HANDLERS: dict[str, Handler] = {
    "come-in": opening("visit-door"),
    "enter": _enter,
    "more": _more,
    "stop": _stop,
    "visit-card": lambda app, _: (opened(app, "visit-card"), ()),
    "visit-over": _over,
    "visit-anew": _anew,
    "try-pin": _try_pin,
    "staff-restart": lambda app, _: (app, (it.Quit(RESTART),)),
    "staff-quit": lambda app, _: (app, (it.Quit(),)),
    "stay": lambda app, _: (asked(app, None), ()),
}
