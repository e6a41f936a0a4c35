"""The user's folders for this program, by the platform's conventions. Each function may raise NoHome."""

from __future__ import annotations

import errno
from pathlib import Path

NAME = "weight-of-grain"


class NoHome(OSError):
    """Raised when the user has no home folder: neither HOME nor the account names one."""

    def __init__(self) -> None:
        super().__init__(errno.ENOENT, "there is no home folder to keep anything in: set HOME to a folder")


def _own(kind: str) -> Path:
    """Return the user's folder of a kind, which is `data`, `cache`, `state`, `log` or `config`. Raises NoHome."""
    import platformdirs  # at 14 ms too slow for commands that do not need it

    try:
        folder = Path(getattr(platformdirs, f"user_{kind}_dir")(NAME, appauthor=False))
    except RuntimeError:
        raise NoHome from None
    if folder.parts[:1] == ("~",):  # older versions of the library return it unexpanded
        raise NoHome
    return folder


def data_folder() -> Path:
    """Return the folder of the user's data: saves, classes, a kiosk's counts."""
    return _own("data")


def saves_folder(pack: str) -> Path:
    """Return the folder of one story's saves. `pack` is the id of the story's pack."""
    return data_folder() / "saves" / pack


def classes_folder() -> Path:
    """Return the folder with the class logs and records of all stories."""
    return data_folder() / "classes"


def documents_folder() -> Path:
    """Return the user's documents folder."""
    import platformdirs

    try:
        return Path(platformdirs.user_documents_dir())
    except RuntimeError:
        raise NoHome from None


def cache_folder() -> Path:
    """Return the folder of files that can be made again at any time."""
    return _own("cache")


def kiosk_folder() -> Path:
    """Return the folder of a kiosk's counts and health file."""
    return data_folder() / "kiosk"


def kiosk_state_folder() -> Path:
    """Return the folder of the state that a kiosk keeps between starts. The configuration cannot move it."""
    return _own("state") / "kiosk"


def kiosk_logs_folder() -> Path:
    """Return the folder of a kiosk's logs."""
    return _own("log") / "kiosk"


def kiosk_file() -> Path:
    """Return the default path of a kiosk's configuration."""
    return _own("config") / "kiosk.yaml"
