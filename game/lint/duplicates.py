"""Rules on duplicates: choices that say or do the same, and paragraphs that are nearly the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from game.core.findings import Finding
from game.lint.chapter_texts import ChapterText, WrittenParagraph
from game.story import traversal
from game.story.model import Choice, Node, Story
from game.story.satisfiable import Satisfiability
from game.story.schema.chapter_schema import ChapterShape
from game.yamlio.reader import Document

RUN = 4  # words in a run (shingle): paragraphs are compared by the runs that they share
ALIKE = 0.5  # paragraphs that share at least this fraction of their runs are nearly the same
SHORTEST = 10  # paragraphs with fewer words are ignored
COMMON = 40  # a run that more paragraphs contain is ignored

_WORD = re.compile(r"\w+")


def check_choices(
    story: Story, chapters: Iterable[tuple[ChapterShape, Document]], satisfiability: Satisfiability
) -> Iterator[Finding]:
    """Report choices of one page that have the same text, or the same effects and target."""
    for shape, document in chapters:
        for id, node in story.chapters[shape.chapter].nodes.items():
            for first, second in combinations(range(len(node.choices)), 2):
                choice, other = node.choices[first], node.choices[second]
                if not satisfiability.can_both_hold(choice.condition, other.condition):
                    continue
                path = ("nodes", id, "choices", second)
                if _said(choice) == _said(other):
                    problem = f"`{choice.id}` and `{other.id}` say the same and stand on one page"
                    yield document.finding("WG609", (*path, "say"), problem, "Say in each what only it does.")
                elif _does(choice) == _does(other) and choice.bit is None and other.bit is None:
                    problem = f"`{other.id}` comes to the same as `{choice.id}`"
                    remedy = "Let them lead apart, change different things, or be remembered by `chose`."
                    yield document.finding("WG610", path, problem, remedy)


def _said(choice: Choice) -> list[str]:
    return _WORD.findall(choice.say.casefold())


def _does(choice: Choice) -> tuple[object, ...]:
    ways = [(branch.to, branch.condition and branch.condition.text) for branch in choice.goto]
    return ways, choice.effects and choice.effects.texts


def check_paragraphs(story: Story, texts: Sequence[ChapterText], satisfiability: Satisfiability) -> Iterator[Finding]:
    """Report paragraphs that are nearly the same as an earlier paragraph that the same playthrough can show."""
    earlier: list[tuple[ChapterText, WrittenParagraph, int]] = []
    holding: dict[tuple[str, ...], list[int]] = {}
    for text in texts:
        for paragraph in text.paragraphs:
            words = _WORD.findall(paragraph.words.casefold())
            if len(words) < SHORTEST:
                continue
            rows = set(zip(*(words[i:] for i in range(RUN)), strict=False))
            known = [held for row in rows if (held := holding.get(row)) and len(held) <= COMMON]
            shared = Counter(number for held in known for number in held)
            for number, both in shared.most_common():
                other, twin, many = earlier[number]
                if both < ALIKE * (len(rows) + many - both):
                    continue
                if not _both_met(story, text, other) or not _both_shown(text, paragraph, other, twin, satisfiability):
                    continue
                problem = f"this paragraph of `{text.name}` is nearly the same as one of `{other.name}`"
                remedy = f"Tell it once ({twin.document.where(twin.path)}), or tell it otherwise."
                yield paragraph.finding("WG807", 0, problem, remedy)
                break
            for row in rows:
                holding.setdefault(row, []).append(len(earlier))
            earlier.append((text, paragraph, len(rows)))


def _both_met(story: Story, text: ChapterText, other: ChapterText) -> bool:
    """Return whether one playthrough can show both texts. Texts of two roles need a cut (a length) of both roles, and
    texts of one chapter must not exclude each other."""
    mine, theirs = text.chapter, other.chapter
    if mine is theirs:
        if text.part is other.part:
            return text.choice is None or other.choice is None or text.choice is other.choice
        if not isinstance(text.part, Node) or not isinstance(other.part, Node):
            return False  # a chapter is summarised or played, not both
        onward = traversal.reachable_nodes(mine, traversal.branches(other.part))
        return text.part.full_id in onward or other.part.full_id in traversal.reachable_nodes(
            mine, traversal.branches(text.part)
        )
    if mine.role is not None and theirs.role is not None and mine.role != theirs.role:
        return any(cut.both_roles and (cut.brief or not text.brief) for cut in story.cuts.values())
    return True


def _both_shown(
    text: ChapterText,
    paragraph: WrittenParagraph,
    other: ChapterText,
    twin: WrittenParagraph,
    satisfiability: Satisfiability,
) -> bool:
    """Return whether one playthrough can show both paragraphs, not one instead of the other."""
    if text.brief != other.brief or (text.choice is not None and text.choice is other.choice):
        return False
    conditions = paragraph.passage.condition, twin.passage.condition
    return text.part is not other.part or satisfiability.can_both_hold(*conditions)
