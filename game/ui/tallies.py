"""How a class voted, in rows with their words: the same on the wall and in the hand."""

from __future__ import annotations

from game.play.page import Page
from game.play.rounds import Round, counts
from game.ui.tree import Node
from game.ui.words import Words


def tally(words: Words, page: Page, round: Round, name: str = "tally", mine: str | None = None) -> Node:
    """How many took which, in the page's order; `mine` is the choice of whoever looks.

    The `level` of a row is its votes, and that of the whole how many voted.
    """
    rows = tuple(
        Node("row", f"{name}:{count.option.id}", count.option.say, style="tally", level=count.votes,
             value=words("tally.votes", n=count.votes, of=round.voted), chosen=count.option.id == mine)
        for count in counts(round, page.choices)
    )  # fmt: skip
    return Node("group", name, words("tally"), style="tally", level=round.voted, children=rows)
