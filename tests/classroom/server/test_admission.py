"""Limits on wrong codes of one address and of all, and seats that make way when too many wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom.commands import Refused
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.server.admission import Admission, gives_way
from game.classroom.server.limits import ServerLimits
from game.classroom.server.presence import Presence
from game.classroom.write_batcher import WriteBatcher
from game.story import Story
from tests.classroom.logged_class import begun
from tests.clock import Clock

CODE = "K7QP"


@asynccontextmanager
async def admission(story: Story, folder: Path, clock: Clock, **limits: float) -> AsyncIterator[Admission]:
    with Log(folder / "a.class", lambda: 0.0) as log:
        host = class_host(story, log, begun(story))
        writer = WriteBatcher(host)
        yield Admission(host, writer, Presence(), ServerLimits(**limits), clock)  # type: ignore[arg-type]
        await writer.close()


def answer(door: Admission, typed: str, address: str) -> str:
    try:
        door.check_code(typed, (CODE, ""), address)
    except Refused as refused:
        return refused.reason
    return "in"


async def test_wrong_codes_slow_down_their_own_address_for_a_while(shipped: Story, tmp_path: Path) -> None:
    clock = Clock()
    async with admission(shipped, tmp_path, clock, wrong_codes=3) as door:
        assert [answer(door, "XXXX", "a") for _ in range(4)] == ["wrong-code"] * 3 + ["slow-down"]
        assert (answer(door, CODE, "a"), answer(door, CODE, "b")) == ("slow-down", "in")
        clock.now += 2.1
        assert answer(door, CODE, "a") == "in"


async def test_wrong_codes_of_many_addresses_share_a_limit_that_lets_pupils_in(shipped: Story, tmp_path: Path) -> None:
    clock = Clock()
    async with admission(shipped, tmp_path, clock, class_wrong_codes=60, class_wrong_codes_rate=0.5) as door:
        tried = 0
        for second in range(1000):
            clock.now += 1.0
            tried += sum(answer(door, "XXXX", f"relay {second % 10}{number}") == "wrong-code" for number in range(10))
        assert tried <= 100 + 60 + 0.5 * 1000 + 1
        assert [answer(door, code, "relay pupil") for code in (CODE, "K7Q9", CODE)] == ["in", "wrong-code", "slow-down"]
        clock.now += 60.0
        assert answer(door, CODE, "relay pupil") == "in"


WAITING = st.lists(st.sampled_from("abc"), min_size=commands.MOST_WAITING, max_size=commands.MOST_WAITING)


@given(addresses=WAITING, comes=st.sampled_from("abcd"))
def test_a_full_door_makes_way_until_addresses_are_even(addresses: list[str], comes: str) -> None:
    seats = {f"seat{number}": address for number, address in enumerate(addresses)}
    gone = gives_way(list(seats), seats, comes)
    count = {address: addresses.count(address) for address in "abcd"}
    if not gone:
        assert max(count.values()) <= count[comes] + 1
    for event in gone:
        assert count[seats[event.seat]] == max(count.values()) >= count[comes] + 2
        assert not gives_way(list(seats)[1:], seats, comes)


@pytest.mark.parametrize("number", [0, commands.MOST_WAITING - 1])
def test_nobody_makes_way_while_the_door_has_room(number: int) -> None:
    seats = dict.fromkeys(map(str, range(number)), "a")
    assert gives_way(list(seats), seats, "b") == ()
