"""Pack a position and the live part of its state into one integer with fixed bit fields, and unpack it."""

from __future__ import annotations

from typing import NamedTuple

from game.explore.liveness import Live, Liveness
from game.lang.expressions import UNBOUNDED_LIMIT, State
from game.play.engine import Engine, Position
from game.story.model import Node, Story, Variable

NODE_BITS = 20  # for the number of a node: a million nodes


class _NumberField(NamedTuple):
    """The field of a number or a boolean: its slot in a state, its bits in the integer."""

    slot: int
    shift: int
    mask: int
    low: int
    is_bool: bool


class _WordField(NamedTuple):
    """The field of a word: its number among the variable's words."""

    slot: int
    shift: int
    mask: int
    words: tuple[str, ...]
    codes: dict[str, int]


class FieldLayout:
    """Bit fields for the live variables and bits of a story; the others unpack to their start value, or not set.

    `width` is the number of bits.
    """

    def __init__(self, story: Story, live: Live) -> None:
        self._start = tuple(variable.start for variable in story.variables.values())
        self._numbers: list[_NumberField] = []
        self._words: list[_WordField] = []
        self.width = 0
        for slot, variable in enumerate(story.variables.values()):
            if variable.name in live:
                self._add(slot, variable)
        self._live_bits = sum(1 << bit for bit in live if isinstance(bit, int))
        self._bits_shift = self.width
        self.width += self._live_bits.bit_length()

    def _add(self, slot: int, variable: Variable) -> None:
        if variable.kind == "word":
            width = (len(variable.one_of) - 1).bit_length()
            codes = {word: code for code, word in enumerate(variable.one_of)}
            self._words.append(_WordField(slot, self.width, (1 << width) - 1, variable.one_of, codes))
        else:
            is_bool = variable.kind == "bool"
            low = 0 if is_bool else -UNBOUNDED_LIMIT if variable.low is None else variable.low
            high = 1 if is_bool else UNBOUNDED_LIMIT if variable.high is None else variable.high
            width = (high - low).bit_length()
            self._numbers.append(_NumberField(slot, self.width, (1 << width) - 1, low, is_bool))
        self.width += width

    def pack(self, state: State) -> int:
        """The fields of a state as an integer below 2 ** width."""
        packed = (state[-1] & self._live_bits) << self._bits_shift
        for slot, shift, _, low, _ in self._numbers:
            packed |= (state[slot] - low) << shift
        for slot, shift, _, _, codes in self._words:
            packed |= codes[state[slot]] << shift
        return int(packed)

    def unpack(self, packed: int) -> State:
        """The state of an integer; bits above the width are not read."""
        values = list(self._start)
        for slot, shift, mask, low, is_bool in self._numbers:
            value = (packed >> shift & mask) + low
            values[slot] = value == 1 if is_bool else value
        for slot, shift, mask, words, _ in self._words:
            values[slot] = words[packed >> shift & mask]
        return (*values, packed >> self._bits_shift & self._live_bits)


class StateCodec:
    """Positions of a cut as one role <-> integers. Positions are equal where the rest cannot tell them apart.

    From the low end: the node's number, a bit for each role whose ending was read, the state, and, where a skip is
    offered and `with_skips`, the state at the chapter's start.
    """

    def __init__(self, engine: Engine, live: Liveness, with_skips: bool) -> None:
        self._story, self._with_skips = engine.story, with_skips
        self._roles = tuple(self._story.roles)
        self._header_bits = NODE_BITS + len(self._roles)
        self._nodes = (None, *self._story.nodes.values())
        self._numbers = {node.full_id if node else None: number for number, node in enumerate(self._nodes)}
        order = {chapter: number for number, chapter in enumerate(self._story.order)}
        self._chapters = [len(order), *(order[id.split(".")[0]] for id in self._story.nodes)]
        self._layouts = [FieldLayout(self._story, live.at_page(node.full_id if node else None)) for node in self._nodes]
        self._entered = [FieldLayout(self._story, live.skipping[chapter]) for chapter in self._story.order]

    def offers_skip(self, position: Position) -> bool:
        """Whether the page offers a skip that this exploration takes."""
        if not (self._with_skips and position.first):
            return False
        chapter = position.chapter_of(self._story)
        return chapter is not None and bool(chapter.note and chapter.skip)

    def pack(self, position: Position) -> int:
        """The integer of a position."""
        number = self._numbers[position.node.full_id if position.node is not None else None]
        layout = self._layouts[number]
        packed = layout.pack(position.state)
        if self.offers_skip(position):
            packed |= (self._entered[position.chapter].pack(position.entered) << 1 | 1) << layout.width
        for i, role in enumerate(self._roles):
            if role in position.closed:
                number |= 1 << NODE_BITS + i
        return packed << self._header_bits | number

    def unpack(self, key: int) -> Position:
        """The position of an integer, without the blocks and told chapters of the step that led to it."""
        number = key & (1 << NODE_BITS) - 1
        closed = frozenset(role for i, role in enumerate(self._roles) if key >> NODE_BITS + i & 1)
        layout, chapter = self._layouts[number], self._chapters[number]
        packed = key >> self._header_bits
        state = layout.unpack(packed)
        above = packed >> layout.width
        first = bool(above & 1)
        entered = self._entered[chapter].unpack(above >> 1) if first else state
        return Position(chapter, self._nodes[number], state, entered, first, closed=closed)

    def node(self, key: int) -> Node | None:
        """The node of a packed position; None past the calendar."""
        return self._nodes[key & (1 << NODE_BITS) - 1]

    def chapter(self, key: int) -> int:
        """The number in the calendar of a packed position's chapter."""
        return self._chapters[key & (1 << NODE_BITS) - 1]
