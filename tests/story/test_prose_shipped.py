"""The shipped story against the budgets and the counts of rule 7 in `writing.md`, over random readings, and against the
film's own sentences."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

import pytest

from game.play import begin
from game.play.page import Page
from game.resources import story_folder
from game.story.model import Story
from game.yamlio.reader import Document, read_file
from tests.play.readers import read_by_chance
from tests.story.film_runs import known, runs
from tests.story.texts import places

READINGS = 120
OUTSIDE = "outside"  # the group of people in the capital and the city
KIN = "family"
SHORT = 8  # a last line with at most so many words is short
LONG = 25  # a sentence with more words is long
SENTENCE = re.compile(r"(?<=[.!?])[”\"’]?\s+")
SIMILE = re.compile(r"\bas you (?!are\b)[^.,;]*")


@dataclass
class Counts:
    """What a role's readings show, by page (its node's id)."""

    words: dict[str, int] = field(default_factory=dict)
    """The most words of a page, with its deeds and reasons."""
    choices: dict[str, int] = field(default_factory=dict)
    """The number of choices then."""
    short_endings: set[str] = field(default_factory=set)
    similes: set[str] = field(default_factory=set)
    long_sentences: set[str] = field(default_factory=set)
    new_names: dict[str, frozenset[str]] = field(default_factory=dict)
    """The people whom no earlier page of the reading named, at their most."""


def _count_page(counts: Counts, page: Page, known: set[str]) -> None:
    """Add a page to the counts, and its people to the known ones."""
    shown = [paragraph.text for paragraph in (page.brief if page.shows_brief else page.paragraphs)]
    deeds = [choice for choice in page.choices if choice.id != "continue"]
    words = sum(map(_words, shown)) + sum(_words(deed.say) + _words(deed.reason) for deed in deeds)
    node = str(page.node)
    if words >= counts.words.get(node, 0):
        counts.words[node], counts.choices[node] = words, len(deeds)
    sentences = [sentence for text in shown for sentence in SENTENCE.split(text.strip())]
    if sentences and page.ledger is None and _words(sentences[-1]) <= SHORT:  # a weighing is a sentence above a drawing
        counts.short_endings.add(node)
    counts.long_sentences.update(sentence for sentence in sentences if _words(sentence) > LONG)
    counts.similes.update(simile for text in shown for simile in SIMILE.findall(text))
    new = frozenset(mark.id for mark in page.people) - known
    known |= new
    if len(new) > len(counts.new_names.get(node, frozenset())):
        counts.new_names[node] = new


def _words(text: str | None) -> int:
    return len((text or "").split())


@pytest.fixture(scope="module", params=["villager", "official"])
def counts(request: pytest.FixtureRequest, shipped: Story) -> Counts:
    """A role's pages over random readings of the full cut, which are always the same.

    Every second reading follows a reading of the other role, because pages can mention choices from there.
    """
    counts, rng, role = Counts(), random.Random(7), request.param
    other = next(name for name in shipped.roles if name != role)
    for number in range(READINGS):
        earlier = read_by_chance(begin(shipped, other, "full"), rng) if number % 2 else None
        met: set[str] = set()
        for page in read_by_chance(begin(shipped, role, "full", earlier), rng).pages:
            _count_page(counts, page, met)
    return counts


def test_pages_keep_to_their_budget_of_words(counts: Counts) -> None:
    over = {node: words for node, words in counts.words.items() if words > (140 if counts.choices[node] > 3 else 150)}
    assert over == {}


def test_at_most_a_quarter_of_the_pages_end_on_a_short_line(counts: Counts) -> None:
    assert len(counts.short_endings) <= len(counts.words) / 4, sorted(counts.short_endings)


def test_a_role_has_at_most_two_as_you_similes(counts: Counts) -> None:
    assert len(counts.similes) <= 2, sorted(counts.similes)


def test_long_sentences_stay_rare(counts: Counts) -> None:
    """A sentence can be said in one breath; the official's orders and minutes are longer on purpose."""
    assert len(counts.long_sentences) <= 10, sorted(counts.long_sentences)


def test_a_page_names_at_most_two_new_people(counts: Counts, shipped: Story) -> None:
    """Relatives named as such, and people in the capital in the calendar's lines, do not count."""
    over = {}
    for node, people in counts.new_names.items():
        new = [person for person in people if shipped.people[person].group not in (OUTSIDE, KIN)]
        if len(new) > 2:
            over[node] = new
    assert over == {}


def test_no_file_of_the_story_repeats_seven_words_of_the_film() -> None:
    """In facts, interludes, answers and the rest: figures and names may be the same, sentences not."""
    film, shared = known(), []
    for path in sorted(story_folder().rglob("*.yaml")):
        document = read_file(path, path.name)
        assert isinstance(document, Document)
        texts = [text for holder, at in places(document.data) if isinstance(text := holder[at], str)]
        shared += [(path.name, run) for text in texts for run, key in runs(text) if key in film]
    assert shared == []


def test_a_run_is_known_by_its_hash_however_it_is_set() -> None:
    assert len(known()) > 1_000
    straight, other = "The cook's ladle, it was said, went round", "the COOK’S ladle it was\nsaid went"
    assert next(runs(straight))[1] == next(runs(other))[1]
    assert next(runs(straight))[1] != next(runs(straight.replace("was", "is")))[1]
    assert list(runs("six words are not a run")) == []
