"""Journals made beside the frame: reading goes on while their pictures are painted."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from game.desktop.listeners import Listener
from game.play import Playthrough
from game.resources import assets_folder
from game.ui.i18n import Catalogue
from game.ui.intents import Intent, JournalFailed, JournalKept, JournalMade

if TYPE_CHECKING:
    from game.documents.journal.journal_builder import JournalBuilder


def journals_for(data_folder: Path) -> JournalWriter:
    """Journals that go into the user's documents, or, where there is no such folder, beside the saves."""
    import platformdirs

    from game.desktop.render.lazy_painter import lazy_data_uris

    documents = Path(platformdirs.user_documents_dir())
    folder = documents if documents.is_dir() else data_folder / "journals"

    def maker(words: Catalogue) -> JournalBuilder:
        from game.documents.journal.journal_builder import JournalBuilder  # a page is shown without it

        return JournalBuilder(words, _style(), lazy_data_uris, date.today)

    return JournalWriter(folder, maker)


def _style() -> str:
    return (assets_folder() / "journal" / "journal.css").read_text(encoding="utf-8")


class JournalWriter(Listener):
    """Writes one journal at a time into `folder`, and has news of it for the interface."""

    def __init__(self, folder: Path, maker: Callable[[Catalogue], JournalBuilder]) -> None:
        self._folder, self._maker = folder, maker
        self._news: queue.SimpleQueue[Intent] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None
        self._closed = False

    def keep(self, playthrough: Playthrough, words: Catalogue) -> None:
        """Begin to write the journal of a playthrough."""
        self._worker = threading.Thread(target=self._write, args=(playthrough, words), name="journal")
        self._worker.start()

    def poll(self) -> Intent | None:
        try:
            return self._news.get_nowait()
        except queue.Empty:
            return None

    def on_close(self) -> None:
        """The window is closed: what is not whole by now is given up."""
        self._closed = True
        if self._worker is not None:
            self._worker.join()

    def _write(self, playthrough: Playthrough, words: Catalogue) -> None:
        from game.documents.journal.journal_builder import free_journal_path

        try:
            maker = self._maker(words)
            file = free_journal_path(playthrough, maker.today(), self._folder)
            size = maker.write(playthrough, file, self._tell)
            self._news.put(JournalKept(str(file), size))
        except _GivenUpError:
            return
        except Exception as error:  # a thread's error would be heard by nobody, and the reading must go on
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self._news.put(JournalFailed(why))

    def _tell(self, done: int, of: int) -> None:
        if self._closed:
            raise _GivenUpError
        self._news.put(JournalMade(done, max(1, of)))


class _GivenUpError(Exception):
    """Nobody waits for the journal any more."""
