"""Rules on pages that cite facts: each figure is in a fact, and the narrator tells no claim that a person must make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from game.core.findings import Finding
from game.lint.chapter_texts import ChapterText, WrittenParagraph
from game.story.model import INVENTED, Node, Story
from game.story.schema.chapter_schema import FactsShape
from game.story.traversal import citations

SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
UNITS = "per cent|percent|%|tons?|tonnes?|kilograms?|kilometres?|kilometers?|acres?|hectares?|miles?|metres?|meters?"
LARGE = 1_000  # a number without a unit counts as a figure if it is at least so large
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[ -](?P<scale>{'|'.join(SCALES)})s?\b)?"
    rf"(?P<unit>[ -]?(?:{UNITS})(?!\w))?"
)
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|「[^」]*(?:」|$)|«[^»]*(?:»|$)")


def check_figures(story: Story, texts: Iterable[ChapterText], shape: FactsShape) -> Iterator[Finding]:
    """Report figures that none of the chapter's facts has, on pages that cite only facts and nothing invented."""
    known = {}
    for fact in shape.facts:
        figures = (f"{figure.get('value', '')} {figure.get('unit', '')}" for figure in fact.figures)
        known[fact.id] = _numbers(" ".join([fact.paraphrase, *figures]))
    for text in texts:
        facts = [id for id in text.because if id in story.facts]
        if not facts or INVENTED in text.because:
            continue
        carried = frozenset().union(*(known[id] for id in citations(text.chapter) if id in known))
        for paragraph in text.paragraphs:
            for match in _FIGURE.finditer(paragraph.words):
                if _is_figure(match) and _number(match) not in carried:
                    problem = f"no fact that `{text.name}` rests on has the figure {match.group().strip()}"
                    remedy = "Name its fact in `because`, mend it, or add `invented`."
                    yield paragraph.finding("WG801", match.start(), problem, remedy)


def check_claims(story: Story, texts: Iterable[ChapterText]) -> Iterator[Finding]:
    """Report claims that must be attributed to somebody, on a page where only the narrator speaks. Endings are not
    reported: the debrief after an ending shows each fact of the ending with its speaker."""
    for text in texts:
        node = text.part
        if text.brief or not isinstance(node, Node) or node.end or any(map(_is_spoken, text.paragraphs)):
            continue
        for i, id in enumerate(node.because):
            fact = story.facts.get(id)
            if fact and fact.game_may == "attribute":
                problem = f"`{id}` is a claim, and nobody on `{node.full_id}` makes it"
                remedy = "Put it in a mouth: a paragraph with `by:`, or words in quotes."
                yield text.document.finding("WG802", (*text.path[:-1], "because", i), problem, remedy)


def _is_spoken(paragraph: WrittenParagraph) -> bool:
    return paragraph.passage.by is not None or bool(_QUOTED.search(paragraph.words))


def _is_figure(match: re.Match[str]) -> bool:
    if match["scale"] or match["unit"]:
        return True
    return Decimal(match["number"].replace(",", "")) >= LARGE and not _YEAR.fullmatch(match["number"])


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", "")) * SCALES.get(match["scale"] or "", 1)


def _numbers(text: str) -> frozenset[Decimal]:
    """Return a fact's numbers, alone and times each word such as million: "3 to 5 million" has 3 and 3,000,000."""
    scales = [1, *(size for name, size in SCALES.items() if name in text)]
    alone = {Decimal(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}
    return frozenset(number * scale for number in alone for scale in scales)
