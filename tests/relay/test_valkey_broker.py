"""Relays that share a real Valkey: rooms are found, messages arrive, and a lost Valkey is reported and found again."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from valkey.asyncio import Valkey

from game.relay.broker import MemoryHub, Record, StoreLost
from game.relay.frames import Open, Store
from game.relay.server import serve
from game.relay.valkey_broker import BadStore, ValkeyBroker, check_address
from tests.lanes import sampled
from tests.relay.relay_client import TeacherClient, assert_heard, options, phone, relay, request, teacher
from tests.relay.tcp_proxies import GarbledStore
from tests.relay.valkey_server import ValkeyServer

pytestmark = pytest.mark.skipif(shutil.which("valkey-server") is None, reason="valkey-server is not installed")


GARBAGE = [b"\xff", b"{", b"[]", b"7", b"null", b'["p1"]', b"[1,2]", rb'["\ud800","f"]', b"[" * 9000, b"x" * 2**21]


@pytest.fixture
def valkey() -> Iterator[ValkeyServer]:
    with ValkeyServer() as server:
        yield server


class Heard:
    """A receiver that records its calls."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[str] = asyncio.Queue()
        self.store: asyncio.Queue[bool] = asyncio.Queue()
        self.unread = self.failed = 0

    def received(self, message: str) -> None:
        self.messages.put_nowait(message)

    def store_changed(self, ok: bool) -> None:
        self.store.put_nowait(ok)

    def unreadable(self) -> None:
        self.unread += 1

    def task_failed(self) -> None:
        self.failed += 1


@asynccontextmanager
async def connected(url: str, record_ttl: int = 60, process: str = "p1") -> AsyncIterator[tuple[ValkeyBroker, Heard]]:
    broker, heard = ValkeyBroker(url, record_ttl), Heard()
    await broker.start(process, heard)
    yield broker, heard
    await broker.close()


async def test_records_are_claimed_kept_and_forgotten_as_in_memory(valkey: ValkeyServer) -> None:
    mine, moved, foreign = Record("A", "p1", "f"), Record("A", "p2", "f"), Record("A", "p1", "other")
    for broker in (MemoryHub().broker(), ValkeyBroker(valkey.url, 60)):
        await broker.start("p1", Heard())
        assert await broker.find("A") is None
        assert await broker.claim(mine)
        assert not await broker.claim(foreign)
        assert await broker.claim(moved)
        assert await broker.find("A") == moved
        await broker.forget(mine)  # it belongs to another process now
        assert await broker.find("A") == moved
        await broker.keep([mine])
        await broker.forget(mine)
        assert await broker.find("A") is None
        await broker.close()


async def test_records_expire(valkey: ValkeyServer) -> None:
    async with connected(valkey.url, 1) as (broker, _):
        await broker.claim(Record("A", "p1", "f"))
        while await broker.find("A") is not None:
            await asyncio.sleep(0.05)


async def published(valkey: ValkeyServer) -> int:
    async with Valkey.from_url(valkey.url) as client:
        return int((await client.info("commandstats"))["cmdstat_publish"]["calls"])


async def test_messages_arrive_in_order_at_one_process_and_at_all(valkey: ValkeyServer) -> None:
    async with connected(valkey.url) as (broker, first), connected(valkey.url, process="p2") as (_, second):
        for number in range(2000):
            broker.send("p2", str(number))
        assert [await second.messages.get() for _ in range(2000)] == [str(number) for number in range(2000)]
        assert await published(valkey) < 10  # messages of one moment travel together
        broker.send("p2", "before")
        broker.send(None, "all")
        broker.send("p2", "after")
        assert [await second.messages.get() for _ in range(3)] == ["before", "all", "after"]
        assert await first.messages.get() == "all"
        broker.send(None, "all")
        assert [await first.messages.get(), await second.messages.get()] == ["all", "all"]


