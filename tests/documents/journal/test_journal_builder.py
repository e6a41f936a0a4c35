"""A journal is written whole or not at all, under a free name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from game.documents.journal import illustrations
from game.documents.journal.journal_builder import JournalBuilder, chosen_deed, free_journal_path, render_card
from game.play import Playthrough, begin
from game.play.page import Picture
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.scenery import village_picture
from tests.ui.stand_ins import wandered


def test_writing_reports_progress_and_returns_the_size(maker: JournalBuilder, way: Playthrough, tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    file = tmp_path / "new" / "journal.html"
    size = maker.write(way, file, lambda done, of: reports.append((done, of)))
    number = len(illustrations(way))
    assert number > 10
    assert reports == [(done, number) for done in range(number + 1)]
    assert size == file.stat().st_size


def test_a_failing_painter_leaves_no_file(maker: JournalBuilder, way: Playthrough, tmp_path: Path) -> None:
    (tmp_path / "journal.html").write_text("before")

    def broken(pictures: Iterable[Picture]) -> Iterator[str]:
        yield "data:,"
        raise OSError(28, "no room")

    with pytest.raises(OSError, match="no room"):
        replace(maker, paint_uris=broken).write(way, tmp_path / "journal.html", lambda done, of: None)
    assert [file.name for file in tmp_path.iterdir()] == ["journal.html"]
    assert (tmp_path / "journal.html").read_text() == "before"


def test_each_journal_has_a_free_name(way: Playthrough, tmp_path: Path) -> None:
    day = date(2026, 3, 4)
    first = free_journal_path(way, day, tmp_path)
    assert first.name == "weight-of-grain-official-2026-03-04.html"
    first.touch()
    assert free_journal_path(way, day, tmp_path).name == "weight-of-grain-official-2026-03-04-2.html"


def test_a_card_shows_the_village_and_one_choice(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 2, "villager")[-1]
    picture, deed = village_picture(p), chosen_deed(p)
    assert picture is not None and picture.scene == "village" and picture.params["year"] in (1960, 1962)
    assert deed is not None and deed[1].doors > 1 and deed[1].answer is not None
    text = render_card(p, words, "", picture, "data:,village")
    for part in (shipped.title, "Shen Guilan", "1958 to 1962", deed[0], deed[1].say, picture.alt, "data:,village"):
        assert part in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_card_of_a_stopped_playthrough_shows_its_last_page(shipped: Story, words: Catalogue) -> None:
    p = begin(shipped, "villager").choose("continue")
    picture = village_picture(p)
    assert picture == p.page.picture
    assert chosen_deed(p) is None
    assert "blockquote" not in render_card(p.leave(), words, "", picture, "data:,")


def test_a_card_is_written_beside_the_journal(shipped: Story, words: Catalogue, tmp_path: Path) -> None:
    p = wandered(shipped, 2, "official")[-1]
    painted = []

    def paint(pictures):  # type: ignore[no-untyped-def]
        for picture in pictures:
            painted.append(picture)
            yield "data:,"

    builder = JournalBuilder(words, "", paint, lambda: date(2026, 3, 4))
    file = free_journal_path(p, builder.today(), tmp_path, "card")
    assert file.name == f"{shipped.pack}-official-card-2026-03-04.html"
    steps: list[tuple[int, int]] = []
    size = builder.write(p, file, lambda done, of: steps.append((done, of)), "card")
    assert size == len(file.read_bytes()) and steps == [(0, 1), (1, 1)]
    assert painted == [village_picture(p)]
