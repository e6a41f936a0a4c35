"""Journal export: a thread writes it, and stops when the window closes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from game.desktop.export.journal_export import JournalWriter, journals_for
from game.documents.journal.journal_builder import JournalBuilder
from game.play import Playthrough, begin
from game.play.page import Picture
from game.story.model import Story
from game.ui.effects import DocumentKind
from game.ui.i18n import Catalogue
from game.ui.intents import JournalFailed, JournalProgress, JournalWritten
from tests.desktop.session_driver import Seat
from tests.real.screen import until

Report = Callable[[int, int], None]


class GatedPainter:
    """A painter that paints only as many pictures as the test allows."""

    def __init__(self) -> None:
        self.goes = threading.Event()

    def __call__(self, pictures: Iterable[Picture]) -> Iterator[str]:
        for _ in pictures:
            self.goes.wait(20)
            yield "data:,"


def journals(folder: Path, painter: Callable[[Iterable[Picture]], Iterator[str]]) -> JournalWriter:
    return JournalWriter(folder, lambda words: JournalBuilder(words, "", painter, lambda: date(2026, 3, 4)))


def news(made: JournalWriter, p: Playthrough, words: Catalogue) -> list[object]:
    """All that it reports while it writes."""
    made.keep(p, words)
    heard: list[object] = []
    while not (heard and isinstance(heard[-1], JournalWritten | JournalFailed)):
        heard.append(until(made.poll, 20, "news"))
    return heard


def test_journal_is_written_while_reading_goes_on(seat: Seat, mill: Story, tmp_path: Path) -> None:
    painter = GatedPainter()
    made = journals(tmp_path / "documents", painter)
    driver = seat(mill, role="miller", journals=made, listeners=[made])
    driver.press("begin:miller", "pause", "journal", "back", "back", "choice:continue")
    assert driver.entries == 1
    painter.goes.set()
    until(lambda: driver.session.poll_changes() and driver.where == "journal", 20, "the card")
    (file,) = (tmp_path / "documents").iterdir()
    assert file.name == f"{mill.pack}-miller-2026-03-04.html"
    assert any(file.name in node.label for node in driver.tree.children)


def test_progress_is_reported_for_each_picture(mill: Story, words: Catalogue, tmp_path: Path) -> None:
    painter = GatedPainter()
    painter.goes.set()
    made = journals(tmp_path, painter)
    *steps, last = news(made, begin(mill, "miller").choose("continue"), words)
    assert all(isinstance(step, JournalProgress) for step in steps)
    assert isinstance(last, JournalWritten)
    assert last.size == Path(last.file).stat().st_size
    made.on_close()


def test_a_journal_without_pictures_is_one_step(mill: Story, words: Catalogue, tmp_path: Path) -> None:
    """So that progress never divides by zero."""

    class Bare(JournalBuilder):
        def write(self, playthrough: Playthrough, file: Path, tell: Report, document: DocumentKind = "journal") -> int:
            tell(0, 0)
            return 0

    made = JournalWriter(tmp_path, lambda words: Bare(words, "", GatedPainter(), lambda: date(2026, 3, 4)))
    *steps, last = news(made, begin(mill, "miller"), words)
    assert steps == [JournalProgress(0, 1)]
    assert isinstance(last, JournalWritten)
    made.on_close()


def test_closing_the_window_leaves_no_partial_file(mill: Story, words: Catalogue, tmp_path: Path) -> None:
    """The window does not wait for the next picture."""
    painter = GatedPainter()
    made = journals(tmp_path, painter)
    made.keep(begin(mill, "miller"), words)
    threading.Timer(0.2, painter.goes.set).start()
    made.on_close()
    assert list(tmp_path.iterdir()) == []
    assert not isinstance(made.poll(), JournalWritten)


@pytest.mark.parametrize(
    ("trouble", "reason"), [(OSError(28, "No space left"), "No space left"), (ValueError("no scene"), "no scene")]
)
def test_errors_are_reported(mill: Story, words: Catalogue, tmp_path: Path, trouble: Exception, reason: str) -> None:
    def broken(pictures: Iterable[Picture]) -> Iterator[str]:
        raise trouble
        yield ""

    assert news(journals(tmp_path, broken), begin(mill, "miller"), words)[-1] == JournalFailed(reason)
    assert list(tmp_path.iterdir()) == []


def test_journal_goes_into_the_documents_folder(
    mill: Story, words: Catalogue, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: str(home / "papers"))
    for folder in (home / "data" / "journals", home / "papers"):
        last = news(journals_for(home / "data"), begin(mill, "miller"), words)[-1]
        assert isinstance(last, JournalWritten), last
        assert Path(last.file).parent == folder
        assert "data:image/jpeg" in Path(last.file).read_text(encoding="utf-8")
        (home / "papers").mkdir(exist_ok=True)
