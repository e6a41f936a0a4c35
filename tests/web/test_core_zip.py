"""The worker's zip in a browser: the core, without anything that Pyodide lacks."""

from __future__ import annotations

import subprocess
import sys

from game.web.core_zip import core_modules

# Libraries of ours, and what Pyodide's standard library lacks or a worker cannot use.
NOT_IN_A_BROWSER = {
    "accesskit", "aiohttp", "ifaddr", "platformdirs", "psycopg", "pydantic", "pydantic_core", "pygame", "segno",
    "sqlalchemy", "yaml",
    "_hashlib", "_lzma", "_socket", "_sqlite3", "_ssl", "curses", "dbm", "fcntl", "lzma", "multiprocessing", "readline",
    "resource", "socket", "sqlite3", "ssl", "subprocess", "termios", "tkinter",
}  # fmt: skip

BLOCKED = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked!r}:
            raise ImportError(name + " is not in a browser")

for name in {blocked!r}:
    assert name not in sys.modules, name
sys.meta_path.insert(0, Blocked())
for name in {names!r}:
    importlib.import_module(name)
brought = sorted(name for name in sys.modules if name.split(".")[0] == "game")
assert brought == {names!r}, set(brought) ^ set({names!r})
"""


def test_the_core_imports_nothing_that_a_browser_lacks() -> None:
    program = BLOCKED.format(blocked=NOT_IN_A_BROWSER, names=list(core_modules()))
    done = subprocess.run([sys.executable, "-c", program], timeout=60, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_core_has_the_interface_and_not_what_reads_a_pack() -> None:
    names = set(core_modules())
    assert {"game", "game.ui.screens.reading", "game.ui.handlers.history", "game.play.engine"} <= names
    rooms = {".".join(name.split(".")[:3]) for name in names}
    assert not rooms & {"game.story.loader", "game.story.schema", "game.story.builder", "game.yamlio.reader"}
    assert not {name.split(".")[1] for name in names if "." in name} & {"desktop", "painter", "commands", "classroom"}
