"""The memory of a process from several sides: the system's, the allocator's, and that of drawn surfaces."""

from __future__ import annotations

import ctypes
import gc
from pathlib import Path
from typing import NamedTuple

import pygame

from game.painter.canvas.byte_cache import surface_bytes
from tests.benchmarks.harness import bytes_held

_FIELDS = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"


class _Mallinfo(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in _FIELDS.split()]


class Weight(NamedTuple):
    """Bytes: resident, the peak since the last weighing, in glibc's heaps, mapped by glibc, and of all surfaces."""

    resident: int
    highest: int
    used: int
    free: int
    mapped: int
    surfaces: int

    def __str__(self) -> str:
        return ", ".join(f"{name} {size / 1e6:.1f}" for name, size in self._asdict().items()) + " MB"


def weight() -> Weight:
    """The weight of this process after a garbage collection. Needs /proc and glibc 2.33."""
    gc.collect()
    resident, highest = memory_of("self")
    mallinfo2 = ctypes.CDLL(None).mallinfo2
    mallinfo2.restype = _Mallinfo
    heaps = mallinfo2()
    return Weight(resident, highest, heaps.uordblks, heaps.fordblks, heaps.hblkhd, _surfaces())


def memory_of(pid: int | str) -> tuple[int, int]:
    """The resident bytes of a process, and their peak since the last call, or since its start."""
    sizes = bytes_held(pid), bytes_held(pid, "VmHWM")
    Path(f"/proc/{pid}/clear_refs").write_text("5")  # the kernel begins a new VmHWM, which no look comes too late for
    return sizes


def _surfaces() -> int:
    objects = (referent for held in gc.get_objects() for referent in gc.get_referents(held))
    found = {id(thing): thing for thing in objects if isinstance(thing, pygame.Surface)}
    return sum(surface_bytes(surface) for surface in found.values())
