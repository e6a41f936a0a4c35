"""Presence: which seats are connected."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from game.classroom.server.presence import Presence
from game.classroom.state import ClassState, apply_event, initial_state
from game.story import Story
from tests.classroom.logged_class import begun

STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "close", "poll", "wait", "update"]), st.integers(0, 3)), max_size=50
)


def state_of(story: Story) -> ClassState:
    first = initial_state(story, begun(story))
    return replace(first, seats={f"s{n}": "" for n in range(4)})


@given(steps=STEPS)
def test_commands_make_the_state_match_a_plain_count(shipped: Story, steps: list[tuple[str, int]]) -> None:
    state, presence, now = state_of(shipped), Presence(), 0.0
    sockets, until = dict.fromkeys(state.seats, 0), dict.fromkeys(state.seats, 0.0)
    for step, number in steps:
        seat = f"s{number}"
        if step == "open":
            presence.socket_opened(seat)
            sockets[seat] += 1
        elif step == "close" and sockets[seat]:
            presence.socket_closed(seat, now + 3)
            sockets[seat] -= 1
            until[seat] = max(until[seat], now + 3)
        elif step == "poll":
            presence.seen(seat, now + 10)
            until[seat] = max(until[seat], now + 10)
        elif step == "wait":
            now += number * 2
        elif step == "update":
            for command in presence.pending_commands(state, now):
                for event in command(state):
                    state = apply_event(state, event)
            assert state.present == {name for name in state.seats if sockets[name] or until[name] > now}
            assert presence.pending_commands(state, now) == []


def test_unknown_seat_gets_no_command(shipped: Story) -> None:
    """A seat whose join could not be written is ignored."""
    presence = Presence()
    presence.seen("stranger", 10.0)
    assert presence.pending_commands(state_of(shipped), 0.0) == []
