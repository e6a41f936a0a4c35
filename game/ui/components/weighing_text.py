"""How a weighing is counted, in sentences: what the measures are, and each step from what stood to what was left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.play.page import Weighing
from game.story.ledger import Measures
from game.ui.tree import Action, TreeNode

Words = Callable[..., str]  # (a key of the catalogue, **values) -> the text


def counted_link(words: Words, weighing: Weighing | None, node: str | None) -> tuple[TreeNode, ...]:
    """The link from a page to how its weighing is counted; nothing on a page that has none."""
    if weighing is None or weighing.portions is None or node is None:
        return ()
    return (TreeNode("link", "counted", words("ledger.counted"), action=Action("counted", node), style="sources"),)


def measures_text(words: Words, measures: Measures) -> Iterator[str]:
    """How units become portions, and what an ordinary year gave."""
    yield words("measures.sack", kg=measures.unit_kg, percent=measures.husked_percent)
    yield words("measures.bowl", grams=measures.portion_g, many=_in_a_unit(measures))
    share = measures.ordinary_stood - measures.ordinary_taken - measures.seed
    yield words(
        "measures.ordinary",
        stood=f"{measures.ordinary_stood:,}",
        taken=f"{measures.ordinary_taken:,}",
        seed=f"{measures.seed:,}",
        eaten=f"{share:,}",
        people=f"{measures.people[0][1]:,}",
        days=measures.days,
        bowls=f"{measures.ordinary:.1f}",
    )


def counted_text(words: Words, measures: Measures, weighing: Weighing) -> Iterator[str]:
    """Each step of one weighing, as a sum that a reader can do again."""
    assert weighing.people is not None
    people = weighing.people
    for kind in ("stood", "brought_in"):
        if (amount := weighing.amount(kind)) is not None:
            share = measures.ordinary_share(amount)
            yield words(f"counted.{kind}", amount=f"{amount:,}", share=f"{share:,}", seed=f"{measures.seed:,}",
                        sum=_sum(words, measures, measures.after_ordinary_share(amount), people))  # fmt: skip
    for row in weighing.rows:
        if row.kind == "left":
            yield words("counted.left", amount=f"{row.amount:,}", seed=f"{row.of_seed:,}",
                        sum=_sum(words, measures, row.amount - row.of_seed, people))  # fmt: skip


def _sum(words: Words, measures: Measures, eaten: float, people: int) -> str:
    """So many units as portions for a person and a day: `3,700 × 350 ÷ 4,100 ÷ 240 = 1.3 bowls`."""
    return words("counted.sum", eaten=f"{round(eaten):,}", portions=f"{_in_a_unit(measures):,}", people=f"{people:,}",
                 days=measures.days, bowls=f"{measures.portions(eaten, people):.1f}")  # fmt: skip


def _in_a_unit(measures: Measures) -> int:
    """The portions in a unit."""
    return round(measures.unit_kg * measures.husked_percent * 10 / measures.portion_g)
