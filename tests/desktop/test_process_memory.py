"""Process memory: freed memory goes back to the system with glibc."""

from __future__ import annotations

import ctypes
import platform
import sys
from pathlib import Path

import pygame
import pytest

from game.desktop.process_memory import trim_memory

BLOCK = (160, 160)  # pixels: small enough that glibc takes it from its heap, and does not map it by itself
MANY = 400  # of them are 41 MB


def resident() -> int:
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc holds on to what is freed, and can be asked")
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
