"""A full disk: in place of any function that writes."""

from __future__ import annotations

import errno
from typing import NoReturn


def full_disk(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")
