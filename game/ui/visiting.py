"""A visit's own steps: in from the attract screen, through one door, to the card, and back to the beginning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game.play import begin
from game.ui import intents as it
from game.ui.app import App, View
from game.ui.settings import DEFAULT, Settings
from game.ui.steps import Handler, Outcome, led_past, opened, opening, page, reading, settled
from game.ui.typing import BLANK
from game.ui.visit import Offer, Visit

# What a visitor's way back may close; nothing leads out of a visit.
CARDS = frozenset({"fact", "term", "visit-sources", "message", "still-there", "staff-pin"})
RESTART = 75  # the status that asks whoever started the kiosk to start it again


def await_visitors(offer: Offer, settings: Settings = DEFAULT) -> App:
    """The kiosk while nobody is there: progress, language, text size, volume and voice are as it was set up."""
    first, visit, at = offer.editions[0], Visit(offer, loudest=settings.volume), (View("attract", count=0),)
    app = App(first.story, first.words, settings, at, cut=offer.cut, loudness=settings.volume, visit=visit)
    return settled(app)


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
    """The kiosk begins anew: no progress, and no setting of whoever was there, stays; what is known of its sound and
    its voices does."""
    assert app.visit is not None
    anew = await_visitors(app.visit.offer, settings)
    return replace(anew, speech=app.speech, sound_trouble=app.sound_trouble)


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
    return app.replaced(replace(app.top, count=((app.top.count or 0) + 1) % len(app.visit.offer.scenes)))


def called(app: App) -> App:
    """Somebody turned the voice on, or off, by a key: what keys there are can be told."""
    return replace(app, visit=replace(app.visit, by_keypad=True)) if app.visit is not None else app


def unattended(app: App) -> bool:
    """Whether a key that is pressed now is that of somebody who may not see the screen, and knows nothing yet: whoever
    turned the voice off by one knows."""
    visit = app.visit
    return visit is not None and app.top.screen == "attract" and not (app.settings.speaks or visit.by_keypad)


def back(app: App) -> App:
    """Away from a card; from anything else there is no way but on."""
    return settled(app.popped()) if app.top.screen in CARDS else app


def _come_in(app: App, _: str) -> Outcome:
    """To the doors; where there are several languages, by way of them."""
    assert app.visit is not None
    return opened(app, "visit-language" if len(app.visit.offer.editions) > 1 else "visit-door"), ()


def _language(app: App, target: str) -> Outcome:
    """On to the doors, in a language."""
    assert app.visit is not None
    chosen = next(edition for edition in app.visit.offer.editions if edition.language == target)
    return settled(replace(app, story=chosen.story, words=chosen.words, views=(app.home, View("visit-door")))), ()


def _enter(app: App, target: str) -> Outcome:
    """In by a door; `target` is the role and the cut."""
    role, _, cut = target.partition("/")
    return reading(replace(app, playthrough=begin(app.story, role=role, cut=cut), cut=cut)), ()


def _other_door(app: App, role: str) -> Outcome:
    """The same village from the other side: what the finished reading fixed holds there."""
    before = app.playthrough
    earlier = before if before is not None and before.finished else None
    return reading(replace(app, playthrough=begin(app.story, role=role, cut=app.cut, earlier=earlier))), ()


def _more(app: App, _: str) -> Outcome:
    """The full text behind the brief one, on the same page and from there on; and back."""
    assert app.visit is not None
    other = not app.top.other_telling
    app = replace(app, visit=replace(app.visit, other_telling=other))
    return settled(app.replaced(replace(app.top, other_telling=other, scroll=0))), ()


def _step_back(app: App, _: str) -> Outcome:
    """To what was on the screen before: what stands before this page, the page before it, or the doors."""
    p = app.playthrough
    assert p is not None
    if app.top.screen == "reading" and led_past(p.page):
        return reading(app), ()
    if p.previous is None:
        return settled(replace(app, playthrough=None, views=(app.home, View("visit-door")))), ()
    return page(replace(app, playthrough=p.undo())), ()


def _stop(app: App, _: str) -> Outcome:
    """A reading that is broken off comes to its card all the same."""
    p = app.playthrough
    assert p is not None
    return reading(replace(app, playthrough=p if p.over else p.leave())), (it.CountOthers(p),)


def _card(app: App, _: str) -> Outcome:
    return opened(app, "visit-card"), (it.CountOthers(app.playthrough),)


def _over(app: App, _: str) -> Outcome:
    return settled(replace(app, views=(app.home, View("visit-quiet")))), ()


def _anew(app: App, _: str) -> Outcome:
    """The visitor is done: the kiosk is told, and puts everything back."""
    return app, (it.VisitOver(),)


def _try_pin(app: App, _: str) -> Outcome:
    pin = app.top.line.text
    return app.replaced(replace(app.top, line=BLANK)), (it.TryPin(pin),) if pin else ()


HANDLERS: dict[str, Handler] = {
    "come-in": _come_in,
    "language": _language,
    "enter": _enter,
    "other-door": _other_door,
    "read-on": lambda app, _: (page(app), ()),
    "sources": opening("visit-sources"),
    "more": _more,
    "step-back": _step_back,
    "stop": _stop,
    "visit-card": _card,
    "visit-over": _over,
    "visit-anew": _anew,
    "try-pin": _try_pin,
    "staff-restart": lambda app, _: (app, (it.Quit(RESTART),)),
    "staff-quit": lambda app, _: (app, (it.Quit(),)),
    "stay": lambda app, _: (asked(app, None), ()),
}
