"""Stored classes: their summaries, their records, and how both are deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.class_store import (
    delete_class,
    interrupted_class,
    new_log,
    next_session,
    record_paths,
    stored_class,
    write_record,
)
from game.classroom.log import DamagedLog, Log
from game.classroom.record.class_record import class_record
from game.classroom.record.record_csv import COLUMNS
from game.classroom.record.record_wording import RecordWording
from game.core.file_output import OutputRefused
from game.core.instance_lock import AlreadyRunning
from game.story import Story
from game.ui.i18n import Catalogue
from tests.classroom.logged_class import BEGAN, LoggedClass, begun
from tests.classroom.record.test_class_record import utc
from tests.classroom.test_log import write_log


def write_class(path: Path, logged: LoggedClass) -> Path:
    times = iter(at for at, _ in logged.log)
    with Log(path, lambda: next(times)) as log:
        log.write([event for _, event in logged.log])
    return path


OUR_PAGE = '<meta name="generator" content="weight-of-grain class">'
FIRST_HEADING = "row,time,date,door,page,text,votes,phones,hands,how,reason,held,note"
SECOND_HEADING = f"{FIRST_HEADING},why,answer,anyway,kind,source"


def log_with_record(path: Path, at: float, heading: str = ",".join(COLUMNS)) -> Path:
    """A log last written at this time, with a record beside it."""
    write_log(path, ev.Begun("a-story", 1, "class", None), at=at)
    page, sheet = record_paths(path)
    page.write_text(OUR_PAGE, encoding="utf-8")
    sheet.write_text(f"\ufeff{heading}\r\n", encoding="utf-8")
    return path


@given(seed=st.integers(0, 10_000))
def test_summary_without_the_story_agrees_with_the_record(
    seed: int, shipped: Story, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logged = LoggedClass(shipped)
    logged.run_at_random(Random(seed), [f"seat{n}" for n in range(9)])
    record = class_record(shipped, logged.log)
    found = stored_class(write_class(tmp_path_factory.mktemp("kept") / "a.class", logged))
    assert (found.began, found.written, found.begun) == (BEGAN, logged.log[-1][0], logged.log[0][1])
    assert found.phones == record.phones
    assert found.decisions == sum(step.how != "onward" for decision in record.decisions for step in decision.steps)


def test_new_logs_in_one_minute_have_different_names(tmp_path: Path) -> None:
    now = datetime(2026, 11, 25, 9, 12, tzinfo=UTC)
    first = log_with_record(new_log(tmp_path, now), 0)
    assert (first.name, new_log(tmp_path, now).name) == ("2026-11-25-0912.class", "2026-11-25-0912-2.class")


def test_a_record_is_beside_its_log_with_correct_line_ends(shipped: Story, words: Catalogue, tmp_path: Path) -> None:
    """A spreadsheet's lines end with a single CR and LF on every system."""
    log = write_class(tmp_path / "a.class", LoggedClass(shipped))
    wording = RecordWording(class_record(shipped, [(BEGAN, begun(shipped))]), words, utc)
    write_record(record_paths(log), wording, "")
    page, sheet = (file.read_bytes() for file in record_paths(log))
    assert page.startswith(b"<!DOCTYPE html>")
    assert sheet.startswith(b"\xef\xbb\xbf") and sheet.endswith(b"\r\n") and b"\r\r" not in sheet


@pytest.mark.parametrize("heading", [",".join(COLUMNS), FIRST_HEADING, SECOND_HEADING])
def test_a_class_is_deleted_with_its_record(tmp_path: Path, heading: str) -> None:
    mine, neighbour = log_with_record(tmp_path / "mine.class", 0, heading), log_with_record(tmp_path / "other.class", 0)
    delete_class(mine)
    assert {*tmp_path.iterdir()} == {neighbour, *record_paths(neighbour)}


def test_log_in_use_is_not_deleted(tmp_path: Path) -> None:
    log = log_with_record(tmp_path / "mine.class", 1000)
    with Log(log, lambda: 0.0) as held:
        held.write([ev.Opened(1)])
        with pytest.raises(AlreadyRunning, match=r"mine\.class"):
            delete_class(log)
        assert all(file.exists() for file in (log, *record_paths(log)))
    delete_class(log)
    assert not log.exists()


