"""Process memory: gives freed memory back to the system, for a process that runs for weeks. Needs glibc."""

from __future__ import annotations

import sys
from contextlib import suppress

LARGE = 1 << 16  # bytes: pictures, the painter's buffers, and lines of words; a picture of 1920 by 1080 has 8 MB
_M_MMAP_THRESHOLD = -3  # the number of this parameter in malloc.h


def map_large_blocks() -> None:
    """Make glibc map each block of `LARGE` bytes or more by itself, so that the system gets a freed block back at once.

    Otherwise glibc takes such blocks from its heaps, where a freed picture leaves a gap between used blocks. After a
    few visits a kiosk held 25 to 60 MB of gaps, which `trim_memory` cannot give back while visitors keep the kiosk
    busy. `LARGE` is below 230 KB, the size of a rendered line of words: at 256 KB, 5 to 16 MB of gaps remained.
    """
    _call_glibc("mallopt", _M_MMAP_THRESHOLD, LARGE)


def trim_memory() -> None:
    """Give the gaps between small blocks in glibc's heaps back to the system. It takes 1 to 7 ms after a visit."""
    _call_glibc("malloc_trim", 0)


def _call_glibc(name: str, *arguments: int) -> None:
    if sys.platform != "linux":
        return
    import ctypes  # imported late: it takes 2 ms, and the first frame does not need it

    with suppress(OSError, AttributeError):  # another C library has no such function
        getattr(ctypes.CDLL(None), name)(*arguments)
