"""The card of a reading: one page with the village as it was left, the role, the years, and one choice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from game.documents.journal.card_html import chosen_deed, render_card
from game.documents.journal.journal_builder import JournalBuilder, free_journal_path
from game.play import begin
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.scenery import village_picture
from tests.ui.stand_ins import wandered


def test_a_card_shows_the_village_and_one_choice(shipped: Story, words: Catalogue) -> None:
    """Picture with what it shows, title, role, years, the last choice that was answered; and nothing is fetched."""
    p = wandered(shipped, 2, "villager")[-1]
    picture, said = village_picture(p), chosen_deed(p)
    assert picture is not None and picture.scene == "village" and picture.params["year"] in (1960, 1962)
    assert said is not None and said[1].doors > 1 and said[1].answer is not None
    text = render_card(p, words, "", picture, "data:,village", "MIT")
    for part in (shipped.title, "Shen Guilan", "1958 to 1962", said[0], said[1].say, picture.alt, "data:,village"):
        assert part in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_card_of_a_reading_that_was_stopped_shows_where_it_stopped(shipped: Story, words: Catalogue) -> None:
    """Not the village of a film; and without a choice there is none on it."""
    p = begin(shipped, "villager").choose("continue")
    picture = village_picture(p)
    assert picture == p.page.picture
    assert chosen_deed(p) is None
    assert "blockquote" not in render_card(p.leave(), words, "", picture, "data:,", "MIT")


def test_a_card_is_written_beside_the_journal(shipped: Story, words: Catalogue, tmp_path: Path) -> None:
    """Under its own name, with one picture painted."""
    p = wandered(shipped, 2, "official")[-1]
    painted = []

    def paint(pictures):  # type: ignore[no-untyped-def]
        for one in pictures:
            painted.append(one)
            yield "data:,"

    builder = JournalBuilder(words, "", paint, lambda: date(2026, 3, 4))
    file = free_journal_path(p, builder.today(), tmp_path, "card")
    assert file.name == f"{shipped.pack}-official-card-2026-03-04.html"
    steps: list[tuple[int, int]] = []
    size = builder.write(p, file, lambda done, of: steps.append((done, of)), "card")
    assert size == len(file.read_bytes()) and steps == [(0, 1), (1, 1)]
    assert painted == [village_picture(p)]
