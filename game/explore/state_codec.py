"""A page with what the rest can still read of it, as one integer with fixed fields, and back."""

from __future__ import annotations

from typing import NamedTuple

from game.explore.liveness import Live, Liveness
from game.lang.expressions import FARTHEST, State
from game.play.engine import Engine, Position
from game.story.model import Node, Story, Variable

PLACES = 20  # bits for the number of a node: a million nodes


class _Number(NamedTuple):
    """Where a number, or true and false, stands: its slot in a state, its field in the integer."""

    slot: int
    shift: int
    mask: int
    low: int
    truth: bool


class _Word(NamedTuple):
    slot: int
    shift: int
    mask: int
    words: tuple[str, ...]
    codes: dict[str, int]


class FieldLayout:
    """Fields for some variables and recalls of a story: what is not among them is at its start value, or not seen."""

    def __init__(self, story: Story, live: Live) -> None:
        self._start = tuple(variable.start for variable in story.variables.values())
        self._numbers: list[_Number] = []
        self._words: list[_Word] = []
        self.width = 0
        for slot, variable in enumerate(story.variables.values()):
            if variable.name in live:
                self._add(slot, variable)
        self._recalled = sum(1 << bit for bit in live if isinstance(bit, int))
        self._bits = self.width
        self.width += self._recalled.bit_length()

    def _add(self, slot: int, variable: Variable) -> None:
        if variable.kind == "word":
            width = (len(variable.one_of) - 1).bit_length()
            codes = {word: code for code, word in enumerate(variable.one_of)}
            self._words.append(_Word(slot, self.width, (1 << width) - 1, variable.one_of, codes))
        else:
            truth = variable.kind == "bool"
            low = 0 if truth else -FARTHEST if variable.low is None else variable.low
            high = 1 if truth else FARTHEST if variable.high is None else variable.high
            width = (high - low).bit_length()
            self._numbers.append(_Number(slot, self.width, (1 << width) - 1, low, truth))
        self.width += width

    def pack(self, state: State) -> int:
        """The fields of a state as an integer below 2 ** width."""
        packed = (state[-1] & self._recalled) << self._bits
        for slot, shift, _, low, _ in self._numbers:
            packed |= (state[slot] - low) << shift
        for slot, shift, _, _, codes in self._words:
            packed |= codes[state[slot]] << shift
        return int(packed)

    def unpack(self, packed: int) -> State:
        """The state of an integer; bits above the width are not read."""
        values = list(self._start)
        for slot, shift, mask, low, truth in self._numbers:
            value = (packed >> shift & mask) + low
            values[slot] = value == 1 if truth else value
        for slot, shift, mask, words, _ in self._words:
            values[slot] = words[packed >> shift & mask]
        return (*values, packed >> self._bits & self._recalled)


class StateCodec:
    """Stops of one sitting <-> integers. Two stops are one where the rest cannot tell them apart.

    From the low end: the node's number, the doors that are closed, the state, and, where a skip is offered and
    `with_skips`, the state that it would start from.
    """

    def __init__(self, engine: Engine, live: Liveness, with_skips: bool) -> None:
        self._story, self._with_skips = engine.story, with_skips
        self._doors = tuple(self._story.roles)
        self._head = PLACES + len(self._doors)
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
        number = self._numbers[position.node.full_id if position.node is not None else None]
        layout = self._layouts[number]
        packed = layout.pack(position.state)
        if self.offers_skip(position):
            packed |= (self._entered[position.chapter].pack(position.entered) << 1 | 1) << layout.width
        for door, role in enumerate(self._doors):
            if role in position.closed:
                number |= 1 << PLACES + door
        return packed << self._head | number

    def unpack(self, key: int) -> Position:
        number = key & (1 << PLACES) - 1
        closed = frozenset(role for door, role in enumerate(self._doors) if key >> PLACES + door & 1)
        layout, chapter = self._layouts[number], self._chapters[number]
        packed = key >> self._head
        state = layout.unpack(packed)
        above = packed >> layout.width
        first = bool(above & 1)
        entered = self._entered[chapter].unpack(above >> 1) if first else state
        return Position(chapter, self._nodes[number], state, entered, first, closed=closed)

    def node(self, key: int) -> Node | None:
        """The node that a page is at; None past the calendar."""
        return self._nodes[key & (1 << PLACES) - 1]

    def chapter(self, key: int) -> int:
        """Where in the calendar a page stands."""
        return self._chapters[key & (1 << PLACES) - 1]
