"""The shipped story in its translations."""

from __future__ import annotations

import random
import re

import pytest

from game.play import Playthrough, begin, debrief
from game.resources import story_folder
from game.story import Story, check, languages, load
from tests.play.readers import read_to_the_end

LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module", params=languages(story_folder()))
def translated(request: pytest.FixtureRequest) -> Story:
    return load(story_folder(), language=request.param)


def said(p: Playthrough) -> list[str]:
    """All texts that a page shows its reader."""
    page = p.page
    paragraphs = [*page.paragraphs, *page.brief, *(shown for summary in page.told for shown in summary.paragraphs)]
    texts = [text for paragraph in paragraphs for text in (paragraph.text, paragraph.by)]
    texts += [page.title, page.when, page.place, page.discuss, page.picture.alt if page.picture else None]
    texts += [text for summary in page.told for text in (summary.title, summary.when)]
    texts += [option.say for option in page.choices]
    for change in page.changes:
        facts = [p.story.facts[name] for name in change.facts if name in p.story.facts]
        texts += [text for fact in facts for text in (fact.text, fact.speaker, fact.date, fact.caution)]
    return [text for text in texts if text]


def test_a_translation_has_no_finding(translated: Story) -> None:
    assert list(check(story_folder(), translated.language)[1]) == []


def test_what_a_museum_shows_is_whole(translated: Story) -> None:
    assert translated.original_in(translated.cuts["kiosk"]) is None


def test_a_visitor_reads_one_language(translated: Story) -> None:
    if not translated.language.startswith("zh"):
        pytest.fail("say here how a text of this language is distinguished from a text of the original's")
    for role in translated.roles:
        for seed in range(60):
            p = read_to_the_end(begin(translated, role, "kiosk"), random.Random(seed))
            texts = [text for at in p.history for text in said(at)]
            texts += [text for section in debrief(p) for text in (section.title, *section.paragraphs)]
            assert not [text for text in texts if LATIN.search(text)]
