"""The teacher's pack as a browser prints it: twelve pages for the lesson, and each sheet on one page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from game.cli import main
from game.story.model import Story

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
