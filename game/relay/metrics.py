"""Figures for Prometheus in its text format. They name no rooms, addresses or tokens."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from game.relay.figures import Figures

_PREFIX = "weight_of_grain_relay"


class Metrics:
    """The counters of one process."""

    TYPE = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._rooms = self._gauge("rooms", "Rooms whose teacher is connected to this process.")
        self._phones = self._gauge("phones", "Phones that are connected to this process.")
        self._store_ok = self._gauge("store_ok", "1 while the shared store can be reached.")
        self._draining = self._gauge("draining", "1 while the process moves its rooms and ends.")
        self._failed = self._gauge("failed_tasks", "How often a background task failed, and was started again.")
        self._unreadable = self._gauge("unreadable", "How often the store held or sent what no relay wrote.")
        self._carried = Counter(f"{_PREFIX}_messages", "Messages of phones' sockets.", registry=self._registry)
        self._refused = Counter(f"{_PREFIX}_refused", "Refusals.", ["reason"], registry=self._registry)

    def carried(self) -> None:
        """Count a message that came on a phone's socket."""
        self._carried.inc()

    def refused(self, reason: str) -> None:
        """Count a refusal, by its reason."""
        self._refused.labels(reason).inc()

    def text(self, figures: Figures) -> bytes:
        """Return all figures as text in Prometheus's format."""
        self._rooms.set(figures.rooms)
        self._phones.set(figures.phones)
        self._store_ok.set(figures.store_ok)
        self._draining.set(figures.draining)
        self._failed.set(figures.failed)
        self._unreadable.set(figures.unreadable)
        return generate_latest(self._registry)

    def _gauge(self, name: str, help: str) -> Gauge:
        return Gauge(f"{_PREFIX}_{name}", help, registry=self._registry)
