"""State codec: packs a position and the live part of its state into one integer with bit fields, and unpacks it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from game.explore.liveness import Live, Liveness
from game.lang.expressions import UNBOUNDED_LIMIT, State
from game.lang.typecheck import Value
from game.play.engine import Engine, Position
from game.story.model import Node, Story, Variable

NODE_BITS = 20  # bits for the number of a node, enough for a million nodes
NODE_MASK = (1 << NODE_BITS) - 1


class _Field(NamedTuple):
    """A variable's bits in the packed integer: those of `mask`, moved up by `shift` bits.

    Each value has a code: a word or a boolean has its index in `values`, a number has the number minus `low`. `start`
    is the code of the start value. The bits hold the value's code XOR `start`, so they are 0 for the start value.
    """

    values: tuple[Value, ...]
    low: int
    start: int
    shift: int
    mask: int

    @classmethod
    def of(cls, variable: Variable, shift: int) -> _Field:
        values: tuple[Value, ...] = (False, True) if variable.kind == "bool" else variable.one_of
        low = -UNBOUNDED_LIMIT if variable.low is None else variable.low
        high = UNBOUNDED_LIMIT if variable.high is None else variable.high
        width = (len(values) - 1 if values else high - low).bit_length()
        start = values.index(variable.start) if values else int(variable.start) - low
        return cls(values, low, start, shift, (1 << width) - 1)

    def pack(self, value: Value) -> int:
        code = self.values.index(value) if self.values else int(value) - self.low
        return (code ^ self.start) << self.shift

    def unpack(self, packed: int) -> Value:
        code = packed >> self.shift & self.mask ^ self.start
        return self.values[code] if self.values else code + self.low


class FieldLayout:
    """Bit fields for a story's variables and `seen`/`chose` bits, from the bit `shift` on. 0 is the start state."""

    def __init__(self, story: Story, shift: int = 0) -> None:
        self._fields: dict[str, _Field] = {}
        for name, variable in story.variables.items():
            field = self._fields[name] = _Field.of(variable, shift)
            shift += field.mask.bit_length()
        self._bits_shift = shift
        self._start = tuple(variable.start for variable in story.variables.values())

    def mask(self, live: Iterable[str | int | None]) -> int:
        """Return a mask of the bits of variables (names) and of `seen` and `chose` (numbers). None adds no bits."""
        mask = 0
        for name in live:
            if isinstance(name, int):
                mask |= 1 << self._bits_shift + name
            elif name is not None:
                mask |= self._fields[name].mask << self._fields[name].shift
        return mask

    def pack(self, state: State) -> int:
        """Return the fields of a state as an integer."""
        packed: int = state[-1] << self._bits_shift
        for field, start, value in zip(self._fields.values(), self._start, state, strict=False):
            if value != start:
                packed |= field.pack(value)
        return packed

    def unpack(self, packed: int) -> State:
        """Return the state that an integer stands for. Bits below the fields are ignored."""
        return (*[field.unpack(packed) for field in self._fields.values()], packed >> self._bits_shift)


class StateCodec:
    """Turns positions of a cut (a length of the story) played as one role into integers and back. Two positions on a
    node get the same integer if they differ only in what neither this page nor any later page can read.

    From the low end, an integer has: the node's number; a bit for each role, set once the role has reached an ending;
    the live part of the state. Each variable has the same bits in all integers.
    """

    def __init__(self, engine: Engine, live: Liveness) -> None:
        self._story = engine.story
        self._roles = tuple(self._story.roles)
        header_bits = NODE_BITS + len(self._roles)
        self.header = (1 << header_bits) - 1
        self.layout = FieldLayout(self._story, header_bits)
        self.nodes: tuple[Node | None, ...] = (None, *self._story.nodes.values())
        self._numbers = {node.full_id if node else None: number for number, node in enumerate(self.nodes)}
        order = {chapter: number for number, chapter in enumerate(self._story.order)}
        self._chapters = [len(order), *(order[id.split(".")[0]] for id in self._story.nodes)]
        self.live_masks = [self.mask(live.at_page(node.full_id if node else None)) for node in self.nodes]

    def mask(self, live: Live) -> int:
        """Return a mask of the bits of the live variables and of the position."""
        return self.header | self.layout.mask(live)

    def pack(self, position: Position) -> int:
        """Return the integer that stands for a position."""
        number = self.number(position.node)
        key = number | self.layout.pack(position.state)
        for i, role in enumerate(self._roles):
            if role in position.closed:
                key |= 1 << NODE_BITS + i
        return key & self.live_masks[number]

    def unpack(self, key: int) -> Position:
        """Return the position that an integer stands for, without the step to it and the state before its chapter."""
        number, state = key & NODE_MASK, self.layout.unpack(key)
        closed = frozenset(role for i, role in enumerate(self._roles) if key >> NODE_BITS + i & 1)
        return Position(self._chapters[number], self.nodes[number], state, state, closed=closed)

    def number(self, node: Node | None) -> int:
        """Return the number of a node; 0 for None, which stands for the end after the last chapter."""
        return self._numbers[node.full_id if node is not None else None]

    def node(self, key: int) -> Node | None:
        """Return the node of a packed position; None for the end after the last chapter."""
        return self.nodes[key & NODE_MASK]

    def chapter(self, key: int) -> int:
        """Return the number of a packed position's chapter in the calendar, from 0."""
        return self._chapters[key & NODE_MASK]
