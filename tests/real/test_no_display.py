"""Without a display the game goes on in the terminal, if there is one."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from game.play import begin
from game.story.model import Story
from tests.real.screen import PATIENCE, blind

pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")

PLAY = [sys.executable, "-m", "game", "play", "--role", "villager"]


class Terminal:
    """A program at a terminal: its output, and input for it."""

    def __init__(self, command: list[str]) -> None:
        self.seen = ""
        self.read = 0  # how much of it a test has read
        self.side, other = pty.openpty()
        self.process = subprocess.Popen(command, env=blind(), stdin=other, stdout=other, stderr=other)
        os.close(other)

    def read_until(self, text: str) -> str:
        """The next output, up to and with `text`; raises AssertionError with all of it if the text never comes."""
        start = self.read
        while (found := self.seen.find(text, start)) < 0:
            ready, _, _ = select.select([self.side], [], [], PATIENCE)
            assert ready, f"{text!r} never came after:\n{self.seen}"
            try:
                more = os.read(self.side, 65536)
            except OSError:  # Linux's word for the other side being gone
                more = b""
            assert more, f"{text!r} never came after:\n{self.seen}"
            self.seen += more.decode("utf-8", "replace")
        self.read = found + len(text)
        return self.seen[start : self.read]

    def type(self, line: str) -> None:
        os.write(self.side, line.encode() + b"\n")

    def close(self) -> None:
        """Hang up."""
        os.close(self.side)
        self.process.kill()
        self.process.wait()


def test_on_a_terminal_it_says_so_and_reads_on(home: Path, shipped: Story) -> None:
    now = begin(shipped, role="villager")
    with closing(Terminal(PLAY)) as terminal:
        opening = terminal.read_until(now.page.title)
        assert len([line for line in opening.splitlines() if "display" in line]) == 1
        for _ in range(5):
            terminal.read_until(now.page.paragraphs[0].text.split()[0])
            for option in now.page.choices:
                terminal.read_until(option.say.split()[-1] if option.say else "")
            terminal.type("1")
            now = now.choose(now.page.choices[0].id)
        assert "Traceback" not in terminal.seen


def test_elsewhere_it_says_so_and_ends(home: Path) -> None:
    done = subprocess.run(PLAY, env=blind(), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "display" in done.stderr.lower()


def test_on_a_terminal_nothing_is_read_aloud_and_it_says_so(home: Path) -> None:
    with closing(Terminal([*PLAY, "--speak"])) as terminal:
        terminal.read_until("nothing is read aloud")
