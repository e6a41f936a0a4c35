"""The relay over HTTP: pages, requests from this machine, and refusals."""

from __future__ import annotations

import asyncio
import gzip
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web

from game.relay.broker import MemoryBroker, Record
from game.relay.frames import Gone, Out
from game.relay.limits import RelayLimits
from game.relay.send_queue import AGAIN
from tests.relay.relay_client import (
    QUICK,
    TeacherClient,
    assert_heard,
    close_code,
    open_room,
    options,
    phone,
    relay,
    request,
    teacher,
    two_relays,
)


async def take_place(she: TeacherClient, socket: aiohttp.ClientWebSocketResponse) -> str:
    """Have a phone send a word that its teacher answers. Return the phone's id."""
    await socket.send_str("a token")
    heard = await she.answer("a place")
    assert await socket.receive_str() == "a place"
    return heard.phone


CLOSED = aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR


async def test_the_front_door_leads_to_the_codes_page() -> None:
    async with relay() as server:
        status, page = await request(server.url, "/")
        assert status == 200 and "<form" in page
        async with aiohttp.ClientSession() as session:
            for path in ("/?code=k7qp-bcdf", "/k7qpbcdf", "/K7QP-BCDF"):
                async with session.get(server.url + path, allow_redirects=False) as answer:
                    assert (answer.status, answer.headers["Location"]) == (303, "/K7QPBCDF")
            async with session.get(f"{server.url}/K7QPBCDF") as answer:
                assert answer.status == 200 and "default-src 'none'" in answer.headers["Content-Security-Policy"]
                assert answer.headers["Server"] == "relay"
        assert (await request(server.url, "/?code=none"))[0] == 200
        assert (await request(server.url, "/web/phone.js"))[0] == 200


async def test_health_and_figures_are_for_this_machine_alone() -> None:
    async with relay() as server, teacher(server.url) as she:
        await she.open()
        status, health = await request(server.url, "/health")
        assert status == 200
        assert (health["state"], health["rooms"], health["phones"]) == ("ok", 1, 0)
        status, figures = await request(server.url, "/metrics")
        assert status == 200 and "weight_of_grain_relay_rooms 1.0" in figures
        for path in ("/health", "/metrics"):
            assert (await request(server.url, path, **{"X-Forwarded-For": "203.0.113.7"}))[0] == 404


