"""A page as one integer, and back, and the steps from it: nothing that the rest reads is lost or changed."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.explore.state_codec import FieldLayout
from game.explore.transition_table import TransitionTable, offers_skip, steps
from game.lang.expressions import UNBOUNDED_LIMIT
from game.play.engine import Engine
from game.story import Story
from game.story.model import Variable


def of(*variables: Variable) -> Story:
    """A story in which only the variables matter."""
    return Story("p", "P", 1, "en", {variable.name: variable for variable in variables}, {}, {}, {}, (), {})


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
LAYOUT = FieldLayout(STORY, 5)


@given(STATES, LIVE)
def test_unpacking_keeps_live_variables_and_resets_the_rest(state: tuple[Any, ...], live: frozenset[str | int]) -> None:
    packed = LAYOUT.pack(state) & LAYOUT.mask(live)
    assert packed & 0b11111 == 0, "the bits below are left free"
    back = LAYOUT.unpack(packed)
    for i, (name, variable) in enumerate(STORY.variables.items()):
        assert back[i] == (state[i] if name in live else variable.start)
        assert type(back[i]) is type(variable.start)
    assert back[-1] == sum(1 << bit for bit in range(7) if bit in live and state[-1] >> bit & 1)


@given(STATES, STATES, LIVE)
def test_states_that_differ_in_live_variables_are_two_integers(
    first: tuple[object, ...], second: tuple[object, ...], live: frozenset[str | int]
) -> None:
    fields = [i for i, name in enumerate(STORY.variables) if name in live]
    bits = sum(1 << bit for bit in live if isinstance(bit, int))
    alike = all(first[i] == second[i] for i in fields) and first[-1] & bits == second[-1] & bits  # type: ignore[operator]
    assert ((LAYOUT.pack(first) ^ LAYOUT.pack(second)) & LAYOUT.mask(live) == 0) == alike


@pytest.mark.parametrize(("role", "cut"), [("villager", "full"), ("official", "kiosk"), (None, "class")])
def test_a_transition_leads_where_the_engine_leads(shipped: Story, role: str | None, cut: str) -> None:
    engine, random = Engine(shipped, role, shipped.cuts[cut]), Random(0)
    table = TransitionTable(engine, with_skips=True)
    codec, pages = table.codec, 0
    for _ in range(30):
        position = engine.start()
        while position.node is not None:
            key = codec.pack(position)
            assert codec.pack(codec.unpack(key)) == key
            again = codec.unpack(key)
            assert (again.node, again.chapter, again.closed) == (position.node, position.chapter, position.closed)
            onward, skipped = [after for _, after in steps(engine, position)], []
            for after in onward:
                while offers_skip(engine, after):
                    after = engine.skip(after)
                    skipped.append(after)
            form = table.form(key)
            assert [key & step.keep | step.put for step in form.steps] == [codec.pack(after) for after in onward]
            assert [key & step.keep | step.put for step in form.skips] == [codec.pack(after) for after in skipped]
            onward += skipped
            if not onward:
                break
            position, pages = random.choice(onward), pages + 1
    assert pages > 120
