"""Process memory: gives freed memory back to the system, for a process that runs for weeks."""

from __future__ import annotations

import sys
from contextlib import suppress


def trim_memory() -> None:
    """Give freed memory back to the system (`malloc_trim`); does nothing without glibc.

    glibc keeps the places of freed pictures among those still used: a kiosk of 200 MB came to 270 in two hours, of
    which 60 were free. It takes 1 to 7 ms after a visit; what is drawn next fetches fresh pages for half as long.
    """
    if sys.platform != "linux":
        return
    import ctypes  # 2 ms, which the first frame need not wait for

    with suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)
