"""A broker on Valkey: records are keys that expire, messages go by publish and subscribe. It needs no disk."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Collection
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlsplit

from valkey.asyncio import Valkey
from valkey.asyncio.client import PubSub
from valkey.exceptions import ValkeyError

from game.relay.broker import Receiver, Record, StoreLost

_PREFIX = "weight-of-grain:relay"
_ALL = f"{_PREFIX}:all"  # the channel of all processes
_TIMEOUT = 2.0  # seconds after which Valkey counts as lost
_RETRY = 0.3  # seconds between two tries to reach it
_PING = 1.0  # seconds between two looks whether it is there
_BATCH = 500  # messages sent in one go; of these, those to one channel are lines of one
_UNSENT = 20_000  # messages that may wait; beyond it the oldest are dropped, as if the store had been lost

# KEYS[1]: the room; ARGV: its record, fingerprint and seconds. 1 if it is written, 0 if the code is another secret's.
_CLAIM = """
local before = redis.call('GET', KEYS[1])
if before and cjson.decode(before)[2] ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
return 1
"""
# KEYS[1]: the room; ARGV: the record. Deletes it if it is still this one.
_FORGET = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class BadStore(ValueError):
    """The address of a store cannot be used: one line that says why."""


def check_address(url: str) -> str:
    """The address, if it is one of a Valkey. Raises BadStore."""
    parts = urlsplit(url)
    if parts.scheme not in ("valkey", "valkeys", "redis", "rediss", "unix") or not (parts.hostname or parts.path):
        raise BadStore(f"`{url}` is no store; write it as valkey://127.0.0.1:6379")
    return url


class ValkeyBroker:
    """A `Broker` on the Valkey at an address.

    Args:
        url: as `valkey://host:port/number`.
        record_ttl: seconds that a record is kept after it was last written.
    """

    def __init__(self, url: str, record_ttl: int) -> None:
        self._client = Valkey.from_url(
            url, decode_responses=True, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT
        )
        self._record_ttl = record_ttl
        self._claim = self._client.register_script(_CLAIM)
        self._forget = self._client.register_script(_FORGET)
        self._unsent: deque[tuple[str, str]] = deque(maxlen=_UNSENT)
        self._some_unsent = asyncio.Event()
        self._ok = True
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, process: str, receiver: Receiver) -> None:
        """Raises StoreLost where Valkey cannot be reached."""
        self._process, self._receiver = process, receiver
        subscribed = await self._subscribe()
        self._tasks = [asyncio.create_task(self._listen(subscribed)), asyncio.create_task(self._send_unsent())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._ok:
            with suppress(StoreLost):
                await self._flush()
        await self._client.aclose()

    async def claim(self, record: Record) -> bool:
        with _Translated():
            written = await self._claim(
                keys=[_key(record.code)], args=[_value(record), record.fingerprint, self._record_ttl]
            )
        return bool(written)

    async def find(self, code: str) -> Record | None:
        with _Translated():
            value = await self._client.get(_key(code))
        if value is None:
            return None
        owner, fingerprint = json.loads(value)
        return Record(code, owner, fingerprint)

    async def keep(self, records: Collection[Record]) -> None:
        if not records:
            return
        with _Translated():
            async with self._client.pipeline(transaction=False) as pipeline:
                for record in records:
                    pipeline.set(_key(record.code), _value(record), ex=self._record_ttl)
                await pipeline.execute()

    async def forget(self, record: Record) -> None:
        with _Translated():
            await self._forget(keys=[_key(record.code)], args=[_value(record)])

    def send(self, process: str | None, message: str) -> None:
        if self._ok:
            self._unsent.append((_ALL if process is None else _channel(process), message))
            self._some_unsent.set()

    # In the background

    async def _subscribe(self) -> PubSub:
        """Raises StoreLost."""
        subscribed: PubSub = self._client.pubsub(ignore_subscribe_messages=True)
        with _Translated():
            await subscribed.subscribe(_channel(self._process), _ALL)
            # only once it is confirmed are messages sure to arrive
            await subscribed.get_message(timeout=_TIMEOUT)
            await subscribed.get_message(timeout=_TIMEOUT)
        return subscribed

    async def _listen(self, subscribed: PubSub) -> None:
        """Hand on what is received; when the store is lost, wait until it is back."""
        asked = False  # a ping went out, and nothing has come since
        while True:
            try:
                with _Translated():
                    message = await subscribed.get_message(timeout=_PING)
                    if message is None:
                        if asked:
                            raise StoreLost
                        await subscribed.ping()
                        asked = True
                        continue
            except StoreLost:
                self._set_ok(False)
                with suppress(ValkeyError, OSError):
                    await subscribed.aclose()  # type: ignore[no-untyped-call]  # it has no types
                subscribed, asked = await self._subscribe_again(), False
                self._set_ok(True)
                continue
            asked = False
            if message["type"] == "message":
                for line in message["data"].split("\n"):
                    self._receiver.received(line)

    async def _subscribe_again(self) -> PubSub:
        while True:
            await asyncio.sleep(_RETRY)
            with suppress(StoreLost):
                subscribed = await self._subscribe()
                await self._client.connection_pool.disconnect(
                    inuse_connections=False
                )  # those of before are dead, and may not know it
                return subscribed

    async def _send_unsent(self) -> None:
        while True:
            await self._some_unsent.wait()
            self._some_unsent.clear()
            try:
                await self._flush()
            except StoreLost:  # a connection that broke while it was idle: `_listen` finds out if it is more
                await asyncio.sleep(_RETRY)
                self._some_unsent.set()

    async def _flush(self) -> None:
        while self._unsent:
            batch = [self._unsent.popleft() for _ in range(min(_BATCH, len(self._unsent)))]
            try:
                with _Translated():
                    async with self._client.pipeline(transaction=False) as pipeline:
                        for channel, same in groupby(batch, itemgetter(0)):
                            pipeline.publish(channel, "\n".join(message for _, message in same))
                        await pipeline.execute()
            except StoreLost:
                self._unsent.extendleft(reversed(batch))
                raise

    def _set_ok(self, ok: bool) -> None:
        self._ok = ok
        if not ok:
            self._unsent.clear()
        self._receiver.store_changed(ok)


class _Translated:
    """Whatever goes wrong with Valkey inside is StoreLost."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, ValkeyError | OSError | TimeoutError):
            raise StoreLost(str(error)) from error


def _key(code: str) -> str:
    return f"{_PREFIX}:room:{code}"


def _channel(process: str) -> str:
    return f"{_PREFIX}:process:{process}"


def _value(record: Record) -> str:
    return json.dumps([record.owner, record.fingerprint])
