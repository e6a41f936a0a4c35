"""Properties of every page, over random playthroughs of two small stories and the shipped story."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Playthrough, UnavailableChoice, UnknownChoice, begin, debrief, restore, save
from game.play.debrief_sections import facts_met
from game.story import Story
from tests.play.readers import read_to_the_end, walked
from tests.small_stories.packs import load_the_ferry

Book = Callable[[], Story]  # a failing example's report must not print the whole story


@pytest.fixture(scope="module")
def ferry() -> Story:
    """A small story with people, answers and lines."""
    return load_the_ferry()


@pytest.fixture(scope="module", params=["mill", "ferry", "shipped"])
def book(request: pytest.FixtureRequest) -> Book:
    story: Story = request.getfixturevalue(request.param)
    return lambda: story


def roles_and_cuts(story: Story) -> list[tuple[str | None, str]]:
    """Every way to begin the story: a role and a cut, or a cut of both roles."""
    return [(role, cut.id) for cut in story.cuts.values() for role in ([None] if cut.both_roles else [*story.roles])]


# a start as a share of the roles and cuts, a seed, whether there is an earlier record, and the chance of leaving
JOURNEYS = st.tuples(st.floats(0, 0.999), st.integers(0, 2**32), st.booleans(), st.sampled_from([0.0, 0.05]))


def journey(story: Story, drawn: tuple[float, int, bool, float]) -> Playthrough:
    share, seed, with_earlier, outside = drawn
    chance = random.Random(seed)
    role, cut = roles_and_cuts(story)[int(share * len(roles_and_cuts(story)))]
    earlier = None
    if with_earlier and role is not None:
        other_role = next(id for id in story.roles if id != role)
        cuts = [id for _, id in roles_and_cuts(story) if not story.cuts[id].both_roles]
        earlier = read_to_the_end(begin(story, other_role, chance.choice(cuts)), chance)
        if not earlier.finished:
            earlier = None
    return read_to_the_end(begin(story, role, cut, earlier), chance, outside=outside)


def pages(p: Playthrough) -> list[dict[str, Any]]:
    return [at.page.as_json() for at in p.history]


@given(JOURNEYS)
def test_a_playthrough_comes_to_its_end(book: Book, drawn: tuple[float, int, bool, float]) -> None:
    p = journey(book(), drawn)
    assert p.over
    assert p.left or p.page.ending or (p.page.node is None and p.entry and p.entry.take == "skip" and p.page.told)
    if p.page.ending and p.role is not None and not p.left:
        assert p.page.role in (p.role, None)


@given(JOURNEYS)
def test_undo_then_choose_is_identity(book: Book, drawn: tuple[float, int, bool, float]) -> None:
    p = journey(book(), drawn)
    for at in p.history[1:]:
        assert at.entry is not None
        again = at.undo().take(at.entry.take)
        assert (again.entries, again.over, again.left) == (at.entries, at.over, at.left)
        assert again.page.as_json() == at.page.as_json()


@given(JOURNEYS, st.floats(0, 1))
def test_save_then_restore_is_identity(book: Book, drawn: tuple[float, int, bool, float], far: float) -> None:
    line = journey(book(), drawn).history
    at = line[int(far * (len(line) - 1))]
    again, notes = restore(book(), json.loads(json.dumps(save(at))))
    assert notes == ()
    assert (again.role, again.cut, again.entries) == (at.role, at.cut, at.entries)
    assert (again.over, again.left) == (at.over, at.left)
    assert pages(again) == pages(at)
    assert debrief(again) == debrief(at)
    assert save(again) == save(at)


@given(JOURNEYS)
def test_every_entry_on_a_page_can_be_taken(book: Book, drawn: tuple[float, int, bool, float]) -> None:
    for at in journey(book(), drawn).history:
        entries = {*(option.id for option in at.page.choices), *at.page.offers}
        for entry in entries:
            assert at.take(entry).undo() is at
        closed = {choice.id for choice in at.position.node.choices} if at.position.node else set()
        for entry in ({"continue", "skip", "leave", "no-such-thing"} | closed) - entries:
            with pytest.raises((UnavailableChoice, UnknownChoice)):
                at.take(entry)


@given(JOURNEYS)
def test_every_page_is_whole(book: Book, drawn: tuple[float, int, bool, float]) -> None:
    p = journey(book(), drawn)
    for at in p.history:
        page = at.page
        assert page.paragraphs or (page.node is None and page.told)
        assert all(paragraph.text.strip() for paragraph in (*page.paragraphs, *page.brief))
        assert all(paragraph.text.strip() for skipped in page.told for paragraph in skipped.paragraphs)
        assert at.over or (page.choices and "leave" in page.offers)
        assert all(option.say for option in page.choices if option.id != "continue")
        for change in page.changes:
            assert change.before != change.after
            assert all(fact in book().facts or fact == "invented" for fact in change.facts)
        assert json.loads(json.dumps(page.as_json())) == page.as_json()
    assert set(facts_met(p)) <= set(book().facts)


@given(JOURNEYS)
def test_the_same_entries_are_the_same_playthrough(book: Book, drawn: tuple[float, int, bool, float]) -> None:
    p = journey(book(), drawn)
    again = walked(book(), p.role, p.cut.id, (entry.take for entry in p.entries), p.earlier)
    assert pages(again) == pages(p)
