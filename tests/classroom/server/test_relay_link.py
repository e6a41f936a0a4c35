"""A class through a real relay: phones vote from elsewhere, and lost connections lose no ballot."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.join_codes import seat_of
from game.classroom.server.phone_api import PhoneAnswer
from game.classroom.server.relay_link import BadRelayAddress, next_pause, relay_address
from game.classroom.server.relayed_phones import RelayedPhones, grouped
from game.relay.broker import MemoryHub, Record
from game.relay.frames import In, Out
from game.relay.relay import Relay
from game.story import Story
from game.ui.class_state import RelayInfo
from tests.classroom.logged_class import logged_events
from tests.classroom.phone_client import CODE, QUICK, PhoneClient, browser, wait_until
from tests.classroom.server.relayed_class import LOST, class_at_relay, port_of, relayed, return_to
from tests.relay.breakable_hub import BreakableHub
from tests.relay.relay_client import QUICK as QUICK_RELAY
from tests.relay.relay_client import options, relay, tokens_file
from tests.relay.tcp_proxies import UnsteadyNetwork


async def test_phones_here_and_elsewhere_are_one_class(shipped: Story, tmp_path: Path) -> None:
    async with class_at_relay(shipped, tmp_path) as (class_, info, session):
        assert info.url == f"{class_.url}/{info.code}"
        near = await PhoneClient(session, class_.server.port).enter()
        far = await PhoneClient(session, 0, base=info.url).enter(info.code)
        ballots = {seat_of(near.token): await near.choose(), seat_of(far.token): await far.choose(1)}
        assert class_.host.state.ballots == ballots
        assert far.number == 2
        await far.until(lambda page: bool(page.chosen))
        assert await far.vote("no-such", 1) == {"refused": "unknown-choice", "round": 1}
        await asyncio.to_thread(class_.host.execute, commands.close_vote)
        for phone in (near, far):
            await phone.until(lambda page: page.status == "closed")


async def test_requests_answer_as_on_the_local_network(shipped: Story, tmp_path: Path) -> None:
    async with class_at_relay(shipped, tmp_path, listen=None) as (class_, info, stranger):
        async with browser() as session:
            async with session.get(f"{info.url}/hello") as answer:
                assert (await answer.json())["title"] == "Grain"
            phone = await PhoneClient(session, 0, base=info.url).join(info.code)
            assert (await phone.post("/seat", {}))[1]["token"] == phone.token
            assert (await phone.post("/join", {"code": info.code}))[1]["token"] == phone.token  # by the cookie
            page = (await phone.poll())[1]
            ballot = {"token": phone.token, "vote": page.choices[0], "round": page["round"]}
            assert page["seat"] == 1 and (await phone.post("/vote", ballot))[0] == 200
            assert list(class_.host.state.ballots.values()) == [ballot["vote"]]
            assert await phone.post("/poll", {"token": "x", "version": 0}) == (403, {"refused": "unknown-seat"})
            assert await phone.post("/poll", []) == (400, {"refused": "malformed"})
        assert (await PhoneClient(stranger, 0, base=info.url).post("/seat", {}))[0] == 403


async def test_the_rooms_code_lets_phones_in_until_the_class_has_a_new_code(shipped: Story, tmp_path: Path) -> None:
    async with class_at_relay(shipped, tmp_path) as (class_, info, session):
        await PhoneClient(session, 0, base=info.url).join(CODE)
        await PhoneClient(session, 0, base=info.url).join(info.code)
        await asyncio.to_thread(class_.host.execute, lambda state: commands.change_code(state, "WXYZ"))
        phone = PhoneClient(session, 0, base=info.url)
        for code in (info.code, CODE):
            assert await phone.post("/join", {"code": code}) == (403, {"refused": "wrong-code"})
        await phone.join("WXYZ")


async def test_a_socket_without_a_seat_is_refused_and_may_try_again(shipped: Story, tmp_path: Path) -> None:
    async with class_at_relay(shipped, tmp_path) as (_, info, session):
        phone = await PhoneClient(session, 0, base=info.url).join(info.code)
        async with session.ws_connect(f"{info.url}/socket") as socket:
            for sent, reason in (("x", "malformed"), ('{"token":"nobody"}', "unknown-seat")):
                await socket.send_str(sent)
                assert await socket.receive_json() == {"refused": reason}
            await socket.send_json({"token": phone.token})
            assert [(await socket.receive_json()).keys() for _ in range(2)] == [{"seat"}, {"page", "version", "round"}]


async def test_a_page_comes_with_the_acknowledgement_of_its_vote(shipped: Story, tmp_path: Path) -> None:
    """The changed parts are in the same message; a repeated vote gets only the acknowledgement.

    A busy class may have made the page for another change already: then the page comes whole, perhaps before.
    """
    async with class_at_relay(shipped, tmp_path) as (class_, info, session):
        phones = [await PhoneClient(session, 0, base=info.url).enter(info.code) for _ in range(2)]
        _, voter = phones
        for choice in (0, 1):
            await voter.choose(choice)
            assert voter.pages[-1].chosen == [voter.pages[-1].choices[choice]]
        sent = len(voter.pages)
        await voter.socket.send_json({"vote": voter.pages[-1].choices[0], "round": 1})
        messages = [await voter.socket.receive_json()]
        while "voted" not in messages[-1]:
            messages.append(await voter.socket.receive_json())
        (answer,) = [message for message in messages if message.keys() & {"parts", "page"}]
        assert answer.keys() >= {"version", "round"} and answer.get("parts", {"1": None}).keys() == {"1"}
        await voter.socket.send_json({"vote": voter.pages[-1].choices[0], "round": 1})
        assert (await voter.socket.receive_json()).keys() == {"voted", "round"}
        assert len(voter.pages) == sent
        await asyncio.to_thread(class_.host.execute, commands.close_vote)
        for phone in phones:
            before = len(phone.pages)
            await phone.until(lambda page: page.status == "closed")
            assert len(phone.pages) == before + 1


async def test_equal_pages_go_in_one_frame(shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames, carry = list[Out](), Relay.teacher_sent

    def carried(self: Relay, room: Any, teacher: Any, frame: Out) -> None:
        frames.append(frame)
        carry(self, room, teacher, frame)

    monkeypatch.setattr(Relay, "teacher_sent", carried)
    async with class_at_relay(shipped, tmp_path) as (class_, info, session):
        phones = [await PhoneClient(session, 0, base=info.url).enter(info.code) for _ in range(20)]
        frames.clear()
        await asyncio.to_thread(class_.host.execute, commands.close_vote)
        for phone in phones:
            await phone.until(lambda page: page.status == "closed")
        assert len(frames) <= len(class_.host.state.doors)
        assert sum(len(frame.phones or ()) for frame in frames) == len(phones)


async def test_a_relay_that_restarts_loses_no_ballot_and_no_seat(shipped: Story, tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as session, relay() as first:
        port = port_of(first.url)
        async with relayed(shipped, tmp_path, first.url) as class_:
            info = await class_.opened()
            phone = await PhoneClient(session, 0, base=info.url).enter(info.code)
            before = await phone.choose()
            await first.end()
            await class_.until(lambda info: info.trouble == "lost")
            assert list(class_.host.state.ballots.values()) == [before]
            async with relay(options(port=port)):
                assert await class_.opened() == info
                await return_to(phone)
                assert phone.pages[-1].chosen == [before]
                assert [await phone.choose(1)] == list(class_.host.state.ballots.values())
                await asyncio.to_thread(class_.server.stop)
                async with session.get(f"{info.url}/hello") as answer:
                    assert answer.status == 404  # the class is over, and its code free


async def test_phones_of_a_relay_get_the_end_of_the_class(shipped: Story, tmp_path: Path) -> None:
    async with class_at_relay(shipped, tmp_path) as (class_, info, session):
        phones = [await PhoneClient(session, 0, base=info.url).enter(info.code) for _ in range(3)]
        await phones[0].choose()
        await asyncio.to_thread(class_.server.stop, True)
        for phone in phones:
            await phone.until_over()


async def test_a_process_that_ends_hands_its_class_to_the_other(shipped: Story, tmp_path: Path) -> None:
    """Both processes are behind one address; here the second takes the first's port."""
    hub = MemoryHub()
    async with (
        aiohttp.ClientSession() as session, relay(broker=hub.broker()) as relay_server,
        relayed(shipped, tmp_path, relay_server.url) as class_,
    ):  # fmt: skip
        info = await class_.opened()
        port = port_of(relay_server.url)
        phone = await PhoneClient(session, 0, base=info.url).enter(info.code)
        relay_server.stopping.set()
        await wait_until(lambda: _is_free(port))
        async with relay(options(port=port), hub.broker()):
            await class_.until(lambda now: now == info)
            await return_to(phone)
            await phone.choose()
            await relay_server.serving


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


