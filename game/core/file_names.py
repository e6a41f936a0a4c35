"""Safe file names: they stay in their folder and are valid on every operating system."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

MAX_NAME_BYTES = 255  # the limit of every common file system
# Windows opens a device by these names, in any folder and with any suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:[.:].*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


class OutsideFolder(OSError):
    """Raised for a file name that would leave its folder, or that some system does not allow. `strerror` says why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(errno.EPERM, f"`{name}` {why}", name)


def safe_join(folder: Path, name: str) -> Path:
    """Join a folder and a relative name so that the result lies in the folder.

    All code that writes into a user's folder joins paths with this function, so no story, log or Twee file can write
    elsewhere. Raises OutsideFolder if a part of the name, between two `/`, is invalid, or if a symbolic link leads out.
    """
    for part in name.split("/"):
        if why := name_problem(part):
            raise OutsideFolder(name, why)
    path = folder / name
    # `realpath` and not `resolve`, which raises RuntimeError on a loop of links
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise OutsideFolder(name, f"leads out of {folder} by a link")
    return path


def name_problem(part: str) -> str:
    """Return why a text is not a valid name of a file or folder; "" if it is valid."""
    if part in ("", ".", ".."):
        return "leads out of its folder" if part == ".." else "is not a file's name"
    if _FORBIDDEN.search(part):
        return "holds a character that no file's name may hold"
    if part != part.rstrip(" ."):
        return "ends in a space or a dot, which some systems leave out"
    if _DEVICE.fullmatch(part):
        return "is the name of a device under Windows"
    if len(part.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return "is too long for a file's name"
    return ""
