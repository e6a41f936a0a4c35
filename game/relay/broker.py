"""The broker: what relay processes share, the records of rooms and messages to each other. `MemoryHub` is for one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from game.core.values import frozen


class StoreLost(Exception):
    """The store cannot be reached."""


@frozen
class Record:
    """A room as all processes know it: the process that its teacher is connected to, and its secret's fingerprint."""

    code: str
    owner: str
    fingerprint: str


class Receiver(Protocol):
    """What a process does with what the broker tells it. Nothing here may wait."""

    def received(self, message: str) -> None:
        """Another process sent a message."""

    def store_changed(self, ok: bool) -> None:
        """The store was lost, or is back. After it is back, messages of the time between may be missing."""

    def unreadable(self) -> None:
        """The store holds or sent what nobody can read. It is left out."""

    def task_failed(self) -> None:
        """A background task of the broker failed, and is started again."""


class Broker(Protocol):
    """Records of rooms, and messages between processes. Each method may raise StoreLost; `send` never does."""

    async def start(self, process: str, receiver: Receiver) -> None:
        """Begin to receive messages for a process."""

    async def close(self) -> None:
        """Receive nothing more."""

    async def claim(self, record: Record) -> bool:
        """Write a record, unless the code belongs to another secret."""

    async def find(self, code: str) -> Record | None:
        """The record of a room."""

    async def keep(self, records: Collection[Record]) -> None:
        """Write the records of this process's rooms again, so that they do not expire."""

    async def forget(self, record: Record) -> None:
        """Delete a record, if it is still this one."""

    def send(self, process: str | None, message: str) -> None:
        """Send a line of text to a process, or to all (None). What cannot be sent now is dropped: phones send again."""


class MemoryHub:
    """The store of relays in one process: records and receivers in memory."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.receivers: dict[str, Receiver] = {}

    def broker(self) -> MemoryBroker:
        """One process's broker."""
        return MemoryBroker(self)


class MemoryBroker:
    """A `Broker` on a `MemoryHub`."""

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
        names = tuple(self._hub.receivers) if process is None else (process,)
        for receiver in filter(None, map(self._hub.receivers.get, names)):
            receiver.received(message)
