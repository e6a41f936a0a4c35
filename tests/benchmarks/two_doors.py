"""Read both doors one after the other, many times, and list where the second contradicts the first.

    python -m tests.benchmarks.two_doors [--pairs 200]

Each pair is a random reading of one role, and one of the other role with the first as its record. Compared are what the
talk afterwards says of each person's fate, and what the pages that both read (the interludes: letters, films, the
weighings) say and count. Printed is each contradiction once, with how many pairs have it and the first such pair.
`tests/story/test_two_doors_shipped.py` is the short sister.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator

from game.play import Playthrough, begin
from game.play.debrief_sections import fates
from game.resources import story_folder
from game.story import Story, load
from tests.play.readers import read_to_the_end

CUTS = ("full", "kiosk")
LONGEST = 400  # entries of a reading
# What either door may say, whatever the other one holds: read, and found to contradict nothing.
HARMLESS = {
    "v-the-handful.seed, if xiue_lives",  # "we were hungry still"
    "v-the-handful.third-row, if xiue_lives",
    "v-show-field.nine-fields, if not outspoken",  # the teacher stood there in either case
    "weighing-1960.six-hundred, if away and not settled",  # both: see HERS_ALONE
    "weighing-1961.carts, if away and not settled",
}
# What her reader alone is told, of things that she did not see: his reader, who sees them, lacks it rightly.
HERS_ALONE = {
    "At home. Shen Guilan was far away, and never heard of it.",
    "At home, a year later. Nobody could write to her of it.",
}


def said_of(p: Playthrough) -> dict[str, tuple[str, ...]]:
    """Each person's fate in the talk, the text of each page of nobody's chapters, and its ledger."""
    said: dict[str, tuple[str, ...]] = {item.person: (item.text,) for item in fates(p)}
    for page in p.pages:
        if page.node is not None and page.chapter is not None and p.story.chapters[page.chapter].role is None:
            said[page.node] = tuple(paragraph.text for paragraph in page.paragraphs)
            said[f"the ledger of {page.node}"] = (str(page.as_json()["ledger"]),)
    return said


def pairs(story: Story, count: int, seed: int = 0) -> Iterator[tuple[Playthrough, Playthrough]]:
    """Random readings to the end: one role first, then the other with its record."""
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        first, second = chance.sample(list(story.roles), 2)
        cut = chance.choice(CUTS)
        p = read_to_the_end(begin(story, first, cut), chance, LONGEST)
        yield p, read_to_the_end(begin(story, second, cut, p), chance, LONGEST)


def contradictions(first: Playthrough, second: Playthrough) -> Iterator[tuple[str, str, str]]:
    """The subject, the first reading's statement that the second lacks, and the second's statement."""
    before, after = said_of(first), said_of(second)
    for what, texts in before.items():
        if what in after:
            yield from (
                (what, text, " ".join(after[what]))
                for text in texts
                if text not in after[what] and text not in HERS_ALONE
            )


def stale(first: Playthrough, second: Playthrough) -> Iterator[tuple[str, str, str]]:
    """Statements on the first reading's own pages by a variable of the other role that has another value after the
    second."""
    story, end = first.story, second.engine.state_at_end(second.position)
    theirs = written(story, str(second.role)) - written(story, str(first.role)) - written(story, None)
    for at in first.history:
        node = at.position.node
        if node is None or at.left:
            continue
        for passage in node.brief if first.cut.brief and node.brief else node.text:
            condition = passage.condition
            if condition is None or not condition.reads & theirs or not condition.run(at.position.state):
                continue
            if not condition.run((*end[:-1], end[-1] | at.position.state[-1])):
                values = {name: end[story.index[name]] for name in condition.reads & theirs}
                if (what := f"{node.full_id}, if {condition.text}") not in HARMLESS:
                    yield what, "it was said", str(values)


def written(story: Story, role: str | None) -> set[str]:
    """The variables that a role's chapters set; with None, those of nobody's chapters."""
    found = set[str]()
    for chapter in story.chapters.values():
        if chapter.role == role:
            for node in chapter.nodes.values():
                for effects in (node.effects, *(choice.effects for choice in node.choices)):
                    found |= effects.writes if effects is not None else set()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=200)
    options = parser.parse_args()
    found, example = Counter[tuple[str, str, str, str]](), dict[tuple[str, str, str, str], int]()
    for number, (first, second) in enumerate(pairs(load(story_folder()), options.pairs)):
        for what, before, after in (*contradictions(first, second), *stale(first, second)):
            key = (str(first.role), what, before, after)
            found[key] += 1
            example.setdefault(key, number)
    for (role, what, before, after), times in found.most_common():
        print(f"{what}, {role} first: {times} times, as in pair {example[role, what, before, after]}")
        print(f"  first:  {before}\n  second: {after}")
    print(f"{len(found)} contradictions in {options.pairs} pairs")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
