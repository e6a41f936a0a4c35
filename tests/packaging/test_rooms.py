"""The rooms of `game/`: the allowed imports, no circles of modules, and pygame in two rooms only.

A room is a package or a module directly below `game/`. ARROWS is the whole list: a new import between rooms fails until
somebody adds it here, and a missing import until somebody removes it.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import game

SOURCE = Path(game.__file__).parent
DRAWS = {"desktop", "painter"}  # the rooms that import pygame

# room: the rooms that it imports, from the lowest up
ARROWS = {
    room: set(imports.split())
    for room, imports in {
        "core": "",
        "resources": "",
        "credits": "core resources",
        "lang": "core",
        "scene_table": "core",
        "yamlio": "core",
        "painter": "core scene_table",
        "story": "core lang yamlio",
        "lint": "core lang yamlio story",
        "play": "core lang story",
        "twine": "core lang yamlio story",
        "explore": "core lang story play",
        "ui": "core credits lang scene_table story play",
        "documents": "core lang story play explore ui",
        "speech": "core ui",
        "terminal": "core credits story play ui",
        "desktop": "core resources credits lang yamlio painter story play ui documents speech",
        "web": "core credits resources scene_table story play ui documents",
        "relay": "core",
        "classroom": "core resources relay story play ui documents desktop web",
        "kiosk": "core resources lang yamlio story play ui documents desktop",
        "commands": "core resources credits scene_table yamlio story lint play twine explore ui documents terminal"
        " desktop web classroom relay kiosk",
        "command_line": "core commands",
        "cli": "core command_line",
        "__main__": "cli",
    }.items()
}

WITHOUT_PYGAME = """
import importlib, pkgutil, sys

class NoPygame:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "pygame":
            raise ImportError("pygame is out of reach here")

sys.meta_path.insert(0, NoPygame())
"""


@cache
def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name, packages too."""
    found = {}
    for file in sorted(SOURCE.rglob("*.py")):
        parts = ("game", *file.relative_to(SOURCE).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache
def imported(module: str) -> frozenset[str]:
    """The program's modules that a module imports: at its top, inside a function, or for types only."""
    found = set[str]()
    for node in ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} names its neighbours in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in modules() else str(node.module) for name in names}
    return frozenset(found & modules().keys())


def room_of(module: str) -> str:
    """The package or single module below `game/` that has this module; empty for `game` itself."""
    return module.split(".")[1] if "." in module else ""


ROOMS = sorted({room_of(module) for module in modules()} - {""})


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_exactly_the_listed_rooms(room: str) -> None:
    seen = {room_of(to) for module in modules() if room_of(module) == room for to in imported(module)}
    assert seen - {room, ""} == ARROWS.get(room), f"the arrows of `{room}` are not those that ARROWS lists"


def test_every_listed_room_exists() -> None:
    assert set(ARROWS) == set(ROOMS)


def test_modules_import_each_other_in_no_circle() -> None:
    try:
        tuple(TopologicalSorter({module: imported(module) - {module} for module in modules()}).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def test_modules_and_folders_are_small() -> None:
    long = [name for name, file in modules().items() if len(file.read_text(encoding="utf-8").splitlines()) >= 400]
    assert not long
    folders = Counter(file.parent for file in modules().values() if file.name != "__init__.py")
    assert not [str(folder) for folder, number in folders.items() if number > 24]


def test_only_rooms_that_draw_import_pygame() -> None:
    for module, file in modules().items():
        imports_it = re.search(r"^ *(?:import|from) pygame\b", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert room_of(module) in DRAWS or not imports_it, f"{module} imports pygame"


PURE = [module for module in modules() if room_of(module) not in {*DRAWS, "__main__"}]
RUN = "\nfrom game.cli import main\nassert main({}) == 0\nassert 'pygame' not in sys.modules\n"
SUPERVISOR = """
import sys, game.kiosk.supervisor.process_supervisor
assert not {name for name in sys.modules if name.startswith(("game.story", "game.play", "game.ui", "game.desktop"))}
"""


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(f"{WITHOUT_PYGAME}\nfor name in {PURE}:\n    importlib.import_module(name)\n", id="pure rooms"),
        pytest.param(WITHOUT_PYGAME + RUN.format(["check", "--quick"]), id="check"),
        pytest.param(WITHOUT_PYGAME + RUN.format(["read", "--role", "villager", "--json"]), id="read"),
        pytest.param(SUPERVISOR, id="the supervisor, without story and interface"),
    ],
)
def test_it_imports_no_more_than_it_needs(program: str) -> None:
    ended = subprocess.run([sys.executable, "-c", program], timeout=120, input="", text=True, capture_output=True)
    assert ended.returncode == 0, ended.stderr
