"""Each pupil has one vote: who gets a seat, who waits, and how a browser gets its seat back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

import aiohttp

from game.classroom import commands
from game.classroom.join_codes import seat_of
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.server.http_server import ListenAddress
from game.classroom.server.limits import ServerLimits
from game.relay.seat_cookies import COOKIE_SECONDS
from game.story import Story
from tests.classroom.logged_class import begun
from tests.classroom.phone_client import CODE, HERE, QUICK, PhoneClient, browser, new_server, serve_class, served_class
from tests.classroom.server.relayed_class import return_to


async def test_one_address_joins_no_faster_than_a_school_would(shipped: Story, tmp_path: Path) -> None:
    limits = ServerLimits(burst=10_000)
    async with served_class(shipped, tmp_path, limits) as (host, server, session):
        phone = PhoneClient(session, server.port)
        answers = [await phone.post("/join", {"code": CODE}) for _ in range(limits.joins + 40)]
        refused = [answer for status, answer in answers if status == 429]
        assert all(answer == {"refused": "slow-down"} for answer in refused) and len(refused) >= 20
        assert limits.joins <= len(host.state.seats) < limits.joins + 20


async def test_second_tab_and_reopened_browser_have_the_same_seat(shipped: Story, tmp_path: Path) -> None:
    with serve_class(shipped, tmp_path) as (host, server):
        async with browser() as own, aiohttp.ClientSession() as private:
            first = await PhoneClient(own, server.port).join()
            second = await PhoneClient(own, server.port).join()
            status, found = await second.post("/seat", {})
            assert status == 200 and first.token == second.token == found["token"]
            assert len(host.state.seats) == 1
            (cookie,) = own.cookie_jar
            assert cookie["httponly"] and cookie["samesite"] == "Strict"
            assert int(cookie["max-age"]) == COOKIE_SECONDS <= 12 * 3600
            third = PhoneClient(private, server.port)
            assert await third.post("/seat", {}) == (403, {"refused": "unknown-seat"})
            await third.join()
            assert len(host.state.seats) == 2


async def test_tabs_that_join_at_once_have_one_seat(shipped: Story, tmp_path: Path) -> None:
    with serve_class(shipped, tmp_path) as (host, server):
        async with browser() as first, browser() as second:
            for removed in (False, True):
                for session in (first, second):
                    tabs = [PhoneClient(session, server.port) for _ in range(5)]
                    await asyncio.gather(*(tab.join() for tab in tabs))
                    assert len({tab.token for tab in tabs}) == 1
                    await tabs[0].join()  # it leaves only the cookie of the seat
                    assert [cookie.key for cookie in session.cookie_jar] == ["seat-"]
                state = host.state
                assert len(state.waiting if removed else state.seats) == len(state.numbers) == 2
                assert state.removed.keys() == state.waiting.keys()
                for seat in tuple(state.seats):
                    host.execute(partial(commands.remove, seat=seat))


async def test_a_full_door_makes_way_for_an_address_with_fewer_who_wait(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path, replace(QUICK, joins=500)) as (host, server, session):
        host.execute(lambda state: commands.lock(state, True))
        crowd = [await PhoneClient(session, server.port).join() for _ in range(commands.MOST_WAITING)]
        assert (await PhoneClient(session, server.port).post("/join", {"code": CODE}))[0] == 503
        elsewhere = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
        async with aiohttp.ClientSession(connector=elsewhere) as other_session:
            pupil = await PhoneClient(other_session, server.port).join()
        assert len(host.state.waiting) == commands.MOST_WAITING and seat_of(pupil.token) in host.state.waiting
        assert seat_of(crowd[-1].token) in host.state.removed


async def test_a_seat_has_a_limited_number_of_sockets(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path, replace(QUICK, sockets_per_seat=3)) as (_, server, session):
        phone = await PhoneClient(session, server.port).join()
        tabs = [await PhoneClient(session, server.port, phone.token).open() for _ in range(3)]
        assert await (await phone.hail()).socket.receive_json() == {"refused": "full"}
        await phone.close()
        await tabs[0].close()
        await return_to(PhoneClient(session, server.port, phone.token))  # the server notices a closed socket later


async def test_phones_get_the_address_at_which_all_join(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path, listen=ListenAddress(0, HERE, home="127.0.0.2")) as (_, server, session):
        home = f"http://127.0.0.2:{server.port}"
        for origin, allowed in (
            (None, None),
            (f"http://127.0.0.3:{server.port}", True),
            (f"http://127.0.0.3:{server.port + 1}", False),
            (f"http://elsewhere.example:{server.port}", False),
            (f"https://127.0.0.3:{server.port}", False),
        ):
            for path in ("/hello", "/"):
                headers = {} if origin is None else {"Origin": origin}
                async with session.get(f"http://{HERE}:{server.port}{path}", headers=headers) as answer:
                    good = origin is None or (allowed and path == "/hello")
                    assert answer.status == (200 if good else 403), (origin, path)
                    assert answer.headers.get("Access-Control-Allow-Origin") == (origin if good else None)
                    assert f" {home};" in answer.headers["Content-Security-Policy"]
                    if good and path == "/hello":
                        assert (await answer.json())["home"] == home


async def test_a_waiting_phone_gets_its_page_when_it_is_let_in(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        host.execute(lambda state: commands.lock(state, True))
        phone = PhoneClient(session, server.port)
        _, answer = await phone.post("/join", {"code": CODE})
        assert answer["wait"] and seat_of(answer["token"]) in host.state.waiting
        phone.token = answer["token"]
        assert (await (await phone.hail()).socket.receive_json())["wait"]
        assert (await phone.poll())[1]["wait"]
        host.execute(commands.admit)
        page = await phone.page()
        assert page["seat"] == 1 and page.choices
        assert (await phone.poll())[1]["seat"] == 1


async def test_removed_phone_is_refused_until_the_teacher_lets_it_in(shipped: Story, tmp_path: Path) -> None:
    with serve_class(shipped, tmp_path) as (host, server):
        async with browser() as session:
            phone = await PhoneClient(session, server.port).enter()
            seat, choice = seat_of(phone.token), await phone.choose()
            host.execute(lambda state: commands.remove(state, seat))
            message = await phone.socket.receive_json()
            while "page" in message:
                message = await phone.socket.receive_json()
            assert message == {"refused": "removed"} and not host.state.ballots
            for _, answer in (await phone.poll(), await phone.post("/seat", {})):
                assert answer["refused"] == "removed"
            again = await PhoneClient(session, server.port).join()
            assert seat_of(again.token) == seat and not host.state.seats and set(host.state.waiting) == {seat}
            host.execute(commands.admit)
            assert set(host.state.seats) == {seat} and host.state.ballots == {seat: choice}


async def test_new_code_keeps_the_phones_of_the_class(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        host.execute(lambda state: commands.change_code(state, "BBBB"))
        assert await phone.post("/join", {"code": CODE}) == (403, {"refused": "wrong-code"})
        await PhoneClient(session, server.port).join("bbbb")
        await phone.choose()


async def test_moved_phone_reads_the_other_doors_page(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        before = phone.pages[-1].choices
        host.execute(lambda state: commands.move(state, seat_of(phone.token)))
        page = await phone.until(lambda page: page.choices != before)
        assert page.choices == [option.id for option in host.state.track_of(seat_of(phone.token)).page.choices]


async def test_two_classes_in_a_row_keep_their_seats_apart(shipped: Story, tmp_path: Path) -> None:
    logs = []
    for name in ("first", "second"):
        log = Log(tmp_path / f"{name}.class", lambda: 0.0)
        logs.append((name, log, class_host(shipped, log, begun(shipped, name=name))))
    port, tokens = 0, dict[str, str]()
    async with browser() as session:
        for name, _, host in (*logs, logs[0]):
            with new_server(host, tmp_path, port) as server:
                port = server.port
                phone = PhoneClient(session, port)
                async with session.get(phone.url("/hello")) as hello:
                    assert (await hello.json())["class"] == name
                status, found = await phone.post("/seat", {})
                assert (status == 200) == (name in tokens)
                if name in tokens:
                    assert found["token"] == tokens[name] and found["class"] == name
                else:
                    tokens[name] = (await phone.join()).token
                assert len(host.state.seats) == 1
    assert len(set(tokens.values())) == 2
    for _, log, _host in logs:
        log.close()
