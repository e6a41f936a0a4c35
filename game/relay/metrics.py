"""Numbers about one relay process, and their text for Prometheus. They name no rooms, addresses or tokens."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from game.core.values import frozen

_PREFIX = "weight_of_grain_relay"
_GAUGES = {  # a field of `Figures` -> its name and meaning in Prometheus
    "rooms": ("rooms", "Rooms whose teacher is connected to this process."),
    "phones": ("phones", "Phones that are connected to this process."),
    "store_ok": ("store_ok", "1 while the shared store can be reached."),
    "draining": ("draining", "1 while the process moves its rooms and ends."),
    "failed": ("failed_tasks", "How often a background task failed, and was started again."),
    "unreadable": ("unreadable", "How often the store held or sent what no relay wrote."),
}
_LATELY = 60.0  # how long `/health` shows an incident, in seconds, so that an occasional look finds it


class Incidents:
    """Counts incidents of one kind, such as failures of tasks. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._last = clock, float("-inf")
        self.count = 0

    @property
    def lately(self) -> bool:
        return self._clock() - self._last < _LATELY

    def add(self) -> bool:
        """Count an incident. Return True if none had happened in the last minute, so that the log needs a line."""
        first = not self.lately
        self.count, self._last = self.count + 1, self._clock()
        return first


@frozen
class Figures:
    """The size and condition of a process. `failed` and `unreadable` count incidents since its start."""

    rooms: int
    phones: int
    store_ok: bool  # the shared store can be reached
    draining: bool  # the process moves its rooms away, and ends
    failed: int  # background tasks
    unreadable: int  # texts in the store that no relay wrote
    state: str  # `ok`, or a word for what is wrong, or was in the last minute


class Metrics:
    """The numbers of one process: its figures, and the counters `messages` and `refusals` (by reason)."""

    TYPE = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._gauges = {
            field: Gauge(f"{_PREFIX}_{name}", meaning, registry=self._registry)
            for field, (name, meaning) in _GAUGES.items()
        }
        self.messages = Counter(f"{_PREFIX}_messages", "Messages of phones' sockets.", registry=self._registry)
        self.refusals = Counter(f"{_PREFIX}_refused", "Refusals.", ["reason"], registry=self._registry)

    def text(self, figures: Figures) -> bytes:
        for field, gauge in self._gauges.items():
            gauge.set(getattr(figures, field))
        return generate_latest(self._registry)
