"""Journal, teacher's pack and record of a class in a real browser: axe, narrow windows, spaced text, focus, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from game.classroom.record.class_record import class_record
from game.classroom.record.record_html import record_html
from game.classroom.record.record_wording import RecordWording
from game.cli import main
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


LESSON = 12  # pages before the appendix


@pytest.fixture(scope="module")
def pages(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page on A4, with single spaces."""
    folder = tmp_path_factory.mktemp("guide")
    html, pdf = folder / "guide.html", folder / "guide.pdf"
    assert main(["guide", str(html)]) == 0
    page = browser.new_page()
    page.goto(html.as_uri())
    page.pdf(path=str(pdf), format="A4", prefer_css_page_size=True)
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(pdf).pages]


def page_of(pages: list[str], text: str) -> int:
    """The number of the only page after the contents that has a text."""
    found = [number for number, said in enumerate(pages, 1) if number > 2 and text in said]
    assert len(found) == 1, (text, found)
    return found[0]


def test_a_lesson_has_twelve_pages(pages: list[str], shipped: Story) -> None:
    assert shipped.guide is not None
    first = next(part for part in shipped.guide.parts if part.appendix)
    assert pages[LESSON].lstrip("0123456789 ").startswith(first.title), pages[LESSON][:200]


def test_each_task_and_the_questionnaire_are_one_page_to_copy(pages: list[str], shipped: Story) -> None:
    desk = shipped.desk
    assert desk is not None and desk.questionnaire is not None
    for number, task in enumerate(desk.tasks.values(), 1):
        last = task.starters[-1].split(",")[0]
        sheet = next(said for said in pages if f"{number}. {task.title}" in said and task.ask[0][:30] in said)
        assert last in sheet, task.id
    first, *_, last_question = desk.questionnaire.questions
    assert page_of(pages, first.text) == page_of(pages, last_question.text)


def test_the_timeline_is_one_page_across(pages: list[str], shipped: Story) -> None:
    assert shipped.guide is not None
    part = next(part for part in shipped.guide.parts if part.timeline)
    assert part.timeline is not None
    whens = [date.when for date in part.timeline.dates]
    assert [part.title in said for said in pages if all(when in said for when in whens)] == [True]