async def test_a_valkey_that_dies_is_noticed_and_found_again(valkey: ValkeyServer) -> None:
    async with connected(valkey.url) as (broker, heard):
        valkey.stop()
        assert await heard.store.get() is False
        with pytest.raises(StoreLost):
            await broker.find("A")
        broker.send("p1", "dropped")
        valkey.start()
        assert await heard.store.get() is True
        broker.send("p1", "heard")
        assert await heard.messages.get() == "heard"


async def test_a_class_goes_on_when_its_valkey_was_killed(valkey: ValkeyServer) -> None:
    chosen = options(store=valkey.url)
    async with relay(chosen) as relay_a, relay(chosen) as relay_b, teacher(relay_a.url) as she:
        room = await she.open()
        async with phone(relay_b.url, room.code) as far:
            await far.send_str("far")
            await she.answer("answer")
            assert await far.receive_str() == "answer"
            valkey.stop()
            assert await she.receive() == Store(False)
            valkey.start()
            while await she.receive() != Store(True):
                pass
            assert (await far.receive()).data == 1012
        await say_until_heard(relay_b.url, room.code, she, "again")


async def say_until_heard(url: str, code: str, she: TeacherClient, text: str) -> None:
    """Send a word as a phone does, which reconnects when asked."""
    hearing = asyncio.create_task(she.receive_in())
    while not hearing.done():
        async with phone(url, code) as socket:
            await socket.send_str(text)
            called_back = asyncio.create_task(socket.receive())
            await asyncio.wait([hearing, called_back], return_when=asyncio.FIRST_COMPLETED)
            called_back.cancel()
    assert hearing.result().data == text


async def test_what_no_relay_wrote_into_the_store_is_left_out_and_said(valkey: ValkeyServer) -> None:
    chosen = options(store=valkey.url)
    async with (
        relay(chosen) as relay_a,
        relay(chosen) as relay_b,
        teacher(relay_a.url) as she,
        Valkey.from_url(valkey.url) as evil,
    ):
        room = await she.open()
        process = (await request(relay_a.url, "/health"))[1]["process"]
        for channel in ("weight-of-grain:relay:all", f"weight-of-grain:relay:process:{process}"):
            for message in GARBAGE:
                await evil.publish(channel, message)
        async with phone(relay_b.url, room.code) as far:
            await far.send_str("far")
            await she.answer("answer")
            assert await far.receive_str() == "answer"
        for served in (relay_a, relay_b):
            assert (await request(served.url, "/health"))[1]["state"] == "store-unreadable"
        record = f"weight-of-grain:relay:room:{room.code}"
        await evil.set(record, b"\xff")
        while await evil.get(record) == b"\xff":  # until the room's process refreshes it
            await asyncio.sleep(0.02)
        await assert_heard(relay_b, room, she)


async def test_a_record_that_no_relay_wrote_is_nobodys(valkey: ValkeyServer) -> None:
    async with connected(valkey.url) as (broker, heard):
        async with Valkey.from_url(valkey.url) as evil:
            for number, value in enumerate(GARBAGE):
                await evil.set("weight-of-grain:relay:room:A", value)
                with pytest.raises(StoreLost):
                    await broker.find("A")
                assert heard.unread == number + 1
                assert await broker.claim(Record("A", "p1", "f"))
                assert await broker.find("A") == Record("A", "p1", "f")
            await evil.delete("weight-of-grain:relay:room:A")
            await evil.rpush("weight-of-grain:relay:room:A", "a list")
            assert await broker.claim(Record("A", "p1", "f"))
        assert heard.failed == 0


