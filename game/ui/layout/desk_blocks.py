"""Lay out the source desk: documents and their task side by side, in smaller type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.ui.layout.chart_blocks import Column
from game.ui.layout.geometry import Block
from game.ui.layout.typesetting import Typesetter, columns, stack
from game.ui.tree import TreeNode

FINE = 0.86  # the type on the desk, as a fraction of the usual type
GUTTER = 1.4  # ems between two columns
LEAST_COLUMN = 12  # ems: a narrower column would break too many words


def papers(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Lay out children in rows of as many columns as fit. The children of the last row share its width."""
    scale = setter.scale
    inner = replace(setter, scale=replace(scale, text=scale.text * FINE))
    gutter = inner.scale.em(GUTTER)
    across = max(1, (width + gutter) // (inner.scale.em(LEAST_COLUMN) + gutter))
    rows = (node.children[at : at + across] for at in range(0, len(node.children), across))
    return stack([(inner.scale.em(1.0), _row(inner, row, width, gutter, column)) for row in rows])


def _row(setter: Typesetter, children: Sequence[TreeNode], width: int, gutter: int, column: Column) -> Block:
    wide = (width - gutter * (len(children) - 1)) // len(children)
    return columns([column(setter, child.children, wide) for child in children], wide, gutter, "hairline", 1)
