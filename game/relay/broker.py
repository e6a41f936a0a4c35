"""Brokers keep the records of rooms that all relay processes share, and pass messages between the processes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from game.core.values import frozen


class StoreLost(Exception):
    """Raised if the shared store cannot be reached."""


@frozen
class Record:
    """A room as all processes know it: `owner` is its teacher's process, `fingerprint` the hash of its secret."""

    code: str
    owner: str
    fingerprint: str


class Receiver(Protocol):
    """Interface through which a `Broker` gives messages to a process and tells it of trouble. No method may block."""

    def received(self, message: str) -> None:
        """Take a message from another process."""

    def store_changed(self, ok: bool) -> None:
        """Note that the store was lost (`ok` False) or is back. Messages sent in between may be missing."""

    def unreadable(self) -> None:
        """Note that the store holds or sent something unreadable. The broker ignores it."""

    def task_failed(self) -> None:
        """Note that a background task of the broker failed. The broker starts it again."""


class Broker(Protocol):
    """Interface to a broker. Each method except `send` may raise StoreLost."""

    async def start(self, process: str, receiver: Receiver) -> None:
        """Begin to receive messages for a process, and give them to `receiver`."""

    async def close(self) -> None:
        """Stop receiving messages."""

    async def claim(self, record: Record) -> bool:
        """Write a record and return True. If a record with another secret has the code, write nothing: return False."""

    async def find(self, code: str) -> Record | None:
        """Return the record of a room; None if there is no such room."""

    async def keep(self, records: Collection[Record]) -> None:
        """Write the records of this process's rooms again, so that they do not expire."""

    async def forget(self, record: Record) -> None:
        """Delete a record, unless the store has another record of its room by now."""

    def send(self, process: str | None, message: str) -> None:
        """Send a line of text to a process; with None to all. A text that cannot be sent is dropped."""


class MemoryHub:
    """A store in memory, for relays in one process."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.receivers: dict[str, Receiver] = {}

    def broker(self) -> MemoryBroker:
        return MemoryBroker(self)


class MemoryBroker:
    """A `Broker` whose store is a `MemoryHub`."""

    def __init__(self, hub: MemoryHub) -> None:
        self._hub, self._process = hub, ""

    async def start(self, process: str, receiver: Receiver) -> None:
        self._process = process
        self._hub.receivers[process] = receiver

    async def close(self) -> None:
        self._hub.receivers.pop(self._process, None)

    async def claim(self, record: Record) -> bool:
        before = self._hub.records.get(record.code)
        if before is not None and before.fingerprint != record.fingerprint:
            return False
        self._hub.records[record.code] = record
        return True

    async def find(self, code: str) -> Record | None:
        return self._hub.records.get(code)

    async def keep(self, records: Collection[Record]) -> None:
        self._hub.records.update({record.code: record for record in records})

    async def forget(self, record: Record) -> None:
        if self._hub.records.get(record.code) == record:
            del self._hub.records[record.code]

    def send(self, process: str | None, message: str) -> None:
        for name, receiver in tuple(self._hub.receivers.items()):
            if process in (None, name):
                receiver.received(message)
