"""The wheel, installed in another environment without the source tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import threading
import zipfile
from pathlib import Path
from subprocess import PIPE

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
WHERE = "import game.resources as r; print(r.__file__, r.story_folder(), r.assets_folder(), sep='\\n')"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, timeout=120)
    (found,) = folder.glob("*.whl")
    return found


def fresh_environment(home: Path) -> Path:
    """The scripts' folder of a new virtual environment with the dependencies of this environment."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True, timeout=120)
    scripts, site = (
        Path(sysconfig.get_path(kind, "venv", {"base": str(home), "platbase": str(home)}))
        for kind in ("scripts", "purelib")
    )
    # A .pth adds the borrowed folder without its .pth files, so an editable install of this checkout is not found.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts


def install(scripts: Path, *packages: str) -> None:
    offline = ["--python", str(scripts / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*PIP, *offline, *packages], check=True, timeout=120)


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel."""
    scripts = fresh_environment(tmp_path_factory.mktemp("elsewhere"))
    install(scripts, str(wheel))
    return scripts


def bare_environment() -> dict[str, str]:
    """The environment variables without those that could lead back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def output_of(*command: str | Path, cwd: Path) -> str:
    ended = subprocess.run(command, cwd=cwd, env=bare_environment(), encoding="utf-8", capture_output=True, timeout=400)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_the_wheel_carries_story_fonts_sounds_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "game/py.typed" in names
    carried = [
        "story/**/*.yaml",
        "assets/fonts/*.ttf",
        "assets/fonts/OFL*.txt",
        "assets/sounds/*.wav",
        "assets/sounds/LICENSE*",
        "assets/locale/**/*.*o*",
        "assets/catalogue/*",
        "assets/web/*.*",
        "assets/web/site/*",
    ]
    for kind in carried:
        files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob(kind)]
        assert files, kind
        assert not {f"game/_data/{file}" for file in files} - set(names)
    licences = {name.split("/licenses/")[1] for name in names if "/licenses/" in name}
    assert {"LICENSE", *(f"assets/fonts/{path.name}" for path in ROOT.glob("assets/fonts/OFL*"))} <= licences


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("game/", "weight_of_grain-")), name
        assert not name.endswith(".pyc")
        assert not (name.startswith("game/_data/") and name.endswith((".py", ".png")))


@pytest.mark.full
def test_the_installed_wheel_uses_its_own_files(elsewhere: Path, tmp_path: Path) -> None:
    for line in output_of(elsewhere / "python", "-c", WHERE, cwd=tmp_path).splitlines():
        assert Path(line).is_relative_to(elsewhere.parent)
        assert not Path(line).is_relative_to(ROOT)


def test_an_editable_install_uses_the_checkout(tmp_path: Path) -> None:
    scripts = fresh_environment(tmp_path / "editable")
    install(scripts, "--no-build-isolation", "-e", str(ROOT))
    found = map(Path, output_of(scripts / "python", "-c", WHERE, cwd=tmp_path).splitlines())
    assert list(found) == [ROOT / "game" / "resources.py", ROOT / "story", ROOT / "assets"]
    assert not list((tmp_path / "editable").rglob("*.ttf"))


@pytest.mark.parametrize("role", ["villager", "official"])
@pytest.mark.full
def test_the_installed_wheel_plays_to_an_ending(elsewhere: Path, tmp_path: Path, home: Path, role: str) -> None:
    command: list[str | Path] = [elsewhere / "weight-of-grain", "read", "--role", role, "--json"]
    pages = []
    with subprocess.Popen(
        command, cwd=tmp_path, env=bare_environment(), encoding="utf-8", stdin=PIPE, stdout=PIPE
    ) as reading:
        assert reading.stdin
        assert reading.stdout
        hanging = threading.Timer(60, reading.kill)
        hanging.start()
        for line in reading.stdout:
            pages.append(json.loads(line))
            if pages[-1]["ending"] is None:
                reading.stdin.write(pages[-1]["choices"][0]["id"] + "\n")
                reading.stdin.flush()
        hanging.cancel()
        assert reading.wait(10) == 0, "it ends by itself after the ending's page"
    assert [page["ending"] is not None for page in pages] == [False] * (len(pages) - 1) + [True]
    assert len(pages) > 10


@pytest.mark.full
def test_the_installed_wheel_checks_the_story_without_findings(elsewhere: Path, tmp_path: Path, home: Path) -> None:
    output_of(elsewhere / "weight-of-grain", "check", "--quick", cwd=tmp_path)


@pytest.mark.full
def test_the_installed_wheel_draws_pages(elsewhere: Path, tmp_path: Path, home: Path) -> None:
    output_of(elsewhere / "weight-of-grain", "shots", tmp_path / "out", "--role", "villager", cwd=tmp_path)
    pictures = list((tmp_path / "out").glob("*.png"))
    assert pictures
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
