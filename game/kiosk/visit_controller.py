"""Visit controller: idle timeout, hours, counts and staff access. It answers the interface's effects with intents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from game.core.exit_status import RESTART
from game.desktop.listeners import Listener
from game.kiosk.counts.visit_counts import CountEvent, VisitCounts, left_key
from game.lang.reading_speed import count_words
from game.play import Playthrough
from game.ui import intents
from game.ui.effects import CheckPin, CountChoices, Effect, EndVisit, StoreSettings
from game.ui.kiosk_state import IdleTimeout, KioskOffer
from game.ui.screens.registry import SCREENS
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.time_wording import future_in_words
from game.ui.tree import TreeNode, walk

if TYPE_CHECKING:
    from game.desktop.input.input_mapping import Touch  # it imports pygame
    from game.kiosk.config.hours import Hours

HOLD_SECONDS = 3.0
CORNER = 0.12  # the size of a corner, as a share of the screen's width and height
KEY = "key"  # stands for a corner
QUIET_SECONDS = 20.0  # seconds for which the card between two visits stays
STAFF_IDLE = 30  # seconds without a touch after which the staff's pages close
READ_ROLES = frozenset({"heading", "paragraph", "choice", "group"})
MAX_UTTERANCE = 60.0  # seconds of speech without a pause; a voice that takes longer hangs
MAX_PAGE_SECONDS = 600.0  # the most that is counted; a visitor who takes longer has left

Fingers = Mapping[int, tuple[str | None, float]]  # on the screen: the corner (None: elsewhere), and since when


def opens_staff_page(fingers: Fingers, now: float) -> bool:
    """Return whether exactly two different corners, or the staff's key alone, have been held for HOLD_SECONDS."""
    places = [corner for corner, since in fingers.values() if now - since >= HOLD_SECONDS]
    if len(places) != len(fingers) or None in places:
        return False
    return places == [KEY] or (len(places) == 2 and len(set(places)) == 2 and KEY not in places)


def corner_of(x: float, y: float) -> str | None:
    """Return the corner of a point, such as "upper-left"; None if it is in no corner. `x` and `y` are fractions (0 to
    1) of the screen's width and height."""
    across = "left" if x < CORNER else "right" if x > 1 - CORNER else ""
    along = "upper" if y < CORNER else "lower" if y > 1 - CORNER else ""
    return f"{along}-{across}" if across and along else None


