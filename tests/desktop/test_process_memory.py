"""Process memory: freed memory goes back to the system with glibc."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
from collections.abc import Iterator
from inspect import getsource
from pathlib import Path
from threading import Event

import pygame
import pytest

from game.desktop.process_memory import LARGE, map_large_blocks, trim_memory
from game.desktop.render.picture_cache import PictureWorker, request_for
from game.painter import Painting
from game.play.page import Picture

BLOCK = (120, 120)  # pixels: smaller than `LARGE`, so glibc takes it from its heap, also after another test's loop
MANY = 700  # of them are 40 MB


def resident() -> int:
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) * 1024


# A large picture is freed first, as in a kiosk's first visit; small things lie between the large ones after it.
LARGE_AMONG_SMALL_THINGS = """
import sys
import pygame
from pathlib import Path
from game.desktop.process_memory import map_large_blocks

def painted(size):
    surface = pygame.Surface(size)
    surface.fill((1, 2, 3))
    return surface

map_large_blocks()
width, height, number = map(int, sys.argv[1:])
painted((2048, 1024))
large, small = [], []
for _ in range(number):
    large.append(painted((width, height)))
    small.append(painted((60, 60)))
before = resident()
del large
print(before - resident())
"""

glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc holds on to what is freed")


@glibc
@pytest.mark.parametrize(("size", "number"), [((1024, 1024), 12), ((900, 64), 200)], ids=["pictures", "lines of words"])
def test_large_blocks_go_back_when_freed(size: tuple[int, int], number: int) -> None:
    command = [sys.executable, "-c", getsource(resident) + LARGE_AMONG_SMALL_THINGS, *map(str, (*size, number))]
    said = subprocess.check_output(command, text=True, cwd=Path(__file__).parents[2])
    assert int(said.split()[-1]) > 0.9 * number * size[0] * size[1] * 4


@pytest.fixture
def gaps() -> Iterator[int]:
    """Frees every second of many surfaces, so that gaps lie between those that stay; gives half of their bytes."""
    assert BLOCK[0] * BLOCK[1] * 4 < LARGE
    surfaces = [pygame.Surface(BLOCK) for _ in range(MANY)]
    for surface in surfaces:
        surface.fill((1, 2, 3))
    del surfaces[::2]
    yield MANY // 4 * BLOCK[0] * BLOCK[1] * 4


@glibc
def test_trim_returns_freed_memory(gaps: int) -> None:
    before = resident()
    trim_memory()
    assert resident() < before - gaps


@glibc
def test_freed_memory_is_returned_before_a_picture_is_painted(gaps: int) -> None:
    """Painting takes the most memory, which must not add to the gaps of words."""
    held: list[int] = []
    done = Event()

    def paint(request: object, scratch: object) -> Painting:
        held.append(resident())
        return Painting(pygame.Surface((1, 1)), ())

    pictures = PictureWorker(done.set, lambda line: None, paint=paint)
    before = resident()
    pictures.request(request_for(Picture("village", {}), (1, 1), (0, 0, 1, 1)))
    assert done.wait(10)
    pictures.close()
    assert held[0] < before - gaps


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_another_c_library_is_left_alone(system: str, monkeypatch: pytest.MonkeyPatch) -> None:

    def library(name: str | None) -> object:
        assert system == "linux"
        return object()

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes, "CDLL", library)
    trim_memory()
    map_large_blocks()
