"""A changed configuration is reloaded between visits if it is valid."""

from __future__ import annotations

import os
from collections.abc import Callable
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
    def __init__(self, path: Path, start: StartConfig | None = None, reader: Callable[[Path], Config] = read) -> None:
        self.clock, self.log = Clock(), list[str]()
        start = start or StartConfig(read(path) if path.exists() else Config())
        self.changing = ConfigReloader(path, start, reader, self.clock, self.log.append)

    def asks(self, times: int = 2) -> list[bool]:
        changed = []
        for _ in range(times):
            self.clock.now += INTERVAL
            changed.append(self.changing.reload())
        return changed


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


@pytest.mark.parametrize("fault", [ValueError("of no sequence"), RecursionError(), KeyError("idle"), MemoryError()])
def test_whatever_reading_fails_with_changes_nothing(tmp_path: Path, fault: Exception) -> None:
    path, failing = write_config(tmp_path, "idle: 30\n"), [fault]

    def reads(path: Path) -> Config:
        if failing:
            raise failing[0]
        return read(path)

    kiosk = ReloadDriver(path, StartConfig(Config(idle=30)), reads)
    changing = kiosk.changing
    write_config(tmp_path, "idle: 40\n- 70\n")
    assert not any(kiosk.asks(50))
    assert changing.config.idle == 30 and "a fault of the program" in changing.error and len(kiosk.log) == 1
    failing.clear()
    write_config(tmp_path, "idle: 50\n")
    kiosk.asks()
    assert (changing.config.idle, changing.error) == (50, "")


def test_what_is_mended_outside_of_the_file_is_noticed(tmp_path: Path) -> None:
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
