"""Who looks after a kiosk's visitors: waits for them, counts what they do, and puts everything back behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from math import ceil
from typing import Any, Protocol

from game.desktop.listeners import Listener
from game.kiosk.counts.visit_counts import CountEvent, left_key
from game.kiosk.staff.staff_gesture import KEY, NOBODY, corner_of
from game.play import Playthrough
from game.ui import intents
from game.ui.dates import moment_in_words
from game.ui.effects import CountOthers, Effect, StoreSettings, TryPin, VisitOver
from game.ui.handlers.visit_handlers import RESTART
from game.ui.kiosk_state import IdleTimeout, KioskOffer, words_in
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import TreeNode, walk

SCENE = 14.0  # seconds that a picture stays while nobody is there
QUIET = 20.0  # seconds of the card between two visits
STAFF_IDLE = 30  # seconds without a touch after which the staff's pages go by themselves, whoever stands there by then
READ = frozenset({"heading", "paragraph", "choice", "group"})
BREATH = 60.0  # seconds that a voice may take for what it says in one breath: one that takes longer hangs
LONGEST = 600.0  # seconds on one page that are counted: whoever stays longer went away


class TouchInfo(Protocol):
    """What a hand did (see game/desktop/input/kiosk_input.py)."""

    @property
    def kind(self) -> str: ...
    @property
    def finger(self) -> int | None: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...


class OpeningSchedule(Protocol):
    """When a museum is open."""

    def open_at(self, time: datetime) -> bool: ...
    def next_change(self, time: datetime) -> datetime | None: ...


class CountSink(Protocol):
    """Where numbers are kept, and nothing else."""

    def add_all(self, counts: Iterable[CountEvent]) -> None: ...
    def flush(self) -> bool: ...
    def choice_counts(self, node: str) -> Mapping[str, int]: ...
    def total(self, kind: str, day: date) -> Mapping[str, tuple[int, float]]: ...


class VisitController(Listener):
    """Has the kiosk's news, and carries out the little that a visit asks of the world.

    `settings` are those that each visit begins with; the staff may turn their volume down, and up again to what it was.
    `clock` gives seconds, `now` the local time, by which the museum has its `hours`; `touch_of` tells what a hand did;
    `beat` is told, again and again, how many visits there were today, and says whether the kiosk is still wanted;
    `renewed` whether it was set up anew, which is asked between two visits. `try_pin` says how the kiosk
    is doing, in the words of what is shown, if a PIN is the staff's, and else for how many seconds no other is taken;
    without it the staff has no way in.
    """

    def __init__(
        self,
        counts: CountSink,
        patience: IdleTimeout,
        settings: Settings,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        touch_of: Callable[[Any], TouchInfo | None],
        hours: OpeningSchedule,
        beat: Callable[[int], bool] = lambda visits: True,
        renewed: Callable[[], bool] = lambda: False,
        try_pin: Callable[[str, AppState], Sequence[str] | int] | None = None,
    ) -> None:
        self._counts, self._patience, self._settings = counts, patience, settings
        self._clock, self._now, self._touch_of = clock, now, touch_of
        self._hours, self._beat, self._renewed, self._try_pin = hours, beat, renewed, try_pin
        self._uncounted: list[CountEvent] = []
        self._held, self._loudest = NOBODY, settings.volume
        self._app: AppState | None = None
        self._words = 0.0
        self._touched = self._turned = self._since = self._said = self._locked = clock()
        self._read: Playthrough | None = None  # what the visitor reads, as far as it is counted
        self._asked: int | None = None
        self._today, self.visits = date.min, 0
        self._closed_on = date.min  # the day on which it was last said until when it is closed

    # What happens

    def on_event(self, event: Any) -> None:
        touch, now = self._touch_of(event), self._clock()
        if touch is None:
            return
        self._touched = now
        if touch.kind == "down" and touch.finger is not None:
            corner = KEY if touch.finger < 0 else corner_of(touch.x, touch.y)
            self._held = self._held.down(touch.finger, corner, now)
        elif touch.kind == "up" and touch.finger is not None:
            self._held = self._held.up(touch.finger)

    def on_page(self, app: AppState) -> None:
        """Count that a visitor came, by which door they went in, and how long they were on the page before this one."""
        before, after, now = self._read, app.playthrough, self._clock()
        if after is None or after is before:
            return
        if before is None:
            self.visits += 1
            self._count("visits", app.story.language)
        else:
            self._leave_page(before, now)
        if before is None or (before not in after.history and after not in before.history and _differ(before, after)):
            self._count_way(before)
            self._count("role", after.role or "both")
            self._count("cut", after.cut.id)
        self._read, self._turned = after, now
        self._keep()

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        if self._app is None or app.top.screen != self._app.top.screen:
            self._since = self._clock()
        if self._app is None or app.speech.saying != self._app.speech.saying:
            self._said = self._clock()
        self._app = app
        if app.top.screen == "still-there":
            return  # what lies under the question is what is waited for
        self._words = sum(words_in(node.label) for node in walk(tree) if node.role in READ)

    # What follows from it

    def poll(self) -> intents.Intent | None:
        """The next picture, a question, the numbers of the others, or a new beginning, when it is time for one."""
        self._begin_day()
        if not self._beat(self.visits):
            return intents.EndRequested(0)
        app, now = self._app, self._clock()
        if app is None or app.visit is None:
            return None
        screen = app.top.screen
        if app.speech.saying and now - self._said < BREATH and screen != "still-there":
            self._touched = now  # whoever listens is there; the question alone is not its own answer
        if self._try_pin is not None and screen not in ("staff-pin", "staff") and self._held.asks(now):
            self._held = NOBODY
            return intents.StaffAsked()
        if screen in ("attract", "closed"):
            self._counts.flush()  # what a full disk has not taken yet
            if self._renewed():
                return intents.EndRequested(RESTART)
        if screen in ("staff-pin", "staff"):
            return self._leave_staff(screen, now)
        if screen == "closed":
            return self._keep_hours(app.visit.offer, closed=True)
        if screen == "attract":
            return self._keep_hours(app.visit.offer, closed=False) or self._put_back(app, now) or self._pass_scene(now)
        if screen == "visit-quiet" and now - max(self._since, self._touched) >= QUIET:
            return self._anew()
        return self._ask(now)

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """Nothing of a visit is kept; it only ends."""
        match effect:
            case VisitOver():
                return self._anew()
            case CountOthers(playthrough):
                return intents.OthersCounted(self._others(playthrough))
            case StoreSettings(settings) if self._app is not None and self._app.top.screen == "staff":
                self._settings = replace(self._settings, volume=min(settings.volume, self._loudest))
            case TryPin(pin) if self._try_pin is not None and self._app is not None:
                answer = self._try_pin(pin, self._app)
                if not isinstance(answer, int):
                    return intents.PinTried(answer)
                self._locked = self._clock() + answer
                return intents.PinTried(None, answer)
        return None

    def _keep_hours(self, offer: KioskOffer, closed: bool) -> intents.Intent | None:
        """Close and open the kiosk with its museum; a visit that is under way is never cut short. Until when it is
        closed is said anew each day."""
        time = self._now()
        if self._hours.open_at(time):
            return self._anew() if closed else None
        if closed and time.date() == self._closed_on:
            return None
        self._closed_on = time.date()
        opens, dark = self._hours.next_change(time), replace(self._settings, theme="night", volume=0)
        told = (moment_in_words(opens, time, one.words) for one in offer.editions) if opens is not None else ()
        return intents.MuseumClosed("\n".join(told), dark)

    def _leave_staff(self, screen: str, now: float) -> intents.Intent | None:
        """Away from a page of the staff's that nobody touches; nobody is asked, since it may be a visitor by now. While
        no PIN is taken, whoever has one may be waiting before the page that says for how long."""
        if now - max(self._touched, self._locked) < STAFF_IDLE:
            return None
        return intents.Back() if screen == "staff-pin" else self._anew()

    def _put_back(self, app: AppState, now: float) -> intents.Intent | None:
        """Take back what somebody set, or sent away, who then went away without coming in."""
        gone = now - self._touched >= self._patience.idle
        called = app.visit is not None and app.visit.by_keypad
        return self._anew() if gone and (called or app.settings != self._settings) else None

    def _pass_scene(self, now: float) -> intents.Intent | None:
        if now - self._since < SCENE:
            return None
        self._since = now
        return intents.ScenePassed()

    def _ask(self, now: float) -> intents.Intent | None:
        left = self._patience.left(now - self._touched, self._words)
        if left is not None and left <= 0:
            self._gone("timeout")
            return self._anew()
        seconds = None if left is None else ceil(left)
        if seconds == self._asked:
            return None
        self._asked = seconds
        return intents.Asked(seconds)

    def _anew(self) -> intents.Intent:
        self._gone("finished")
        self._asked, self._held = None, NOBODY  # of a finger whose end was lost nobody would hear any more
        self._since = self._touched = self._clock()
        return intents.Deserted(self._settings)

    # Counting

    def _begin_day(self) -> None:
        """A day begins with the visits that were counted on it: the game may have been started anew in its midst."""
        today = self._now().date()
        if today != self._today:
            self._today, self.visits = today, sum(n for n, _ in self._counts.total("visits", today).values())

    def _gone(self, how: str) -> None:
        """The visit is over, once."""
        read, self._read = self._read, None
        if read is None:
            return
        self._leave_page(read, self._clock())
        self._count_way(read)
        self._count("left", left_key("left" if how == "finished" and not read.finished else how, read.page.node or ""))
        self._keep()

    def _count_way(self, read: Playthrough | None) -> None:
        """What was chosen and where it ended, once it stands: a visitor may go back and choose again."""
        for at in read.history if read is not None else ():
            if at.finished and at.page.ending:
                self._count("ending", at.page.ending)
            if at.previous is None or at.entry is None or not at.previous.page.tally:
                continue
            if any(option.say and option.id == at.entry.take for option in at.previous.page.choices):
                self._count("choice", f"{at.entry.node}.{at.entry.take}")

    def _leave_page(self, read: Playthrough, now: float) -> None:
        seconds = min(LONGEST, max(0.0, now - self._turned))
        self._count("page", read.page.node or "end", seconds=seconds)

    def _count(self, kind: str, key: str, seconds: float = 0.0) -> None:
        self._uncounted.append(CountEvent(self._now().date(), kind, key, 1, seconds))

    def _keep(self) -> None:
        """All that one step brought in one write."""
        counted, self._uncounted = self._uncounted, []
        if counted:
            self._counts.add_all(counted)

    def _others(self, p: Playthrough) -> dict[str, Mapping[str, int]]:
        """How others chose on these pages, as far as that is counted at all."""
        nodes = {at.page.node for at in p.history if at.page.tally and any(option.say for option in at.page.choices)}
        return {node: self._counts.choice_counts(node) for node in nodes if node is not None}


def _differ(before: Playthrough, after: Playthrough) -> bool:
    """Whether a new reading is more than the same door opened once more."""
    return bool(before.entries) or (before.role, before.cut) != (after.role, after.cut)
