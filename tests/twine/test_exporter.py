"""An exported story shows the same pages in Twine as here, whatever a reader chooses."""

from __future__ import annotations

import random

import pytest

from game.play import Playthrough, begin
from game.story import Story
from tests.small_stories.packs import load_the_mill
from tests.twine.sugarcube import Link, Player
from tests.twine.test_round_trip import SITTINGS, twee


def paragraphs(p: Playthrough) -> list[str]:
    """What stands on the page, tellings first, a speaker before what they say."""
    told = [one for telling in p.page.told for one in telling.paragraphs]
    shown = p.page.brief if p.page.shows_brief else p.page.paragraphs
    return [f"{one.by}: {one.text}" if one.by else one.text for one in (*told, *shown)]


def past_the_note(player: Player, skipping: bool) -> list[str]:
    """The screen's paragraphs; a heavy chapter's door, which asks first, is gone through or round."""
    before: list[str] = []
    while [link.to for link in player.links if link.to.endswith(".skip")]:
        before += player.paragraphs
        player.click(player.links[-1 if skipping else 0])
    return [*before, *player.paragraphs]


def clicked(player: Player, p: Playthrough, entry: str) -> Link:
    """The link behind an entry."""
    say = next(option.say for option in p.page.choices if option.id == entry) or "Continue"
    (link,) = [one for one in player.links if one.say == say]
    return link


def assert_twine_plays_the_same(story: Story, role: str, cut: str, times: int) -> None:
    """Random readings in both, side by side: the same words, the same choices in their order, the same end."""
    text = twee(story, role, cut)
    for seed in range(times):
        chance = random.Random(seed)
        p, player = begin(story, role, cut), Player(text)
        for _ in range(200):
            skips = "skip" in p.page.offers and chance.random() < 0.3
            met = past_the_note(player, skips)
            if skips:
                p = p.skip()
                met = met[-len(paragraphs(p)) :]
            assert met == paragraphs(p)
            assert [link.say for link in player.links] == [option.say or "Continue" for option in p.page.choices]
            if p.over:
                # Whoever skips the last chapter stands past it, with no ending of their own.
                assert player.tags == (("ending", f"end-{p.page.ending}") if p.page.ending else ("ending",))
                break
            entry = chance.choice(p.page.choices).id
            player.click(clicked(player, p, entry))
            p = p.choose(entry)


@pytest.mark.parametrize(("role", "cut"), SITTINGS)
def test_the_mill_plays_the_same_in_twine(role: str, cut: str) -> None:
    """Effects, ranges, conditions, forks, recalls, tellings and skips of a small story run there as here."""
    assert_twine_plays_the_same(load_the_mill(), role, cut, 15)


@pytest.mark.parametrize("role", ["villager", "official"])
def test_the_shipped_story_plays_the_same_in_twine(role: str, shipped: Story) -> None:
    """So does all of the game's own story, from either door."""
    assert_twine_plays_the_same(shipped, role, "full", 4)
