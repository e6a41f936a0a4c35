"""One class that several hands reach for at once."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Refused
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.state import ClassState, initial_state, replay
from game.story import Story


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "a.class", lambda: 0.0)


def hosted(story: Story, log: Log) -> Host:
    """A class at its first vote, with forty seats and the vote open."""
    first = ev.Begun(story.pack, story.version, "class", None)
    log.write([first])
    host = Host(initial_state(story, first), log)
    host.ask_each([partial(commands.join, seat=f"s{n}") for n in range(40)])
    while not host.state.votes:
        host.ask(commands.go_on)
    host.ask(commands.open_vote)
    return host


def test_ballots_from_many_threads_are_all_counted_once_and_kept(shipped: Story, log: Log) -> None:
    """Forty phones on four threads, each voting and changing its mind: the room, the log and a plain count agree."""
    host = hosted(shipped, log)
    number = host.state.number

    def phones(seats: range) -> None:
        for turn in range(3):
            for n in seats:
                track = host.state.track_of(f"s{n}")
                choice = track.page.choices[(n + turn) % len(track.page.choices)].id
                host.ask(partial(commands.vote, seat=f"s{n}", number=number, choice=choice))

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
    again = replay(shipped, [event for _, event in log])
    assert again.ballots == expected and Counter(again.seats.values()) == Counter(host.state.seats.values())


def test_what_cannot_be_kept_has_not_happened(shipped: Story, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk refuses the ballot; the room stands as it did, and nobody is told otherwise."""
    host, told = hosted(shipped, log), list[ClassState]()
    host.listen(told.append)
    before = host.state

    def full(events: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(log, "write", full)
    with pytest.raises(OSError, match="space"):
        host.ask(commands.close)
    assert host.state is before and told == []


def test_a_refused_wish_changes_nothing_and_does_not_hold_up_the_others(shipped: Story, log: Log) -> None:
    """Of several wishes each gets its own answer."""
    host, told = hosted(shipped, log), list[ClassState]()
    host.listen(told.append)
    number = host.state.number
    choice = host.state.track_of("s0").page.choices[0].id
    answers = host.ask_each([
        partial(commands.vote, seat="nobody", number=number, choice=choice),
        partial(commands.vote, seat="s0", number=number, choice=choice),
        partial(commands.vote, seat="s1", number=number - 1, choice=choice),
    ])  # fmt: skip
    assert answers == ["unknown-seat", None, "other-round"]
    assert host.state.ballots == {"s0": choice} and told == [host.state]
    with pytest.raises(Refused, match="open-already"):
        host.ask(commands.open_vote)
