"""A log is opened as far as it can be read and applied, and its file keeps every line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.class_reader import OtherStory, read_class
from game.classroom.class_store import stored_class
from game.classroom.log import DamagedLog, Log, LogEntries
from game.classroom.run_class import class_host
from game.story import Story
from tests.classroom.class_walk import is_same
from tests.classroom.logged_class import LoggedClass, begun, logged_events, replay
from tests.classroom.test_log import execute, write_log

FAULTS: dict[str, ev.Event] = {
    "a choice that the page does not have": ev.Decided({"": "no-such"}, {"": "most"}),
    "a decision of a door that reads no page": ev.Decided({"nobody": "continue"}, {"nobody": "most"}),
    "a ballot for the other door": ev.Voted(1, "a", "no-such"),
    "a ballot of an unknown seat": ev.Voted(1, "nobody", "no-such"),
    "hands for the other door": ev.Counted(1, "miller", "no-such", 3),
    "an unknown seat moved": ev.Moved("nobody", "miller"),
    "an unknown door": ev.Moved("a", "nobody"),
    "a phone without a seat arrives": ev.Came("nobody"),
    "a readmitted seat that was not removed": ev.Readmitted("a"),
    "one step back too many": ev.WentBack(),
}


def raw_lines(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [line for (line,) in db.execute("SELECT event FROM events ORDER BY number")]


@pytest.fixture
def class_(mill: Story) -> LoggedClass:
    return LoggedClass(mill).join("a", "b")


@pytest.mark.parametrize("fault", FAULTS)
def test_class_is_opened_up_to_an_event_that_does_not_fit(fault: str, class_: LoggedClass, tmp_path: Path) -> None:
    events, messages = (*class_.events, FAULTS[fault], ev.Locked(True), ev.Paused(True)), list[str]()
    path = write_log(tmp_path / "a.class", *events)
    before = raw_lines(path)
    with Log(path, lambda: 0.0) as log:
        host = class_host(class_.story, log, ev.Resumed(2, 8765), messages.append)
        assert host.remarks and host.state.seats == class_.state.seats
        assert not host.state.locked and not host.state.paused
        host.execute(commands.go_on)
        state = host.state
    (line,) = messages
    assert "the last 3 events of this class are left out" in line and type(FAULTS[fault]).__name__ in line
    assert raw_lines(path)[: len(before)] == before
    with Log(path, lambda: 0.0) as log:
        found = read_class(class_.story, log.read())
        assert not found.left_out and is_same(found.state, state)
        assert class_host(class_.story, log, ev.Resumed(3, 8765), messages.append).remarks == [] and len(messages) == 1


def test_class_is_opened_up_to_a_line_that_cannot_be_read(class_: LoggedClass, tmp_path: Path) -> None:
    messages = list[str]()
    path = write_log(tmp_path / "a.class", *class_.events, ev.Locked(True), ev.Paused(True))
    execute(path, "UPDATE events SET event = '{}' WHERE number = 4")
    assert stored_class(path).phones == 2
    with Log(path, lambda: 0.0) as log:
        host = class_host(class_.story, log, ev.Resumed(2, 8765), messages.append)
        assert host.remarks and host.state.seats == class_.state.seats
    assert "line 4" in messages[0] and raw_lines(path)[3] == "{}"
    assert logged_events(path)[3] == ev.Resumed(2, 8765, 2)


def test_lines_that_cannot_be_read_are_counted_with_the_events_that_do_not_fit(mill: Story) -> None:
    first = begun(mill)
    found = read_class(mill, LogEntries(((0.0, first), (1.0, ev.WentBack())), 2, "a.class, line 3: it is no event"))
    assert found.left_out == 3 and "WentBack" in found.why and len(found.entries) == 1


def test_log_without_a_readable_line_is_damaged(class_: LoggedClass, tmp_path: Path) -> None:
    with pytest.raises(DamagedLog, match="line 1"):
        read_class(class_.story, LogEntries((), 1, "a.class, line 1: its time is missing"))
    for entries in ((), ((0.0, ev.Locked(True)),)):
        with pytest.raises(ValueError, match="begins with how it began"):
            read_class(class_.story, LogEntries(entries))
    with pytest.raises(OtherStory, match="`another`"):
        read_class(class_.story, LogEntries(((0.0, ev.Begun("another", 1, "class", None)),)))


def test_events_of_an_older_version_are_read(class_: LoggedClass) -> None:
    """Older events had fewer fields."""
    lines = ({"event": "resumed", "session": 1, "port": 2}, {"event": "restored", "number": 3})
    assert [ev.from_json(json.loads(json.dumps(line))) for line in lines] == [ev.Resumed(1, 2, 0), ev.Restored(3, 0)]


DOORS = st.sampled_from(["", "miller", "clerk"])
EVENTS = st.one_of(
    st.builds(ev.Opened, st.integers(0, 9)),
    st.builds(ev.Voted, st.integers(0, 9), st.sampled_from("abc"), st.sampled_from(["give-wok", "hide", "x"])),
    st.builds(ev.Counted, st.integers(0, 9), DOORS, st.just("hide"), st.integers(0, 9)),
    st.builds(ev.Joined, st.sampled_from("abc"), DOORS),
    st.builds(ev.Moved, st.sampled_from("abc"), DOORS),
    st.builds(ev.Removed, st.sampled_from("abc")),
    st.builds(ev.Readmitted, st.sampled_from("abc")),
    st.builds(ev.LeftOut, st.just(1), st.lists(st.sampled_from("abc")).map(tuple)),
    st.builds(ev.Restored, st.integers(0, 9), st.integers(0, 3)),
    st.builds(ev.Decided, st.dictionaries(DOORS, st.sampled_from(["continue", "hide"]), max_size=1)),
    st.sampled_from([ev.Closed(1), ev.Revealed(1), ev.Covered(1), ev.Reopened(1)]),
    st.sampled_from([ev.Reread(1), ev.WentBack(), ev.Ended()]),
)


@given(events=st.lists(EVENTS, max_size=40))
def test_class_opens_with_any_events_in_its_log(mill: Story, events: list[ev.Event]) -> None:
    first = begun(mill)
    found = read_class(mill, LogEntries(tuple((0.0, event) for event in (first, *events))))
    assert len(found.entries) + found.left_out == len(events) + 1
    for track in found.state.tracks:
        round = found.state.round(track)
        assert set(round.ballots.values()) <= set(track.options) and round.voted >= 0
    assert is_same(replay(mill, [event for _, event in found.entries]), found.state)
