"""A kiosk that once ran starts again and runs on, whatever has happened to its configuration."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.files import write_atomic
from game.kiosk.config.configuration import Config, ConfigErrors
from game.kiosk.config.last_good_config import RETRY, ConfigReloader, StartConfig, copy_path, save_copy, start_config
from game.yamlio.file_watcher import INTERVAL
from tests.clock import Clock
from tests.kiosk.config_files import read, write_config

pytestmark = pytest.mark.usefixtures("home")
FAULTS = [ValueError("of no sequence"), RecursionError(), KeyError("idle"), MemoryError()]
STEPS = ["idle: 30\n", "idle: 40\n", "idle: 1\n", "idle: [\n", "idle: 60\n- 70\n", "\ufeffidle: 50\r\n", "", None]


def start(file: Path, copy: Path) -> StartConfig:
    """Start as a kiosk's game does."""
    found = start_config(file, copy, read)
    if found.text is not None:
        save_copy(found.text, copy)
    return found


@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_start_uses_last_valid_configuration(tmp_path_factory: pytest.TempPathFactory, texts: list[str | None]) -> None:
    folder = tmp_path_factory.mktemp("kiosk")
    file, copy, last = folder / "kiosk.yaml", folder / "state" / "copy.yaml", None
    for text in texts:
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_bytes(text.encode())
        try:
            last = read(file)
            assert start(file, copy) == StartConfig(last, (), text)
        except ConfigErrors as errors:
            if last is None:
                with pytest.raises(ConfigErrors) as caught:
                    start(file, copy)
                assert caught.value.lines == errors.lines
            else:
                assert start(file, copy) == StartConfig(last, errors.lines)


@pytest.mark.parametrize("fault", FAULTS)
def test_it_starts_whatever_reading_fails_with(tmp_path: Path, fault: Exception) -> None:
    file, copy = write_config(tmp_path, "idle: 40\n"), tmp_path / "copy.yaml"
    copy.write_text("idle: 30\n")

    def fails(path: Path, folders: bool) -> Config:
        if path == file:
            raise fault
        return read(path, folders)

    found = start_config(file, copy, fails)
    assert found.config == Config(idle=30)
    (line,) = found.errors
    assert line.startswith(f"{file}: it cannot be read, for a fault of the program: {type(fault).__name__} in ")


def test_where_the_copy_fails_too_the_file_s_fault_is_said(tmp_path: Path) -> None:
    def fails(path: Path, folders: bool) -> Config:
        raise ValueError

    with pytest.raises(ConfigErrors, match=r"kiosk\.yaml: it cannot be read, for a fault of the program: ValueError"):
        start_config(write_config(tmp_path, "idle: 40\n"), tmp_path / "copy.yaml", fails)


def test_invalid_copy_gives_errors_of_the_file(tmp_path: Path) -> None:
    """As after an update with other keys: the errors are the file's."""
    file, copy = write_config(tmp_path, "idle: 1\n"), tmp_path / "copy.yaml"
    copy.write_text("no-such-key: 1\n")
    with pytest.raises(ConfigErrors, match=r"kiosk\.yaml:1:7"):
        start_config(file, copy, read)


def test_copy_is_used_though_its_folder_is_missing(tmp_path: Path) -> None:
    """A missing or read-only disk leaves a kiosk that runs and counts in memory."""
    data = tmp_path / "disk" / "data"
    file, copy = write_config(tmp_path, f"data_folder: {data}\n"), tmp_path / "copy.yaml"
    start(file, copy)
    (tmp_path / "disk").write_text("no folder any more")
    found = start(file, copy)
    assert found.config.data_folder == data
    assert "is a file, and no folder" in found.errors[0]


def test_what_changes_while_it_is_read_is_kept_another_time(tmp_path: Path) -> None:
    file = write_config(tmp_path, "idle: 30\n")

    def read_and_write(path: Path, folders: bool) -> Config:
        config = read(path, folders)
        write_config(tmp_path, "idle: 1\n")
        return config

    assert start_config(file, tmp_path / "copy.yaml", read_and_write) == StartConfig(Config(idle=30))


def test_each_configuration_has_a_copy_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = copy_path(Path("kiosk.yaml"), tmp_path)
    assert path == copy_path(tmp_path / "kiosk.yaml", tmp_path)
    assert path != copy_path(tmp_path / "other.yaml", tmp_path)


def test_the_copy_is_written_once_and_for_this_user_alone(tmp_path: Path) -> None:
    copy = tmp_path / "state" / "copy.yaml"
    save_copy("idle: 30\r\n", copy)
    before = copy.stat()
    save_copy("idle: 30\r\n", copy)
    assert copy.stat().st_ino == before.st_ino
    save_copy("idle: 40\r\n", copy)
    assert copy.read_bytes() == b"idle: 40\r\n" and [copy] == list(copy.parent.iterdir())
    assert {stat.st_mode & 0o777 for stat in (before, copy.stat())} == {0o600} or sys.platform == "win32"


