"""Votes and decisions of a class, for the wall and the phones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.play.page import Page
from game.play.voting import Round, counts
from game.ui.components.parts import plain, prose
from game.ui.i18n import Catalogue
from game.ui.tree import TreeNode


def tally_group(words: Catalogue, page: Page, round: Round, name: str = "tally", mine: str | None = None) -> TreeNode:
    """The votes of each choice, in the page's order; `mine` is the id of this phone's own choice.

    A row's `level` is its votes, the group's how many pupils are here or have voted.
    """
    rows = tuple(
        TreeNode("row", f"{name}:{count.option.id}", count.option.say, style="tally", level=count.votes,
             value=words("tally.votes", n=count.votes, of=round.voters), chosen=count.option.id == mine)
        for count in counts(round, page.choices)
    )  # fmt: skip
    return TreeNode("group", name, words("tally"), style="tally", level=round.voters, children=rows)


def decision_nodes(
    words: Catalogue, round: Round, name: str = "decided", role_names: Mapping[str, str] | None = None
) -> Iterator[TreeNode]:
    """What was decided on the page before; how, where it was not by the most votes; and what came of it.

    Args:
        words: The catalogue.
        round: The vote on the page.
        name: The beginning of the nodes' ids.
        role_names: The names of those who decided, by door, where what came of it is told here; None where the page
            tells it.
    """
    for decision in round.decisions:
        whose = f"{name}:{decision.door}" if decision.door else name
        who = (role_names or {}).get(decision.door, "")
        yield TreeNode("paragraph", whose, decision.option.say, value=who, style="taken")
        if decision.how != "most":
            yield plain(words(f"decided.{decision.how}", reason=decision.reason), f"{whose}-how", style="small")
        if role_names is None:
            continue
        if decision.answer is not None:
            yield from prose((decision.answer,), f"{whose}-answer", style="answer")
