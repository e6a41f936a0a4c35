"""Typesetting: turn texts into lines of runs. Only this module knows where a baseline is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field

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

    `measured` keeps the measured texts of one screen, because a layout breaks them again for each width that it tries.
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
        """Lay out left-aligned lines of at most `width` pixels. `leading` is the line height in type sizes.

        With `hang_quotes` a quote that opens a line hangs in the margin. With `whole` the text is a label, whose
        Chinese words stay whole (see `linebreak.atoms`).
        """
        size = max((piece.style.size for piece in pieces), default=0)
        step = round(size * leading)
        runs: list[Run] = []
        top = 0
        for line in self._lines(tuple(pieces), width, whole):
            x = -self._quote_offset(line[0]) if hang_quotes else 0
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

    def _lines(self, pieces: tuple[TextPiece, ...], width: int, whole: bool) -> list[list[TextPiece]]:
        key = pieces, whole
        text = self.measured.get(key)
        if text is None:
            text = self.measured[key] = chunks(pieces, self.measure, whole=whole)
        return broken(text, width, self.measure, self.characters)

    def _quote_offset(self, piece: TextPiece) -> int:
        """Return by how many pixels an opening quote hangs in the margin; 0 for other characters."""
        return round(QUOTE_SHARE * self.measure.width(piece.text[0], piece.style)) if piece.text[:1] in QUOTES else 0

    def line(
        self, text: str, style: Style, width: int, ink: str = "ink", leading: float = LEADING, *, whole: bool = False
    ) -> Block:
        """Lay out lines of a single style. The arguments are as for `text`."""
        return self.text([TextPiece(text, style, ink)], width, leading, whole=whole)

    def pieces(self, node: TreeNode, style: Style, ink: str = "ink") -> list[TextPiece]:
        """Return the pieces of a node's spans. Emphasis is in italics; terms and people link to the node's children."""
        if not node.spans:
            return [TextPiece(node.label, style, ink)]
        leaning = Style(style.family, style.size, style.bold, not style.italic, style.tracking)
        links = iter(node.children)
        out = []
        for span in node.spans:
            if span.kind in OPENING_SPANS and span.target:
                out.append(TextPiece(span.text, style, "accent" if span.kind == "term" else ink, next(links).id))
            elif span.kind == "emphasis":
                out.append(TextPiece(span.text, leaning, ink))
            else:
                out.append(TextPiece(span.text, style, ink))
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
    """Lay out marks, such as a bar, a dot or a frame, and a block `indent` pixels to the right of their left edge.

    The block stands in the middle of `height` pixels; None means the block's own height.
    """
    height = inner.height if height is None else height
    return Block((*marks, *moved(inner.items, indent, (height - inner.height) // 2)), height)


def beside(*blocks: tuple[int, Block], middle: bool = False) -> Block:
    """Lay out blocks beside one another, given as (x in pixels, block).

    They are aligned at the top; with `middle`, in the middle of the highest.
    """
    height = max((block.height for _, block in blocks), default=0)
    placed = (moved(block.items, x, (height - block.height) // 2 if middle else 0) for x, block in blocks)
    return Block(tuple(item for items in placed for item in items), height)


def columns(blocks: Sequence[Block], wide: int, gap: int, line: str, thick: int) -> Block:
    """Lay out blocks side by side, each `wide` pixels wide, with gaps between them. In the middle of each gap stands a
    box of the kind `line`, `thick` pixels wide."""
    placed = beside(*((number * (wide + gap), block) for number, block in enumerate(blocks)))
    lefts = (number * (wide + gap) - gap // 2 for number in range(1, len(blocks)))
    return Block((*placed.items, *(Box(line, Rect(x, 0, thick, placed.height)) for x in lefts)), placed.height)


def with_area(node: TreeNode, block: Block, width: int) -> Block:
    """Return the block with a `NodeArea` for the node. A node with an action gets none: a shape already has its id."""
    if not node.id or node.focusable:
        return block
    return Block((NodeArea(node.id, Rect(0, 0, width, block.height)), *block.items), block.height)


Build = Callable[[Typesetter, TreeNode, int], Block]  # lays out a node; takes a typesetter, the node, a width in pixels