async def test_a_lost_store_and_its_return_are_reported(shipped: Story, tmp_path: Path) -> None:
    hub = BreakableHub()
    async with class_at_relay(shipped, tmp_path, hub.broker()) as (class_, _, _):
        hub.set_ok(False)
        info = await class_.until(lambda info: bool(info.trouble))
        assert info.trouble == "store-lost" and info.is_open
        hub.set_ok(True)
        await class_.until(lambda info: not info.trouble)


async def test_a_link_that_fails_by_a_program_error_is_logged_and_dials_again(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    receive, failures = RelayedPhones.receive, list[None]()

    async def fail_once(self: RelayedPhones, frame: In) -> None:
        if not failures:
            failures.append(None)
            raise LookupError
        await receive(self, frame)

    monkeypatch.setattr(RelayedPhones, "receive", fail_once)
    async with class_at_relay(shipped, tmp_path) as (class_, info, session):
        while (await session.get(f"{info.url}/hello")).status != 200:
            await asyncio.sleep(0)
        phone = await PhoneClient(session, 0, base=info.url).enter(info.code)
        assert [await phone.choose()] == list(class_.host.state.ballots.values())
    assert "`link to the relay` failed: LookupError" in caplog.text


@pytest.mark.parametrize("code", ["", "K7QP", "K7QP-BCDF", "x" * 20_000, r"\ud800"])
async def test_an_invalid_room_code_of_a_relay_is_refused(shipped: Story, tmp_path: Path, code: str) -> None:
    """The code would go on the wall and into the class's file."""

    async def name_a_room(request: web.Request) -> web.StreamResponse:
        link = web.WebSocketResponse()
        await link.prepare(request)
        await link.receive()
        await link.send_str(f'{{"frame":"room","code":"{code}","secret":"s"}}')
        await link.receive()
        return link

    app = web.Application()
    app.router.add_get("/teacher", name_a_room)
    async with TestServer(app) as server, relayed(shipped, tmp_path, f"http://127.0.0.1:{server.port}") as class_:
        assert await class_.until(lambda info: info.trouble != "connecting") == RelayInfo(trouble="lost")
        async with aiohttp.ClientSession() as session:
            await (await PhoneClient(session, class_.server.port).enter()).choose()
    assert not any(isinstance(event, ev.RoomOpened) for event in logged_events(tmp_path / "a.class"))


async def test_a_refused_token_is_reported_and_an_added_token_opens_the_room(shipped: Story, tmp_path: Path) -> None:
    path = tokens_file(tmp_path, "a-token-of-school-1")
    async with relay(options(tokens=path)) as relay_server:
        async with relayed(shipped, tmp_path, relay_server.url, "another-token-here") as class_:
            assert (await class_.until(lambda info: info.trouble != "connecting")).trouble == "token"
            assert not class_.info.is_open
        async with relayed(shipped, tmp_path, relay_server.url, "a-token-of-school-1", name="b.class") as class_:
            await class_.opened()


async def test_a_resumed_class_gets_its_room_again_or_another_if_it_is_taken(shipped: Story, tmp_path: Path) -> None:
    hub = MemoryHub()
    async with relay(broker=hub.broker()) as relay_server:
        async with relayed(shipped, tmp_path, relay_server.url) as class_:
            info = await class_.opened()
        (room,) = [event for event in logged_events(tmp_path / "a.class") if isinstance(event, ev.RoomOpened)]
        assert (room.relay, room.code, room.class_code) == (relay_server.url, info.code, CODE)
        async with relayed(shipped, tmp_path, room.relay, room=room, name="b.class") as again:
            await again.opened()
            assert again.reports == [info]
        hub.records[room.code] = Record(room.code, "elsewhere", "another's")
        async with relayed(shipped, tmp_path, room.relay, room=room, name="c.class") as another:
            assert (await another.opened()).code != room.code
            assert another.reports[0].trouble == "taken"


async def test_without_a_relay_at_the_address_the_class_goes_on(shipped: Story, tmp_path: Path) -> None:
    async with (
        relayed(shipped, tmp_path, "http://127.0.0.1:1") as class_, aiohttp.ClientSession() as session,
    ):  # fmt: skip
        assert (await class_.until(lambda info: info.trouble == "lost")).url == ""
        await (await PhoneClient(session, class_.server.port).enter()).choose()


@given(failed=st.integers(0, 100_000), jitter=st.floats(0, 1))
def test_pauses_between_dials_grow_to_two_seconds(failed: int, jitter: float) -> None:
    assert 0.1 < next_pause(0, jitter) <= 0.25
    assert 0.1 < next_pause(failed, jitter) <= 2.0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=30))
