"""Process memory: has freed memory go back to the system, for a process that runs for weeks. Needs glibc."""

from __future__ import annotations

import sys
from contextlib import suppress

LARGE = 1 << 16  # bytes: pictures, what they are painted with, and lines of words; a picture of 1920 by 1080 has 8 MB
_M_MMAP_THRESHOLD = -3  # the number of this parameter in malloc.h


def map_large_blocks() -> None:
    """Have each block of `LARGE` bytes or more mapped by itself, so that it goes back as soon as it is freed.

    Else glibc takes blocks as large as the largest ever freed from its heaps, where a freed picture leaves a gap among
    what is still used: after a few visits a kiosk held 25 to 60 MB of gaps, which `trim_memory` cannot give back while
    somebody keeps touching it. A line of its words has 230 KB: with 256 KB to a large block, 5 to 16 MB were gaps.
    """
    _call_glibc("mallopt", _M_MMAP_THRESHOLD, LARGE)


def trim_memory() -> None:
    """Give freed memory back to the system.

    Between blocks that are still used there are gaps of small ones: words that were drawn, and stamps. It takes 1 to
    7 ms after a visit; what is drawn next fetches fresh pages for half as long.
    """
    _call_glibc("malloc_trim", 0)


def _call_glibc(name: str, *arguments: int) -> None:
    """Call a function of glibc; does nothing with another C library."""
    if sys.platform != "linux":
        return
    import ctypes  # 2 ms, which the first frame need not wait for

    with suppress(OSError, AttributeError):  # another C library has no such function
        getattr(ctypes.CDLL(None), name)(*arguments)
