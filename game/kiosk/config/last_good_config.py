"""Last good configuration: a kiosk keeps it while its file is invalid or missing, and starts with a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from game.core.files import write_atomic
from game.core.values import frozen
from game.kiosk.config.configuration import Config, config_errors
from game.yamlio.file_watcher import FileWatcher

RETRY = 10.0  # seconds between two reads of an invalid file: a folder that it names may work by then
ReadConfig = Callable[[Path, bool], Config]  # takes a file, and whether to check its folders; raises ConfigErrors


@frozen
class StartConfig:
    """The configuration with which a kiosk starts."""

    config: Config
    errors: tuple[str, ...] = ()  # what is wrong with the file, a line each, if the copy is used instead
    text: str | None = None  # the file's; None if the copy is used, or if the file changed while it was read


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


class ConfigReloader:
    """Reads the configuration again when its file has changed, and every few seconds while the file is invalid.

    `config` is the last valid configuration. `error` is the first line of what is wrong with the file now, or "".
    """

    def __init__(
        self,
        path: Path,
        start: StartConfig,
        read: Callable[[Path], Config],
        clock: Callable[[], float],
        log: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.config = start.config
        self.error = next(iter(start.errors), "")
        self._path, self._read, self._log, self._clock = path, read, log, clock
        self._retry_at, self._logged = clock() + RETRY, start.errors
        self._watch = FileWatcher(lambda: (path,), clock)
        for line in start.errors:
            log(f"the last configuration that was sound is used: {line}")

    def reload(self) -> bool:
        """Read the file if it has changed, or if it was invalid and is due for another try. Return whether `config` has
        changed. If reading raises anything, keep `config` and log the reason once. Call this between two visits."""
        if not self._watch.changed() and not (self.error and self._clock() >= self._retry_at):
            return False
        self._retry_at = self._clock() + RETRY
        try:
            new = self._read(self._path)
        except Exception as error:
            errors = config_errors(self._path, error)
            for line in errors.lines if errors.lines != self._logged else ():
                self._log(f"the configuration is kept as it was: {line}")
            self.error, self._logged = errors.lines[0], errors.lines
            return False
        if self.error:
            self._log("the configuration is sound again")
        before, self.config, self.error, self._logged = self.config, new, "", ()
        return new != before


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except (OSError, ValueError):
        return None