def test_each_phone_gets_its_answers_in_order_and_equal_answers_share_a_frame(sent: list[tuple[str, str]]) -> None:
    frames = grouped([(phone, PhoneAnswer(text)) for phone, text in sent])
    for phone in "abc":
        got = [frame.data for frame in frames for receiver in frame.phones or () if receiver == phone]
        assert got == [text for receiver, text in sent if receiver == phone]
    if len({phone for phone, _ in sent}) == len(sent):
        assert len(frames) == len({text for _, text in sent})


@pytest.mark.parametrize(
    "given_url", ["https://grain.example.org", "https://grain.example.org/", "http://10.0.0.2:8770"]
)
def test_an_address_of_a_relay_is_accepted(given_url: str) -> None:
    assert relay_address(given_url) == given_url.rstrip("/")


@pytest.mark.parametrize(
    "wrong", ["", "grain.example.org", "wss://grain.example.org", "https://", "https://a/K7QP", "https://a:x", "https://u:p@a"],
)  # fmt: skip
def test_an_invalid_address_is_refused(wrong: str) -> None:
    with pytest.raises(BadRelayAddress, match="https://grain"):
        relay_address(wrong)


async def test_tabs_that_join_at_once_through_a_relay_have_one_seat(shipped: Story, tmp_path: Path) -> None:
    async with class_at_relay(shipped, tmp_path) as (class_, info, _), AsyncExitStack() as stack:
        for seats in (1, 2):
            session = await stack.enter_async_context(browser())
            tabs = [PhoneClient(session, 0, base=info.url) for _ in range(5)]
            await asyncio.gather(*(tab.join(info.code) for tab in tabs))
            assert len({tab.token for tab in tabs}) == 1 and len(class_.host.state.seats) == seats
            await tabs[0].join(info.code)
            assert [cookie.key for cookie in session.cookie_jar] == ["seat"]