class VisitController(Listener):
    """Sends the kiosk's intents to the window, and carries out the effects of a visit.

    Args:
        settings: the settings at the start of each visit. Their volume is the highest that the staff can set.
        clock: returns seconds.
        now: returns the local time, for the `hours`.
        touch_of: returns the touch of an input event; None for other events.
        heartbeat: called often with the number of today's visits. If it returns False, the kiosk ends.
        reload_config: returns whether the configuration has changed. Called between two visits.
        try_pin: returns the status lines if the PIN is right, otherwise the seconds until the next try. Without it,
            the staff has no access.
    """

    def __init__(
        self,
        counts: VisitCounts,
        idle_timeout: IdleTimeout,
        settings: Settings,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        touch_of: Callable[[Any], Touch | None],
        hours: Hours,
        heartbeat: Callable[[int], bool] = lambda visits: True,
        reload_config: Callable[[], bool] = lambda: False,
        try_pin: Callable[[str, AppState], Sequence[str] | int] | None = None,
    ) -> None:
        self._counts, self._idle_timeout, self._settings = counts, idle_timeout, settings
        self._clock, self._now, self._touch_of = clock, now, touch_of
        self._hours, self._heartbeat, self._reload_config, self._try_pin = hours, heartbeat, reload_config, try_pin
        self._uncounted: list[CountEvent] = []
        self._held: dict[int, tuple[str | None, float]] = {}
        self._loudest = settings.volume
        self._app: AppState | None = None
        self._words = 0
        self._touched = self._turned = self._since = self._said = self._locked = clock()
        self._counted: Playthrough | None = None  # the visitor's playthrough, as far as it is counted
        self._warned: int | None = None  # the seconds left that the idle question showed last
        self._today, self.visits = date.min, 0
        self._closed_on = date.min  # the day on which the next opening was shown last

    # Events

    def on_event(self, event: Any) -> None:
        touch, now = self._touch_of(event), self._clock()
        if touch is None:
            return
        self._touched = now
        if touch.kind == "down":
            self._held[touch.finger] = KEY if touch.finger < 0 else corner_of(touch.x, touch.y), now
        elif touch.kind == "up":
            self._held.pop(touch.finger, None)

    def on_page(self, app: AppState) -> None:
        """Count the seconds on the page before this one. Count a new visit, and a new reading's role and cut."""
        before, after, now = self._counted, app.playthrough, self._clock()
        if after is None or after is before:
            return
        if before is None:
            self.visits += 1
            self._count("visits", app.story.language)
        else:
            self._leave_page(before, now)
        if before is None or (before not in after.history and after not in before.history and _differ(before, after)):
            self._count_choices(before)
            self._count("role", after.role or "both")
            self._count("cut", after.cut.id)
        self._counted, self._turned = after, now
        self._write_counts()

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        if self._app is None or app.top.screen != self._app.top.screen:
            self._since = self._clock()
        if self._app is None or app.speech.saying != self._app.speech.saying:
            self._said = self._clock()
        self._app = app
        if app.top.screen == "still-there":
            return  # keep the reading time of the page below the question
        self._words = sum(map(_words_to_read, walk(tree)))

    # Intents and effects

    def poll(self) -> intents.Intent | None:
        """Return the intent that is due now, such as a reset or the idle question; None if none is due."""
        self._begin_day()
        if not self._heartbeat(self.visits):
            return intents.EndRequested(0)
        app, now = self._app, self._clock()
        if app is None or app.visit is None:
            return None
        screen = app.top.screen
        if app.speech.saying and now - self._said < MAX_UTTERANCE and screen != "still-there":
            self._touched = now  # a visitor who listens is there; but the question's own speech does not count
        if self._try_pin is not None and not SCREENS[screen].staff_only and opens_staff_page(self._held, now):
            self._held.clear()
            return intents.StaffRequested()
        if screen in ("attract", "closed"):
            self._counts.flush()  # writes counts that could not be written before
            if self._reload_config():
                return intents.EndRequested(RESTART)
        if SCREENS[screen].staff_only:
            return self._leave_staff(screen, now)
        if screen == "closed":
            return self._follow_hours(app.visit.offer, closed=True)
        if screen == "attract":
            return (
                self._follow_hours(app.visit.offer, closed=False)
                or self._undo_unused(app, now)
                or self._next_picture(app.visit.offer.scene_seconds, now)
            )
        if screen == "visit-quiet" and now - max(self._since, self._touched) >= QUIET_SECONDS:
            return self._reset()
        return self._check_idle(now)

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """Carry out an effect of a visit, and return the intent that follows, or None. Ignore other effects."""
        match effect:
            case EndVisit():
                return self._reset()
            case CountChoices(playthrough):
                return intents.ChoicesCounted(self._choice_counts(playthrough))
            case StoreSettings(settings) if self._app is not None and self._app.top.screen == "staff":
                self._settings = replace(self._settings, volume=min(settings.volume, self._loudest))
            case CheckPin(pin) if self._try_pin is not None and self._app is not None:
                answer = self._try_pin(pin, self._app)
                if not isinstance(answer, int):
                    return intents.PinChecked(answer)
                self._locked = self._clock() + answer
                return intents.PinChecked(None, answer)
        return None

    def _follow_hours(self, offer: KioskOffer, closed: bool) -> intents.Intent | None:
        """Return the intent to open or close the kiosk when the museum does; None if none is due. While the kiosk is
        `closed`, return one each day, which shows when the museum opens."""
        time = self._now()
        if self._hours.open_at(time):
            return self._reset() if closed else None
        if closed and time.date() == self._closed_on:
            return None
        self._closed_on = time.date()
        opens, dark = self._hours.next_change(time), replace(self._settings, theme="night", volume=0)
        lines = (future_in_words(opens, time, edition.words) for edition in offer.editions) if opens is not None else ()
        return intents.MuseumClosed("\n".join(lines), dark)

    def _leave_staff(self, screen: str, now: float) -> intents.Intent | None:
        """Return the intent to close a staff page after STAFF_IDLE seconds without a touch; None before. While the PIN
        is locked, the seconds do not run, because the staff could be waiting for the end of the lock."""
        if now - max(self._touched, self._locked) < STAFF_IDLE:
            return None
        return intents.Back() if screen == "staff-pin" else self._reset()

    def _undo_unused(self, app: AppState, now: float) -> intents.Intent | None:
        """If somebody changed settings or used the keypad, and left without a visit, return an intent to reset."""
        gone = now - self._touched >= self._idle_timeout.idle
        called = app.visit is not None and app.visit.by_keypad
        return self._reset() if gone and (called or app.settings != self._settings) else None

    def _next_picture(self, seconds: float, now: float) -> intents.Intent | None:
        if now - self._since < seconds:
            return None
        self._since = now
        return intents.NextScene()

    def _check_idle(self, now: float) -> intents.Intent | None:
        left = self._idle_timeout.left(now - self._touched, self._words)
        if left is not None and left <= 0:
            self._end_visit("timeout")
            return self._reset()
        seconds = None if left is None else ceil(left)
        if seconds == self._warned:
            return None
        self._warned = seconds
        return intents.IdleCountdown(seconds)

    def _reset(self) -> intents.Intent:
        self._end_visit("finished")
        self._warned = None
        self._held.clear()  # if a finger's release was lost, it must not stay down
        self._since = self._touched = self._clock()
        return intents.KioskReset(self._settings)

    # Counting

    def _begin_day(self) -> None:
        """At the first call on a day, set `visits` to the number already counted that day (before a restart)."""
        today = self._now().date()
        if today != self._today:
            self._today, self.visits = today, sum(n for n, _ in self._counts.total("visits", today).values())

    def _end_visit(self, how: str) -> None:
        """Count the end of the visit, if there is one. Count "finished" as "left" if the story is not finished."""
        read, self._counted = self._counted, None
        if read is None:
            return
        self._leave_page(read, self._clock())
        self._count_choices(read)
        self._count("left", left_key("left" if how == "finished" and not read.finished else how, read.page.node or ""))
        self._write_counts()

    def _count_choices(self, read: Playthrough | None) -> None:
        """Count a reading's choices and ending. Call this when the visitor can no longer go back to them."""
        for at in read.history if read is not None else ():
            if at.finished and at.page.ending:
                self._count("ending", at.page.ending)
            if at.previous is None or at.entry is None or not at.previous.page.tally:
                continue
            if any(option.say and option.id == at.entry.take for option in at.previous.page.choices):
                self._count("choice", f"{at.entry.node}.{at.entry.take}")

    def _leave_page(self, read: Playthrough, now: float) -> None:
        seconds = min(MAX_PAGE_SECONDS, max(0.0, now - self._turned))
        self._count("page", read.page.node or "end", seconds=seconds)

    def _count(self, kind: str, key: str, seconds: float = 0.0) -> None:
        self._uncounted.append(CountEvent(self._now().date(), kind, key, 1, seconds))

    def _write_counts(self) -> None:
        counted, self._uncounted = self._uncounted, []
        if counted:
            self._counts.add_all(counted)

    def _choice_counts(self, p: Playthrough) -> dict[str, Mapping[str, int]]:
        """Return how many visitors took each choice of a page: node -> choice -> number. Leave out secret tallies."""
        nodes = {at.page.node for at in p.history if at.page.tally and at.page.has_decision}
        return {node: self._counts.choice_counts(node) for node in nodes if node is not None}


def _words_to_read(node: TreeNode) -> int:
    """Return how many words of a node a visitor reads, also those of a choice's reason; 0 for controls and progress."""
    if node.role not in READ_ROLES or node.style == "progress":
        return 0
    return count_words(node.label) + (count_words(node.value) if node.role == "choice" else 0)


def _differ(before: Playthrough, after: Playthrough) -> bool:
    """Return whether `after` is another reading. It is the same if `before` has no entries, and role and cut are
    equal."""
    return bool(before.entries) or (before.role, before.cut) != (after.role, after.cut)
