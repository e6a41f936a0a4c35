"""A broker that uses Valkey. Records are keys that expire. Messages go through Valkey's channels. No disk is needed."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlsplit

from valkey.asyncio import Valkey
from valkey.asyncio.client import PubSub

from game.core.background_tasks import end_tasks, keep_running
from game.core.compact_json import parse_json
from game.relay.broker import Receiver, Record, StoreLost

_PREFIX = "weight-of-grain:relay"
_ALL = f"{_PREFIX}:all"  # the channel of all processes
_TIMEOUT = 2.0  # seconds after which Valkey counts as lost
_RETRY = 0.3  # seconds between two tries to reach it
_PING = 1.0  # seconds without a message until a process sends itself one as a test, and seconds for that to arrive
_ECHO = b""  # the message that a process sends to itself
_SENDS = 3  # failed sends in a row before the store counts as lost
_BATCH = 500  # messages sent together; those for one channel become one message of several lines
_LONGEST = 1024 * 1024  # the most bytes of a message, more than any teacher's frame has
_UNSENT = 20_000  # the most messages that may wait; with more, the oldest are dropped

# Writes a record. KEYS[1] is the room; ARGV has its record, fingerprint and seconds. Gives 1 if it is written, 0 if the
# code has another secret. A record that no relay wrote belongs to nobody.
_CLAIM = """
local is_json, before = pcall(cjson.decode, redis.pcall('GET', KEYS[1]))
if is_json and type(before) == 'table' and type(before[2]) == 'string' and before[2] ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
return 1
"""
# Deletes a record if it is still this one. KEYS[1] is the room; ARGV has the record.
_FORGET = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class BadStore(ValueError):
    """Raised if the address of a store cannot be used. The message says why in one line."""


def check_address(url: str) -> str:
    """Return the address of a store. Raises BadStore if it is not the address of a Valkey server."""
    parts = urlsplit(url)
    if parts.scheme not in ("valkey", "valkeys", "redis", "rediss", "unix") or not (parts.hostname or parts.path):
        raise BadStore(f"`{url}` is not a store; write it as valkey://127.0.0.1:6379")
    return url


class ValkeyBroker:
    """A `Broker` that uses Valkey at `url`. A record expires `record_ttl` seconds after it was last written."""

    def __init__(self, url: str, record_ttl: int) -> None:
        self._client = Valkey.from_url(url, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT)
        self._record_ttl = record_ttl
        self._claim = self._client.register_script(_CLAIM)
        self._forget = self._client.register_script(_FORGET)
        self._unsent: deque[tuple[str, bytes]] = deque(maxlen=_UNSENT)
        self._some_unsent = asyncio.Event()
        self._ok = True
        self._failed_sends = 0  # how many sends in a row have failed
        self._subscribed: PubSub | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, process: str, receiver: Receiver) -> None:
        """Begin to receive messages for a process. Raises StoreLost if Valkey cannot be reached."""
        self._process, self._receiver = process, receiver
        await self._subscribe()
        self._tasks = [
            keep_running("hear the store", self._listen, receiver.task_failed),
            keep_running("send to the store", self._send_unsent, receiver.task_failed),
        ]

    async def close(self) -> None:
        await end_tasks(self._tasks)
        if self._ok:
            with suppress(StoreLost):
                await self._flush()
        await self._unsubscribe()
        await self._client.aclose()

    async def claim(self, record: Record) -> bool:
        with _translated():
            written = await self._claim(
                keys=[_key(record.code)], args=[_value(record), record.fingerprint, self._record_ttl]
            )
        return bool(written == 1)

    async def find(self, code: str) -> Record | None:
        with _translated():
            value = await self._client.get(_key(code))
        if value is None:
            return None
        record = _record(code, value)
        if record is None:
            self._receiver.unreadable()
            await self._drop_idle_connections()  # the answer may belong to another request
            raise StoreLost("a record cannot be read")
        return record

    async def keep(self, records: Collection[Record]) -> None:
        if not records:
            return
        with _translated():
            async with self._client.pipeline(transaction=False) as pipeline:
                for record in records:
                    pipeline.set(_key(record.code), _value(record), ex=self._record_ttl)
                await pipeline.execute()

    async def forget(self, record: Record) -> None:
        with _translated():
            await self._forget(keys=[_key(record.code)], args=[_value(record)])

    def send(self, process: str | None, message: str) -> None:
        if self._ok:
            self._unsent.append((_ALL if process is None else _channel(process), message.encode()))
            self._some_unsent.set()

    # In the background

    async def _subscribe(self) -> None:
        """Subscribe, and return once this process receives messages. Raises StoreLost."""
        try:
            with _translated():
                self._subscribed = self._client.pubsub(ignore_subscribe_messages=True)
                await self._subscribed.subscribe(_channel(self._process), _ALL)
                # Messages are sure to arrive only after both confirmations.
                await self._subscribed.get_message(timeout=_TIMEOUT)
                await self._subscribed.get_message(timeout=_TIMEOUT)
                await self._send_echo()
                while (message := await self._subscribed.get_message(timeout=_TIMEOUT)) is not None:
                    if message["data"] == _ECHO:
                        return
                raise StoreLost("messages do not arrive")
        except StoreLost:
            await self._unsubscribe()
            raise

    async def _unsubscribe(self) -> None:
        subscribed, self._subscribed = self._subscribed, None
        if subscribed is not None:
            with suppress(StoreLost), _translated():
                await subscribed.aclose()  # type: ignore[no-untyped-call]  # it has no types

    async def _listen(self) -> None:
        """Pass messages on to the receiver. When the store is lost, wait until it is back."""
        while True:
            if self._subscribed is None:
                await self._subscribe_again()
                self._set_ok(True)
            try:
                messages = await self._next_messages()
            except StoreLost:
                self._set_ok(False)
                await self._unsubscribe()
                continue
            for message in messages:
                self._hand_on(message)

    def _hand_on(self, message: bytes) -> None:
        try:
            text = message.decode() if len(message) <= _LONGEST else None
        except UnicodeDecodeError:
            text = None
        if text is None:
            self._receiver.unreadable()
        else:
            self._receiver.received(text)

    async def _next_messages(self) -> list[bytes]:
        """Wait for messages, and return them. If none comes, send an echo, a message to this process itself. Raise
        StoreLost if this does not arrive either."""
        assert self._subscribed is not None
        if self._failed_sends > _SENDS:
            raise StoreLost("messages cannot be sent")
        with _translated():
            got = await self._subscribed.get_message(timeout=_PING)
            if got is None:
                await self._send_echo()
                got = await self._subscribed.get_message(timeout=_PING)
            if got is None:
                raise StoreLost("messages do not arrive")
            return [line for line in got["data"].split(b"\n") if line != _ECHO]

    async def _send_echo(self) -> None:
        await self._client.publish(_channel(self._process), _ECHO)

    async def _subscribe_again(self) -> None:
        while self._subscribed is None:
            await asyncio.sleep(_RETRY)
            with suppress(StoreLost):
                await self._subscribe()
        await self._drop_idle_connections()  # older connections may be dead without our notice

    async def _drop_idle_connections(self) -> None:
        with suppress(StoreLost), _translated():
            await self._client.connection_pool.disconnect(inuse_connections=False)

    async def _send_unsent(self) -> None:
        while True:
            await self._some_unsent.wait()
            self._some_unsent.clear()
            try:
                await self._flush()
                self._failed_sends = 0
            except StoreLost:  # perhaps only an idle connection broke; `_listen` detects whether it is more
                self._failed_sends += 1
                await asyncio.sleep(_RETRY)
                self._some_unsent.set()

    async def _flush(self) -> None:
        while self._unsent:
            batch = [self._unsent.popleft() for _ in range(min(_BATCH, len(self._unsent)))]
            try:
                with _translated():
                    async with self._client.pipeline(transaction=False) as pipeline:
                        for channel, same in groupby(batch, itemgetter(0)):
                            pipeline.publish(channel, b"\n".join(message for _, message in same))
                        await pipeline.execute()
            except StoreLost:
                self._unsent.extendleft(reversed(batch))
                raise

    def _set_ok(self, ok: bool) -> None:
        self._ok = ok
        if not ok:
            self._unsent.clear()
            self._failed_sends = 0
        self._receiver.store_changed(ok)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn every error into StoreLost: the client raises many kinds if bytes do not follow the protocol."""
    try:
        yield
    except StoreLost:
        raise
    except Exception as error:
        raise StoreLost(str(error)) from error


def _key(code: str) -> str:
    return f"{_PREFIX}:room:{code}"


def _channel(process: str) -> str:
    return f"{_PREFIX}:process:{process}"


def _value(record: Record) -> str:
    return json.dumps([record.owner, record.fingerprint])


def _record(code: str, value: object) -> Record | None:
    """Return the record in a value from the store; None if the value has another form."""
    with suppress(ValueError):
        match parse_json(value) if isinstance(value, bytes) else None:
            case [str(owner), str(fingerprint)]:
                return Record(code, owner, fingerprint)
    return None
