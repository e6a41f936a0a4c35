"""`stats` shows what a kiosk counted, adds kiosks up, and never writes over anything else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from game.cli import main
from game.core.paths import data_folder
from game.kiosk.counts.counts_db import counts_file
from game.kiosk.counts.visit_counts import VisitCounts
from tests.kiosk import damaged_counts
from tests.small_stories.packs import MILL_LANE

pytestmark = pytest.mark.usefixtures("home")
MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)


def kiosk(path: Path, visits: int = 3, pack: str = "mill-lane") -> VisitCounts:
    """A kiosk that is running: its file stays open."""
    counts = VisitCounts(path, lambda: 0.0, pack)
    counts.add(MONDAY, "visits", "en", visits)
    counts.add(TUESDAY, "choice", "m-lane.gate.hide", 2)
    return counts


def stats(*options: object) -> int:
    return main(["stats", "--story", str(MILL_LANE), *map(str, options)])


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("weight-of-grain: ")
    return err


def test_a_table_while_the_kiosk_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was counted until now, and the kiosk counts on."""
    counts = kiosk(tmp_path / "a.counts")
    assert stats("--counts", tmp_path / "a.counts") == 0
    out = capsys.readouterr().out
    assert "        3  100%  English" in out and "        2  100%  I let the plough-point down the well" in out
    counts.add(MONDAY, "visits", "en")
    assert counts.trouble == ""
    assert stats("--counts", tmp_path / "a.counts") == 0
    assert "        4  100%  English" in capsys.readouterr().out


def test_the_kiosk_of_this_computer(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name it is the file in this program's own folder; where there is none, that is said."""
    own = counts_file(data_folder() / "kiosk", "mill-lane")
    assert stats() == 2
    assert str(own) in one_line(capsys)
    kiosk(own, 5).close()
    assert stats() == 0
    assert "        5  100%  English" in capsys.readouterr().out


def test_the_kiosk_of_a_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its data folder holds the counts, also where nothing can be written today; what is wrong is said."""
    config = tmp_path / "kiosk.yaml"
    config.write_text(f"data_folder: {tmp_path / 'data'}\nlog_folder: /proc/nothing/can/be/written/here\n")
    kiosk(counts_file(tmp_path / "data", "mill-lane"), 6).close()
    assert stats("--config", config) == 0
    assert "        6  100%  English" in capsys.readouterr().out
    config.write_text("idle: 1\n")
    assert stats("--config", config) == 2
    assert "kiosk.yaml:1:7" in one_line(capsys)


def test_several_kiosks_are_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each once: a second name of the same file is refused, and so is another story's."""
    for name, visits in (("a", 3), ("b", 40), ("c", 500)):
        kiosk(tmp_path / f"{name}.counts", visits).close()
    assert stats("--merge", *(tmp_path / f"{name}.counts" for name in "abc")) == 0
    out = capsys.readouterr().out
    assert "      543  100%  English" in out and "Kiosks    3" in out
    assert stats("--counts", tmp_path / "a.counts", "--merge", tmp_path / "b.counts") == 0
    assert "       43  100%  English" in capsys.readouterr().out
    (tmp_path / "copy.counts").write_bytes((tmp_path / "a.counts").read_bytes())
    assert stats("--counts", tmp_path / "a.counts", "--merge", tmp_path / "copy.counts") == 2
    assert "is the same kiosk's as" in one_line(capsys)
    kiosk(tmp_path / "other.counts", pack="another").close()
    assert stats("--merge", tmp_path / "a.counts", tmp_path / "other.counts") == 2
    assert "of the story `another`" in one_line(capsys)


def test_some_days_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From one day to another; the wrong way round, and no day, are refused."""
    kiosk(tmp_path / "a.counts").close()
    assert stats("--counts", tmp_path / "a.counts", "--format", "csv", "--from", "2026-11-03") == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["2026-11-03,choice,m-lane.gate.hide,2,0.000"]
    assert stats("--counts", tmp_path / "a.counts", "--format", "csv", "--to", "2026-11-02") == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["2026-11-02,visits,en,3,0.000"]
    assert stats("--counts", tmp_path / "a.counts", "--from", "2026-11-03", "--to", "2026-11-02") == 2
    assert "is before" in one_line(capsys)
    with pytest.raises(SystemExit):
        stats("--from", "yesterday")


@pytest.mark.parametrize(("name", "begins"), [("s.html", "<!DOCTYPE html>"), ("s.csv", "day,kind,key,n,seconds")])
def test_a_file_is_written_by_its_name_and_again(
    name: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its name is said; an older one of ours is replaced, and a foreign one is left as it is."""
    kiosk(tmp_path / "a.counts").close()
    for _ in range(2):
        assert stats("--counts", tmp_path / "a.counts", "--out", tmp_path / name) == 0
        assert capsys.readouterr().out == f"{tmp_path / name}\n"
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    (tmp_path / name).write_text("A poem.")
    assert stats("--counts", tmp_path / "a.counts", "--out", tmp_path / name) == 2
    assert "left as it is" in one_line(capsys)
    assert (tmp_path / name).read_text() == "A poem."


@pytest.mark.parametrize("content", [b"no database " * 900, b"", None])
def test_file_without_counts_is_named_in_one_line(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, and nothing is made in its place."""
    if content is not None:
        (tmp_path / "a.counts").write_bytes(content)
    assert stats("--counts", tmp_path / "a.counts") == 2
    assert "a.counts" in one_line(capsys)
    assert [path.read_bytes() for path in tmp_path.glob("*.counts")] == ([] if content is None else [content])


def test_a_damaged_file_is_one_line_whatever_the_damage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also one on which the driver raises what is no error of SQLite's; nothing is made in its place."""
    file = tmp_path / "a.counts"
    damaged_counts.make_counts(file)
    damaged_counts.corrupt_table_name(file)
    before = file.read_bytes()
    assert stats("--counts", file) == 2
    assert "a.counts is damaged" in one_line(capsys)
    assert file.read_bytes() == before and not list(tmp_path.glob("*damaged*"))
    (tmp_path / "b.counts").mkdir()
    assert stats("--counts", tmp_path / "b.counts") == 2
    assert "it is not a file" in one_line(capsys)


def test_choices_without_a_tally_are_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The CSV of the shipped story has no choice of a page without a tally; beside it, that is said."""
    counts = VisitCounts(tmp_path / "a.counts", lambda: 0.0, "weight-of-grain")
    counts.add(MONDAY, "choice", "v-the-quota.rods.none", 7)
    counts.add(MONDAY, "visits", "en", 7)
    counts.close()
    assert main(["stats", "--counts", str(tmp_path / "a.counts"), "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1:] == ["2026-11-02,visits,en,7,0.000"]
    assert err == "left out: what was chosen on 1 page of the story marked `tally: false`\n"
