"""Output of commands never replaces a file that this program did not make, nor a device or a pipe."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from game.core.file_output import FileKind, OutputRefused, kind_by_marker, prepare_output, prepare_output_in
from game.core.files import write_atomic
from tests.full_disk import full_disk

OURS = kind_by_marker("a list of ours", "made by us")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def test_a_new_file_and_an_older_one_of_ours_are_written(tmp_path: Path) -> None:
    for text in ("# made by us\n1", "# made by us\n2"):
        prepare_output(tmp_path / "list", OURS).write(text)
        assert (tmp_path / "list").read_text() == text
    assert [file.name for file in tmp_path.iterdir()] == ["list"]


def test_a_foreign_file_is_replaced_only_with_replace(tmp_path: Path) -> None:
    file = tmp_path / "list"
    claim = prepare_output(file, OURS)
    file.write_text("mine")
    for refused in (lambda: claim.write("x"), lambda: prepare_output(file, OURS)):
        with pytest.raises(OutputRefused, match="holds something else than a list of ours"):
            refused()
    assert file.read_text() == "mine"
    prepare_output(file, OURS, replace=True).write("x")
    assert file.read_text() == "x"


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="it is a folder"):
        prepare_output(tmp_path, OURS, replace=True)
    with pytest.raises(OutputRefused, match="there is no folder"):
        prepare_output(tmp_path / "no" / "list", OURS, replace=True)


@posix
def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    prepare_output(pipe, OURS, replace=True).write("grain\n" * 30_000)
    reader.join(30)
    assert read == ["grain\n" * 30_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]


@posix
def test_a_device_is_written_or_its_error_is_raised() -> None:
    prepare_output(Path(os.devnull), OURS).write("x")
    if Path("/dev/full").exists():
        with pytest.raises(OSError, match="No space left"):
            prepare_output(Path("/dev/full"), OURS).write("x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@posix
def test_an_open_file_descriptor_is_appended_to(tmp_path: Path) -> None:
    """`/dev/fd/N` is whatever a shell opened there, perhaps a file with content."""
    with (tmp_path / "log").open("a") as log:
        log.write("before\n")
        log.flush()
        claim = prepare_output(Path(f"/dev/fd/{log.fileno()}"), OURS)
        assert claim.stream
        claim.write("x\n")
    assert (tmp_path / "log").read_text() == "before\nx\n"


@posix
def test_a_link_is_followed_where_somebody_named_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    prepare_output(tmp_path / "link", OURS).write("made by us")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").read_text() == "made by us"
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputRefused):
        prepare_output(tmp_path / "link", OURS)
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with pytest.raises(OutputRefused):
        prepare_output(tmp_path / "round", OURS)


@posix
def test_only_regular_files_are_written_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to(os.devnull)
    for name in ("pipe", "null"):
        with pytest.raises(OSError, match=r"left as it is|leads out"):
            prepare_output_in(tmp_path, name, OURS, replace=True)


@posix
def test_no_write_replaces_a_pipe_or_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileExistsError, match="it is not a file"):
        write_atomic(pipe, "x")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "list"
    file.write_text("old, made by us")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        prepare_output(file, OURS).write("new")
    assert file.read_text() == "old, made by us"
    assert [each.name for each in tmp_path.iterdir()] == ["list"]


def test_a_file_kind_is_recognised_by_its_header_only(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("mine " * 1000 + "made by us")
    with pytest.raises(OutputRefused):
        prepare_output(tmp_path / "list", OURS)
    assert prepare_output(tmp_path / "list", FileKind("anything", bytes.isascii)).target == tmp_path / "list"
