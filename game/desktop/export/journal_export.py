"""Journal export: writes a journal on a thread, while the reader goes on reading."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.paths import documents_folder
from game.desktop.listeners import Listener
from game.play import Playthrough
from game.resources import assets_folder
from game.ui.effects import DocumentKind
from game.ui.i18n import Catalogue
from game.ui.intents import Intent, JournalFailed, JournalProgress, JournalWritten

if TYPE_CHECKING:
    from game.documents.journal.journal_builder import JournalBuilder


def journals_for(data_folder: Path) -> JournalWriter:
    """Return the writer of journals into the user's documents folder or, without one, into `data_folder`/journals."""
    documents = documents_folder()
    folder = documents if documents.is_dir() else data_folder / "journals"

    def maker(words: Catalogue) -> JournalBuilder:
        from game.desktop.export.site_pictures import data_uris  # the first frame need not wait for the painter,
        from game.documents.journal.journal_builder import JournalBuilder  # nor for this

        styles = assets_folder() / "journal"
        style, card_style = ((styles / f"{name}.css").read_text(encoding="utf-8") for name in ("journal", "card"))
        return JournalBuilder(words, style, data_uris, date.today, card_style)

    return JournalWriter(folder, maker)


class JournalWriter(Listener):
    """Writes one document at a time into `folder`: a playthrough's journal, or its card (a picture and a choice).

    Reports its progress as intents. `maker` returns the builder of the documents, given the interface's words.
    """

    def __init__(self, folder: Path, maker: Callable[[Catalogue], JournalBuilder]) -> None:
        self._folder, self._maker = folder, maker
        self._news: queue.SimpleQueue[Intent] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None
        self._closed = False

    def keep(self, playthrough: Playthrough, words: Catalogue, document: DocumentKind = "journal") -> None:
        """Start a thread that writes a playthrough as a `document`: "journal" or "card"."""
        self._worker = threading.Thread(target=self._write, args=(playthrough, words, document), name="journal")
        self._worker.start()

    def poll(self) -> Intent | None:
        return None if self._news.empty() else self._news.get()

    def on_close(self) -> None:
        """Stop writing, and wait for the thread."""
        self._closed = True
        if self._worker is not None:
            self._worker.join()

    def _write(self, playthrough: Playthrough, words: Catalogue, document: DocumentKind) -> None:
        from game.documents.journal.journal_builder import free_journal_path  # the first frame need not wait for it

        try:
            maker = self._maker(words)
            file = free_journal_path(playthrough, maker.today(), self._folder, document)
            size = maker.write(playthrough, file, self._report, document)
            self._news.put(JournalWritten(str(file), size))
        except _GivenUpError:
            return
        except Exception as error:  # nobody else reports a thread's error, and the reader must be able to go on
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self._news.put(JournalFailed(why))

    def _report(self, done: int, of: int) -> None:
        if self._closed:
            raise _GivenUpError
        self._news.put(JournalProgress(done, max(1, of)))


class _GivenUpError(Exception):
    """Raised on the thread that writes the journal, if the window was closed."""
