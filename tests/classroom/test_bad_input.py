"""Garbage, floods and silence from the network: the class goes on, and loses no ballot."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom.host import Host
from game.classroom.join_codes import seat_of
from game.classroom.server.http_server import ClassServer
from game.classroom.server.limits import ServerLimits
from game.play import Page
from game.play.voting import Round
from game.story import Story
from game.ui.tree import TreeNode
from tests.classroom.phone_client import CODE, HERE, QUICK, PhoneClient, serve_class, served_class, wait_until
from tests.classroom.server.test_phone_messages import JSON
from tests.relay.raw_http import bad_requests, send_raw

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Check that no input is logged as an error."""
    yield
    records = caplog.get_records("call")  # `records` has only those of the teardown
    assert [record.getMessage() for record in records if record.levelno >= logging.WARNING] == []


@pytest.fixture(scope="module")
def fuzzed(shipped: Story, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Host, ClassServer]]:
    """A served class for all random input of this file."""
    with serve_class(shipped, tmp_path_factory.mktemp("fuzzed"), replace(QUICK, timeout=1.0)) as both:
        yield both


async def assert_voting_works(host: Host, server: ClassServer) -> None:
    """A normal phone joins, votes and is counted, and every earlier ballot is still there."""
    before = dict(host.state.ballots)
    async with aiohttp.ClientSession() as session:
        phone = await PhoneClient(session, server.port).enter()
        assert {**before, seat_of(phone.token): await phone.choose()} == host.state.ballots
        await phone.close()


async def raw(server: ClassServer, sent: bytes, wait: float = 5.0) -> bytes:
    """The server's answer to some bytes, until it closes the connection or `wait` seconds have passed."""
    reader, writer = await asyncio.open_connection(HERE, server.port)
    writer.write(sent)
    said = b""
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(wait):
            said = await reader.read()
    writer.close()
    return said


@given(messages=st.lists(JSON.map(json.dumps) | st.text(max_size=300) | st.binary(max_size=300), max_size=8))
def test_socket_survives_any_message(fuzzed: tuple[Host, ClassServer], messages: list[str | bytes]) -> None:
    host, server = fuzzed

    async def body() -> None:
        async with aiohttp.ClientSession() as session:
            for hails in (False, True):
                phone = await PhoneClient(session, server.port).join()
                async with session.ws_connect(phone.url("/socket")) as ws:
                    if hails:
                        await ws.send_json({"token": phone.token})
                    for message in messages:
                        if ws.closed:
                            break
                        with suppress(ConnectionError):
                            send = ws.send_str if isinstance(message, str) else ws.send_bytes
                            await send(message)  # type: ignore[arg-type]
                            answer = await ws.receive(5)
                            while answer.type is aiohttp.WSMsgType.TEXT and "page" in json.loads(answer.data):
                                answer = await ws.receive(5)
                            if answer.type is aiohttp.WSMsgType.TEXT:
                                assert "refused" in json.loads(answer.data)
        await assert_voting_works(host, server)

    asyncio.run(body())


@given(data=JSON.map(json.dumps) | st.text(max_size=300) | st.binary(max_size=300), path=st.sampled_from(
    ["/join", "/poll", "/vote"]))  # fmt: skip
def test_request_with_any_body_is_refused(fuzzed: tuple[Host, ClassServer], data: str | bytes, path: str) -> None:
    host, server = fuzzed

    async def body() -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"http://{HERE}:{server.port}{path}", data=data) as response,
        ):
            assert 400 <= response.status < 500
            assert list(await response.json()) == ["refused"]

    before = host.state.ballots
    asyncio.run(body())
    assert host.state.ballots == before


@given(garbage=st.binary(min_size=1, max_size=400))
def test_malformed_http_reveals_nothing_of_the_server(fuzzed: tuple[Host, ClassServer], garbage: bytes) -> None:
    _, server = fuzzed

    async def body() -> None:
        for start in (b"", b"GET / HTTP/1.1\r\n", b"GET /socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"):
            said = await raw(server, start + garbage + b"\r\n\r\n", 0.01)
            assert not said or said.startswith(b"HTTP/1.")
            assert b"Traceback" not in said and b"aiohttp" not in said and b"Python" not in said

    asyncio.run(body())


