"""Sends what was counted to the museum's database, on a thread of its own that no visit ever waits for.

SQLAlchemy and its driver are the optional dependencies `weight-of-grain[museum]`; they are imported on that thread,
a while after its start: a third of a second of work would keep the first frame waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from game.kiosk.counts.counts_db import UnusableCounts
from game.kiosk.counts.outbox import Outbox

if TYPE_CHECKING:
    from sqlalchemy import Engine

EVERY = 60.0  # seconds between two looks for something to send
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0  # seconds after a failure; twice as long after each
SETTLED = 10.0  # seconds after which a kiosk that was started has its first frame, and nothing else to do
FAREWELL = 0.8  # seconds in which the thread may finish what it is doing


class Uploader:
    """Sends the counts of one file to one address under the kiosk's name; `tell` hears a line when that becomes
    impossible, and when it goes again, on the sender's thread; `damaged` is called there where the file turns out to
    be. Whatever goes wrong, nothing is raised and no count is lost: they stay in the file. `every`, `first`, `longest`
    and `after`, until which nothing is done, are seconds."""

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
        after: float = 0.0,
        damaged: Callable[[], None] = lambda: None,
    ) -> None:
        self.trouble = ""
        self._path, self._pack, self._address, self._name, self._tell = path, pack, address, name, tell
        self._every, self._first, self._longest, self._after = every, first, longest, after
        self._damaged = damaged
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
        if self._stopping.wait(self._after):
            return None
        try:
            from game.kiosk.counts import postgres

            database = postgres.engine(self._address)
            shown = postgres.shown(self._address)
        except ImportError as error:
            return self._says(f"counts are not sent, for want of weight-of-grain[museum]: {one_line(error)}")
        except ValueError as error:
            return self._says(f"counts are not sent: {error}")
        pause, more, made = self._first, False, False
        while not self._stopping.is_set():
            try:
                if not made:
                    postgres.make_tables(database)
                more = send_next(self._path, self._pack, database, self._name, self._tell)
            except Exception as error:  # there is nobody to raise it to, and sending goes on
                if isinstance(error, UnusableCounts):
                    self._damaged()
                self._says(f"counts are not sent to {shown}: {one_line(error)}; they are kept here until they are")
                made = False  # it may be another database by the time that it answers
                self._stopping.wait(pause)
                pause = min(2 * pause, self._longest)
            else:
                self._says("")
                made, pause = True, self._first
                self._stopping.wait(0 if more else self._every)
        return None

    def _says(self, trouble: str) -> None:
        """Tell when a trouble begins and when it ends, not how it changes its words."""
        if bool(trouble) != bool(self.trouble):
            self._tell(trouble or "counts are sent again")
        self.trouble = trouble


def send_next(path: Path, pack: str, database: Engine, name: str, tell: Callable[[str], None]) -> bool:
    """Send a batch of what was counted in a file. Whether there was one.

    Raises whatever SQLAlchemy and its driver raise where the database does not take it: then it is the next one again;
    and what `Outbox` raises.
    """
    from game.kiosk.counts import postgres

    with closing(Outbox(path, pack)) as outbox:
        batch = outbox.next()
        if batch is None:
            return False
        try:
            postgres.take(database, batch, name)
        except postgres.DuplicateFile as error:
            tell(f"{error}: one of them is a copy; this one goes on under an id of its own")
            outbox.renew(batch)
        else:
            outbox.acknowledge(batch)
        return True


def one_line(error: BaseException) -> str:
    """The first line of what an error says: drivers add the statement, and advice."""
    said = str(getattr(error, "orig", None) or error).strip()
    return (said or type(error).__name__).splitlines()[0]
