"""A page as one integer, and back: nothing that the rest can read is lost, and nothing else is kept."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from game.explore.liveness import Liveness
from game.explore.state_codec import FieldLayout, StateCodec
from game.lang.expressions import UNBOUNDED_LIMIT
from game.play.engine import CONTINUE, SKIP, Engine
from game.story import Story
from game.story.model import Variable


def of(*variables: Variable) -> Story:
    """A story of which only the variables matter."""
    return Story("p", "P", 1, "en", {one.name: one for one in variables}, {}, {}, {}, (), {})


STORY = of(
    Variable("grain", 3, -2, 7),
    Variable("wok", True),
    Variable("reported", "honest", one_of=("honest", "raised", "doubled")),
    Variable("sacks", 0),
    Variable("only", "one", one_of=("one",)),
)
STATES = st.tuples(
    st.integers(-2, 7),
    st.booleans(),
    st.sampled_from(["honest", "raised", "doubled"]),
    st.integers(-UNBOUNDED_LIMIT, UNBOUNDED_LIMIT),
    st.just("one"),
    st.integers(0, 2**7 - 1),
)
LIVE = st.frozensets(st.one_of(st.sampled_from(list(STORY.variables)), st.integers(0, 6)))


@given(STATES, LIVE)
def test_unpacking_keeps_live_variables_and_resets_the_rest(state: tuple[Any, ...], live: frozenset[str | int]) -> None:
    """Packing then unpacking keeps the live fields, with their kinds, and no others."""
    layout = FieldLayout(STORY, live)
    packed = layout.pack(state)
    back = layout.unpack(packed)
    assert 0 <= packed < 1 << layout.width
    for i, (name, variable) in enumerate(STORY.variables.items()):
        assert back[i] == (state[i] if name in live else variable.start)
        assert type(back[i]) is type(variable.start)
    assert back[-1] == sum(1 << bit for bit in range(7) if bit in live and state[-1] >> bit & 1)


@given(STATES, STATES, LIVE)
def test_states_that_differ_in_live_variables_are_two_integers(
    one: tuple[object, ...], other: tuple[object, ...], live: frozenset[str | int]
) -> None:
    """Equal integers exactly where every live field is equal."""
    layout = FieldLayout(STORY, live)
    assert (layout.pack(one) == layout.pack(other)) == (
        layout.unpack(layout.pack(one)) == layout.unpack(layout.pack(other))
    )


def test_steps_from_an_unpacked_position_are_the_same(shipped: Story) -> None:
    """Along the shipped story, doors closing and skips taken, a page packed and unpacked leads where it led."""
    for role, cut in (("villager", "full"), ("official", "kiosk"), (None, "class")):
        engine = Engine(shipped, role, shipped.cuts[cut])
        codec = StateCodec(engine, Liveness(engine), with_skips=True)
        position, pages = engine.start(), 0
        while position.node is not None:
            again = codec.unpack(codec.pack(position))
            assert codec.pack(again) == codec.pack(position)
            assert (again.node, again.chapter, again.closed) == (position.node, position.chapter, position.closed)
            if codec.offers_skip(position):
                told, told_again = engine.skip(position), engine.skip(again)
                assert codec.pack(told) == codec.pack(told_again), SKIP
                assert told.told == told_again.told
            if not engine.has_next(position):
                break
            choice = next(
                (one for one in position.node.choices if one.condition is None or one.condition(position.state)), None
            )
            onward, again = (
                (engine.take(at, choice) if choice is not None else engine.advance(at)) for at in (position, again)
            )
            assert codec.pack(onward) == codec.pack(again), CONTINUE
            position, pages = onward, pages + 1
        assert pages > 4
