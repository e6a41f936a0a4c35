"""The names in the papers at the root exist: modules, functions, paths, tests, rooms and the version."""

from __future__ import annotations

import importlib
import re
import runpy
from functools import reduce
from pathlib import Path

import pytest

from game import __version__
from game.story import Story
from game.ui.i18n import Catalogue
from tests.packaging.test_rooms import ARROWS, modules

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("ARCHITECTURE.md", "CONTRIBUTING.md")}
NAME = re.compile(r"[a-z_]\w*(\.\w+)+")
FILE = re.compile(r"\.?[\w.-]+(/[\w.-]*)+|[\w-]+\.(md|py|toml)")
PLACEHOLDER = re.compile(r"\b(NAME|TAG|WGnnn)\b")
BUILT = {"dist/", "game/_data/"}  # what a release and a wheel have
OTHER_DOTS = re.compile(r"game\.(po|mo)|(pause|settings|stats)\.[\w.-]+")  # file names, and keys of the catalogue


def quoted(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Each paper with each quoted name that matches the pattern, without placeholders."""
    found = ((paper, name) for paper, text in PAPERS.items() for name in re.findall(r"(?<!`)`([^`\n]+)`", text))
    return sorted({(paper, name) for paper, name in found if pattern.fullmatch(name) and not PLACEHOLDER.search(name)})


NAMES = [(paper, name) for paper, name in quoted(NAME) if not (OTHER_DOTS.fullmatch(name) or FILE.fullmatch(name))]
PATHS = quoted(FILE)
TESTS = quoted(re.compile(r"[\w/]+\.py::\w+"))


def test_the_papers_name_code_and_paths() -> None:
    """The patterns find names, so that the tests below test something."""
    assert len(NAMES) > 30
    assert len(PATHS) > 40
    assert TESTS


@pytest.mark.parametrize(("paper", "name"), NAMES)
def test_each_name_is_in_the_code(paper: str, name: str) -> None:
    module = max((candidate for candidate in modules() if f"game.{name}.".startswith(f"{candidate}.")), key=len)
    assert module != "game", f"{paper} names `{name}`, which is in no module"
    reduce(getattr, f"game.{name}".removeprefix(module).split(".")[1:], importlib.import_module(module))


@pytest.mark.parametrize(("paper", "path"), PATHS)
def test_each_path_exists(paper: str, path: str) -> None:
    assert (ROOT / path).exists() or any((ROOT / "game").glob(f"*/{path}")) or path in BUILT


def test_each_test_that_ci_names_exists() -> None:
    named = re.findall(r"\btests/[\w/]+(?:\.py)?", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert len(named) > 15
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(("paper", "test"), TESTS)
def test_each_test_exists(paper: str, test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", sorted(path.name for path in ROOT.glob("*.md")))
def test_each_link_has_its_file(paper: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / paper).read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_map_has_every_room_below_its_imports() -> None:
    rooms = re.findall(r"^\| `(\w+)` \|", PAPERS["ARCHITECTURE.md"], re.MULTILINE)
    assert sorted(rooms) == sorted(ARROWS)
    for place, room in enumerate(rooms):
        assert ARROWS[room] <= set(rooms[:place]), room


def test_the_changelog_has_this_version() -> None:
    headings = re.findall(r"^## \[(\S+)\](?: - (\d{4}-\d\d-\d\d))?$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    assert headings[1][0] == __version__
    assert all(day for _, day in headings[1:])


def test_the_pictures_of_the_readme_can_be_made_by_its_scripts(shipped: Story, words: Catalogue) -> None:
    folder = ROOT / "assets" / "screenshots"
    pictures = runpy.run_path(str(folder / "make.py"))["PICTURES"]
    shown = set(re.findall(r"\(assets/screenshots/(\w+)\.png\)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {*pictures, "phone"} == shown == {picture.stem for picture in folder.glob("*.png")}
    for state, _ in pictures.values():
        assert state(shipped, words)  # its way through the story exists