@pytest.mark.parametrize("garbage", sampled(
    [b"\xff\xfe\r\n", b":x\r\n", b"$9\r\n", b"*-7\r\n", b"*3\r\n:1\r\n:2\r\n:3\r\n", b"*1\r\n" * 3000,
     b"$99999999999999\r\n", b"-ERR no\r\n", b"+OK\r\n",
     b"*3\r\n$7\r\nmessage\r\n$-1\r\n:5\r\n", bytes(100_000)],
    b":x\r\n",
))  # fmt: skip
async def test_a_store_that_sends_garbage_is_lost_or_ignored_and_then_heard_again(
    garbage: bytes, valkey: ValkeyServer
) -> None:
    async with GarbledStore(valkey.port).listening() as (store, at), connected(f"valkey://{at}") as (broker, heard):
        store.send(garbage)
        said = []
        while "again" not in said:
            broker.send("p1", "again")
            await asyncio.sleep(0.1)
            while not heard.messages.empty():
                said.append(heard.messages.get_nowait())
        record, found = Record("A", "p1", "f"), None
        while found != record:
            with suppress(StoreLost):
                await broker.keep([record])
                found = await broker.find("A")
        assert heard.failed == 0


async def test_an_answer_that_comes_late_is_not_taken_for_that_of_another_room(valkey: ValkeyServer) -> None:
    async with GarbledStore(valkey.port).listening() as (store, at), connected(f"valkey://{at}") as (broker, heard):
        await broker.keep([Record("A", "p1", "f"), Record("B", "p2", "g")])
        store.wrong_answer = b"$1\r\nx\r\n"
        with pytest.raises(StoreLost):
            await broker.find("A")
        assert await broker.find("B") == Record("B", "p2", "g")
        assert heard.unread == 1


async def test_a_store_that_takes_no_messages_is_lost_until_it_does(
    valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker, heard, flush = ValkeyBroker(valkey.url, 60), Heard(), ValkeyBroker._flush

    async def refuse_poison(self: ValkeyBroker) -> None:
        if ("weight-of-grain:relay:process:p1", b"poison") in self._unsent:
            raise StoreLost
        await flush(self)

    monkeypatch.setattr(ValkeyBroker, "_flush", refuse_poison)
    for name in ("_RETRY", "_PING"):
        monkeypatch.setattr(f"game.relay.valkey_broker.{name}", 0.1)
    await broker.start("p1", heard)
    broker.send("p1", "poison")
    assert [await heard.store.get(), await heard.store.get()] == [False, True]
    broker.send("p1", "fine")
    assert await heard.messages.get() == "fine"
    with pytest.raises(UnicodeEncodeError):  # only the sender fails
        broker.send("p1", "\ud800")
    broker.send("p1", "fine")
    assert await heard.messages.get() == "fine"
    await broker.close()


async def test_a_broker_ends_though_its_client_swallows_a_cancellation(
    valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`asyncio.wait_for` of Python 3.11, with which the client sends, does this: a relay under load hung on SIGTERM."""
    sending = asyncio.Event()

    async def flush(self: ValkeyBroker) -> None:
        sending.set()
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(10)

    broker = ValkeyBroker(valkey.url, 60)
    await broker.start("p1", Heard())
    with monkeypatch.context() as patch:
        patch.setattr(ValkeyBroker, "_flush", flush)
        broker.send("p1", "x")
        await sending.wait()
        closing = asyncio.create_task(broker.close())
        await asyncio.sleep(0)
    await asyncio.wait_for(closing, 5)


async def test_a_teacher_finds_the_room_at_the_other_process(valkey: ValkeyServer) -> None:
    chosen = options(store=valkey.url)
    async with relay(chosen) as relay_a, relay(chosen) as relay_b:
        async with teacher(relay_a.url) as before:
            room = await before.open()
        async with teacher(relay_b.url) as she, phone(relay_a.url, room.code) as pupil:
            assert await she.open(Open(code=room.code, secret=room.secret)) == room
            assert (await pupil.receive()).data == 1012


async def test_without_its_store_a_relay_says_so_and_does_not_start() -> None:
    with pytest.raises(StoreLost):
        await serve(options(store="valkey://127.0.0.1:1"), lambda _: None, asyncio.Event())


def test_an_address_that_is_not_a_store_is_refused() -> None:
    assert check_address("valkey://127.0.0.1:6379/2")
    for wrong in ("", "127.0.0.1", "http://127.0.0.1", "valkey://"):
        with pytest.raises(BadStore, match="valkey://127"):
            check_address(wrong)
