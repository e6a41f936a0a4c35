"""Sends what was counted to the museum's database, on a thread of its own that no visit ever waits for.

SQLAlchemy and its driver are the optional dependencies `weight-of-grain[museum]`; they are imported on that thread.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from game.kiosk.counts_file import Unusable
from game.kiosk.outbox import Outbox

if TYPE_CHECKING:
    from sqlalchemy import Engine

EVERY = 60.0  # seconds between two looks for something to send
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0  # seconds after a failure; twice as long after each
FAREWELL = 0.8  # seconds in which the thread may finish what it is doing


class Sender:
    """Sends the counts of one file to one address under the kiosk's name; `tell` hears a line when that becomes
    impossible, and when it goes again, on the sender's thread. Whatever goes wrong, nothing is raised and no count is
    lost: they stay in the file. `every`, `first` and `longest` are seconds."""

    def __init__(
        self,
        path: Path,
        pack: str,
        address: str,
        name: str,
        tell: Callable[[str], None],
        *,
        every: float = EVERY,
        first: float = FIRST_PAUSE,
        longest: float = LONGEST_PAUSE,
    ) -> None:
        self.trouble = ""
        self._path, self._pack, self._address, self._name, self._tell = path, pack, address, name, tell
        self._every, self._first, self._longest = every, first, longest
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="kiosk-sender", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> bool:
        """Stop within a second; a network that does not answer is left behind. Whether the thread has ended."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(FAREWELL)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            from game.kiosk import museum

            database = museum.engine(self._address)
            shown = museum.shown(self._address)
        except ImportError as error:
            return self._says(f"counts are not sent, for want of weight-of-grain[museum]: {one_line(error)}")
        except ValueError as error:
            return self._says(f"counts are not sent: {error}")
        pause = self._first
        while not self._stopping.is_set():
            problem = self._attempt(database)
            self._says(f"{shown} takes no counts: {problem}; they are kept here until it does" if problem else "")
            self._stopping.wait(pause if problem else self._every)
            pause = min(2 * pause, self._longest) if problem else self._first
        return None

    def _attempt(self, database: Engine) -> str:
        """Send all that there is. What went wrong, in one line; nothing where all was sent."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            send(self._path, self._pack, database, self._name, self._tell, self._stopping.is_set)
        except SQLAlchemyError as error:
            return one_line(getattr(error, "orig", None) or error)
        except (Unusable, OSError, sqlite3.Error) as error:
            return one_line(error)
        return ""

    def _says(self, trouble: str) -> None:
        """Tell when a trouble begins and when it ends, not how it changes its words."""
        if bool(trouble) != bool(self.trouble):
            self._tell(trouble or "the museum's database takes counts again")
        self.trouble = trouble


def send(
    path: Path,
    pack: str,
    database: Engine,
    name: str,
    tell: Callable[[str], None] = lambda line: None,
    stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Send batch after batch until nothing is left, or somebody wants it to stop.

    Raises what SQLAlchemy raises where the database does not take a batch, which then is sent again the next time, and
    what `Outbox` raises.
    """
    from game.kiosk import museum

    with closing(Outbox(path, pack)) as outbox:
        batch = outbox.next()
        if batch is not None:
            museum.make_tables(database)
        while batch is not None and not stopping():
            try:
                museum.take(database, batch, name)
            except museum.OtherFile as error:
                tell(f"{error}: one of them is a copy; this one goes on under an id of its own")
                outbox.renew(batch)
            else:
                outbox.acknowledge(batch)
            batch = outbox.next()


def one_line(error: BaseException) -> str:
    """The first line of what an error says: drivers add the statement, and advice."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
