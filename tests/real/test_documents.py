"""Journal, teacher's pack and record of a class in a real browser: axe, narrow windows, spaced text, focus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser

from game.classroom.record.class_record import class_record
from game.classroom.record.record_html import record_html
from game.classroom.record.record_wording import RecordWording
from game.documents.guide import ReadingTime, render_guide
from game.documents.journal import illustrations, render_journal
from game.play import begin
from game.resources import assets_folder
from game.story import Story
from game.ui.i18n import Catalogue
from tests.classroom.logged_class import LoggedClass
from tests.play.readers import read_to_the_end
from tests.real import access_probes as probes
from tests.real import phones

# The pack's wide tables scroll sideways within a narrow window. Chromium lets the keyboard scroll them; axe asks for
# more, as ACCESSIBILITY.md says.
NARROW = {**phones.RULES, "rules": {"scrollable-region-focusable": {"enabled": False}}}
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def style(*names: str) -> str:
    return "\n".join((assets_folder() / name).read_text(encoding="utf-8") for name in names)


def journal(story: Story, words: Catalogue) -> str:
    """Both doors, read to their ends."""
    first = read_to_the_end(begin(story, "villager"), Random(1))
    p = read_to_the_end(begin(story, "official", earlier=first), Random(2))
    return render_journal(
        p, words, style("journal/journal.css"), dict.fromkeys(illustrations(p), DOT), date(2026, 3, 4)
    )


def guide(story: Story, words: Catalogue) -> str:
    """With made-up reading times, because measuring takes ten seconds."""
    lengths = tuple(
        ReadingTime(cut, role, 5, (10, 30), (1500, 3000), counted=True) for cut in story.cuts for role in story.roles
    )
    return render_guide(story, words, style("guide/guide.css"), lengths)


def record(story: Story, words: Catalogue) -> str:
    logged = LoggedClass(story)
    logged.run_at_random(Random(3), [f"seat{n:017x}" for n in range(9)])
    wording = RecordWording(class_record(story, logged.log), words, lambda at: datetime.fromtimestamp(at, UTC))
    return record_html(wording, style("guide/guide.css", "classroom/record.css"))


@pytest.mark.parametrize("document", [journal, guide, record])
def test_a_document_is_accessible(
    browser: Browser, shipped: Story, words: Catalogue, tmp_path: Path, document: Callable[[Story, Catalogue], str]
) -> None:
    file = tmp_path / "document.html"
    file.write_text(document(shipped, words), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.title()
    assert page.get_attribute("html", "lang") == "en"
    for width, rules in ((1280, phones.RULES), (320, NARROW)):
        page.set_viewport_size({"width": width, "height": 800})
        found = phones.AXE.run(page, options=rules)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert probes.cut_off_when_spaced(page) == []
    if page.locator("a[href]").count():
        page.keyboard.press("Tab")
        focus = page.evaluate(probes.FOCUS)
        assert focus["ring"] >= probes.LEAST_RING and focus["seen"], focus
    context.close()
