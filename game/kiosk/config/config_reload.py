"""Configuration reload: reads the configuration again when its file changes while the kiosk runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.kiosk.config.configuration import Config, config_errors
from game.kiosk.config.last_good_config import StartConfig
from game.yamlio.file_watcher import FileWatcher

RETRY = 10.0  # seconds between two reads of an invalid file: a folder that it names may work by then


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
