"""A kiosk that once ran runs again: a copy of the last configuration that it took up stands in for a file that is wrong
or gone when it is started."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from game.core.files import write_atomic
from game.core.values import frozen
from game.kiosk.config.configuration import Config, config_errors

Read = Callable[[Path, bool], Config]  # a file, and whether its folders are to be looked at; raises ConfigErrors


@frozen
class StartConfig:
    """What a kiosk begins with. `wrong`: what is wrong with the file, a line each, where the copy stands in for it;
    `text`: the file's, where that is sound."""

    config: Config
    wrong: tuple[str, ...] = ()
    text: str | None = None


def copy_path(file: Path, folder: Path) -> Path:
    """Where in `folder` the copy of a file is, whatever becomes of that file: by the name that it was given."""
    return folder / f"last-sound-{sha256(str(file.absolute()).encode()).hexdigest()[:16]}.yaml"


def start_config(file: Path, copy: Path, read: Read) -> StartConfig:
    """The configuration of a file, or else of its copy, whatever `read` fails with.

    That a folder cannot be written today is nothing against a copy: it ran once.

    Raises:
        ConfigErrors: of the file, where neither is sound.
    """
    text = _text(file)
    try:
        config = read(file, True)
    except Exception as error:
        errors = config_errors(file, error)
        try:
            return StartConfig(read(copy, False), errors.lines)
        except Exception:
            raise errors from errors.__cause__
    return StartConfig(
        config, text=text if text == _text(file) else None
    )  # one that changes just now is kept the next time


def keep_copy(text: str, copy: Path) -> None:
    """Keep what a kiosk has taken up, for this user alone: it may hold a password. Raises OSError."""
    if text != _text(copy):
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(copy, text, newline="", private=True)


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except (OSError, ValueError):
        return None
