"""A class in another language. A random walk checks it too: see `ClassWalk`."""

from __future__ import annotations

from random import Random

import pytest

from game.classroom import commands
from game.classroom.server.page_cache import TranslatedClass
from game.classroom.state import ClassState
from game.play import Page
from game.resources import story_folder
from game.story import load
from game.story.model import Story
from tests.classroom.class_walk import stands_at
from tests.classroom.logged_class import LoggedClass
from tests.classroom.test_tasks import at_talk


@pytest.fixture(scope="module")
def chinese() -> Story:
    return load(story_folder(), None, "zh-Hans")


def pages(state: ClassState) -> list[Page]:
    return [track.page for track in state.tracks]


def test_it_reads_every_page_with_the_class(shipped: Story, chinese: Story) -> None:
    class_, translated = LoggedClass(shipped).join("s0", "s1"), TranslatedClass(chinese)
    chance, titles = Random(7), set[str]()
    while class_.play_on(chance):
        own, other = pages(class_.state), pages(translated.state(class_.state))
        assert [(page.node, [option.id for option in page.choices]) for page in own] == [
            (page.node, [option.id for option in page.choices]) for page in other
        ]
        titles |= {page.title for page in other}
    assert titles & {chapter.title for chapter in chinese.chapters.values()}
    assert not titles & {chapter.title for chapter in shipped.chapters.values()}


def test_it_goes_back_and_takes_another_way(shipped: Story, chinese: Story) -> None:
    class_, translated = LoggedClass(shipped).join("s0"), TranslatedClass(chinese)
    for _ in range(3):
        class_.read_to_vote().do(commands.open_vote).decide(coin=Random(1))
    translated.state(class_.state)
    for _ in range(len(class_.state.decisions) - 1):
        class_.do(commands.go_back)
    class_.read_to_vote().do(commands.open_vote)
    class_.decide(reason="", coin=Random(2))
    entries = [track.now.entries for track in translated.state(class_.state).tracks]
    assert entries == [track.now.entries for track in class_.state.tracks]


def test_a_phone_that_comes_late_has_the_page_of_the_class(shipped: Story, chinese: Story) -> None:
    class_, chance = LoggedClass(shipped).join("s0"), Random(3)
    early = TranslatedClass(chinese)
    while class_.play_on(chance):
        early.state(class_.state)
    assert stands_at(TranslatedClass(chinese).state(class_.state)) == stands_at(early.state(class_.state))


def test_a_task_is_in_the_language_too(shipped: Story, chinese: Story) -> None:
    class_, translated = at_talk(shipped), TranslatedClass(chinese)
    before = translated.state(class_.state)
    class_.do(commands.begin_task, "who-for")
    (track,) = translated.state(class_.state).tracks
    assert track.now.story.language == "zh-Hans" and track.page.node == class_.state.tracks[0].page.node
    class_.do(commands.end)
    assert stands_at(translated.state(class_.state)) == stands_at(before)
