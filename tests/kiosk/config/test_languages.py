"""The languages of a kiosk: which can be offered, why others cannot, and a visit in each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.documents.guide.reading_times import measure_reading_times
from game.kiosk.app import offer_of
from game.kiosk.config.config_schema import read_config
from game.kiosk.config.configuration import Config, KnownNames, longer_cut_warnings
from game.kiosk.config.languages import Languages
from game.resources import story_folder
from game.story import Story, StoryErrors, load
from game.ui import intents
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import KioskEdition, KioskOffer
from game.ui.tree import walk
from tests.kiosk.config_files import config_findings, write_config
from tests.kiosk.kiosk_driver import SETTINGS, KioskDriver
from tests.small_stories.packs import THE_MILL


def of(folder: Path) -> Languages:
    """The mill's languages; its short cut is complete in Chinese."""
    return Languages(load(folder), ("de", "zh-Hans"), ("en", "zh-Hans"), lambda source: load(folder, language=source))


def test_a_language_needs_a_translation_and_words() -> None:
    languages = of(THE_MILL)
    assert languages.tags == ("en", "zh-Hans")
    assert languages.story("en") is languages.own
    assert languages.story("zh-Hans").title == "磨坊" and languages.story("zh-Hans") is languages.story("zh-Hans")


def test_what_a_cut_lacks_is_said() -> None:
    """Nothing for a complete cut; otherwise the first untranslated place."""
    languages = of(THE_MILL)
    assert [languages.why_unavailable(tag, "kiosk") for tag in languages.tags] == ["", ""]
    assert languages.why_unavailable("zh-Hans", "full").endswith("first at c-gate.yaml:3:8")


def test_a_translation_that_is_not_sound_is_said(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_bytes((THE_MILL / "pack.yaml").read_bytes())

    def load_wrong(language: str) -> Story:
        return load(tmp_path, language=language)

    languages = Languages(load(THE_MILL), ("zh-Hans",), ("en", "zh-Hans"), load_wrong)
    with pytest.raises(StoryErrors):
        languages.story("zh-Hans")
    assert "is not sound" in languages.why_unavailable("zh-Hans", "kiosk")


def known(languages: Languages) -> KnownNames:
    return KnownNames(("miller", "clerk"), ("kiosk", "full"), languages.tags, why_unavailable=languages.why_unavailable)


def test_a_configuration_offers_what_is_whole(tmp_path: Path) -> None:
    has = known(of(THE_MILL))
    assert read_config(write_config(tmp_path, "languages: [zh-Hans, en]"), has).languages == ("zh-Hans", "en")
    assert read_config(write_config(tmp_path, "idle: 30"), has).languages == ("en",)
    (line,) = config_findings(tmp_path, "languages: [en, zh-Hans]\ncut: full", has)
    assert "kiosk.yaml:1:17: the cut `full` is not whole in `zh-Hans`, first at c-gate.yaml:3:8" in line


def test_a_longer_cut_is_taken_where_one_language_has_it(tmp_path: Path) -> None:
    has = known(of(THE_MILL))
    config = read_config(write_config(tmp_path, "languages: [zh-Hans, en]\nlonger_cut: full"), has)
    assert config.longer_cut == "full"
    (note,) = longer_cut_warnings(config, has.why_unavailable)
    assert note.startswith("The longer way is not offered in `zh-Hans`: the cut `full` is not whole")
    assert not list(longer_cut_warnings(replace(config, languages=("en",)), has.why_unavailable))
    assert not list(longer_cut_warnings(replace(config, longer_cut=""), has.why_unavailable))
    (line,) = config_findings(tmp_path, "languages: [zh-Hans]\nlonger_cut: full", has)
    assert "kiosk.yaml:2:13: the cut `full` is not whole in `zh-Hans`" in line


@pytest.mark.parametrize(
    "text",
    [
        "languages: [xx]",
        "languages: [en, xx]\nlonger_cut: full",
        "languages: [en, xx]\nattract: {xx: Come in.}\nobjects: {wok: {xx: A wok.}}",
    ],
)
def test_a_language_that_there_is_not_is_said_once(text: str, tmp_path: Path) -> None:
    """It is reported where it is offered, and not again for each missing cut and each text in it."""
    has = replace(known(of(THE_MILL)), objects=("wok",))
    (line,) = config_findings(tmp_path, text, has)
    assert "there is no language `xx`" in line and "kiosk.yaml:1:" in line


def test_each_language_offers_the_longer_way_that_it_has(shipped: Story) -> None:
    languages = of(THE_MILL)
    stories = [languages.story(tag) for tag in languages.tags]
    own, chinese = offer_of(stories, Config(languages=languages.tags, roles=("clerk",), longer_cut="full")).editions
    assert list(own.longer) == ["clerk"] and not chinese.longer
    assert not offer_of(stories, Config()).editions[0].longer
    # measuring all cuts takes long
    short = replace(shipped, cuts={id: shipped.cuts[id] for id in ("one-door", "kiosk")})
    minutes = offer_of([short], Config(longer_cut="one-door")).editions[0].longer
    counted = {time.role: time.minutes for time in measure_reading_times(short) if time.cut == "one-door"}
    assert minutes.keys() == counted.keys() == shipped.roles.keys()
    assert all(counted[role][0] <= minutes[role] <= counted[role][1] for role in minutes)


@pytest.fixture
def kiosk(mill: Story, words: Catalogue) -> KioskDriver:
    """A kiosk in two languages."""
    kiosk = KioskDriver(mill, words)
    editions = tuple(KioskEdition(replace(mill, language=tag), words, "Come in.") for tag in ("en", "de"))
    kiosk.app = start_kiosk(KioskOffer(editions, ("miller",), "kiosk"), SETTINGS)
    return kiosk


def test_visits_are_counted_by_the_language_that_was_read(kiosk: KioskDriver) -> None:
    for language in ("de", "en", "de"):
        kiosk.press("attract", f"language:{language}", "enter:miller/kiosk", "stop", "yes", "visit-over", "visit-anew")
        assert kiosk.where == "attract" and kiosk.app.story.language == "en"
    assert {key: n for (kind, key), n in kiosk.counts.n.items() if kind == "visits"} == {"de": 2, "en": 1}


def test_language_is_reset_when_visitor_leaves(kiosk: KioskDriver) -> None:
    kiosk.press("attract", "language:de")
    assert kiosk.where == "visit-door"
    kiosk.wait(200)
    assert kiosk.where == "attract" and kiosk.app.story.language == "en" and not kiosk.counts.n


def test_the_shipped_kiosk_in_two_languages(shipped: Story) -> None:
    chinese = load(story_folder(), language="zh-Hans")
    offer = offer_of([shipped, chinese], Config(languages=("en", "zh-Hans"), attract={"en": "Sit down."}))
    kiosk = KioskDriver(shipped, offer.editions[0].words)
    kiosk.app = start_kiosk(offer, SETTINGS)
    said = [node.label for node in walk(kiosk.tree)]
    assert "Sit down." in said and chinese.words["invite"] in said
    kiosk.press("language:zh-Hans")
    doors = [node for node in walk(kiosk.tree) if node.label and node.id != "come-in"]
    assert all(not any(char.isascii() and char.isalpha() for char in node.label + node.value) for node in doors)
    kiosk.intend(intents.KioskReset(SETTINGS))
    assert [node.label for node in walk(kiosk.tree)] == said
