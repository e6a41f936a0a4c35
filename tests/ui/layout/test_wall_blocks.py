"""Blocks of a class's wall: joining."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from game.ui.layout.geometry import Block, Run, Style
from game.ui.layout.scale import scale_for
from game.ui.layout.typesetting import Typesetter, stack
from game.ui.layout.wall_blocks import joining
from game.ui.settings import Settings
from game.ui.tree import TreeNode
from tests.ui.stand_ins import Ruler


def column(setter: Typesetter, nodes: Iterable[TreeNode], width: int) -> Block:
    style = Style("serif", 30)
    return stack([(10, Block((Run(0, 30, width, node.label, style, "ink"),), 40)) for node in nodes])


@pytest.mark.parametrize("lines", [1, 3, 40])
def test_the_words_stand_beside_the_middle_of_the_code(lines: int) -> None:
    setter = Typesetter(scale_for((1920, 1080), Settings()), Ruler())
    words = tuple(TreeNode("paragraph", f"word-{n}", "type") for n in range(lines))
    code = TreeNode("image", "qr", "code", value="http://10.0.0.1", style="qr")
    block = joining(setter, TreeNode("group", "joining", children=(code, *words)), 1200, column)
    text = column(setter, words, 0)
    first = next(item for item in block.items if isinstance(item, Run))
    assert block.height >= text.height
    assert abs((first.baseline - 30) * 2 + text.height - block.height) <= 1
