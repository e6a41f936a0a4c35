"""Last good configuration: a copy of the last valid file. A kiosk starts with it if its file is invalid or missing."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from game.core.files import write_atomic
from game.core.values import frozen
from game.kiosk.config.configuration import Config, config_errors

ReadConfig = Callable[[Path, bool], Config]  # takes a file, and whether to check its folders; raises ConfigErrors


@frozen
class StartConfig:
    """The configuration with which a kiosk starts."""

    config: Config
    errors: tuple[str, ...] = ()  # what is wrong with the file, a line each, if the copy is used instead
    text: str | None = None  # the content of a valid file


def copy_path(file: Path, folder: Path) -> Path:
    """Return the path of a file's copy in `folder`. Its name is a hash of the file's absolute path."""
    return folder / f"last-sound-{sha256(str(file.absolute()).encode()).hexdigest()[:16]}.yaml"


def start_config(file: Path, copy: Path, read: ReadConfig) -> StartConfig:
    """Read the configuration from the file. If `read` raises anything, read it from the copy, without a check of the
    folders, because they worked once. If the copy is invalid too, raise ConfigErrors with what is wrong with the
    file."""
    text = _text(file)
    try:
        config = read(file, True)
    except Exception as error:
        errors = config_errors(file, error)
        try:
            return StartConfig(read(copy, False), errors.lines)
        except Exception:
            raise errors from errors.__cause__
    # a text that changed while it was read is saved at the next start
    return StartConfig(config, text=text if text == _text(file) else None)


def save_copy(text: str, copy: Path) -> None:
    """Write the copy, readable for this user alone, because it may hold a password. Raises OSError if it cannot be
    written."""
    if text != _text(copy):
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(copy, text.encode(), private=True)


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except (OSError, ValueError):
        return None
