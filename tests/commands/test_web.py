"""`web` writes a site or a package, or says in one line why it does not."""

from __future__ import annotations

import builtins
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.cli import main
from game.commands import web
from game.desktop import api as desktop
from game.play.page import Picture
from game.story import Story
from game.web import site_maker
from game.web.pyodide_runtime import FILES, RuntimeMissing
from game.web.reachable_pictures import ReachablePictures, reachable_pictures
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")


def first_picture(story: Story, chance: Random) -> ReachablePictures:
    """One picture and one map of a few readings."""
    found = reachable_pictures(story, chance, 5)
    return ReachablePictures(found.pages[:1], found.maps[:1])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without npm, with few and plain pictures, and without fonts."""

    def runtime(cache: Path, given: Path | None = None) -> Mapping[str, bytes]:
        return dict.fromkeys(FILES, b"stand-in")

    def plain(pictures: Sequence[Picture], size: tuple[int, int], beside_sheet: bool) -> Iterator[bytes]:
        for _ in pictures:
            yield bytes(size[0] * size[1] * 3)

    monkeypatch.setattr(web, "runtime_files", runtime)
    monkeypatch.setattr(desktop, "site_pictures", plain)
    monkeypatch.setattr(web, "reachable_pictures", first_picture)
    monkeypatch.setattr(site_maker, "font_files", lambda folder, texts: iter([("fonts.css", b"")]))


@pytest.mark.usefixtures("quick")
def test_a_site_is_written_and_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a new folder, and over an older site; the command says how to look at it."""
    folder = tmp_path / "site"
    for _ in range(2):
        assert main(["web", str(folder), "--story", str(THE_MILL)]) == 0
        out = capsys.readouterr().out
        assert out.startswith(f"{folder} (")
        assert "http.server" in out
    assert {"index.html", "core.zip", "app", "runtime", "service_worker.js"} <= {path.name for path in folder.iterdir()}
    assert {path.name for path in tmp_path.iterdir()} <= {"site", "home"}


@pytest.mark.usefixtures("quick")
def test_one_language_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only that is in it; one that there is not is said."""
    assert main(["web", str(tmp_path / "site"), "--story", str(THE_MILL), "--language", "zh-Hans"]) == 0
    assert '<html lang="zh-Hans"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["web", str(tmp_path / "other"), "--story", str(THE_MILL), "--language", "fr"]) == 2
    assert "not translated into `fr`; there is en, zh-Hans" in capsys.readouterr().err


@pytest.mark.usefixtures("quick")
def test_a_package_for_a_platform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It holds the site with its manifest, and tells what was asked for."""
    path = tmp_path / "story.zip"
    for report in ("completion", "choices"):
        assert main(["web", "--scorm", str(path), "--report", report, "--story", str(THE_MILL)]) == 0
        with zipfile.ZipFile(path) as archive:
            assert {"imsmanifest.xml", "index.html", "core.zip"} <= set(archive.namelist())
            assert f'"scorm": "{report}"' in archive.read("index.html").decode()
            assert "service_worker.js" not in archive.namelist()


@pytest.mark.usefixtures("quick")
def test_one_file_for_a_disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It holds everything, with pictures of one size, and can be made anew."""
    path = tmp_path / "deep" / "story.html"
    for _ in range(2):
        assert main(["web", "--one-file", str(path), "--story", str(THE_MILL)]) == 0
    assert str(path) in capsys.readouterr().out
    page = path.read_text(encoding="utf-8")
    assert 'data-file="core.zip"' in page
    assert set(re.findall(r'data-file="pictures/(\w+)/', page)) == {"laptop"}
    assert [one.name for one in path.parent.iterdir()] == ["story.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name one output"),
        (["--scorm", "{there}/x.zip", "--one-file", "{there}/x.html"], "name one output"),
        (["--one-file", "{there}/x.txt"], "ends in .html"),
        (["--one-file", "{there}/note.html"], "not a site that this program made"),
        (["{there}", "--scorm", "{there}/x.zip"], "name one output"),
        (["{there}"], "not a site that this program made"),
        (["--scorm", "{there}/x.tar"], "ends in .zip"),
        (["--scorm", "{there}/note.zip"], "is not a package"),
    ],
)
@pytest.mark.usefixtures("quick")
def test_what_stands_there_is_left(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder of somebody else's, a file that is no package, and no place at all."""
    there = tmp_path / "mine"
    there.mkdir()
    for name in ("note.zip", "note.html"):
        (there / name).write_text("mine")
    assert main(["web", *(one.format(there=there) for one in arguments), "--story", str(THE_MILL)]) == 2
    assert said in capsys.readouterr().err
    assert [path.read_text() for path in there.iterdir()] == ["mine", "mine"]


def test_a_runtime_that_cannot_be_had_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, before any picture is painted."""

    def missing(cache: Path, given: Path | None = None) -> Mapping[str, bytes]:
        raise RuntimeMissing("it is not there")

    monkeypatch.setattr(web, "runtime_files", missing)
    assert main(["web", str(tmp_path / "site"), "--story", str(THE_MILL)]) == 2
    assert "it is not there" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The package that is missing, and the extra that brings it."""
    real = builtins.__import__

    def without_pillow(name: str, *rest: Any, **named: Any) -> Any:
        if name == "PIL":
            raise ImportError("no PIL", name="PIL")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_pillow)
    assert main(["web", str(tmp_path / "site"), "--story", str(THE_MILL)]) == 2
    assert "-m pip install '.[web]'" in capsys.readouterr().err
