"""The story and the assets are found in a checkout, a wheel and a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from game import resources


def test_a_checkout_has_them_beside_the_package() -> None:
    root = Path(__file__).resolve().parents[2]
    assert (resources.story_folder(), resources.assets_folder()) == (root / "story", root / "assets")
    assert (resources.story_folder() / "pack.yaml").is_file()


@pytest.mark.parametrize(
    ("module", "name", "place", "root"),
    [
        pytest.param(resources, "__file__", "game/resources.py", "game/_data", id="a wheel, inside its package"),
        pytest.param(sys, "_MEIPASS", "unpacked", "unpacked", id="a frozen program, where it is unpacked"),
    ],
)
def test_an_installed_program_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, place: str, root: str
) -> None:
    monkeypatch.setattr(module, name, str(tmp_path / place), raising=False)
    for folder in (tmp_path, tmp_path / root):
        (folder / "assets" / "fonts").mkdir(parents=True)
        (folder / "story").mkdir()
        (folder / "story" / "pack.yaml").write_text("pack: elsewhere\n", encoding="utf-8")
    found = resources.story_folder(), resources.assets_folder()
    assert found == (tmp_path / root / "story", tmp_path / root / "assets")
