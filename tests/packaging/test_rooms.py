"""Arrows point one way, and only the window knows pygame."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import game

SOURCE = Path(game.__file__).parent
PURE = ["story", "play", "journal", "ui", "speech", "kiosk", "terminal", "resources", "cli", "commands"]

# What each room may know of the others.
MAY_IMPORT = {
    "resources": set(),
    "story": set(),
    "play": {"story"},
    "journal": {"ui", "play", "story"},
    "ui": {"play", "story", "resources"},
    "speech": {"ui", "play", "story"},
    "window": {"speech", "journal", "ui", "play", "story", "resources"},
    "terminal": {"ui", "play", "story", "resources"},
    "classroom": {"window", "ui", "play", "story", "resources"},
}

WITHOUT_PYGAME = """
import importlib, pkgutil, sys

class NoPygame:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "pygame":
            raise ImportError("pygame is out of reach here")

sys.meta_path.insert(0, NoPygame())
"""


def modules(room: str) -> list[Path]:
    """The source files of a room, be it a folder or one module."""
    folder = SOURCE / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [SOURCE / f"{room}.py"]


def imported(file: Path) -> set[str]:
    """The dotted names that a source file imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} names its neighbours in full"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_needs_no_pygame(room: str) -> None:
    """Every module of a pure room can be imported where there is no pygame."""
    program = (
        WITHOUT_PYGAME
        + f"""
room = importlib.import_module("game.{room}")
for found in pkgutil.walk_packages(getattr(room, "__path__", []), "game.{room}."):
    importlib.import_module(found.name)
assert "pygame" not in sys.modules
"""
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_arrows_point_one_way(room: str) -> None:
    """A room imports only rooms below it."""
    files = modules(room)
    assert files
    known = {
        name.split(".")[1]: file
        for file in files
        for name in imported(file)
        if name.startswith("game.") and (SOURCE / name.split(".")[1]).exists()
    }
    assert not {other: file for other, file in known.items() if other not in MAY_IMPORT[room] | {room}}


def test_only_the_window_imports_pygame() -> None:
    """No module outside `game/desktop` names pygame in an import."""
    outside = [file for file in SOURCE.rglob("*.py") if SOURCE / "window" not in file.parents]
    assert outside
    assert not [f for f in outside if any(name.split(".")[0] == "pygame" for name in imported(f))]


def test_the_supervisor_knows_nothing_of_the_game() -> None:
    """The kiosk's supervisor brings in neither the story nor the interface: what breaks there does not break it."""
    program = """
import sys, game.kiosk.supervisor.process_supervisor
assert not {name for name in sys.modules if name.startswith(("game.story", "game.play", "game.ui", "game.desktop"))}
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.parametrize("arguments", [["check", "--quick"], ["read", "--role", "villager", "--json"]])
def test_a_mode_brings_only_what_it_needs(arguments: list[str]) -> None:
    """Reading in a terminal and checking a story work where pygame cannot be imported."""
    program = (
        WITHOUT_PYGAME
        + f"""
from game.cli import main
status = main({arguments!r})
assert status == 0, status
assert "pygame" not in sys.modules
"""
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120, input="", text=True, capture_output=True)
