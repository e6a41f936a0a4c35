"""The talk in the journal: everything of it stands there once the reading is over, and nothing before."""

from __future__ import annotations

from datetime import date

from game.documents.journal.journal_html import render_journal
from game.play import Playthrough, debrief
from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.ui.stand_ins import wandered


def journal(p: Playthrough, words: Catalogue) -> str:
    return render_journal(p, words, "", {}, date(2026, 3, 4), "MIT").replace("&amp;", "&")


def test_all_of_the_talk_stands_in_the_journal(shipped: Story, words: Catalogue) -> None:
    """Each heading and text of a part that no other section has, its lines, and the task with our answers."""
    p = wandered(shipped, 2, "villager")[-1]
    text = journal(p, words)
    fills = {part.id: part.fill for part in shipped.debrief}
    for section in debrief(p):
        for item in section.items:
            assert item.text in text, (section.id, item)
        if fills[section.id] not in ("path", "weighings", "people", "facts"):
            assert f"<h2>{section.title}</h2>" in text
            assert all(one in text for one in (*section.paragraphs, *section.after))
        if section.placing is not None:
            assert all(one.text in text and one.why in text for one in section.placing.decisions)


def test_a_reading_that_goes_on_has_no_talk_yet(shipped: Story, words: Catalogue) -> None:
    """Nobody is told before the end how many died, or where it was decided."""
    text = journal(wandered(shipped, 2, "villager")[6], words)
    assert not any(f"<h2>{part.title}</h2>" in text for part in shipped.debrief if part.fill is None)
