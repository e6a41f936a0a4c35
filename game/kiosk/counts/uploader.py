"""Uploader: sends counts to the museum's database, on a thread of its own, so that no visit waits.

SQLAlchemy and its driver are the optional dependencies `weight-of-grain[museum]`. The thread imports them a while after
its start: that takes a third of a second, which would delay the first frame.
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

INTERVAL = 60.0  # seconds between two uploads
FIRST_BACKOFF, LONGEST_BACKOFF = 5.0, 600.0  # seconds after a first failure, doubled after each, up to the second
START_DELAY = 10.0  # seconds; by then a kiosk has drawn its first frame and is idle
STOP_TIMEOUT = 0.8  # seconds that the thread gets to finish


class Uploader:
    """Sends the counts of one file to one database. Errors are logged, never raised. Unsent counts stay in the file.

    The `address` holds the password. `name` is the kiosk's name in the museum's tables. On the uploader's thread, `log`
    gets a line when sending fails and when it works again, and `on_damage` is called if the file is damaged.
    """

    def __init__(
        self,
        path: Path,
        pack: str,
        address: str,
        name: str,
        log: Callable[[str], None],
        on_damage: Callable[[], None] = lambda: None,
    ) -> None:
        self.trouble = ""  # why counts cannot be sent now
        self._path, self._pack, self._address, self._name = path, pack, address, name
        self._log, self._on_damage = log, on_damage
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kiosk-sender", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> bool:
        """Stop within a second, even if the network does not answer. Return whether the thread has ended."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(STOP_TIMEOUT)
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._stopping.wait(START_DELAY):
            return None
        try:
            from game.kiosk.counts import postgres  # it is optional and takes a third of a second: see above

            database = postgres.engine_for(self._address)
            shown = postgres.without_password(self._address)
        except ImportError as error:
            return self._report(f"counts are not sent, for want of weight-of-grain[museum]: {one_line(error)}")
        except ValueError as error:
            return self._report(f"counts are not sent: {error}")
        backoff, more, has_tables = FIRST_BACKOFF, False, False
        while not self._stopping.is_set():
            try:
                if not has_tables:
                    postgres.make_tables(database)
                more = send_next(self._path, self._pack, database, self._name, self._log)
            except Exception as error:  # nothing else could handle it, and sending goes on
                if isinstance(error, UnusableCounts):
                    self._on_damage()
                self._report(f"counts are not sent to {shown}: {one_line(error)}; they are kept here until they are")
                has_tables = False  # the next answer may come from another database
                self._stopping.wait(backoff)
                backoff = min(2 * backoff, LONGEST_BACKOFF)
            else:
                self._report("")
                has_tables, backoff = True, FIRST_BACKOFF
                self._stopping.wait(0 if more else INTERVAL)
        return None

    def _report(self, trouble: str) -> None:
        """Log `trouble` when sending begins to fail. When `trouble` is "" again, log that sending works."""
        if bool(trouble) != bool(self.trouble):
            self._log(trouble or "counts are sent again")
        self.trouble = trouble


def send_next(path: Path, pack: str, database: Engine, name: str, log: Callable[[str], None]) -> bool:
    """Send the next batch of a file. Return whether there was a batch. Errors of SQLAlchemy, its driver and `Outbox`
    are raised. The next call sends a batch again that the database did not take."""
    from game.kiosk.counts import postgres  # imported late: it is an optional dependency

    with closing(Outbox(path, pack)) as outbox:
        batch = outbox.next_batch()
        if batch is None:
            return False
        try:
            postgres.upsert_batch(database, batch, name)
        except postgres.DuplicateFile as error:
            log(f"{error}: one of them is a copy; this one goes on under an id of its own")
            outbox.assign_new_id(batch)
        else:
            outbox.acknowledge(batch)
        return True


def one_line(error: BaseException) -> str:
    """Return the first line of an error's message, without the SQL statement and the advice that SQLAlchemy adds."""
    message = str(getattr(error, "orig", None) or error).strip()
    return (message or type(error).__name__).splitlines()[0]
