"""Names of files below a folder: none leads out of it, and each is a file's name on every system."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

LONGEST = 255  # bytes of one name, on every file system that is common
# Windows opens a device by these names, in whichever folder and with whichever ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:[.:].*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


class OutsideFolder(OSError):
    """A name that leads out of its folder, or is no file's name somewhere; `strerror` says which."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(errno.EPERM, f"`{name}` {why}", name)


def inside(folder: Path, name: str) -> Path:
    """The path of a file below a folder, by its name there with `/` between the parts.

    Whoever writes files into a folder that somebody named asks here for each path: then nothing that a story, a log or
    a Twee file says can lead elsewhere. Raises OutsideFolder, also where a link that stands there leads elsewhere.
    """
    for part in name.split("/"):
        if why := wrong_with(part):
            raise OutsideFolder(name, why)
    path = folder / name
    # `realpath` and not `resolve`, which raises another kind of error where links go round in a circle
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise OutsideFolder(name, f"leads out of {folder} by a link")
    return path


def wrong_with(part: str) -> str:
    """Why a text is no name of a file or folder; nothing where it is one."""
    if part in ("", ".", ".."):
        return "leads out of its folder" if part == ".." else "is no file's name"
    if _FORBIDDEN.search(part):
        return "holds a character that no file's name may hold"
    if part != part.rstrip(" ."):
        return "ends in a space or a dot, which some systems leave out"
    if _DEVICE.fullmatch(part):
        return "is the name of a device under Windows"
    if len(part.encode("utf-8", "surrogatepass")) > LONGEST:
        return "is too long for a file's name"
    return ""
