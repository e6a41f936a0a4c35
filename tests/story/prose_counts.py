"""Counts for rule 7 and the budgets of `writing.md` over random readings of the shipped story.

Run `python -m tests.story.prose_counts` to print them. `test_prose_shipped.py` tests them.
"""

from __future__ import annotations

import random
import re
import sys
from dataclasses import dataclass, field

from game.play import begin
from game.play.page import Page
from game.resources import story_folder
from game.story import load
from game.story.model import Story
from tests.play.readers import read_by_chance

SHORT = 8  # a last line with at most so many words is short
LONG = 25  # a sentence with more words is long
SENTENCE = re.compile(r"(?<=[.!?])[”\"’]?\s+")
SIMILE = re.compile(r"\bas you (?!are\b)[^.,;]*")


@dataclass
class Counts:
    """What a role's readings of one cut show, by page (its node's id)."""

    words: dict[str, int] = field(default_factory=dict)
    """The most words of a page, with its deeds and reasons."""
    choices: dict[str, int] = field(default_factory=dict)
    """The number of choices then."""
    short_endings: set[str] = field(default_factory=set)
    similes: set[str] = field(default_factory=set)
    long_sentences: set[str] = field(default_factory=set)
    new_names: dict[str, frozenset[str]] = field(default_factory=dict)
    """The people whom no earlier page of the reading named, at their most."""
    totals: list[int] = field(default_factory=list)
    """The words of each whole reading, with lines, answers and summaries."""

    def short_share(self) -> float:
        return len(self.short_endings) / len(self.words)


def count_prose(story: Story, role: str, cut: str, readings: int, seed: int = 7) -> Counts:
    """Count a role's pages over random readings of a cut. The same seed gives the same counts.

    Every second reading follows a reading of the other role, because pages can mention choices from there.
    """
    counts, rng = Counts(), random.Random(seed)
    other = next(name for name in story.roles if name != role)
    for number in range(readings):
        earlier = read_by_chance(begin(story, role=other, cut=cut), rng) if number % 2 else None
        known: set[str] = set()
        total = 0
        for page in read_by_chance(begin(story, role=role, cut=cut, earlier=earlier), rng).pages:
            total += _count_page(counts, page, known) + _words_around(page)
        counts.totals.append(total)
    return counts


def _count_page(counts: Counts, page: Page, known: set[str]) -> int:
    """Add a page to the counts and its people to the known ones. Return the page's words."""
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
    return words


def _words_around(page: Page) -> int:
    """The words around a page's own: lines, summaries, and in a brief cut the answer to the choice."""
    marked = page.marked()
    lines = sum(_words(line.text) for line in marked.lines)
    summaries = sum(_words(paragraph.text) for chapter in page.told for paragraph in chapter.paragraphs)
    return lines + summaries + (_words(marked.answer.text) if marked.answer else 0)


def _words(text: str | None) -> int:
    return len((text or "").split())


def main() -> None:
    story = load(story_folder())
    for cut in ("full", "one-door", "kiosk"):
        for role in story.roles:
            counts = count_prose(story, role, cut, 150)
            over = {n: w for n, w in counts.words.items() if w > (140 if counts.choices[n] > 3 else 150)}
            names = {n: sorted(p) for n, p in counts.new_names.items() if len(p) > 2}
            sys.stdout.write(
                f"{cut}, {role}: {len(counts.words)} pages, {min(counts.totals)} to {max(counts.totals)} words\n"
                f"  over their budget: {over or 'none'}\n"
                f"  that can end on a short line: {len(counts.short_endings)} ({counts.short_share():.0%})\n"
                f'  "as you": {sorted(counts.similes) or "none"}; sentences over {LONG} words: '
                f"{len(counts.long_sentences)}\n"
                f"  more than two new names: {names or 'none'}\n"
            )


if __name__ == "__main__":
    main()