def test_a_private_file_is_never_open_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = list[int]()
    replace = Path.replace

    def look(new: Path, path: Path) -> Path:
        seen.append(new.stat().st_mode & 0o777)
        return replace(new, path)

    monkeypatch.setattr(Path, "replace", look)
    write_atomic(tmp_path / "secret", "grain", private=True)
    assert seen == [0o600] or sys.platform == "win32"


# Reloading


class ReloadDriver:
    def __init__(self, path: Path, start: StartConfig | None = None, reader: Callable[[Path], Config] = read) -> None:
        self.clock, self.log = Clock(), list[str]()
        start = start or StartConfig(read(path) if path.exists() else Config())
        self.changing = ConfigReloader(path, start, reader, self.clock, self.log.append)

    def asks(self, times: int = 2) -> list[bool]:
        def ask() -> bool:
            self.clock.now += INTERVAL
            return self.changing.reload()

        return [ask() for _ in range(times)]


def test_a_changed_file_is_taken_up_once_it_is_at_rest(tmp_path: Path) -> None:
    path = write_config(tmp_path, "idle: 60\n")
    kiosk = ReloadDriver(path)
    assert kiosk.asks() == [False, False]
    write_config(tmp_path, "idle: 120\n")
    assert kiosk.asks(1) == [False] and kiosk.changing.config.idle == 60
    assert kiosk.asks(2) == [True, False] and kiosk.changing.config.idle == 120
    write_config(tmp_path, "# two minutes\nidle: 120\n")
    assert kiosk.asks() == [False, False], "the same values are no change"
    os.utime(path, ns=(1, 1))
    assert kiosk.asks() == [False, False]
    assert kiosk.log == []


def test_a_wrong_file_changes_nothing_and_says_why(tmp_path: Path) -> None:
    path = write_config(tmp_path, "idle: 60\n")
    kiosk = ReloadDriver(path)
    write_config(tmp_path, "idle: 1\nwarn: 1\n")
    assert kiosk.asks(4) == [False] * 4
    assert kiosk.changing.config == Config()
    assert [line.partition(": ")[0] for line in kiosk.log] == ["the configuration is kept as it was"] * 2
    assert f"{path}:1:7:" in kiosk.log[0] and f"{path}:2:7:" in kiosk.log[1]
    assert kiosk.changing.error.startswith(f"{path}:1:7:")
    write_config(tmp_path, "idle: 30\n")
    assert kiosk.asks() == [False, True]
    assert kiosk.changing.error == "" and kiosk.log[2:] == ["the configuration is sound again"]


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_reading_fails_with_changes_nothing(tmp_path: Path, fault: Exception) -> None:
    path, failing = write_config(tmp_path, "idle: 30\n"), [fault]

    def reads(path: Path) -> Config:
        if failing:
            raise failing[0]
        return read(path)

    kiosk = ReloadDriver(path, StartConfig(Config(idle=30)), reads)
    write_config(tmp_path, "idle: 40\n- 70\n")
    assert not any(kiosk.asks(50))
    assert kiosk.changing.config.idle == 30 and "a fault of the program" in kiosk.changing.error
    assert len(kiosk.log) == 1
    failing.clear()
    write_config(tmp_path, "idle: 50\n")
    kiosk.asks()
    assert (kiosk.changing.config.idle, kiosk.changing.error) == (50, "")


def test_what_is_mended_outside_of_the_file_is_noticed(tmp_path: Path) -> None:
    kiosk = ReloadDriver(write_config(tmp_path, "idle: 60\n"))
    (tmp_path / "disk").write_text("in the way")
    write_config(tmp_path, f"data_folder: {tmp_path / 'disk' / 'counts'}\n")
    assert kiosk.asks(100) == [False] * 100
    assert "is a file, and no folder" in kiosk.changing.error and len(kiosk.log) == 1
    (tmp_path / "disk").unlink()
    assert sum(kiosk.asks(round(RETRY / INTERVAL) + 2)) == 1
    assert kiosk.changing.error == "" and kiosk.changing.config.data_folder == tmp_path / "disk" / "counts"
    assert kiosk.log[1:] == ["the configuration is sound again"]


def test_one_that_begins_with_the_copy_says_so_until_the_file_is_mended(tmp_path: Path) -> None:
    kiosk = ReloadDriver(write_config(tmp_path, "idle: 1\n"), StartConfig(Config(idle=30), ("one.", "two.")))
    assert kiosk.log == [f"the last configuration that was sound is used: {line}" for line in ("one.", "two.")]
    assert kiosk.changing.error == "one."
    write_config(tmp_path, "idle: 30\n")
    assert not any(kiosk.asks())
    assert (kiosk.changing.error, kiosk.log[2:]) == ("", ["the configuration is sound again"])


def test_a_file_may_come_late_and_go_away(tmp_path: Path) -> None:
    kiosk = ReloadDriver(tmp_path / "kiosk.yaml")
    assert kiosk.asks() == [False, False]
    write_config(tmp_path, "idle: 30\n")
    assert kiosk.asks() == [False, True]
    (tmp_path / "kiosk.yaml").unlink()
    assert kiosk.asks() == [False, False]
    assert kiosk.changing.config.idle == 30 and "cannot be read" in kiosk.log[0]
    write_config(tmp_path, "idle: 40\n")
    assert kiosk.asks() == [False, True]
