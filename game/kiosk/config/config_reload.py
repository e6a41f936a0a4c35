"""A configuration whose file may change while the kiosk runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.kiosk.config.configuration import Config, config_errors
from game.kiosk.config.last_good_config import StartConfig
from game.yamlio.file_watcher import FileWatcher

AGAIN = 10.0  # seconds between two looks at a file that is wrong: it may name a folder that is mended by now


class ConfigReloader:
    """Reads the file again when it has changed, and now and then while it is wrong. `config` is the last one that was
    sound, with which it has `begun` or which came since; `wrong` is the first line of what is wrong with the file as it
    is now, or nothing.

    `read` reads a file, `clock` gives seconds, `tell` writes a line to the log.
    """

    def __init__(
        self,
        path: Path,
        begun: StartConfig,
        read: Callable[[Path], Config],
        clock: Callable[[], float],
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.config = begun.config
        self.wrong = next(iter(begun.wrong), "")
        self._path, self._read, self._tell, self._clock = path, read, tell, clock
        self._again, self._told = clock() + AGAIN, begun.wrong
        self._watch = FileWatcher(lambda: (path,), clock)
        for line in begun.wrong:
            tell(f"the last configuration that was sound is used: {line}")

    def changed(self) -> bool:
        """Whether `config` is another than before. To be asked between two visits; it may be asked at any time.

        A file that is wrong, or gone, changes nothing, and why is told once: whatever `read` fails with.
        """
        if not self._watch.changed() and not (self.wrong and self._clock() >= self._again):
            return False
        self._again = self._clock() + AGAIN
        try:
            new = self._read(self._path)
        except Exception as error:
            errors = config_errors(self._path, error)
            for line in errors.lines if errors.lines != self._told else ():
                self._tell(f"the configuration is kept as it was: {line}")
            self.wrong, self._told = errors.lines[0], errors.lines
            return False
        if self.wrong:
            self._tell("the configuration is sound again")
        before, self.config, self.wrong, self._told = self.config, new, "", ()
        return new != before
