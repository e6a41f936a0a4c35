"""Typesetting: turn texts into lines of runs. Only this module knows where a baseline is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace

from game.core.values import frozen
from game.ui.layout.geometry import Block, Box, Item, Measure, NodeArea, Rect, Run, Style, moved
from game.ui.layout.linebreak import MAX_CHARACTERS, Chunk, TextPiece, blank_end, broken, chunks
from game.ui.layout.scale import LEADING, Scale
from game.ui.tree import OPENING_SPANS, TreeNode

QUOTES = ("“", "‘")
QUOTE_SHARE = 0.85  # the part of an opening quote that hangs in the margin; if all of it did, it would look cut off


@frozen
class Typesetter:
    """Sets text at one scale, in lines of at most `characters` characters.

    `measured` keeps the texts that were measured, because a layout breaks each text again for each width that it tries.
    """

    scale: Scale
    measure: Measure
    characters: int = MAX_CHARACTERS
    measured: dict[tuple[tuple[TextPiece, ...], bool], tuple[Chunk, ...]] = field(default_factory=dict, compare=False)

    def text(
        self,
        pieces: Sequence[TextPiece],
        width: int,
        leading: float = LEADING,
        *,
        hang_quotes: bool = False,
        whole: bool = False,
    ) -> Block:
        """Lay out left-aligned lines of at most `width` pixels. `leading` is the line height in type sizes. With
        `hang_quotes` a quote that opens a line hangs in the margin. `whole` is as in `linebreak.atoms`."""
        size = max((piece.style.size for piece in pieces), default=0)
        step = round(size * leading)
        runs: list[Run] = []
        top = 0
        key = tuple(pieces), whole
        if key not in self.measured:
            self.measured[key] = chunks(pieces, self.measure, whole=whole)
        for line in broken(self.measured[key], width, self.measure, self.characters):
            x = 0
            if hang_quotes and line[0].text.startswith(QUOTES):
                x = -round(QUOTE_SHARE * self.measure.width(line[0].text[0], line[0].style))
            baseline = top + round((step - size) / 2 + size * 0.8)
            for piece in line:
                wide = self.measure.width(piece.text, piece.style)
                if x + wide > width:
                    wide -= blank_end(piece, self.measure)
                # A space at the end belongs to the run, but not to a link that ends with it.
                runs.append(Run(x, baseline, wide, piece.text, piece.style, piece.ink, piece.link))
                x += wide
            top += step
        return Block(tuple(runs), top)

    def line(
        self, text: str, style: Style, width: int, ink: str = "ink", leading: float = LEADING, *, whole: bool = False
    ) -> Block:
        """Lay out a text of a single style. The arguments are as for `text`."""
        return self.text([TextPiece(text, style, ink)], width, leading, whole=whole)

    def run(self, text: str, style: Style, x: int, baseline: int, ink: str = "ink") -> Run:
        return Run(x, baseline, self.measure.width(text, style), text, style, ink)

    def pieces(self, node: TreeNode, style: Style, ink: str = "ink") -> list[TextPiece]:
        """Return a node's text as pieces. Emphasis is in italics; terms and people link to the node's children."""
        if not node.spans:
            return [TextPiece(node.label, style, ink)]
        leaning = replace(style, italic=not style.italic)
        links = iter(node.children)
        out = []
        for span in node.spans:
            if span.kind in OPENING_SPANS and span.target:
                out.append(TextPiece(span.text, style, "accent" if span.kind == "term" else ink, next(links).id))
            else:
                out.append(TextPiece(span.text, leaning if span.kind == "emphasis" else style, ink))
        return out


def stack(blocks: Sequence[tuple[int, Block]]) -> Block:
    """Lay out blocks below one another, given as (gap above it in pixels, block). The first gap is ignored."""
    items: list[Item] = []
    top = 0
    for i, (gap, block) in enumerate(blocks):
        top += gap if i else 0
        items.extend(item.moved(0, top) for item in block.items)
        top += block.height
    return Block(tuple(items), top)


def marked(inner: Block, indent: int, *marks: Item, height: int | None = None) -> Block:
    """Lay out marks, such as a bar or a dot, and a block `indent` pixels to the right of their left edge. The block
    stands in the middle of `height` pixels; None means the block's own height."""
    height = inner.height if height is None else height
    return Block((*marks, *moved(inner.items, indent, (height - inner.height) // 2)), height)


def framed(
    kind: str, inner: Block, width: int, inset: int, pad: int, *, least: int = 0, id: str | None = None
) -> Block:
    """Put a box of this kind around a block, `inset` pixels from its sides and at least `pad` from its top and bottom.

    `least` is the box's least height in pixels. A press on the box presses the node `id`.
    """
    height = max(least, inner.height + 2 * pad)
    return marked(inner, inset, Box(kind, Rect(0, 0, width, height), id), height=height)


def beside(*blocks: tuple[int, Block], middle: bool = False) -> Block:
    """Lay out blocks beside one another, given as (x in pixels, block). They are aligned at the top; with `middle`, in
    the middle of the highest."""
    height = max((block.height for _, block in blocks), default=0)
    placed = (moved(block.items, x, (height - block.height) // 2 if middle else 0) for x, block in blocks)
    return Block(tuple(item for items in placed for item in items), height)


def columns(blocks: Sequence[Block], wide: int, gap: int, line: str = "", thick: int = 1) -> Block:
    """Lay out blocks side by side, each `wide` pixels wide, with gaps between them. In each gap stands a box of the
    kind `line`, `thick` pixels wide; none if `line` is ""."""
    placed = beside(*((number * (wide + gap), block) for number, block in enumerate(blocks)))
    lefts = (number * (wide + gap) - gap // 2 for number in range(1, len(blocks) if line else 0))
    return Block((*placed.items, *(Box(line, Rect(x, 0, thick, placed.height)) for x in lefts)), placed.height)


def with_area(node: TreeNode, block: Block, width: int) -> Block:
    """Return the block with a `NodeArea` for the node, unless a shape already has the node's id."""
    if not node.id or node.focusable:
        return block
    return Block((NodeArea(node.id, Rect(0, 0, width, block.height)), *block.items), block.height)


Build = Callable[[Typesetter, TreeNode, int], Block]  # lays out a node; takes a typesetter, the node, a width in pixels
Column = Callable[[Typesetter, Iterable[TreeNode], int], Block]  # lays out nodes of any kind below one another
