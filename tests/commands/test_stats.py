"""`stats` shows the counts of a kiosk, adds up several kiosks, and never replaces a foreign file."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from game.core.paths import data_folder
from game.kiosk.counts.counts_db import counts_file
from game.kiosk.counts.visit_counts import VisitCounts
from tests.commands.typed import Command, refused
from tests.kiosk import damaged_counts
from tests.small_stories.packs import MILL_LANE

pytestmark = pytest.mark.usefixtures("home")
MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)


def kiosk(path: Path, visits: int = 3, pack: str = "mill-lane") -> VisitCounts:
    """The counts of a running kiosk, whose file stays open."""
    counts = VisitCounts(path, lambda: 0.0, pack)
    counts.add(MONDAY, "visits", "en", visits)
    counts.add(TUESDAY, "choice", "m-lane.gate.hide", 2)
    return counts


@pytest.fixture
def stats(run: Command) -> Command:
    return partial(run, "stats", "--story", MILL_LANE)


def test_table_is_printed_while_the_kiosk_runs(tmp_path: Path, stats: Command) -> None:
    counts = kiosk(tmp_path / "a.counts")
    out = stats("--counts", tmp_path / "a.counts").printed
    assert "        3  100%  English" in out and "        2  100%  I let the plough-point down the well" in out
    counts.add(MONDAY, "visits", "en")
    assert counts.trouble == ""
    assert "        4  100%  English" in stats("--counts", tmp_path / "a.counts").printed


def test_without_options_the_kiosk_of_this_computer_is_shown(stats: Command) -> None:
    own = counts_file(data_folder() / "kiosk", "mill-lane")
    assert str(own) in refused(stats())
    kiosk(own, 5).close()
    assert "        5  100%  English" in stats().printed


def test_config_names_the_kiosk(tmp_path: Path, stats: Command) -> None:
    config = tmp_path / "kiosk.yaml"
    config.write_text(f"data_folder: {tmp_path / 'data'}\nlog_folder: /proc/nothing/can/be/written/here\n")
    kiosk(counts_file(tmp_path / "data", "mill-lane"), 6).close()
    assert "        6  100%  English" in stats("--config", config).printed
    config.write_text("idle: 1\n")
    assert "kiosk.yaml:1:7" in refused(stats("--config", config))


def test_several_kiosks_are_added_up(tmp_path: Path, stats: Command) -> None:
    a, b, c, copy, other = (tmp_path / f"{name}.counts" for name in ("a", "b", "c", "copy", "other"))
    for path, visits in ((a, 3), (b, 40), (c, 500)):
        kiosk(path, visits).close()
    out = stats("--merge", a, b, c).printed
    assert "      543  100%  English" in out and "Kiosks    3" in out
    assert "       43  100%  English" in stats("--counts", a, "--merge", b).printed
    copy.write_bytes(a.read_bytes())
    refused(stats("--counts", a, "--merge", copy), "is the same kiosk's as")
    kiosk(other, pack="another").close()
    refused(stats("--merge", a, other), "of the story `another`")


def test_from_and_to_select_days(tmp_path: Path, stats: Command) -> None:
    kiosk(tmp_path / "a.counts").close()
    csv = partial(stats, "--counts", tmp_path / "a.counts", "--format", "csv")
    assert csv("--from", "2026-11-03").printed.splitlines()[1:] == ["2026-11-03,choice,m-lane.gate.hide,2,0.000"]
    assert csv("--to", "2026-11-02").printed.splitlines()[1:] == ["2026-11-02,visits,en,3,0.000"]
    refused(csv("--from", "2026-11-03", "--to", "2026-11-02"), "is before")
    refused(csv("--from", "yesterday"), "is not a day")


@pytest.mark.parametrize(("name", "begins"), [("s.html", "<!DOCTYPE html>"), ("s.csv", "day,kind,key,n,seconds")])
def test_file_is_written_in_the_format_of_its_name_and_replaced(
    name: str, begins: str, tmp_path: Path, stats: Command
) -> None:
    kiosk(tmp_path / "a.counts").close()
    for _ in range(2):
        assert stats("--counts", tmp_path / "a.counts", "--out", tmp_path / name).printed == f"{tmp_path / name}\n"
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    (tmp_path / name).write_text("A poem.")
    assert "left as it is" in refused(stats("--counts", tmp_path / "a.counts", "--out", tmp_path / name))
    assert (tmp_path / name).read_text() == "A poem."


@pytest.mark.parametrize("content", [b"no database " * 900, b"", None])
def test_file_without_counts_is_named_in_one_line(content: bytes | None, tmp_path: Path, stats: Command) -> None:
    if content is not None:
        (tmp_path / "a.counts").write_bytes(content)
    assert "a.counts" in refused(stats("--counts", tmp_path / "a.counts"))
    assert [path.read_bytes() for path in tmp_path.glob("*.counts")] == ([] if content is None else [content])


def test_a_damaged_file_is_named_in_one_line(tmp_path: Path, stats: Command) -> None:
    file = tmp_path / "a.counts"
    damaged_counts.make_counts(file)
    damaged_counts.corrupt_table_name(file)
    before = file.read_bytes()
    assert "a.counts is damaged" in refused(stats("--counts", file))
    assert file.read_bytes() == before and not list(tmp_path.glob("*damaged*"))
    (tmp_path / "b.counts").mkdir()
    assert "it is not a file" in refused(stats("--counts", tmp_path / "b.counts"))


def test_choices_without_a_tally_are_left_out_with_a_message(run: Command, tmp_path: Path) -> None:
    counts = VisitCounts(tmp_path / "a.counts", lambda: 0.0, "weight-of-grain")
    counts.add(MONDAY, "choice", "v-the-quota.rods.none", 7)
    counts.add(MONDAY, "visits", "en", 7)
    counts.close()
    status, out, err = run("stats", "--counts", tmp_path / "a.counts", "--format", "csv")
    assert status == 0
    assert out.splitlines()[1:] == ["2026-11-02,visits,en,7,0.000"]
    assert err == "left out: what was chosen on 1 page of the story marked `tally: false`\n"
