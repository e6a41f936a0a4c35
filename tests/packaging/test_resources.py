"""The story and the assets are found in a checkout, a wheel and a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from game import resources


def make_folders(root: Path) -> None:
    (root / "story").mkdir(parents=True)
    (root / "story" / "pack.yaml").write_text("pack: elsewhere\n", encoding="utf-8")
    (root / "assets" / "fonts").mkdir(parents=True)


def test_a_checkout_has_them_beside_the_package() -> None:
    root = Path(__file__).resolve().parents[2]
    assert resources.story_folder() == root / "story"
    assert resources.assets_folder() == root / "assets"
    assert (resources.story_folder() / "pack.yaml").is_file()


def test_an_installed_wheel_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "game" / "resources.py"))
    make_folders(tmp_path / "game" / "_data")
    make_folders(tmp_path)
    assert resources.story_folder() == tmp_path / "game" / "_data" / "story"
    assert resources.assets_folder() == tmp_path / "game" / "_data" / "assets"


def test_a_frozen_program_has_them_in_its_unpacked_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_folders(tmp_path / "unpacked")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "unpacked"), raising=False)
    assert resources.story_folder() == tmp_path / "unpacked" / "story"
    assert resources.assets_folder() == tmp_path / "unpacked" / "assets"
