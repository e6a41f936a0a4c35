"""Commands from several threads at once, refused commands, and a log that cannot be written."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom.commands import Refused
from game.classroom.host import Host
from game.classroom.log import Log, UnsavedLog
from game.classroom.run_class import class_host
from game.classroom.state import ClassState
from game.story import Story
from tests.classroom.logged_class import begun, logged_events, replay
from tests.full_disk import full_disk


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "a.class", lambda: 0.0)


def new_host(story: Story, log: Log | UnsavedLog) -> Host:
    """A class at its first vote, with forty seats and the vote open."""
    host = class_host(story, log, begun(story))
    host.execute_all([partial(commands.join, seat=f"s{n}") for n in range(40)])
    while not host.state.can_vote:
        host.execute(commands.go_on)
    host.execute(commands.open_vote)
    return host


def test_ballots_from_many_threads_are_all_counted_once_and_kept(shipped: Story, log: Log) -> None:
    host = new_host(shipped, log)
    number = host.state.number

    def phones(seats: range) -> None:
        for turn in range(3):
            for n in seats:
                track = host.state.track_of(f"s{n}")
                choice = track.page.choices[(n + turn) % len(track.page.choices)].id
                host.execute(partial(commands.vote, seat=f"s{n}", number=number, choice=choice))

    threads = [Thread(target=phones, args=(range(start, 40, 4),)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    expected = {}
    for n in range(40):
        choices = host.state.track_of(f"s{n}").page.choices
        expected[f"s{n}"] = choices[(n + 2) % len(choices)].id
    assert host.state.ballots == expected
    again = replay(shipped, logged_events(log.path))
    assert again.ballots == expected and Counter(again.seats.values()) == Counter(host.state.seats.values())


def test_failed_write_changes_nothing(shipped: Story, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    host, states = new_host(shipped, log), list[ClassState]()
    host.subscribe(states.append)
    before = host.state

    monkeypatch.setattr(log, "write", full_disk)
    with pytest.raises(OSError, match="space"):
        host.execute(commands.close_vote)
    assert host.state is before and states == []


@given(st.data())
def test_batch_of_ballots_has_the_result_of_single_ballots(shipped: Story, data: st.DataObject) -> None:
    state = new_host(shipped, UnsavedLog(lambda: 0.0)).state
    together, alone = (Host(state, UnsavedLog(lambda: 0.0)) for _ in range(2))
    number = state.number
    choices = [*state.tracks[0].options, "no-such"]
    ballots = st.builds(
        commands.CastBallot, st.sampled_from(["s0", "s1", "s2", "nobody"]), st.sampled_from([number, number + 1]),
        st.sampled_from(choices),
    )  # fmt: skip
    batch = data.draw(st.lists(ballots | st.sampled_from([commands.close_vote, commands.open_vote]), max_size=12))
    assert together.execute_all(batch) == [reason for command in batch for reason in alone.execute_all([command])]
    assert together.state == alone.state


def test_refused_command_changes_nothing_and_other_commands_are_executed(shipped: Story, log: Log) -> None:
    host, states = new_host(shipped, log), list[ClassState]()
    host.subscribe(states.append)
    number = host.state.number
    choice = host.state.track_of("s0").page.choices[0].id
    answers = host.execute_all([
        partial(commands.vote, seat="nobody", number=number, choice=choice),
        partial(commands.vote, seat="s0", number=number, choice=choice),
        partial(commands.vote, seat="s1", number=number - 1, choice=choice),
    ])  # fmt: skip
    assert answers == ["unknown-seat", None, "other-round"]
    assert host.state.ballots == {"s0": choice} and states == [host.state]
    with pytest.raises(Refused, match="open-already"):
        host.execute(commands.open_vote)
