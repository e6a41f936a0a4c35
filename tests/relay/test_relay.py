"""Rooms: a phone's messages reach its teacher and nobody else, in one process and across several."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from game.relay.broker import MemoryHub
from game.relay.frames import Close, Gone, In, Open, Out, Refused, Store
from game.relay.relay import Relay
from tests.relay.breakable_hub import BreakableHub
from tests.relay.peer_link import PeerLink
from tests.relay.relay_client import (
    QUICK,
    assert_heard,
    close_code,
    open_room,
    options,
    phone,
    relay,
    request,
    teacher,
    tokens_file,
    two_relays,
)


async def test_a_phone_and_its_teacher_hear_each_other() -> None:
    async with open_room() as (server, she, room):
        async with phone(server.url, room.code) as pupil:
            await pupil.send_str("hello, 你好")
            heard = await she.answer('{"page":1}')
            assert (heard.path, heard.data) == ("socket", "hello, 你好")
            assert await pupil.receive_str() == '{"page":1}'
        assert await she.receive() == Gone(heard.phone)


async def test_a_request_is_answered_once_with_its_status() -> None:
    async with open_room() as (server, she, room):
        asking = asyncio.create_task(request(server.url, f"/{room.code}/join", {"code": "x"}))
        heard = await she.answer('{"refused":"wrong-code"}', 403)
        assert (heard.path, heard.data) == ("join", '{"code": "x"}')
        assert await asking == (403, {"refused": "wrong-code"})
        await she.send(Out((heard.phone,), "{}"))  # the request is over, so it is dropped
        assert (await request(server.url, f"/{room.code}/hello"))[0] == 503  # nobody answers within the limit


async def test_out_for_all_reaches_every_socket_of_the_room_and_of_no_other() -> None:
    async with relay() as server, teacher(server.url) as she, teacher(server.url) as other:
        room, foreign = await she.open(), await other.open()
        async with (
            phone(server.url, room.code) as first, phone(server.url, room.code) as second,
            phone(server.url, foreign.code) as third,
        ):  # fmt: skip
            for socket in (first, second):
                await socket.send_str("x")
                await she.receive_in()
            await third.send_str("x")
            stranger = await other.receive_in()
            await she.send(Out((stranger.phone,), "for a phone of another room"))
            await she.send(Out(None, "for all"))
            assert [await first.receive_str(), await second.receive_str()] == ["for all", "for all"]
            await other.send(Out(None, "the other's"))
            assert await third.receive_str() == "the other's"


async def test_rooms_are_shared_by_processes() -> None:
    async with two_relays() as (relay_a, relay_b, she):
        room = await she.open()
        async with phone(relay_b.url, room.code) as far, phone(relay_a.url, room.code) as near:
            await far.send_str("far")
            await near.send_str("near")
            heard = {frame.data: frame.phone for frame in [await she.receive_in(), await she.receive_in()]}
            asking = asyncio.create_task(request(relay_b.url, f"/{room.code}/seat", {}))
            asked = await she.receive_in()
            await she.send(Out((asked.phone,), "{}", 403, "cookie"))
            assert await asking == (403, {})
            await she.send(Out((heard["far"], heard["near"]), "both"))
            assert [await far.receive_str(), await near.receive_str()] == ["both", "both"]
            await she.send(Out(None, "all"))
            assert [await far.receive_str(), await near.receive_str()] == ["all", "all"]
        assert {await she.receive(), await she.receive()} == {Gone(heard["far"]), Gone(heard["near"])}


async def test_a_teacher_who_returns_elsewhere_has_the_room_and_its_phones_come_again() -> None:
    async with two_relays() as (relay_a, relay_b, before):
        room = await before.open()
        async with (
            phone(relay_a.url, room.code) as pupil,
            phone(relay_b.url, room.code) as other,
            teacher(relay_b.url) as she,
        ):
            assert await she.open(Open(code=room.code, secret=room.secret)) == room
            assert [await close_code(pupil), await close_code(other)] == [1012, 1012]
            with pytest.raises(ConnectionError):  # the earlier link is closed
                await before.receive()
            await assert_heard(relay_a, room, she)


async def test_a_room_is_nobody_elses() -> None:
    async with open_room() as (server, _, room), teacher(server.url) as thief:
        await thief.send(Open(code=room.code, secret="guessed"))
        assert await thief.receive() == Refused("taken")
        async with teacher(server.url) as empty:
            await empty.send(Open(code=room.code))
            assert await empty.receive() == Refused("malformed")


async def test_a_link_whose_room_went_to_another_is_not_heard_any_more() -> None:
    """A frame from the former link reaches no phone, and does not close the room."""
    relay = Relay(MemoryHub().broker(), Random(1), QUICK, lambda: 0.0)
    former, she, pupil = PeerLink(), PeerLink(), PeerLink()
    room = await relay.open_room(Open(), former)
    phone = await relay.enter(room.code, pupil)
    assert await relay.open_room(Open(code=room.code, secret=room.secret), she) == room
    relay.teacher_sent(room, former, Out(None, "from the former link, for all"))
    relay.teacher_sent(room, former, Out((phone,), "from the former link"))
    await relay.close_room(room, former)
    relay.teacher_left(room, former)
    relay.teacher_sent(room, she, Out((phone,), "hers"))
    assert pupil.sent == [Out((phone,), "hers")]
    await relay.close_room(room, she)
    relay.teacher_sent(room, she, Out((phone,), "after the end"))
    assert len(pupil.sent) == 1


async def test_a_phone_enters_a_room_of_this_process_while_the_store_is_lost() -> None:
    hub = BreakableHub()
    relay = Relay(hub.broker(), Random(1), QUICK, lambda: 0.0)
    she, pupil = PeerLink(), PeerLink()
    room = await relay.open_room(Open(), she)
    hub.ok = False
    relay.store_changed(False)
    first = await relay.enter(room.code, PeerLink())
    relay.phone_left(room.code, first, report=False)
    relay.teacher_left(room, she)
    assert await relay.enter(room.code, pupil)
    await relay.open_room(Open(code=room.code, secret=room.secret), PeerLink())
    assert pupil.called == 1


async def test_a_phone_is_led_to_where_its_teacher_went_though_nobody_heard_of_it() -> None:
    hub, other = MemoryHub(), PeerLink()
    relay = Relay(hub.broker(), Random(1), QUICK, lambda: 0.0)
    she = PeerLink()
    room = await relay.open_room(Open(), she)
    relay.teacher_left(room, she)
    hub.records[room.code] = replace(hub.records[room.code], owner="other")
    hub.receivers["other"] = other
    phone = await relay.enter(room.code, PeerLink())
    relay.phone_sent(room.code, In(phone, "socket", "hello"))
    assert len(other.sent) == 1


async def test_a_closed_room_is_unknown() -> None:
    async with open_room() as (server, she, room):
        async with phone(server.url, room.code) as pupil:
            await she.send(Close())
            assert await close_code(pupil) == 1012
        assert await request(server.url, f"/{room.code}/hello") == (404, {"refused": "unknown-room"})


async def test_a_teacher_who_is_away_keeps_the_room_for_phones() -> None:
    async with relay() as server, AsyncExitStack() as stack:
        async with teacher(server.url) as she:
            room = await she.open()
            pupil = await stack.enter_async_context(phone(server.url, room.code))
        while (await request(server.url, f"/{room.code}/hello"))[1] != {"refused": "away"}:
            await asyncio.sleep(0)
        async with teacher(server.url) as again:
            await again.open(Open(code=room.code, secret=room.secret))
            assert await close_code(pupil) == 1012


async def test_a_lost_store_is_said_and_phones_return_when_it_is_back() -> None:
    hub = BreakableHub()
    async with two_relays(hub) as (relay_a, relay_b, she):
        room = await she.open()
        async with phone(relay_b.url, room.code) as far, phone(relay_a.url, room.code) as near:
            hub.set_ok(False)
            assert await she.receive() == Store(False)
            await near.send_str("still heard")
            assert (await she.receive_in()).data == "still heard"
            await far.send_str("lost, and sent again later")
            hub.set_ok(True)
            assert await close_code(far) == 1012
            assert await she.receive() == Store(True)
            async with phone(relay_b.url, room.code) as again:
                await again.send_str("again")
                while (await she.receive_in()).data != "again":
                    pass


async def test_a_new_room_can_be_opened_while_the_store_is_lost() -> None:
    hub = BreakableHub()
    async with two_relays(hub) as (_, relay_b, she):
        hub.set_ok(False)
        room = await she.open()
        assert await she.receive() == Store(False)
        assert (await request(relay_b.url, f"/{room.code}/hello"))[1] == {"refused": "store-lost"}
        assert (await request(relay_b.url, "/health"))[1]["state"] == "store-lost"
        hub.set_ok(True)
        assert await she.receive() == Store(True)
        await assert_heard(relay_b, room, she)


async def test_a_room_of_another_process_is_not_given_while_the_store_is_lost() -> None:
    """Nobody can check the owner; the teacher tries again, and gets the room once the store is back."""
    hub = BreakableHub()
    async with two_relays(hub) as (_, relay_b, before):
        room = await before.open()
        hub.set_ok(False)
        for secret in ("guessed", room.secret):
            async with teacher(relay_b.url) as she:
                await she.send(Open(code=room.code, secret=secret))
                assert await she.receive() == Refused("store-lost")
        hub.set_ok(True)
        async with teacher(relay_b.url) as she:
            assert await she.open(Open(code=room.code, secret=room.secret)) == room


async def test_an_ending_process_moves_its_rooms() -> None:
    async with two_relays() as (relay_a, relay_b, before):
        room = await before.open()
        async with phone(relay_a.url, room.code) as pupil:
            relay_a.stopping.set()
            with pytest.raises(ConnectionError, match="1012"):
                await before.receive()
            async with teacher(relay_b.url) as she:
                await she.open(Open(code=room.code, secret=room.secret))
                assert await close_code(pupil) == 1012
                await relay_a.serving
                await assert_heard(relay_b, room, she)


async def test_a_flood_is_read_slowly_and_others_are_not_held_up() -> None:
    async with (
        open_room() as (server, she, room),
        phone(server.url, room.code) as flooder,
        phone(server.url, room.code) as pupil,
    ):
        for number in range(QUICK.burst + 20):
            await flooder.send_str(str(number))
        flood = [await she.receive_in() for _ in range(QUICK.burst)]
        assert [frame.data for frame in flood] == [str(number) for number in range(QUICK.burst)]
        await pupil.send_str("me too")
        while (heard := await she.receive_in()).data != "me too":
            assert heard.phone == flood[0].phone


async def test_only_a_known_token_opens_rooms_and_the_file_may_change(tmp_path: Path) -> None:
    path = tokens_file(tmp_path, "a-token-of-school-1")
    async with relay(options(tokens=path)) as server:
        async with teacher(server.url) as stranger:
            await stranger.send(Open("another-token-here"))
            assert await stranger.receive() == Refused("token")
        async with teacher(server.url) as she:
            await she.open(Open("a-token-of-school-1"))
        tokens_file(tmp_path, "a-token-of-school-1", "another-token-here")
        async with teacher(server.url) as he:
            await he.open(Open("another-token-here"))


async def test_frames_that_are_none_end_the_link() -> None:
    async with relay() as server:
        for text in (
            "x", '{"frame":"in","phone":"","path":"","data":""}', '{"frame":"out"}',
            r'{"frame":"out","phones":"*","data":"\ud800"}', r'{"frame":"out","phones":["\udfff"],"data":""}',
        ):  # fmt: skip
            async with teacher(server.url) as she:
                await she.open()
                await she.socket.send_str(text)
                assert await she.receive() == Refused("malformed")
                with pytest.raises(ConnectionError, match="1008"):
                    await she.receive()
        async with teacher(server.url) as silent:
            with pytest.raises(ConnectionError):
                await silent.receive()