async def test_a_browser_keeps_the_cookie_of_its_room_alone() -> None:
    async with open_room() as (server, she, room):
        for proxy, secure in (({"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}, True), ({}, False)):
            async with aiohttp.ClientSession(headers=proxy) as session:
                joining = asyncio.create_task(session.post(f"{server.url}/{room.code}/join", data="{}"))
                heard = await she.answer("{}", 200, "a-token")
                assert heard.cookie == ""
                cookie = (await joining).cookies["seat"]
                assert (cookie.value, cookie["path"], bool(cookie["secure"])) == ("a-token", f"/{room.code}", secure)
                assert cookie["httponly"] and cookie["samesite"] == "Strict" and 0 < int(cookie["max-age"]) <= 43_200
            async with aiohttp.ClientSession(cookies={"seat": "a-token", "other": "x"}) as session:
                asking = asyncio.create_task(session.post(f"{server.url}/{room.code}/seat", data="{}"))
                heard = await she.answer("{}")
                assert (heard.path, heard.cookie) == ("seat", "a-token")
                assert "seat" not in (await asking).cookies


async def test_cookies_that_only_look_like_ours_are_left_alone() -> None:
    async with open_room() as (server, she, room):
        for name in ("seat-(", "seat-", "seat-a", "seat-@@@@@@@@"):
            joining = asyncio.create_task(
                sent_raw(server.url, f"/{room.code}/join", b"{}", f"Cookie: {name}=x".encode())
            )
            await she.answer("{}", 200, "a-token")
            answer = await joining
            assert b" 200 " in answer and answer.count(b"Set-Cookie: ") == 1, name


async def test_what_does_not_fit_is_refused_with_a_reason() -> None:
    async with open_room() as (server, _, room):
        for path, body, reason in [
            ("/nothing", None, "not-found"),
            ("/web/../relay.py", None, "not-found"),
            ("/BBBBBBBB/hello", None, "unknown-room"),
            ("/BBBBBBB1/hello", None, "unknown-room"),
            (f"/{room.code}/other", {}, "not-found"),
            (f"/{room.code}/hello", {}, "not-allowed"),
            (f"/{room.code}/vote", {"long": "x" * 2000}, "too-big"),
        ]:
            assert (await request(server.url, path, body))[1] == {"refused": reason}, path
        foreign = await request(server.url, f"/{room.code}/hello", Origin="https://elsewhere.example")
        assert foreign == (403, {"refused": "other-origin"})
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{server.url}/{room.code}/vote", data=b"\xff") as answer:
                assert (answer.status, await answer.json()) == (400, {"refused": "malformed"})
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await session.ws_connect(f"{server.url}/teacher", origin="https://elsewhere.example")


@pytest.mark.parametrize("header", [b"Cookie: seat=", b"X-Forwarded-For: "])
async def test_a_header_that_is_not_text_is_refused_and_affects_nobody_else(header: bytes) -> None:
    async with two_relays() as (relay_a, relay_b, she):
        room = await she.open()
        for served in (relay_a, relay_b):
            for value in (b"\xff", b"\xed\xa0\x80", "农".encode()):
                answer = await sent_raw(served.url, f"/{room.code}/seat", b"{}", header + value)
                assert b" 400 " in answer and b"malformed" in answer
            async with phone(served.url, room.code) as pupil:
                await pupil.send_str("still heard")
                heard = await she.answer("still answered")
                assert (heard.path, heard.data) == ("socket", "still heard")
                assert await pupil.receive_str() == "still answered"
            while not isinstance(await she.receive(), Gone):
                pass
            assert (await request(served.url, "/health"))[1]["state"] == "ok"


async def test_a_packed_body_is_not_unpacked() -> None:
    """A kilobyte could become a megabyte: it is refused as bytes that are not text."""
    async with open_room() as (server, _, room):
        for packed in (gzip.compress(b"{}"), gzip.compress(bytes(500_000))):
            answer = await sent_raw(server.url, f"/{room.code}/vote", packed, b"Content-Encoding: gzip")
            assert b" 400 " in answer and b"malformed" in answer
        assert (await request(server.url, f"/{room.code}/vote", {"still": "x" * 2000}))[0] == 413
        async with phone(server.url, room.code, compress=15) as pupil, aiohttp.ClientSession() as session:
            assert not pupil.compress
            async with session.ws_connect(f"{server.url}/teacher", compress=15) as link:
                assert not link.compress


async def sent_raw(url: str, path: str, body: bytes, header: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    length = f"Content-Length: {len(body)}".encode()
    first = f"POST {path} HTTP/1.1".encode()
    writer.write(b"\r\n".join([first, b"Host: localhost", b"Connection: close", length, header, b"", body]))
    answer = await reader.read()
    writer.close()
    return answer


async def test_a_socket_that_cannot_be_sent_to_ends_alone_and_health_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    send_str = web.WebSocketResponse.send_str

    async def send(self: web.WebSocketResponse, data: str, compress: int | None = None) -> None:
        assert data != "poison"
        await send_str(self, data, compress)

    monkeypatch.setattr(web.WebSocketResponse, "send_str", send)
    async with open_room() as (server, she, room):
        for text, closed in (("poison", True), ("fine", False)):
            async with phone(server.url, room.code) as pupil:
                await pupil.send_str("x")
                await she.answer(text)
                assert (await pupil.receive()).type in CLOSED if closed else await pupil.receive_str() == text
            assert isinstance(await she.receive(), Gone)
        assert (await request(server.url, "/health"))[1]["state"] == "task-failed"
        assert "weight_of_grain_relay_failed_tasks 1.0" in (await request(server.url, "/metrics"))[1]
    assert [record.name for record in caplog.records] == ["game.core.background_tasks"]


async def test_who_guesses_codes_has_to_slow_down_and_others_have_not() -> None:
    limits = replace(QUICK, wrong_codes=5, wrong_codes_rate=0.01)
    async with open_room(limits) as (server, she, room):
        guesser, pupil = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "203.0.113.8"}
        answers = [await request(server.url, f"/BBBBBBB{digit}/hello", **guesser) for digit in "2345678"]
        assert [status for status, _ in answers] == [404] * 5 + [429] * 2
        assert (await request(server.url, f"/{room.code}/hello", **guesser))[1] == {"refused": "slow-down"}
        asking = asyncio.create_task(request(server.url, f"/{room.code}/hello", **pupil))
        assert (await she.receive_in()).path == "hello"
        asking.cancel()


async def test_seats_are_asked_for_at_a_rate() -> None:
    limits = replace(QUICK, joins_burst=3, joins_rate=0.01, timeout=0.4)
    async with open_room(limits) as (server, _, room):
        answers = [(await request(server.url, f"/{room.code}/join", {}))[1]["refused"] for _ in range(5)]
        assert answers == ["away"] * 3 + ["slow-down"] * 2


async def test_rooms_phones_and_teachers_are_bounded() -> None:
    limits = replace(QUICK, rooms_per_address=2, phones_per_room=1, connections_per_address=3)
    async with relay(options(limits)) as server, teacher(server.url) as she, teacher(server.url) as he:
        room, other = await she.open(), await he.open()
        with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
            async with teacher(server.url):
                pass
        async with phone(server.url, room.code) as first, phone(server.url, other.code):
            await take_place(she, first)
            with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
                async with phone(server.url, room.code):
                    pass


async def test_guesses_at_once_are_counted_before_the_store_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    find = MemoryBroker.find

    async def find_slowly(self: MemoryBroker, code: str) -> Record | None:
        await asyncio.sleep(0.05)
        return await find(self, code)

    monkeypatch.setattr(MemoryBroker, "find", find_slowly)
    limits = replace(QUICK, wrong_codes=5, wrong_codes_rate=0.01)
    async with open_room(limits) as (server, she, room):
        asking = [asyncio.create_task(request(server.url, f"/{room.code}/hello")) for _ in range(40)]
        for _ in asking:
            await she.answer("{}")
        assert [status for status, _ in await asyncio.gather(*asking)] == [200] * 40
        codes = [f"BBBBBB{first}{second}" for first in "23456789" for second in "23456789"]
        answers = await asyncio.gather(*(request(server.url, f"/{code}/hello") for code in codes))
        assert Counter(status for status, _ in answers) == {404: 5, 429: 59}


async def test_sockets_that_say_nothing_keep_nobody_out() -> None:
    """Nor do sockets whose messages the teacher's program refuses: their address's oldest make way."""
    limits = replace(QUICK, newcomers_per_room=10, phones_per_room=10, timeout=60.0)
    async with open_room(limits) as (server, she, room), AsyncExitStack() as stack:
        early = await stack.enter_async_context(phone(server.url, room.code))
        from_elsewhere = {"headers": {"X-Forwarded-For": "203.0.113.7"}}
        silent = [await stack.enter_async_context(phone(server.url, room.code, **from_elsewhere)) for _ in range(30)]
        for refused in silent[-5:]:
            await refused.send_str("no token")
            await she.answer('{"refused":"unknown-seat"}', 403)
        await take_place(she, early)
        await take_place(she, await stack.enter_async_context(phone(server.url, room.code)))
        asking = asyncio.create_task(request(server.url, f"/{room.code}/join", {}))
        await she.answer("{}")
        assert await asking == (200, {})
        for socket in silent[:20]:
            assert await close_code(socket) == AGAIN


async def test_a_socket_that_is_not_answered_well_is_closed_after_a_while() -> None:
    limits = replace(QUICK, timeout=1.0, phone_heartbeat=60.0)
    async with open_room(limits) as (server, she, room), AsyncExitStack() as stack:
        seated, silent, refused = [await stack.enter_async_context(phone(server.url, room.code)) for _ in range(3)]
        name = await take_place(she, seated)
        await refused.send_str("no token")
        await she.answer('{"refused":"unknown-seat"}', 403)
        assert [await close_code(silent), await close_code(refused)] == [AGAIN, AGAIN]
        await she.send(Out((name,), "still here"))
        assert await seated.receive_str() == "still here"


async def test_one_address_cannot_take_all_places_of_a_room() -> None:
    limits = replace(QUICK, phones_per_room=4, phones_per_address=2)
    async with open_room(limits) as (server, she, room), AsyncExitStack() as stack:
        early = [await stack.enter_async_context(phone(server.url, room.code)) for _ in range(3)]
        first, _ = [await take_place(she, socket) for socket in early[:2]]
        await early[2].send_str("x")  # it came before the others had places
        await she.answer("a place")
        assert (await early[2].receive(5)).type is aiohttp.WSMsgType.CLOSE
        with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
            await stack.enter_async_context(phone(server.url, room.code))
        asking = asyncio.create_task(request(server.url, f"/{room.code}/poll", {}))
        await she.answer("{}")
        assert await asking == (200, {})  # a request needs no place
        other = await stack.enter_async_context(
            phone(server.url, room.code, headers={"X-Forwarded-For": "203.0.113.7"})
        )
        await take_place(she, other)
        await early[0].close()
        while await she.receive() != Gone(first):
            pass
        await take_place(she, await stack.enter_async_context(phone(server.url, room.code)))


async def test_a_message_that_is_too_long_or_not_text_closes_the_socket_alone() -> None:
    async with open_room() as (server, she, room):
        for send in ("x" * 2000, b"binary"):
            async with phone(server.url, room.code) as pupil:
                await (pupil.send_str(send) if isinstance(send, str) else pupil.send_bytes(send))
                assert (await pupil.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        await assert_heard(server, room, she)


async def test_a_reader_that_takes_nothing_is_dropped() -> None:
    async with (
        open_room(replace(QUICK, phone_heartbeat=60.0)) as (server, she, room),
        aiohttp.ClientSession(read_bufsize=1024) as session,
        session.ws_connect(f"{server.url}/{room.code}/socket", autoping=False) as slow,
    ):
        await slow.send_str("hello")
        heard = await she.receive_in()
        assert slow._conn is not None and slow._conn.transport is not None
        slow._conn.transport.pause_reading()  # a sleeping phone
        for _ in range(300):
            await she.send(Out((heard.phone,), "x" * 60_000))
        assert await she.receive() == Gone(heard.phone)
        slow._conn.transport.abort()


def test_the_joins_as_they_are_let_two_classes_behind_one_address_in_at_once() -> None:
    """Each browser sends two requests."""
    limits = RelayLimits()
    assert limits.joins_burst >= 2 * 2 * 60 and limits.joins_rate >= 2 * 5
