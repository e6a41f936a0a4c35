"""Drives a kiosk without a window, and a kiosk's window without a screen, with a clock set by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from game.desktop.input.input_mapping import Touch, touch_of
from game.desktop.listeners import Listener
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import PictureCache
from game.desktop.session import Session
from game.kiosk.config.hours import ALWAYS, Hours
from game.kiosk.counts.visit_counts import CountEvent, VisitCounts
from game.kiosk.visit_controller import VisitController
from game.play import Page
from game.play.page import Option
from game.story.model import Story
from game.ui.effects import Effect, Quit
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue
from game.ui.intents import EndRequested, Intent, Press
from game.ui.kiosk_state import IdleTimeout, KioskEdition, KioskOffer
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.update import update
from tests.clock import Clock
from tests.desktop.session_driver import Album, SessionDriver
from tests.ui.app_driver import AppDriver

SETTINGS = Settings(targets="large", volume=50)
PIN = "4711"


class InMemoryCounts(VisitCounts):
    """Counts in memory. `offered`: how often they were flushed."""

    def __init__(self) -> None:
        self.offered = 0
        self.n, self.seconds = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        self.days = Counter[tuple[str, str, date]]()

    def add_all(self, counts: Iterable[CountEvent]) -> None:
        for count in counts:
            self.n[count.kind, count.key] += count.n
            self.days[count.kind, count.key, count.day] += count.n
            self.seconds[count.kind, count.key] += round(count.seconds)

    def total(self, kind: str, day: date | None = None) -> Mapping[str, tuple[int, float]]:
        return {key: (n, 0.0) for (its, key, on), n in self.days.items() if (its, on) == (kind, day)}

    def flush(self) -> bool:
        self.offered += 1
        return True

    def choice_counts(self, node: str) -> Mapping[str, int]:
        return {key.removeprefix(f"{node}."): n for (kind, key), n in self.n.items() if key.startswith(f"{node}.")}


TEN_TO_SIX = Hours((((600, 1080),),) * 7)


def offer_of_one(story: Story, words: Catalogue, **more: Any) -> KioskOffer:
    return KioskOffer((KioskEdition(story, words, "Come in."),), tuple(story.roles), "kiosk", **more)


class KioskDriver(AppDriver):
    """`press` acts as a visitor; `wait` lets time pass and handles the controller's intents as a window does."""

    def __init__(
        self,
        story: Story,
        words: Catalogue,
        idle_timeout: IdleTimeout | None = None,
        counts: VisitCounts | None = None,
        hours: Hours | None = None,
    ) -> None:
        self.now, self.day = 1000.0, datetime(2026, 5, 4, 12)
        self.counts, self.beats = InMemoryCounts(), list[int]()  # unless other counts are given
        self.renewed, self.wanted = False, True
        self.locked = 0  # seconds without PINs after a wrong PIN
        self.idle_timeout = idle_timeout or IdleTimeout()
        self.controller = VisitController(
            counts or self.counts, self.idle_timeout, SETTINGS, lambda: self.now, lambda: self.day, lambda event: event,
            hours or TEN_TO_SIX, heartbeat=self.beat, reload_config=lambda: self.renewed, try_pin=self.try_pin,
        )  # fmt: skip
        edition = KioskEdition(story, words, "Come in.", longer=dict.fromkeys(story.roles, 9))
        offer = KioskOffer((edition,), tuple(story.roles), "kiosk", "full")
        super().__init__(start_kiosk(offer, SETTINGS))
        self.requests: list[Effect] = []
        self._tell(None)

    def beat(self, visits: int) -> bool:
        self.beats.append(visits)
        return self.wanted

    def try_pin(self, pin: str, app: AppState) -> Sequence[str] | int:
        return ["All is well."] if pin == PIN else self.locked

    @property
    def page(self) -> Page:
        return self.app.current.page

    def touch(self, touch: Touch | None = None) -> None:
        self.controller.on_event(touch or Touch("other"))

    def intend(self, *intents: Intent) -> None:
        for intent in intents:
            before = self.app
            self.app, effects = update(self.app, intent)
            for effect in effects:
                if isinstance(effect, Quit):
                    self.requests.append(effect)
                elif (answer := self.controller.carry_out(effect)) is not None:
                    self._tell(before)
                    before = self.app
                    self.app, _ = update(self.app, answer)
            self._tell(before)

    def press(self, *ids: str) -> None:
        """Press nodes in turn, a second apart."""
        for node_id in ids:
            self.now += 1
            self.touch()
            self.intend(Press(node_id))
            self.poll()

    def choose(self, *ids: str) -> None:
        """Take choices in turn, past the screens between their pages."""
        for choice in ids:
            if self.where == "visit-between":
                self.press("read-on")
            self.press(f"choice:{choice}")

    def wait(self, seconds: float) -> None:
        """Let time pass in steps of at most one second."""
        while seconds > 0:
            step = min(1.0, seconds)
            self.now += step
            self.day += timedelta(seconds=step)
            seconds -= step
            self.poll()

    def set_clock(self, day: datetime) -> None:
        """Set the local clock, and let two seconds pass."""
        self.day = day
        self.wait(2)

    def read_to_the_card(self, choose: Callable[[Sequence[Option]], Option] = itemgetter(0)) -> None:
        """Take the first choice of each page, or the one that `choose` takes, up to the visit's card."""
        while self.app.playthrough is not None and not self.app.playthrough.over:
            self.choose(choose(self.page.choices).id)
        self.press("visit-card")

    def poll(self) -> None:
        while (news := self.controller.poll()) is not None:
            self.intend(news)
            if isinstance(news, EndRequested):
                return

    def _tell(self, before: AppState | None) -> None:
        if before is None or self.app.playthrough is not before.playthrough:
            self.controller.on_page(self.app)
        self.controller.on_screen(self.tree, self.app.top.focus, self.app)


def kiosk_window(
    offer: KioskOffer,
    fonts: Fonts,
    size: tuple[int, int] = (1080, 1920),
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    counts: InMemoryCounts | None = None,
    idle_timeout: IdleTimeout | None = None,
    try_pin: Callable[[str, AppState], Sequence[str] | int] | None = None,
    listeners: Sequence[Listener] = (),
    pictures: PictureCache | None = None,
) -> SessionDriver:
    """A session with its visit controller before the attract screen, at noon, in a museum that is always open."""
    settings, clock = settings or Settings(targets="large"), clock or Clock()
    counts, idle_timeout, noon = counts or InMemoryCounts(), idle_timeout or IdleTimeout(), datetime(2026, 5, 4, 12)
    controller = VisitController(counts, idle_timeout, settings, clock, lambda: noon, touch_of, ALWAYS, try_pin=try_pin)
    app, listening = start_kiosk(offer, settings), [*listeners, controller]
    return SessionDriver(Session(app, size, fonts, pictures or Album(), controller, clock, listeners=listening), clock)