async def test_class_codes_are_not_guessed_through_a_relay_from_many_addresses(shipped: Story, tmp_path: Path) -> None:
    """A class with a new code has its own limit, because its relay does not know which codes are wrong."""
    limits = replace(QUICK, class_wrong_codes=10, class_wrong_codes_rate=0.01)
    async with class_at_relay(shipped, tmp_path, limits=limits) as (class_, info, session):
        class_.host.execute(lambda state: commands.change_code(state, "BBBB"))

        async def tried(code: str, address: int) -> str:
            headers = {"X-Forwarded-For": f"203.0.113.{address}"}
            async with session.post(f"{info.url}/join", json={"code": code}, headers=headers) as answer:
                return str((await answer.json()).get("refused", "seat"))

        reasons = Counter([await tried("XXXX", number % 20) for number in range(100)])
        assert reasons == {"wrong-code": 20 + 10, "slow-down": 70}
        assert await tried("BBBB", 99) == "seat" and await tried("BBBB", 0) == "slow-down"


PHONES, BALLOTS = 8, 4  # on the unsteady network


async def vote_until_acknowledged(phone: PhoneClient, choice: str) -> None:
    """Send a ballot again, on a new socket, until it is acknowledged, as the page's script does."""
    while True:
        try:
            async with asyncio.timeout(1):
                assert (await phone.vote(choice, phone.pages[-1]["round"]))["voted"] == choice
                return
        except LOST:
            with suppress(*LOST):
                async with asyncio.timeout(0.1):
                    await phone.close()
            await return_to(phone)


async def test_an_unsteady_network_loses_and_doubles_nothing(shipped: Story, tmp_path: Path) -> None:
    """It delays data and cuts connections during a vote."""
    limits = replace(QUICK_RELAY, heartbeat=5.0, phone_heartbeat=5.0, timeout=5.0)
    counts, last = Counter[str](), dict[str, str]()
    async with (
        relay(options(limits)) as relay_server,
        UnsteadyNetwork(port_of(relay_server.url), seed=2).listening() as (pupils_way, base),
        UnsteadyNetwork(port_of(relay_server.url), seed=3).listening() as (teachers_way, address),
        relayed(shipped, tmp_path, f"http://{address}", listen=None) as class_,
        aiohttp.ClientSession() as session,
    ):
        info = await class_.opened()
        base = f"http://{base}/{info.code}"
        phones = [await PhoneClient(session, 0, base=base).enter(info.code) for _ in range(PHONES)]

        async def vote_often(phone: PhoneClient) -> None:
            for number in range(BALLOTS):
                choice = phone.pages[-1].choices[number % 2]
                await vote_until_acknowledged(phone, choice)
                seat = seat_of(phone.token)
                assert class_.host.state.ballots[seat] == choice
                last[seat] = choice
                counts["ballots"] += 1
                if counts["ballots"] % 10 == 5:
                    counts["pupils"] += pupils_way.cut()
                elif counts["ballots"] % 10 == 0:
                    counts["teacher"] += teachers_way.cut()

        await asyncio.gather(*map(vote_often, phones))
        assert counts["pupils"] > PHONES and counts["teacher"] > 1
        async with asyncio.timeout(10):
            pupils_way.cut()
            teachers_way.cut()
            await asyncio.gather(*map(return_to, phones))
            assert await class_.opened() == info
        for phone in phones:
            assert phone.pages[-1].chosen == [last[seat_of(phone.token)]]
        assert class_.host.state.ballots == last and len(class_.host.state.seats) == PHONES
    events = logged_events(tmp_path / "a.class")
    assert len([event for event in events if isinstance(event, ev.Voted)]) == BALLOTS * PHONES
