"""`web` writes a site, a package or a file, or reports in one line why it cannot."""

from __future__ import annotations

import builtins
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.commands import web
from game.desktop import api as desktop
from game.play.page import Picture
from game.story import Story
from game.web import site_maker
from game.web.pyodide_runtime import FILES, RuntimeMissing, Tell
from game.web.reachable_pictures import ReachablePictures, reachable_pictures
from tests.commands.typed import Command, refused
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")


def first_picture(story: Story, chance: Random) -> ReachablePictures:
    """A picture and a map of a few playthroughs."""
    found = reachable_pictures(story, chance, 5)
    return ReachablePictures(found.pages[:1], found.maps[:1])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the slow parts: npm, all but a few plain pictures, and fonts."""

    def runtime(cache: Path, given: Path | None, tell: Tell) -> Mapping[str, bytes]:
        return dict.fromkeys(FILES, b"stand-in")

    def plain(pictures: Sequence[Picture], size: tuple[int, int], beside_sheet: bool) -> Iterator[bytes]:
        for _ in pictures:
            yield bytes(size[0] * size[1] * 3)

    monkeypatch.setattr(web, "runtime_files", runtime)
    monkeypatch.setattr(desktop, "site_pictures", plain)
    monkeypatch.setattr(web, "reachable_pictures", first_picture)
    monkeypatch.setattr(site_maker, "font_files", lambda folder, texts: iter([("fonts.css", b"")]))


@pytest.mark.usefixtures("quick")
def test_a_site_is_written_and_replaced(tmp_path: Path, run: Command) -> None:
    folder = tmp_path / "site"
    for _ in range(2):
        out = run("web", folder, "--story", THE_MILL).printed
        assert out.startswith(f"{folder} (")
        assert "http.server" in out
    assert {"index.html", "core.zip", "app", "runtime", "service_worker.js"} <= {path.name for path in folder.iterdir()}
    assert {path.name for path in tmp_path.iterdir()} <= {"site", "home"}


@pytest.mark.usefixtures("quick")
def test_language_limits_the_site_to_that_language(tmp_path: Path, run: Command) -> None:
    assert run("web", tmp_path / "site", "--story", THE_MILL, "--language", "zh-Hans").status == 0
    assert '<html lang="zh-Hans"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    found = run("web", tmp_path / "other", "--story", THE_MILL, "--language", "fr")
    refused(found, "not translated into `fr`; there is en, zh-Hans")


@pytest.mark.usefixtures("quick")
def test_scorm_package_has_the_site_and_its_report(tmp_path: Path, run: Command) -> None:
    path = tmp_path / "story.zip"
    for report in ("completion", "choices"):
        assert run("web", "--scorm", path, "--report", report, "--story", THE_MILL).status == 0
        with zipfile.ZipFile(path) as archive:
            assert {"imsmanifest.xml", "index.html", "core.zip"} <= set(archive.namelist())
            assert f'"scorm": "{report}"' in archive.read("index.html").decode()
            assert "service_worker.js" not in archive.namelist()


@pytest.mark.usefixtures("quick")
def test_one_file_has_the_whole_site(tmp_path: Path, run: Command) -> None:
    path = tmp_path / "deep" / "story.html"
    for _ in range(2):
        assert str(path) in run("web", "--one-file", path, "--story", THE_MILL).printed
    page = path.read_text(encoding="utf-8")
    assert 'data-file="core.zip"' in page
    assert set(re.findall(r'data-file="pictures/(\w+)/', page)) == {"laptop"}
    assert [file.name for file in path.parent.iterdir()] == ["story.html"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name one output"),
        (["--scorm", "{folder}/x.zip", "--one-file", "{folder}/x.html"], "name one output"),
        (["--one-file", "{folder}/x.txt"], "ends in .html"),
        (["--one-file", "{folder}/note.html"], "not a site that this program made"),
        (["{folder}", "--scorm", "{folder}/x.zip"], "name one output"),
        (["{folder}"], "not a site that this program made"),
        (["--scorm", "{folder}/x.tar"], "ends in .zip"),
        (["--scorm", "{folder}/note.zip"], "is not a package"),
    ],
)
@pytest.mark.usefixtures("quick")
def test_wrong_output_is_refused_and_foreign_files_stay(
    arguments: list[str], message: str, tmp_path: Path, run: Command
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("note.zip", "note.html"):
        (folder / name).write_text("mine")
    refused(run("web", *(argument.format(folder=folder) for argument in arguments), "--story", THE_MILL), message)
    assert [path.read_text() for path in folder.iterdir()] == ["mine", "mine"]


def test_missing_runtime_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Command) -> None:
    def missing(cache: Path, given: Path | None, tell: Tell) -> Mapping[str, bytes]:
        raise RuntimeMissing("it is not there")

    monkeypatch.setattr(web, "runtime_files", missing)
    assert "it is not there" in refused(run("web", tmp_path / "site", "--story", THE_MILL))
    assert not (tmp_path / "site").exists()


def test_without_the_extra_the_message_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Command
) -> None:
    real = builtins.__import__

    def without_pillow(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "PIL":
            raise ImportError("no PIL", name="PIL")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pillow)
    assert "-m pip install '.[web]'" in refused(run("web", tmp_path / "site", "--story", THE_MILL))
