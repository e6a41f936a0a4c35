"""A store of relays that can be lost, and comes back empty, as a store without a disk does."""

from __future__ import annotations

from collections.abc import Collection

from game.relay.broker import MemoryBroker, MemoryHub, Record, StoreLost


class BreakableHub(MemoryHub):
    """A `MemoryHub` that `set_ok` loses and restores."""

    def __init__(self) -> None:
        super().__init__()
        self.ok = True

    def broker(self) -> BreakableBroker:
        return BreakableBroker(self)

    def set_ok(self, ok: bool) -> None:
        self.ok = ok
        self.records.clear()
        for receiver in tuple(self.receivers.values()):
            receiver.store_changed(ok)


class BreakableBroker(MemoryBroker):
    """One process's broker on a store that can be lost."""

    def __init__(self, hub: BreakableHub) -> None:
        super().__init__(hub)
        self._breakable = hub

    async def claim(self, record: Record) -> bool:
        self._reach_store()
        return await super().claim(record)

    async def find(self, code: str) -> Record | None:
        self._reach_store()
        return await super().find(code)

    async def keep(self, records: Collection[Record]) -> None:
        self._reach_store()
        await super().keep(records)

    async def forget(self, record: Record) -> None:
        self._reach_store()
        await super().forget(record)

    def send(self, process: str | None, message: str) -> None:
        if self._breakable.ok:
            super().send(process, message)

    def _reach_store(self) -> None:
        if not self._breakable.ok:
            raise StoreLost
