"""Process memory: freed memory goes back to the system with glibc."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from game.desktop.process_memory import map_large_blocks, trim_memory

BLOCK = (160, 160)  # pixels: small enough that glibc takes it from its heap, and does not map it by itself
MANY = 400  # of them are 41 MB


def resident() -> int:
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024


# A large picture is freed first, as in a kiosk's first visit; small things lie between those that come after it.
PICTURES_AMONG_SMALL_THINGS = """
import pygame
from pathlib import Path
from game.desktop.process_memory import map_large_blocks

def painted(size):
    surface = pygame.Surface(size)
    surface.fill((1, 2, 3))
    return surface

def resident():
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) * 1024

map_large_blocks()
painted((2048, 1024))
pictures, small = [], []
for _ in range(12):
    pictures.append(painted((1024, 1024)))
    small.append(painted((160, 160)))
before = resident()
del pictures
print(before - resident())
"""

glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc holds on to what is freed")


@glibc
def test_pictures_go_back_as_soon_as_they_are_freed() -> None:
    """Without a trim, though small things lie between them: nobody has to leave the window alone for a while."""
    run = subprocess.run(
        [sys.executable, "-c", PICTURES_AMONG_SMALL_THINGS], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert int(run.stdout.split()[-1]) > 11 * 1024 * 1024 * 4


@glibc
def test_trim_returns_freed_memory() -> None:
    """Every second surface is let go: their places lie between those that stay."""
    surfaces = [pygame.Surface(BLOCK) for _ in range(MANY)]
    for surface in surfaces:
        surface.fill((1, 2, 3))
    del surfaces[::2]
    before = resident()
    trim_memory()
    assert resident() < before - MANY // 4 * BLOCK[0] * BLOCK[1] * 4


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_another_c_library_is_left_alone(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system's is not even looked for; one of Linux that knows nothing of it is no trouble."""

    def library(name: str | None) -> object:
        assert system == "linux"
        return object()

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes, "CDLL", library)
    trim_memory()
    map_large_blocks()
