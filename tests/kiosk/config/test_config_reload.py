"""A changed configuration is reloaded between visits if it is valid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.kiosk.config.config_reload import RETRY, ConfigReloader
from game.kiosk.config.configuration import Config
from game.kiosk.config.last_good_config import StartConfig
from game.yamlio.file_watcher import INTERVAL
from tests.clock import Clock
from tests.kiosk.config_files import read, write_config

pytestmark = pytest.mark.usefixtures("home")


class ReloadDriver:
    """A reloader with a clock and a log, between two visits."""

    def __init__(self, path: Path) -> None:
        self.clock, self.log = Clock(), list[str]()
        begun = StartConfig(read(path) if path.exists() else Config())
        self.changing = ConfigReloader(path, begun, read, self.clock, self.log.append)

    def asks(self, times: int = 2) -> list[bool]:
        changed = []
        for _ in range(times):
            self.clock.now += INTERVAL
            changed.append(self.changing.reload())
        return changed


def test_a_new_file_is_taken_up(tmp_path: Path) -> None:
    """A changed file is read once it is at rest; until then the old configuration holds."""
    kiosk = ReloadDriver(write_config(tmp_path, "idle: 60\n"))
    assert kiosk.asks() == [False, False]
    write_config(tmp_path, "idle: 120\n")
    assert kiosk.asks(1) == [False] and kiosk.changing.config.idle == 60
    assert kiosk.asks(2) == [True, False] and kiosk.changing.config.idle == 120
    assert kiosk.log == []


def test_a_wrong_file_changes_nothing_and_says_why(tmp_path: Path) -> None:
    """Every finding is logged once; a corrected file is read."""
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


@pytest.mark.parametrize("fault", [ValueError("of no sequence"), RecursionError(), KeyError("idle"), MemoryError()])
def test_whatever_reading_fails_with_changes_nothing(tmp_path: Path, fault: Exception) -> None:
    """A fault of the program while reading a changed file is logged, and the kiosk continues unchanged."""
    path, log, clock, failing = write_config(tmp_path, "idle: 30\n"), list[str](), Clock(), [fault]

    def reads(path: Path) -> Config:
        if failing:
            raise failing[0]
        return read(path)

    changing = ConfigReloader(path, StartConfig(Config(idle=30)), reads, clock, log.append)
    write_config(tmp_path, "idle: 40\n- 70\n")
    for _ in range(50):
        clock.now += INTERVAL
        assert not changing.reload()
    assert changing.config.idle == 30 and "a fault of the program" in changing.error and len(log) == 1
    failing.clear()
    write_config(tmp_path, "idle: 50\n")
    for _ in range(2):
        clock.now += INTERVAL
        changing.reload()
    assert (changing.config.idle, changing.error) == (50, "")


def test_what_is_mended_outside_of_the_file_is_noticed(tmp_path: Path) -> None:
    """A folder in the file could not be written: that is logged once, and withdrawn within seconds after the folder is
    repaired, although nobody touches the file."""
    path = write_config(tmp_path, "idle: 60\n")
    kiosk = ReloadDriver(path)
    (tmp_path / "disk").write_text("in the way")
    write_config(tmp_path, f"data_folder: {tmp_path / 'disk' / 'counts'}\n")
    assert kiosk.asks(100) == [False] * 100
    assert "is a file, and no folder" in kiosk.changing.error and len(kiosk.log) == 1
    (tmp_path / "disk").unlink()
    changed = kiosk.asks(round(RETRY / INTERVAL) + 2)
    assert changed.count(True) == 1
    assert kiosk.changing.error == "" and kiosk.changing.config.data_folder == tmp_path / "disk" / "counts"
    assert kiosk.log[1:] == ["the configuration is sound again"]


def test_one_that_begins_with_the_copy_says_so_until_the_file_is_mended(tmp_path: Path) -> None:
    """Every finding is logged at once; a file corrected to the copy's content changes nothing."""
    path, log, clock = write_config(tmp_path, "idle: 1\n"), list[str](), Clock()
    changing = ConfigReloader(path, StartConfig(Config(idle=30), ("one.", "two.")), read, clock, log.append)
    assert log == [f"the last configuration that was sound is used: {line}" for line in ("one.", "two.")]
    assert changing.error == "one."
    write_config(tmp_path, "idle: 30\n")
    for _ in range(2):
        clock.now += INTERVAL
        assert not changing.reload()
    assert (changing.error, log[2:]) == ("", ["the configuration is sound again"])


def test_a_file_that_goes_away_changes_nothing(tmp_path: Path) -> None:
    """The log reports the missing file; it is read when it is back."""
    path = write_config(tmp_path, "idle: 30\n")
    kiosk = ReloadDriver(path)
    path.unlink()
    assert kiosk.asks() == [False, False]
    assert kiosk.changing.config.idle == 30 and "cannot be read" in kiosk.log[0]
    write_config(tmp_path, "idle: 40\n")
    assert kiosk.asks() == [False, True]


def test_a_file_that_comes_later_is_taken_up(tmp_path: Path) -> None:
    """A kiosk that started with the defaults watches for its file."""
    kiosk = ReloadDriver(tmp_path / "kiosk.yaml")
    assert kiosk.asks() == [False, False]
    write_config(tmp_path, "idle: 30\n")
    assert kiosk.asks() == [False, True]
    assert kiosk.changing.config.idle == 30


def test_a_file_that_says_the_same_is_no_change(tmp_path: Path) -> None:
    """A further comment, or a file written again, is not a change."""
    path = write_config(tmp_path, "idle: 30\n")
    kiosk = ReloadDriver(path)
    write_config(tmp_path, "# thirty\nidle: 30\n")
    assert kiosk.asks() == [False, False]
    os.utime(path, ns=(1, 1))
    assert kiosk.asks() == [False, False]
