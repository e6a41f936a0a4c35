"""A page as one integer, and back: nothing that the rest can read is lost, and nothing else is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.explore.liveness import Liveness
from game.explore.state_codec import FieldLayout, StateCodec
from game.lang.expressions import FARTHEST
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
    st.integers(-FARTHEST, FARTHEST),
    st.just("one"),
    st.integers(0, 2**7 - 1),
)
LIVE = st.frozensets(st.one_of(st.sampled_from(list(STORY.variables)), st.integers(0, 6)))


@given(STATES, LIVE)
def test_what_is_live_comes_back_and_the_rest_is_at_its_start(
    state: tuple[object, ...], live: frozenset[str | int]
) -> None:
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
def test_states_that_the_rest_can_tell_apart_are_two_integers(
    one: tuple[object, ...], other: tuple[object, ...], live: frozenset[str | int]
) -> None:
    """Equal integers exactly where every live field is equal."""
    layout = FieldLayout(STORY, live)
    assert (layout.pack(one) == layout.pack(other)) == (
        layout.unpack(layout.pack(one)) == layout.unpack(layout.pack(other))
    )


def test_reading_on_from_an_unpacked_page_is_reading_on(shipped: Story) -> None:
    """Along the shipped story, doors closing and skips taken, a page packed and unpacked leads where it led."""
    for role, cut in (("villager", "full"), ("official", "kiosk"), (None, "class")):
        engine = Engine(shipped, role, shipped.cuts[cut])
        packing = StateCodec(engine, Liveness(engine), with_skips=True)
        stop, pages = engine.start(), 0
        while stop.node is not None:
            again = packing.unpack(packing.pack(stop))
            assert packing.pack(again) == packing.pack(stop)
            assert (again.node, again.chapter, again.closed) == (stop.node, stop.chapter, stop.closed)
            if packing.offers_skip(stop):
                told, retold = engine.skip(stop), engine.skip(again)
                assert packing.pack(told) == packing.pack(retold), SKIP
                assert told.told == retold.told
            if not engine.goes_on(stop):
                break
            choice = next(
                (one for one in stop.node.choices if one.condition is None or one.condition(stop.state)), None
            )
            onward, again = (
                (engine.take(at, choice) if choice is not None else engine.go_on(at)) for at in (stop, again)
            )
            assert packing.pack(onward) == packing.pack(again), CONTINUE
            stop, pages = onward, pages + 1
        assert pages > 4