def test_another_program_s_file_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "theirs.class").write_text("their own")
    with pytest.raises(DamagedLog, match=r"theirs\.class"):
        delete_class(tmp_path / "theirs.class")
    assert (tmp_path / "theirs.class").exists()


def test_a_damaged_log_can_still_be_deleted(tmp_path: Path) -> None:
    log = log_with_record(tmp_path / "mine.class", 0)
    log.write_bytes(log.read_bytes()[:100] + b"\xff" * 5000)
    with pytest.raises(DamagedLog):
        stored_class(log)
    delete_class(log)
    assert not log.exists()


def test_log_without_begun_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedLog, match="how its class began"):
        stored_class(write_log(tmp_path / "a.class", ev.Opened(1)))


def test_a_class_that_nobody_voted_in_has_no_decision(shipped: Story, tmp_path: Path) -> None:
    logged = LoggedClass(shipped).join("a", "b").read_to_vote()
    logged.cast_all(a=0, b=0)
    logged.decide()
    logged.do(commands.go_back)
    assert stored_class(write_class(tmp_path / "a.class", logged)).decisions == 0


def test_a_removed_phone_is_no_longer_connected(shipped: Story, tmp_path: Path) -> None:
    logged = LoggedClass(shipped).join("a", "b").do(commands.remove, "a").join("c")
    assert stored_class(write_class(tmp_path / "a.class", logged)).phones == 2


def test_foreign_files_beside_a_log_are_neither_deleted_nor_overwritten(
    shipped: Story, words: Catalogue, tmp_path: Path
) -> None:
    log = log_with_record(tmp_path / "mine.class", 0)
    wording = RecordWording(class_record(shipped, [(BEGAN, begun(shipped))]), words, utc)
    page, sheet = record_paths(log)
    sheet.write_text("name,mark\r\n")
    with pytest.raises(OutputRefused, match="something else than the record of a class"):
        write_record(record_paths(log), wording, "")
    sheet.unlink()
    write_record(record_paths(log), wording, "")
    page.write_text("<p>mine</p>")
    delete_class(log)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.html"]


def class_log(folder: Path, name: str, session: int, at: float, *events: ev.Event) -> Path:
    first = ev.Begun("a-story", 1, "class", None, "K7QP", name, "09:05", 8765, session)
    return write_log(folder / f"{name}.class", first, *events, at=at)


def test_interrupted_class_is_found_whatever_its_times_are(tmp_path: Path) -> None:
    joined = ev.Joined("s1", "")
    class_log(tmp_path, "older", 1, 9e9, joined)
    wanted = class_log(tmp_path, "interrupted", 2, 100.0, joined)
    class_log(tmp_path, "closed", 3, 5e9, joined, ev.Stopped())
    class_log(tmp_path, "untouched", 4, 6e9)
    found = interrupted_class(tmp_path)
    assert found is not None and found.log == wanted and next_session(tmp_path) == 5


def test_class_that_was_closed_and_resumed_and_interrupted_is_interrupted(tmp_path: Path) -> None:
    log = class_log(tmp_path, "a", 1, 1.0, ev.Joined("s1", ""), ev.Stopped(), ev.Resumed(7, 9000))
    found = interrupted_class(tmp_path)
    assert found is not None and (found.log, found.session, found.port) == (log, 7, 9000)
    with Log(log, lambda: 2.0) as running:
        assert interrupted_class(tmp_path) is None
        running.write([ev.Stopped()])
    assert interrupted_class(tmp_path) is None


def test_record_among_the_documents_is_deleted_only_on_request(tmp_path: Path) -> None:
    documents = tmp_path / "Documents"
    documents.mkdir()
    for number, everywhere in enumerate((False, True)):
        log = class_log(tmp_path, "a", number, 1.0, ev.Recorded(str(documents)))
        page, sheet = record_paths(documents / log.name)
        page.write_text(OUR_PAGE, encoding="utf-8")
        sheet.write_text("mine", encoding="utf-8")
        delete_class(log, everywhere)
        assert not log.exists() and page.exists() != everywhere and sheet.exists()
