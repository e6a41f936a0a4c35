"""Log file: the game's starts, ends and output, in files that rotate. It says nothing about visitors."""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

NAME = "kiosk.log"
SIZE, COUNT = 1_000_000, 5  # bytes of a file, and the number of older ones
GAME = "game"  # the logger of the game's output


class LogFile:
    """Logs to a file in `folder`. If the file cannot be written, it logs to `stderr`, and says so once."""

    def __init__(self, folder: Path, stderr: TextIO | None = None, size: int = SIZE, count: int = COUNT) -> None:
        stderr = stderr or sys.stderr
        handler: logging.Handler
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handler = _Rotating(folder / NAME, stderr, size, count)
        except OSError as error:
            handler = logging.StreamHandler(stderr)
            stderr.write(f"weight-of-grain: there is no log, and its lines stand here: {error}\n")
        handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(message)s"))
        self._handler = handler
        self.trouble = ""  # the last warning, with its local time in front
        # not from `getLogger`, whose loggers belong to the whole process
        self._kiosk, self._game = logging.Logger("kiosk"), logging.Logger(GAME)
        for logger in (self._kiosk, self._game):
            logger.addHandler(handler)

    def info(self, line: str) -> None:
        self._kiosk.info("%s", line)

    def warning(self, line: str) -> None:
        self.trouble = f"{datetime.now():%Y-%m-%d %H:%M} {line}"
        self._kiosk.warning("%s", line)

    def game(self, line: str) -> None:
        """Log a line of the game's output unchanged."""
        self._game.info("%s", line)

    def close(self) -> None:
        for logger in (self._kiosk, self._game):
            logger.removeHandler(self._handler)
        self._handler.close()


class _Rotating(RotatingFileHandler):
    """A log file that rotates. If a line cannot be written to the disk, writes it to stderr, and says why once."""

    def __init__(self, path: Path, stderr: TextIO, size: int, count: int) -> None:
        super().__init__(path, maxBytes=size, backupCount=count, encoding="utf-8", errors="replace")
        self._stderr = stderr
        self._reported = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        if not self._reported:
            self._reported = True
            self._stderr.write(f"weight-of-grain: the log takes no line, and it stands here: {sys.exc_info()[1]}\n")
        self._stderr.write(f"{self.format(record)}\n")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return record.getMessage() if record.name == GAME else super().format(record)
