"""A class in two languages at once, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from game.classroom import commands
from game.commands.support.editions import translations_of
from game.resources import story_folder
from game.story import Story
from game.ui.i18n import Catalogue
from tests.real.conftest import GivePhone
from tests.real.phones import CODE, Class, Pupil, a_class
from tests.real.screen import until
from tests.real.test_phones import BLOCKED

ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")  # two words of a sentence; names of scholars stand on other pages
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def class_(shipped: Story, words: Catalogue, tmp_path: Path) -> Iterator[Class]:
    others = translations_of(story_folder(), shipped, "class")
    with a_class(shipped, words, tmp_path, translations=others) as held:
        yield held


def join_in_chinese(pupil: Pupil, held: Class, door: int) -> None:
    pupil.page.goto(f"{held.address}/{CODE}")
    pupil.page.get_by_role("button", name="中文").click()
    expect(pupil.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    pupil.page.locator("label.door").nth(1 + door).click()
    pupil.page.locator("#join button.main").click()
    expect(pupil.page.locator("h1")).to_have_text(held.translations[0][0].title)
    pupil.page.locator("#begin").click()
    pupil.page.locator("article").wait_for()


def test_a_class_in_two_languages_to_its_end(class_: Class, give_phone: GivePhone) -> None:
    host, (chinese, _) = class_.host, class_.translations[0]
    pupils = {}
    for number, role in enumerate(class_.story.roles.values()):
        pupils["en", role.id] = give_phone().join(class_, role.name)
        pupils["zh", role.id] = give_phone()
        join_in_chinese(pupils["zh", role.id], class_, number)
    while not all(track.done for track in host.state.tracks):
        if not host.state.can_vote:
            host.execute(commands.go_on)
            continue
        host.execute(commands.open_vote)
        for (language, _), pupil in pupils.items():
            track = host.state.track_of(pupil.seat)
            if not track.has_vote:
                continue
            story = chinese if language == "zh" else class_.story
            expect(pupil.page.locator(f"[id='choice:{track.options[0]}']")).to_be_visible()
            expect(pupil.page.locator("h1")).to_contain_text(story.chapters[track.page.chapter or ""].title)
            expect(pupil.choices).to_have_count(len(track.options))
            expect(pupil.page.locator("#choices button[aria-disabled]")).to_have_count(0)
            read = pupil.page.locator("article").inner_text() + pupil.page.locator("#choices").inner_text()
            assert bool(HAN.search(read)) if language == "zh" else bool(ENGLISH.search(read))
            assert not (language == "zh" and ENGLISH.search(read)), ENGLISH.search(read)
            pupil.choose(1)
        seats = {pupil.seat for pupil in pupils.values()}
        voting = {seat for seat in seats if host.state.track_of(seat).has_vote}
        until(lambda voting=voting: set(host.state.ballots) == voting, 15, "each vote")  # type: ignore[misc]
        host.execute(commands.reveal)
        class_.decide()
    for pupil in pupils.values():
        assert pupil.fits and pupil.faults() == ""


@pytest.mark.parametrize("script", ["", BLOCKED], ids=["socket", "polls"])
def test_a_phone_changes_its_language_and_keeps_its_place(class_: Class, pupil: Pupil, script: str) -> None:
    chinese, _ = class_.translations[0]
    if script:
        pupil.page.add_init_script(script)
    pupil.join(class_, next(iter(class_.story.roles.values())).name)
    class_.to_a_vote()
    expect(pupil.page.locator("#choices button[aria-disabled]")).to_have_count(0)
    pupil.choose(2)
    expect(pupil.page.locator("#choices .mark")).to_have_text("Your vote")
    pupil.page.get_by_role("button", name="中文").click()
    title = chinese.chapters[class_.host.state.track_of(pupil.seat).page.chapter or ""].title
    expect(pupil.page.locator("h1")).to_contain_text(title)
    expect(pupil.page.locator("#choices button").nth(1)).to_have_attribute("aria-pressed", "true")
    assert HAN.search(pupil.status.inner_text()) and pupil.faults() == "" and pupil.fits
    pupil.page.reload()
    expect(pupil.page.locator("h1")).to_contain_text(title)
    pupil.page.get_by_role("button", name="English").click()
    expect(pupil.page.locator("h1")).not_to_contain_text(title)
    expect(pupil.page.locator("html")).to_have_attribute("lang", "en")


def test_the_note_before_the_first_page_changes_too(class_: Class, pupil: Pupil) -> None:
    pupil.page.goto(f"{class_.address}/{CODE}")
    pupil.page.locator("#join button.main").click()
    expect(pupil.page.locator("#begin")).to_be_visible()
    pupil.page.get_by_role("button", name="中文").click()
    expect(pupil.page.locator("h1")).to_have_text(class_.translations[0][0].title)
    assert not ENGLISH.search(pupil.page.locator("main").inner_text().replace("English", ""))


def test_a_class_in_one_language_asks_nothing(
    shipped: Story, words: Catalogue, tmp_path: Path, give_phone: GivePhone
) -> None:
    with a_class(shipped, words, tmp_path) as held:
        pupil = give_phone().join(held, next(iter(shipped.roles.values())).name)
        expect(pupil.page.locator("#languages")).to_have_count(0)
