"""A real X display without a monitor, keyboard and mouse input, and the game on it."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

Found = TypeVar("Found")
PATIENCE = 30  # seconds; a busy machine may be slow
MISSING = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]


def until(look: Callable[[], Found | None], seconds: float, what: str) -> Found:
    """The result of `look` as soon as it finds something; raises AssertionError with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


def blind() -> dict[str, str]:
    """A plain user's environment without a display or a stand-in for one."""
    ours = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "PYGAME_HIDE_SUPPORT_PROMPT"}
    return {name: value for name, value in os.environ.items() if name not in ours}


@dataclass(frozen=True)
class Screen:
    """A running X server. `name` is its DISPLAY, such as `:7`; `memory` has its content."""

    name: str
    memory: Path

    def environment(self) -> dict[str, str]:
        """This environment, with windows on this screen and without sound."""
        return {**blind(), "DISPLAY": self.name, "SDL_AUDIODRIVER": "dummy"}

    def hand(self, *command: str) -> str:
        """Run xdotool on this screen and return its output; empty if it found nothing."""
        done = subprocess.run(["xdotool", *command], env=self.environment(), capture_output=True, text=True, timeout=20)
        return done.stdout.strip()

    def windows(self, process: int) -> list[str]:
        """The ids of a process's visible windows."""
        return self.hand("search", "--onlyvisible", "--pid", str(process)).split()

    def window_of(self, process: Callable[[], int]) -> str:
        """The id of a process's window, once it is visible, with the focus, which no window manager gives it here."""
        window = until(lambda: self.windows(process()), PATIENCE, "the window")[0]
        self.hand("windowfocus", "--sync", window)
        return window

    def press(self, key: str) -> None:
        """Press and release a key, with the X server's name, such as `Return`."""
        self.hand("key", key)

    def press_until(self, key: str, holds: Callable[[], object], what: str) -> None:
        """Press a key, as often as a person would, until a condition holds."""
        for _ in range(75):
            self.press(key)
            with suppress(AssertionError):
                until(holds, 0.4, what)  # a page just turned does not take a key at once
                return
        raise AssertionError(f"{key} did not lead to {what}")

    def shows(self) -> None:
        """Wait until there is something to see."""
        until(lambda: self.colours() > 50, PATIENCE, "something on the screen")

    def colours(self) -> int:
        """The number of different colours on the screen; a black screen has one."""
        return len(set(self.pixels()))

    def pixels(self) -> memoryview:
        """The screen's pixels, row by row, as numbers that are equal for equal colours."""
        shown = self.memory.read_bytes()  # an X window dump: header, colour map, rows of pixels
        start = int.from_bytes(shown[:4], "big") + 12 * int.from_bytes(shown[76:80], "big")
        return memoryview(shown[start : start + len(shown[start:]) // 4 * 4]).cast("I")

    def close(self, window: str) -> None:
        """Ask a window to close, like the button in a title bar."""
        _ask_to_close(self.name.encode(), int(window))

    def end(self, process: subprocess.Popen[bytes], window: str) -> None:
        """Close a program's window: it ends in order."""
        self.close(window)
        assert process.wait(20) == 0


@contextmanager
def screen(width: int = 1280, height: int = 720) -> Iterator[Screen]:
    """An X server of its own, on the first free display, without other programs; skips the test if there is none."""
    if MISSING:
        pytest.skip(f"needs {' and '.join(MISSING)}")
    read, write = os.pipe()
    with tempfile.TemporaryDirectory() as memory:
        # without -noreset the server starts afresh, and refuses callers meanwhile, whenever nobody is connected
        size = ["-noreset", "-screen", "0", f"{width}x{height}x24", "-fbdir", memory]
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp", *size],
            pass_fds=[write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        try:
            with os.fdopen(read) as ready:
                yield Screen(":" + ready.readline().strip(), Path(memory) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait(10)


@contextmanager
def game_on(
    display: Screen,
    *options: str,
    mode: str = "play",
    environment: Mapping[str, str] | None = None,
    stderr: int | None = None,
    stdout: int | None = None,
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`weight-of-grain play`, or another mode with a window, and the window's id; it ends with the context."""
    command, own = [sys.executable, "-m", "game", mode, *options], environment or display.environment()
    with subprocess.Popen(command, env=own, stderr=stderr, stdout=stdout) as playing:

        def running() -> int:
            assert playing.poll() is None, f"ended with {playing.returncode} before its window was there"
            return playing.pid

        try:
            yield playing, display.window_of(running)
        finally:
            playing.kill()


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_char * 128),
    )


def _ask_to_close(display_name: bytes, window: int) -> None:
    """Send WM_DELETE_WINDOW: xdotool can only destroy a window, which a person cannot."""
    x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XSendEvent.argtypes = [
        ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p,
    ]  # fmt: skip
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(display_name)
    assert display, f"no display {display_name!r}"
    protocols = x11.XInternAtom(display, b"WM_PROTOCOLS", 0)
    delete = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    event = _ClientMessage(type=33, window=window, message_type=protocols, format=32)  # 33: ClientMessage
    event.data[0] = delete
    x11.XSendEvent(display, window, 0, 0, ctypes.byref(event))
    x11.XCloseDisplay(display)  # which also sends what is waiting
