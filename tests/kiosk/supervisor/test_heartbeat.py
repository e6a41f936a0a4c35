"""The heartbeat: the lines in the pipe, and what happens if nobody reads them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kiosk.supervisor.heartbeat import LONGEST, VARIABLE, Heartbeat, HeartbeatStatus, parse_heartbeat


@dataclass
class Pipe:
    """A supervisor's end, a game's end, and a clock moved by hand."""

    reading: IO[bytes]
    writing: int
    now: float = 0.0

    def beat(self) -> Heartbeat:
        return Heartbeat(self.writing, lambda: self.now)

    def read(self) -> list[int | None]:
        """The visits written since the last call."""
        return [status.visits if (status := parse_heartbeat(line)) else None for line in self.reading.readlines()]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with os.fdopen(reading, "rb") as file:
        yield Pipe(file, writing)
    os.close(writing)


def test_one_line_a_second_is_written(pipe: Pipe) -> None:
    beat = pipe.beat()
    for i in range(35):
        pipe.now = i / 10
        beat.send(HeartbeatStatus(i))
    assert pipe.read() == [0, 10, 20, 30]
    assert not beat.supervisor_gone


def test_full_pipe_does_not_block(pipe: Pipe) -> None:
    """A supervisor that does not read for hours neither stops the game nor gets half a line; then it reads again."""
    beat = pipe.beat()
    for i in range(10_000):
        pipe.now = float(i)
        beat.send(HeartbeatStatus(i))
    visits = pipe.read()
    assert visits == list(range(len(visits)))
    assert 1_000 < len(visits) < 10_000
    pipe.now += 1
    beat.send(HeartbeatStatus(7))
    assert pipe.read() == [7]
    assert not beat.supervisor_gone


def test_heartbeat_notices_that_supervisor_is_gone(pipe: Pipe) -> None:
    beat = pipe.beat()
    beat.send(HeartbeatStatus(1))
    pipe.reading.close()
    assert not beat.supervisor_gone
    for pipe.now in (1, 2):
        beat.send(HeartbeatStatus(1))
        assert beat.supervisor_gone


@pytest.mark.parametrize("named", [None, "", "many", "-1", "99999", "9" * 40])
def test_no_heartbeat_without_pipe_in_environment(named: str | None) -> None:
    environ = {} if named is None else {VARIABLE: named}
    assert Heartbeat.from_environment(environ, lambda: 0.0) is None
    assert environ == {}


def test_a_file_is_no_pipe() -> None:
    """A number that means something else by now is never written to."""
    with tempfile.TemporaryFile() as file:
        assert Heartbeat.from_environment({VARIABLE: str(file.fileno())}, lambda: 0.0) is None
        assert os.fstat(file.fileno()).st_size == 0


@given(status=st.builds(
    HeartbeatStatus, st.integers(0, 10**15), st.booleans(), st.integers(0, 10**6), st.none() | st.booleans()
))  # fmt: skip
def test_heartbeat_is_parsed_as_it_was_sent(pipe: Pipe, status: HeartbeatStatus) -> None:
    pipe.beat().send(status)
    (line,) = pipe.reading.readlines()
    assert parse_heartbeat(line) == status
    assert len(line) <= LONGEST


@given(st.one_of(st.binary(max_size=60), st.sampled_from([
    b'{"visits": "3"}', b'{"visits": -1, "kept": true}', b'{"visits": true, "kept": true}', b'{"visits": 1}',
    b'{"visits": 1, "kept": 1}', b'{"visits": 1.5}', b'{"visits": 1, "kept": true, "aside": -1}',
    b'{"visits": 1, "kept": true, "aside": "1"}', b'{"visits": 1, "kept": true, "sent": 0}',
    b"[1]", b"{}", b"3", b"null",
    b'"visits"', b"[" * 199, b'{"visits": 1',
])))  # fmt: skip
def test_other_lines_are_no_heartbeat(line: bytes) -> None:
    assert parse_heartbeat(line) is None
