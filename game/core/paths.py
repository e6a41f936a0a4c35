"""Where this program keeps what belongs to its user. Each raises NoHome where there is no such place."""

from __future__ import annotations

import errno
from pathlib import Path

NAME = "weight-of-grain"


class NoHome(OSError):
    """This program runs for somebody without a home: with no HOME, and no account that has one."""

    def __init__(self) -> None:
        super().__init__(errno.ENOENT, "there is no home folder to keep anything in: set HOME to a folder")


def _own(kind: str) -> Path:
    """A folder of the user's. Raises NoHome, where a folder called `~` would be made otherwise."""
    import platformdirs  # here, since it takes 14 ms, and most commands begin without it

    try:
        folder = Path(getattr(platformdirs, f"user_{kind}_dir")(NAME, appauthor=False))
    except RuntimeError:
        raise NoHome from None
    if folder.parts[:1] == ("~",):  # what older versions of the library give
        raise NoHome
    return folder


def data_folder() -> Path:
    """What is the user's own and no other program's."""
    return _own("data")


def saves_folder(pack: str) -> Path:
    """The saves of one story: two stories never take each other's."""
    return data_folder() / "saves" / pack


def classes_folder() -> Path:
    """The logs of classes and their records, of every story."""
    return data_folder() / "classes"


def cache_folder() -> Path:
    """What can be made again at any time."""
    return _own("cache")


def kiosk_folder() -> Path:
    """What a kiosk counts and tells of itself."""
    return data_folder() / "kiosk"


def kiosk_state_folder() -> Path:
    """What a kiosk keeps from one start to the next, wherever its configuration puts all else."""
    return _own("state") / "kiosk"


def kiosk_logs_folder() -> Path:
    """What a kiosk writes of its running."""
    return _own("log") / "kiosk"


def kiosk_file() -> Path:
    """Where a kiosk's configuration is looked for."""
    return _own("config") / "kiosk.yaml"