@pytest.mark.parametrize(("sent", "status"), [
    (b"GARBAGE\r\n\r\n", b"400"), (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", b"400"),
    (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X%d: a\r\n" % n for n in range(500)) + b"\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n\r\n", b"400"), (b"GET / HTTP/1.0\r\n\r\n", b"421"),
    (b"GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"400"),
    (b"POST /join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n" + b"a" * 9999, b"413"),
    (b"POST /join HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", b"400"),
    (b"POST /join HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", b"400"),
    (b"POST /join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nonly this", b"408"),
])  # fmt: skip
async def test_a_bad_request_gets_a_fitting_status_and_one_line(
    fuzzed: tuple[Host, ClassServer], sent: bytes, status: bytes
) -> None:
    head, _, text = (await raw(fuzzed[1], sent)).partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0].split(b" ")[1] == status, head
    assert list(json.loads(text)) == ["refused"]
    assert any(line.startswith(b"Content-Security-Policy: default-src 'none'") for line in lines)


async def test_a_cookie_that_is_not_text_is_refused(fuzzed: tuple[Host, ClassServer]) -> None:
    """The library decodes bytes above 127 to lone surrogates."""
    host, server = fuzzed
    for path in ("/seat", "/join", "/hello"):
        head = f"{'GET' if path == '/hello' else 'POST'} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        cookie = f"Cookie: seat-{host.state.name}=".encode() + b"\xff\r\n"
        said = await raw(server, head.encode() + cookie + b"Content-Length: 2\r\n\r\n{}")
        assert b" 400 " in said and b'{"refused":"malformed"}' in said
    await assert_voting_works(host, server)


async def test_every_answer_has_the_strict_headers(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (_, server, session):
        phone = PhoneClient(session, server.port)
        kinds = []
        for method, path in (("GET", "/"), ("GET", "/web/phone.js"), ("GET", "/hello"), ("GET", "/nothing"),
                             ("POST", "/join"), ("POST", "/hello"), ("GET", "/socket")):  # fmt: skip
            async with session.request(method, phone.url(path)) as response:
                kinds.append(response.headers)
        kinds.append((await session.ws_connect(phone.url("/socket")))._response.headers)
        for headers in kinds:
            policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
            assert policy == {
                "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
                "connect-src": f"'self' ws://{HERE}:{server.port}", "base-uri": "'none'", "form-action": "'none'",
                "frame-ancestors": "'none'",
            }  # fmt: skip
            assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
            assert headers["Cache-Control"] == "no-store" and "Permissions-Policy" in headers
            assert headers["Server"] == "class" and "Set-Cookie" not in headers
            assert "Access-Control-Allow-Origin" not in headers


async def test_foreign_origins_and_host_names_are_refused(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).join()
        for origin in ("http://evil.example", "null", f"https://{HERE}:{server.port}", f"http://{HERE}:1"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await session.ws_connect(phone.url("/socket"), origin=origin)
            assert caught.value.status == 403
            async with session.post(phone.url("/join"), json={"code": CODE}, headers={"Origin": origin}) as response:
                assert (response.status, await response.json()) == (403, {"refused": "other-origin"})
        await (await session.ws_connect(phone.url("/socket"), origin=f"http://{HERE}:{server.port}")).close()
        for name, status in (("evil.example", 421), ("", 421), ("1.2.3.4.evil.example", 421), ("a;b", 421),
                             ("localhost", 200), ("10.0.0.7:8765", 200), ("LOCALHOST:8765", 200)):  # fmt: skip
            async with session.get(phone.url("/"), headers={"Host": name}) as response:
                assert response.status == status, name
                assert "evil" not in response.headers["Content-Security-Policy"]
        assert len(host.state.seats) == 1


async def test_a_script_in_any_field_is_not_sent_back(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        said: list[Any] = [await phone.vote(SCRIPT, 1)]
        for path, data in (
            ("/join", {"code": SCRIPT}), ("/join", {"code": CODE, "door": SCRIPT}), ("/join", {SCRIPT: SCRIPT}),
            ("/poll", {"token": SCRIPT, "version": 0}), ("/poll", {"token": phone.token, "version": SCRIPT}),
            ("/vote", {"token": SCRIPT, "vote": "a", "round": 1}),
            ("/vote", {"token": phone.token, "vote": SCRIPT, "round": 1}),
            ("/vote", {"token": phone.token, "vote": SCRIPT, "round": SCRIPT}),
        ):  # fmt: skip
            status, answer = await phone.post(path, data)
            assert 400 <= status < 500
            said.append(answer)
        async with session.get(phone.url(f"/{SCRIPT}")) as response:
            said.append(await response.text())
        assert "script" not in json.dumps(said) and host.state.ballots == {}


async def test_huge_messages_end_only_their_own_socket(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        for size in (QUICK.message_bytes + 1, 10_000_000):
            phone = await PhoneClient(session, server.port).enter()
            with suppress(ConnectionError):
                await phone.socket.send_str("a" * size)
            closed = await phone.socket.receive(5)
            assert closed.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
        await assert_voting_works(host, server)


async def test_five_hundred_sockets_of_one_address_are_served_up_to_the_limit(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, connections_per_address=501, timeout=10.0)
    with serve_class(shipped, tmp_path, limits) as (host, server):
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(connector=connector) as session:
            seats = [await PhoneClient(session, server.port).join() for _ in range(20)]
            sockets = [PhoneClient(session, server.port, seats[n % 20].token) for n in range(500)]
            await asyncio.gather(*(client.open() for client in sockets))
            await sockets[0].choose()
            last = await PhoneClient(session, server.port, seats[0].token).open()
            with pytest.raises(aiohttp.ClientConnectionError):
                await PhoneClient(session, server.port, seats[0].token).open()
            await last.close()
            for tries in range(50):
                with suppress(aiohttp.ClientConnectionError):
                    await PhoneClient(session, server.port, seats[0].token).open()
                    break
                assert tries < 49
                await asyncio.sleep(0.02)
            host.execute(commands.close_vote)
            await asyncio.gather(*(client.page() for client in sockets))


async def test_wrong_codes_slow_down_and_seats_run_out(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, wrong_codes=3, wrong_codes_rate=0.5, seats=4, seats_per_address=3)
    async with served_class(shipped, tmp_path, limits) as (host, server, session):
        phone = PhoneClient(session, server.port)
        for _ in range(3):
            assert await phone.post("/join", {"code": "XXXX"}) == (403, {"refused": "wrong-code"})
        for code in ("XXXX", CODE):
            assert await phone.post("/join", {"code": code}) == (429, {"refused": "slow-down"})
        while (await phone.post("/join", {"code": CODE}))[0] != 200:
            await asyncio.sleep(0.05)
        for _ in range(2):
            await phone.join()
        assert await phone.post("/join", {"code": CODE}) == (503, {"refused": "full"})
        host.execute(lambda state: commands.join(state, "another"))
    async with served_class(shipped, tmp_path, replace(QUICK, seats=2), name="b.class") as (host, server, session):
        host.execute(lambda state: commands.join(state, "another"))
        phones = [PhoneClient(session, server.port).post("/join", {"code": CODE}) for _ in range(5)]
        assert sorted(status for status, _ in await asyncio.gather(*phones)) == [200, 503, 503, 503, 503]
        assert len(host.state.seats) == 2


async def test_too_many_messages_are_read_slowly_or_refused(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, rate=20.0, burst=5)
    async with served_class(shipped, tmp_path, limits) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        start = asyncio.get_running_loop().time()
        for n in range(limits.burst + 10):
            choice = await phone.choose(n % 2)
        assert asyncio.get_running_loop().time() - start >= 9 / limits.rate
        for _ in range(500):  # the server need not answer every ping
            await phone.socket.ping()
        more = [await PhoneClient(session, server.port, phone.token).open() for _ in range(8)]
        answers = await asyncio.gather(*(client.vote(choice, 1) for client in more))
        assert {"refused": "too-fast", "round": 1} in answers
        assert (429, {"refused": "too-fast"}) in [await phone.poll() for _ in range(20)]
        await assert_voting_works(host, server)


def wide_page(page: Page, round: Round, seat: str) -> TreeNode:
    return TreeNode("screen", label="a" * 400_000, children=(TreeNode("status", "status", round.phase),))


async def test_a_socket_that_reads_nothing_is_dropped_and_delays_nobody(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, heartbeat=60.0, timeout=1.0)
    async with served_class(shipped, tmp_path, limits, render=wide_page) as (host, server, session):
        reads, deaf = [await PhoneClient(session, server.port).join() for _ in range(2)]
        await reads.open()
        with socket.socket() as silent:
            open_deaf(silent, server, deaf)
            await asyncio.sleep(limits.poll_grace + 2 * limits.presence_interval)
            assert seat_of(deaf.token) in host.state.present
            end = asyncio.get_running_loop().time() + 5 * limits.timeout
            while seat_of(deaf.token) in host.state.present:
                assert asyncio.get_running_loop().time() < end
                version = reads.pages[-1]["version"]
                host.execute(commands.close_vote if host.state.phase == "open" else commands.open_vote)
                assert (await reads.page())["version"] > version
                await asyncio.sleep(0.02)
            assert seat_of(reads.token) in host.state.present


async def test_a_dead_phone_with_unsent_pages_gives_its_place_to_another(shipped: Story, tmp_path: Path) -> None:
    """Its connection does not wait until the network takes the pages, which can be many minutes."""
    limits = replace(QUICK, heartbeat=1.0, timeout=60.0, connections_per_address=2)
    with serve_class(shipped, tmp_path, limits, render=wide_page) as (host, server), socket.socket() as silent:
        async with aiohttp.ClientSession() as session:
            dead = await PhoneClient(session, server.port).join()
        open_deaf(silent, server, dead)
        await wait_until(lambda: seat_of(dead.token) in host.state.present)
        while seat_of(dead.token) in host.state.present:
            host.execute(commands.close_vote if host.state.phase == "open" else commands.open_vote)
            await asyncio.sleep(0.02)
        async with aiohttp.ClientSession() as session:
            phone = await PhoneClient(session, server.port).enter()
            assert (await phone.post("/join", {"code": CODE}))[0] == 200


async def test_silent_connections_are_closed(shipped: Story, tmp_path: Path) -> None:
    with serve_class(shipped, tmp_path, replace(QUICK, timeout=0.3)) as (host, server):
        for sent in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", HANDSHAKE):
            reader, writer = await asyncio.open_connection(HERE, server.port)
            writer.write(sent)
            async with asyncio.timeout(5):
                said = await reader.read()
            assert said.startswith(b"HTTP/1.1 101") == (sent == HANDSHAKE)
            writer.close()
        await assert_voting_works(host, server)


async def test_malformed_requests_are_not_logged(shipped: Story, tmp_path: Path) -> None:
    with serve_class(shipped, tmp_path) as (host, server):
        said = await asyncio.gather(*(send_raw(server.port, parts) for parts in bad_requests()))
        assert all(answer.split(b" ")[1].startswith((b"101", b"4")) for answer in said if answer), said
        await assert_voting_works(host, server)


async def test_phone_that_answers_no_ping_is_absent(shipped: Story, tmp_path: Path) -> None:
    """A phone with an empty battery does not close its socket: it becomes absent, and its ballot stays."""
    limits = replace(QUICK, heartbeat=4.0)  # two seconds for an answer
    async with served_class(shipped, tmp_path, limits) as (host, server, session):
        dead, alive = [await PhoneClient(session, server.port).join() for _ in range(2)]
        for phone in (dead, alive):
            await (await phone.hail(autoping=False)).page()
        choice = await dead.choose()
        await wait_until(lambda: {seat_of(dead.token), seat_of(alive.token)} <= host.state.present)
        for phone in (alive, dead):
            while (said := await phone.socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass  # another page
            assert said.type is aiohttp.WSMsgType.PING
            if phone is alive:
                await phone.socket.pong(said.data)
        await wait_until(lambda: seat_of(dead.token) not in host.state.present)
        assert seat_of(alive.token) in host.state.present and host.state.ballots == {seat_of(dead.token): choice}


def test_default_limits_admit_two_classes_behind_one_address() -> None:
    """There are seventy phones, each with the six connections of a browser, and some wrong codes."""
    limits = ServerLimits()
    assert limits.connections_per_address >= 70 * 6 and limits.seats_per_address >= 2 * 70
    assert limits.wrong_codes >= 10 and limits.connections >= 2 * 1000 and limits.seats >= 1000


HANDSHAKE = (
    b"GET /socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def open_deaf(silent: socket.socket, server: ClassServer, phone: PhoneClient) -> None:
    """Open a phone's WebSocket that reads nothing; its token comes in a frame with a mask of zeros."""
    silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    silent.connect((HERE, server.port))
    hello = json.dumps({"token": phone.token}).encode()
    assert len(hello) < 126
    silent.sendall(HANDSHAKE + bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0]) + hello)
