"""What the shipped story explains at the first mention: measures, the film, and deaths."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from game.play import begin
from game.play.page import Page
from game.story.model import Story
from tests.play.readers import page_text, read_by_chance, read_to_the_end

MEASURES = {"mu": r"\bmu\b", "jin": r"\bjin\b", "liang": r"\bliang\b", "li": r"\bli\b"}
READINGS = 60
FILM = "Communist China: The Great Leap Forward"


def readings(story: Story, role: str, first: str = "") -> Iterator[tuple[Page, ...]]:
    """The pages of random readings of the full cut, after a reading of the role `first`; always the same."""
    rng = random.Random(11)
    for _ in range(READINGS):
        earlier = read_to_the_end(begin(story, first, "full"), rng) if first else None
        yield read_by_chance(begin(story, role, "full", earlier), rng).pages


@pytest.mark.parametrize("role", ["villager", "official"])
def test_a_measure_has_a_card_on_the_first_page_that_uses_it(shipped: Story, role: str) -> None:
    """A reader who meets twelve jin can look up a jin there, not two dates later."""
    late = set()
    for pages in readings(shipped, role):
        for measure, pattern in MEASURES.items():
            first = next((page for page in pages if re.search(pattern, page_text(page))), None)
            if first is None:
                continue
            marked = {span.target for paragraph in first.paragraphs for span in paragraph.spans if span.kind == "term"}
            if measure not in marked:
                late.add((measure, first.node))
    assert late == set()


@pytest.mark.parametrize("role", ["villager", "official"])
def test_the_film_is_named_before_it_speaks(shipped: Story, role: str) -> None:
    """The first line that names it says what it is, and the story's own page has its title."""
    assert any(FILM in paragraph for paragraph in shipped.about)
    for pages in readings(shipped, role):
        named = [text for page in pages for line in page.lines for text in line.text if "film" in text]
        assert "the film that this story rests on" in named[0]


@pytest.mark.parametrize(("role", "first"), [("villager", "official"), ("official", "")])
def test_the_cook_s_death_stands_on_a_page_of_both_roles(shipped: Story, role: str, first: str) -> None:
    """In a plain sentence with time and cause, unless she lived or the narrator had left."""
    checked = 0
    for pages in readings(shipped, role, first):
        whole = "\n".join(map(page_text, pages))
        if "I went under it, in the water" in whole or "Xiu’e was scraping out the pot." in whole:
            continue
        if role == "villager" and "In April 1960 we were hungry still." in whole:  # in his reading she lived
            continue
        cook = [page for page in pages if re.search(r"(Xiu’e|cook)[^.]* died\b|She (had )?died", page_text(page))]
        assert any("February" in page_text(page) and "of hunger" in page_text(page) for page in cook), [
            p.node for p in pages
        ]
        checked += 1
    assert checked


def test_the_cook_s_death_stands_on_no_page_of_hers_before_his_were_read(shipped: Story) -> None:
    """In his reading she may live, so an earlier villager's page must not say otherwise."""
    for pages in readings(shipped, "villager"):
        assert not re.search(r"(Xiu’e|cook)[^.]*(died|of hunger|fifty)", "\n".join(map(page_text, pages)))
