"""The table of commands: each has its module, and only the chosen one is imported."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from game.command_line import COMMANDS

LOADED = """
import sys
from game.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*(name for name in sys.modules if name.startswith("game.commands.")), file=sys.stderr)
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_module(name: str) -> None:
    module = import_module(f"game.commands.{COMMANDS[name].module}")
    assert callable(module.arguments)
    assert callable(module.run)


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--version"], {"support", "support.user_error"}),
        (["--help"], {"support", "support.user_error"}),
        (["schema", "--help"], {"support", "support.user_error", "schema", "support.output_checks"}),
    ],
)
def test_only_the_chosen_command_is_imported(arguments: list[str], loaded: set[str]) -> None:
    found = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, timeout=60)
    assert set(found.stderr.split()) == {f"game.commands.{name}" for name in loaded}
