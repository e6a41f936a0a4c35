"""The title offers language and length of a new playthrough; a playthrough can continue in another language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import Playthrough, begin
from game.resources import assets_folder
from game.story import Story, load
from game.ui import intents
from game.ui.editions import Edition
from game.ui.effects import LoadLanguage, StoreSettings
from game.ui.i18n import Catalogue
from game.ui.tree import focus_order, numbered
from game.ui.update import start
from tests.small_stories.packs import THE_MILL, load_the_mill
from tests.ui.app_driver import AppDriver
from tests.ui.stand_ins import wandered

Translation = tuple[Story, Catalogue]
EDITIONS = (
    Edition("en", "English", {"full": {"miller": 28, "clerk": 27}, "short": {"miller": 9}, "kiosk": {"miller": 4}}),
    Edition("zh-Hans", "中文", {"kiosk": {"miller": 4}}),
)


@pytest.fixture(scope="module")
def english() -> Story:
    return load_the_mill()


@pytest.fixture(scope="module")
def chinese() -> Translation:
    return load(THE_MILL, None, "zh-Hans"), Catalogue(assets_folder() / "locale", "zh-Hans")


@pytest.fixture
def driver(english: Story, words: Catalogue) -> AppDriver:
    return AppDriver(start(english, words, editions=EDITIONS))


def choose(driver: AppDriver, translation: Translation) -> None:
    """Press the language of a translation, and answer the effect that loads it."""
    language = translation[0].language
    assert driver.sent(f"set:language={language}") == LoadLanguage(language)
    driver.intend(intents.LanguageLoaded(*translation))


def walked(story: Story, cut: str) -> Playthrough:
    """A playthrough at its third page or so."""
    return wandered(story, 1, "miller", cut)[1]


def test_another_language_is_offered_under_its_own_name(driver: AppDriver, chinese: Translation) -> None:
    """With the minutes if it has only a short version. The choice is stored for the next start."""
    offered = driver.node("set:language=zh-Hans")
    assert (offered.label, offered.language) == ("中文 · short, 4 min", "zh-Hans")
    choose(driver, chinese)
    assert driver.app.story is chinese[0] and driver.node("settings").label == "设置"
    assert driver.effects[-1] == StoreSettings(replace(driver.app.settings, language="zh-Hans"))
    assert driver.sees("set:language=en")


def test_one_language_and_one_length_have_no_rows(english: Story, words: Catalogue) -> None:
    driver = AppDriver(start(english, words, editions=(Edition("en", "English", {"full": {"miller": 28}}),)))
    assert not [node_id for node_id in focus_order(driver.tree) if "language" in node_id or "cut" in node_id]
    assert driver.node("minutes").label == "It takes about 30 minutes."
    driver.press("settings")
    assert not driver.sees("setting:language")


def test_a_length_is_chosen_by_pressing_it(driver: AppDriver) -> None:
    assert [option.label for option in driver.node("setting:cut").children] == [
        "Whole story, 30 min", "Short, 9 min", "Shortest, 4 min",
    ]  # fmt: skip
    driver.press("cut:short")
    assert driver.node("cut:short").chosen
    driver.press("new:miller", "begin:miller")
    assert driver.app.current.cut.id == "short"


def test_left_and_right_step_through_the_lengths(driver: AppDriver) -> None:
    driver.intend(intents.Focus("setting:cut"), intents.Adjust(-1))
    assert driver.app.new_cut == "full"
    driver.intend(intents.Adjust(1), intents.Adjust(1), intents.Adjust(1, "cut"))
    assert driver.app.new_cut == "kiosk"
    driver.press("setting:cut")
    assert driver.app.new_cut == "full"


def test_numbers_choose_who_to_play(driver: AppDriver) -> None:
    assert [node.id for node in numbered(driver.tree)] == ["new:miller", "new:clerk"]
    assert driver.app.top.focus == "new:miller"


def test_a_language_begins_only_what_is_whole_in_it(driver: AppDriver, chinese: Translation) -> None:
    original = driver.app.story, driver.app.words
    driver.press("cut:short")
    choose(driver, chinese)
    assert [option.label for option in driver.node("setting:cut").children] == ["最短篇 4分钟"]
    assert driver.node("cut:kiosk").chosen and not driver.sees("minutes")
    assert driver.app.new_cut == "kiosk"
    choose(driver, original)
    assert driver.node("cut:short").chosen


def test_a_playthrough_goes_on_in_another_language(driver: AppDriver, english: Story, chinese: Translation) -> None:
    driver.intend(intents.PlaythroughLoaded(walked(english, "kiosk")))
    before = driver.takes
    driver.press("pause", "settings")
    choose(driver, chinese)
    assert driver.takes == before and driver.where == "settings"
    page = driver.app.current.page
    assert page.title == chinese[0].chapters[page.chapter or ""].title


def test_a_page_is_offered_only_languages_in_which_its_cut_is_whole(driver: AppDriver, english: Story) -> None:
    driver.intend(intents.PlaythroughLoaded(walked(english, "full")))
    driver.press("pause", "settings")
    assert not driver.sees("setting:language")
    said = "This reading is told only in English. For a new one, the title screen offers 中文."
    assert driver.node("language-only").label == said
    driver.press("back", "home")
    assert driver.sees("set:language=zh-Hans")


def test_the_title_names_the_language_of_a_playthrough(driver: AppDriver, chinese: Translation) -> None:
    driver.intend(intents.PlaythroughLoaded(walked(driver.app.story, "full")))
    driver.press("pause", "home")
    assert driver.node("continue").label == "Continue"
    choose(driver, chinese)
    assert driver.node("continue").label == "继续（English）"
    driver.press("continue")
    assert LoadLanguage("en") in driver.effects


def test_an_incomplete_playthrough_loads_the_story_s_own_language(
    english: Story, words: Catalogue, chinese: Translation
) -> None:
    """Once, even if loading fails."""
    driver = AppDriver(start(*chinese, resumed=walked(chinese[0], "full"), editions=EDITIONS))
    assert driver.effects == []
    driver.press("continue")
    driver.intend(intents.Failed("it is gone"))
    assert driver.effects == [LoadLanguage("en")]
    driver.press("back", "pause")
    driver.intend(intents.LanguageLoaded(english, words))
    assert driver.node("settings").label == "Settings"
    assert not [effect for effect in driver.effects[1:] if isinstance(effect, LoadLanguage)]


def test_what_was_kept_aside_changes_its_language_too(english: Story, words: Catalogue, chinese: Translation) -> None:
    aside = begin(english, "miller", "kiosk")
    driver = AppDriver(start(english, words, aside=aside, editions=EDITIONS))
    driver.intend(intents.LanguageLoaded(*chinese))
    assert driver.app.aside is not None and driver.app.aside.story is chinese[0]
    assert driver.tree.label == chinese[0].title


def test_editions_that_are_found_later_are_offered_then(english: Story, words: Catalogue) -> None:
    driver = AppDriver(start(english, words))
    assert not driver.sees("setting:cut")
    driver.intend(intents.Focus("new:clerk"), intents.EditionsFound(EDITIONS))
    assert driver.sees("setting:cut") and driver.sees("set:language=zh-Hans")
    assert driver.app.top.focus == "new:clerk"
