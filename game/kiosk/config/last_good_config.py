"""A copy of the last valid configuration, which a kiosk starts with where the file is wrong or gone."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from game.core.files import write_atomic
from game.core.values import frozen
from game.kiosk.config.configuration import Config, config_errors

ReadConfig = Callable[[Path, bool], Config]  # a file, and whether to check its folders; raises ConfigErrors


@frozen
class StartConfig:
    """What a kiosk starts with. `errors`: of the file, a line each, where the copy is used in its place; `text`: the
    file's, where that is valid."""

    config: Config
    errors: tuple[str, ...] = ()
    text: str | None = None


def copy_path(file: Path, folder: Path) -> Path:
    """The path of a file's copy in `folder`, named by a hash of the file's absolute path."""
    return folder / f"last-sound-{sha256(str(file.absolute()).encode()).hexdigest()[:16]}.yaml"


def start_config(file: Path, copy: Path, read: ReadConfig) -> StartConfig:
    """The configuration of a file, or else of its copy, whatever `read` raises.

    The copy's folders are not checked: it worked once.

    Raises:
        ConfigErrors: of the file, where neither is valid.
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
    # a text that changed while it was read is saved the next time
    return StartConfig(config, text=text if text == _text(file) else None)


def save_copy(text: str, copy: Path) -> None:
    """Write the copy, readable by this user alone: it may hold a password. Raises OSError."""
    if text != _text(copy):
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(copy, text, newline="", private=True)


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except (OSError, ValueError):
        return None
