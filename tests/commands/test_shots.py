"""`shots` as a person types it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

import game.desktop.api
from tests.small_stories.packs import THE_MILL
from tests.test_cli import Command, assert_is_one_clear_line, run

__all__ = ["run"]
pytestmark = pytest.mark.usefixtures("home")
QUICK = ["--size", "640x360", "--fps", "5", "--hold", "0.5"]


def test_a_film_ends_with_the_line_that_makes_it_one(run: Command, tmp_path: Path) -> None:
    """Frames lie in the folder; the line for a shell goes to standard output, alone."""
    folder = tmp_path / "a film"
    found = run("shots", folder, "--film", "--story", THE_MILL, *QUICK)
    assert found.status == 0
    assert found.err.startswith(f"{len(list(folder.iterdir()))} frames, ")
    line = shlex.split(found.out)
    assert line[:5] == ["ffmpeg", "-framerate", "5", "-i", f"{folder}/frame-%06d.png"]
    assert "-vf" not in line and line[-1] == "film.mp4"


def test_an_odd_size_is_made_even_for_the_film(run: Command, tmp_path: Path) -> None:
    """Films cannot have it: the line cuts a pixel off."""
    found = run(
        "shots", tmp_path / "odd", "--film", "--story", THE_MILL, "--size", "641x361", "--fps", "5", "--hold", "0.5"
    )
    assert "crop=trunc(iw/2)*2:trunc(ih/2)*2" in shlex.split(found.out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fps", "30"], "--fps and --hold are for a film: write --film too"),
        (["--film", "--fps", "3"], "write a number from 5 to 60"),
        (["--film", "--hold", "nan"], "write seconds from 0.5 to 600"),
        (["--film", "--hold", "soon"], "write seconds from 0.5 to 600"),
        (["--film", "--kiosk"], "a kiosk's screens are pictures: leave out --film"),
        (["--film", "--take", "no-such"], "there is no choice `no-such`"),
    ],
)
def test_options_that_do_not_fit_are_refused(run: Command, tmp_path: Path, arguments: list[str], said: str) -> None:
    """The last line says what is wrong, and nothing is written."""
    found = run("shots", tmp_path / "film", "--story", THE_MILL, *arguments)
    assert found.status == 2
    assert said in found.err.splitlines()[-1]
    assert not (tmp_path / "film").exists()


def test_a_second_film_needs_a_folder_of_its_own(run: Command, tmp_path: Path) -> None:
    """Frames of another film are left alone."""
    run("shots", tmp_path / "film", "--film", "--story", THE_MILL, *QUICK)
    found = run("shots", tmp_path / "film", "--film", "--story", THE_MILL, *QUICK)
    assert_is_one_clear_line(found, "name an empty folder")


def test_a_film_can_be_stopped(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves whole frames, says how many, and how to make a film of them."""
    taken = game.desktop.api.take_film

    def until_tired(*arguments: Any) -> object:
        for count, each in enumerate(taken(*arguments), start=1):
            yield each
            if count == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr(game.desktop.api, "take_film", until_tired)
    found = run("shots", tmp_path / "film", "--film", "--story", THE_MILL, *QUICK)
    assert found.status == 130
    assert "Stopped after 2 whole frames." in found.err
    assert found.out.startswith("ffmpeg ")
    assert sorted(file.name for file in (tmp_path / "film").iterdir()) == ["frame-000001.png", "frame-000002.png"]


def test_foreign_picture_is_not_replaced(run: Command, tmp_path: Path) -> None:
    """Pictures of ours are drawn again; one that somebody else made is, only where they say so."""
    arguments = ("shots", tmp_path, "--story", THE_MILL, "--size", "320x320")
    drawn = [run(*arguments).out for _ in range(2)]
    assert drawn[0] == drawn[1] != ""
    first = Path(drawn[0].splitlines()[0])
    ours = first.read_bytes()
    first.write_bytes(b"\x89PNG mine")
    assert_is_one_clear_line(run(*arguments), first.name, "holds something else", "--replace")
    assert first.read_bytes() == b"\x89PNG mine"
    (tmp_path / f"{first.stem}.part").write_text("mine too")
    assert run(*arguments, "--replace").status == 0
    assert first.read_bytes() == ours
    assert (tmp_path / f"{first.stem}.part").read_text() == "mine too"
