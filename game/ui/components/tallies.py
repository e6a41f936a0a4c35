"""Votes and decisions of a class, for the wall and the phones."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.page import Page
from game.play.voting import Round, counts
from game.ui.components.parts import plain
from game.ui.i18n import Catalogue
from game.ui.tree import TreeNode


def tally_group(words: Catalogue, page: Page, round: Round, name: str = "tally", mine: str | None = None) -> TreeNode:
    """The votes of each choice, in the page's order; `mine` is the id of this phone's own choice.

    A row's `level` is its votes, the group's how many voted.
    """
    rows = tuple(
        TreeNode("row", f"{name}:{count.option.id}", count.option.say, style="tally", level=count.votes,
             value=words("tally.votes", n=count.votes, of=round.voted), chosen=count.option.id == mine)
        for count in counts(round, page.choices)
    )  # fmt: skip
    return TreeNode("group", name, words("tally"), style="tally", level=round.voted, children=rows)


def decision_nodes(words: Catalogue, round: Round, name: str = "decided") -> Iterator[TreeNode]:
    """What was decided on the page before; and how, where it was not by the most votes."""
    decision = round.decision
    if decision is None:
        return
    yield plain(decision.option.say, name, style="taken")
    if decision.how != "most":
        yield plain(words(f"decided.{decision.how}", reason=decision.reason), f"{name}-how", style="small")
