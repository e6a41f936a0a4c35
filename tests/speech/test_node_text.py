"""The speech for one node, on any screen."""

from __future__ import annotations

import pytest

from game.speech.node_text import screen_text
from game.ui.i18n import Catalogue
from game.ui.tree import TreeNode


@pytest.mark.parametrize("style", ["made", ""])
def test_a_group_says_its_name_its_value_and_what_it_holds(style: str, words: Catalogue) -> None:
    """In this order; a choice that was made is a separate sentence."""
    inside = TreeNode("paragraph", "came", "The jar was empty.")
    group = TreeNode("group", "item", "I hid the grain", value="Two in five did", style=style, children=(inside,))
    said = " ".join(screen_text(TreeNode("screen", "s", children=(group,)), words))
    places = [said.index(text) for text in ("I hid the grain", "Two in five did.", "The jar was empty.")]
    assert places == sorted(places)


def test_the_link_to_the_sources_is_said(words: Catalogue) -> None:
    link = TreeNode("link", "sources", "Is this true? 3 recorded", style="sources")
    assert list(screen_text(TreeNode("screen", "s", children=(link,)), words)) == ["Is this true? 3 recorded."]
