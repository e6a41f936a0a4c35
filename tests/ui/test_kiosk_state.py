"""A museum's visit as a value: through a door, from page to page, with no other way out, and back to the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Page, begin
from game.play.history import reading_map
from game.story.model import Story
from game.ui import intents
from game.ui.effects import EndVisit, Quit, ToggleFullscreen
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import IdleTimeout, KioskEdition, KioskOffer
from game.ui.scenery import picture_of
from game.ui.settings import Settings
from game.ui.tree import focus_order, walk
from tests.ui.app_driver import AppDriver

SETTINGS = Settings(targets="large", volume=50)
BOWL, WOK = "The bowl in the case behind you is from Anhui.", "The wok over the door is from a furnace pit."
OUT = [intents.Back(), intents.Fullscreen(), *map(intents.Press, (
    "home", "quit", "pause", "undo", "leave", "settings", "slots-fetch", "code",
))]  # fmt: skip


@pytest.fixture
def edition(mill: Story, words: Catalogue) -> KioskEdition:
    return KioskEdition(mill, words, "Come in.", longer={"miller": 7, "clerk": 1})


@pytest.fixture
def offer(edition: KioskEdition) -> KioskOffer:
    return KioskOffer((edition,), ("miller", "clerk"), "kiosk", "full")


@pytest.fixture
def visitor(offer: KioskOffer) -> AppDriver:
    return AppDriver(start_kiosk(offer, SETTINGS))


@pytest.fixture
def bilingual(offer: KioskOffer, edition: KioskEdition) -> AppDriver:
    """At a kiosk with another language, which lacks the longer way."""
    german = KioskEdition(replace(edition.story, language="de", title="Die Mühle"), edition.words, "Herein.")
    return AppDriver(start_kiosk(replace(offer, editions=(edition, german)), SETTINGS))


@pytest.fixture
def reader(visitor: AppDriver) -> AppDriver:
    visitor.press("come-in", "enter:miller/kiosk")
    return visitor


def turning(driver: AppDriver) -> Iterator[Page]:
    """Each page up to the end; its first choice is taken after it."""
    while not driver.app.current.over:
        yield driver.app.current.page
        driver.intend(intents.PickNumber(1))


def on_to(driver: AppDriver, where: str) -> AppDriver:
    """Take the first choice on every page, until a screen of that name."""
    for _ in range(60):
        if driver.where == where:
            return driver
        driver.intend(intents.PickNumber(1))
    raise AssertionError(f"no {where}")


def test_a_visit_from_the_invitation_to_the_invitation(visitor: AppDriver) -> None:
    assert "Come in." in visitor.said
    visitor.press("come-in")
    assert "This is a test's story." in visitor.said.replace("’", "'") and "house loses" not in visitor.said
    visitor.press("enter:miller/kiosk")
    on_to(visitor, "visit-card")
    assert not visitor.sees("here"), "this museum has no texts of its own"
    assert visitor.sent("visit-over", "visit-anew") == EndVisit()
    visitor.intend(intents.KioskReset(SETTINGS))
    assert visitor.where == "attract" and visitor.app.playthrough is None


def test_a_visitor_reads_in_the_language_that_was_chosen(bilingual: AppDriver) -> None:
    edition, german = bilingual.app.current_visit.offer.editions
    nodes = [*walk(bilingual.tree)]
    titles = [(node.label, node.language) for node in nodes if node.role == "heading"]
    assert titles == [(edition.story.title, ""), ("Die Mühle", "de")]
    assert [node.language for node in nodes if node.label in ("Come in.", "Herein.")] == ["", "de"]
    ways = [(node.id, node.language) for node in nodes if node.style == "main"]
    assert ways == [("language:en", ""), ("language:de", "de")]
    bilingual.press("language:de")
    assert bilingual.where == "visit-door" and bilingual.app.story is german.story
    bilingual.intend(intents.KioskReset(SETTINGS))
    bilingual.press("attract")
    assert bilingual.where == "visit-language"
    bilingual.press("language:en")
    assert bilingual.where == "visit-door" and bilingual.app.story is edition.story
    bilingual.press("come-in", "language:de", "enter:miller/kiosk")
    assert bilingual.app.current.story is german.story
    bilingual.intend(intents.KioskReset(SETTINGS))
    assert bilingual.where == "attract" and bilingual.app.story is edition.story


def test_a_single_language_leads_to_the_doors_with_the_longer_way(visitor: AppDriver) -> None:
    visitor.press("come-in")
    assert visitor.where == "visit-door" and not visitor.sees("come-in")
    assert "Old Ning, longer version (about 7 minutes, best sitting down)" in visitor.said
    assert "Clerk Yao, longer version (about 1 minute, best sitting down)" in visitor.said
    visitor.press("enter:clerk/full")
    assert visitor.app.current.cut.id == "full"


def test_a_language_without_the_longer_way_has_the_usual_one_alone(bilingual: AppDriver) -> None:
    bilingual.press("language:de")
    assert bilingual.sees("enter:clerk/kiosk") and not bilingual.sees("enter:clerk/full")
    bilingual.press("come-in", "language:en")
    assert bilingual.sees("enter:clerk/full")


def test_stop_asks_first(reader: AppDriver) -> None:
    page = reader.app.page
    for no in (intents.Back(), intents.Press("back")):
        reader.press("stop")
        assert reader.where == "confirm" and reader.app.top.focus == "back"
        assert "what really happened to the people" in reader.said
        reader.intend(no)
        assert reader.where == "reading" and reader.app.page is page


@pytest.mark.parametrize("way", OUT, ids=str)
def test_there_is_no_way_out(visitor: AppDriver, way: intents.Intent) -> None:
    for presses in ((), ("come-in",), ("enter:miller/kiosk",), ("stop", "yes"), ("visit-over",)):
        visitor.press(*presses)
        before = visitor.app
        visitor.intend(way)
        assert (visitor.app.views, visitor.app.playthrough) == (before.views, before.playthrough)
        assert not [effect for effect in visitor.effects if isinstance(effect, (Quit, ToggleFullscreen))]


def test_the_choices_of_others_show_only_if_they_are_many(reader: AppDriver) -> None:
    page = next(page for page in turning(reader) if page.has_decision)
    node, choice = page.node or "", page.choices[0].id
    on_to(reader, "visit-card")
    reader.intend(intents.ChoicesCounted({node: {choice: 7, "other": 2}}))
    assert "of 9" not in reader.said
    reader.intend(intents.ChoicesCounted({node: {choice: 7, "other": 3}}))
    assert "7 of 10 who were here chose this too." in reader.said


def test_the_choices_of_others_stay_secret_with_the_votes(reader: AppDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    page = next(page for page in turning(reader) if page.has_decision)
    monkeypatch.setattr(type(page), "tally", False)
    reader.press(f"choice:{page.choices[0].id}", "stop", "yes")
    reader.intend(intents.ChoicesCounted({page.node or "": {page.choices[0].id: 70, "other": 30}}))
    assert "who were here" not in reader.said


def museum_texts(driver: AppDriver) -> list[str]:
    """The museum's texts about its own objects on a screen."""
    return [node.label for node in driver.node("here").children] if driver.sees("here") else []


def test_a_museum_s_texts_stand_on_pages_with_its_objects(visitor: AppDriver, offer: KioskOffer) -> None:
    objects = {"rice-bowl": BOWL, "wok": WOK, "scale": "Nothing of the story."}
    (edition,) = offer.editions
    visitor.app = start_kiosk(replace(offer, editions=(replace(edition, objects=objects),)), SETTINGS)
    visitor.press("come-in", "enter:miller/full")
    met: dict[str, None] = {}
    for page in turning(visitor):
        if visitor.where == "visit-between":
            visitor.press("read-on")
        expected = [objects[page.object]] if page.object else []
        assert museum_texts(visitor) == expected
        if expected:
            ids = [child.id for child in visitor.tree.children]
            assert ids.index("choices") < ids.index("here") and "Here in the museum" in visitor.said
        met |= dict.fromkeys(expected)
    visitor.press("visit-card")
    assert museum_texts(visitor) == [*met] == [WOK, BOWL]
    ids = [child.id for child in visitor.tree.children]
    assert ids.index("here") < ids.index("deeds")
    visitor.intend(intents.KioskReset(SETTINGS))
    visitor.press("come-in", "enter:miller/full", "stop", "yes")
    assert museum_texts(visitor) == []


def test_the_idle_prompt_counts_down_and_closes_by_a_press(reader: AppDriver) -> None:
    reader.intend(intents.IdleCountdown(20), intents.IdleCountdown(19))
    assert reader.where == "still-there" and "19 seconds" in reader.said
    reader.press("stay")
    assert reader.where == "reading"


def test_a_reset_takes_everything_back(reader: AppDriver, offer: KioskOffer) -> None:
    reader.press("voice", "type")
    reader.intend(intents.Mute(), intents.IdleCountdown(3), intents.KioskReset(SETTINGS))
    assert reader.app == start_kiosk(offer, SETTINGS)


def test_the_pictures_go_by_while_nobody_is_there(mill: Story, offer: KioskOffer) -> None:
    picture = begin(mill, role="miller").page.picture
    assert picture is not None
    scenes = tuple(replace(picture, alt=str(number)) for number in range(3))
    driver = AppDriver(start_kiosk(replace(offer, scenes=scenes), SETTINGS))
    for expected in (*scenes, scenes[0]):
        assert picture_of(driver.app) == expected
        driver.intend(intents.NextScene())


@given(st.floats(0, 10_000), st.integers(0, 2_000), st.integers(20, 600), st.integers(20, 120))
def test_idle_time_includes_reading_time(quiet: float, words: int, idle: int, warn: int) -> None:
    left = IdleTimeout(idle, warn).left(quiet, words)
    asks = idle + words / 150 * 60
    if quiet < asks:
        assert left is None
    else:
        assert left is not None and 0 <= left <= warn
        assert (left == 0) == (quiet >= asks + warn)


@pytest.fixture
def led(shipped: Story, words: Catalogue) -> AppDriver:
    """A visitor of the shipped story, whose kiosk's cut skips chapters."""
    offer = KioskOffer((KioskEdition(shipped, words, "Come in."),), ("villager", "official"), "kiosk", "full")
    driver = AppDriver(start_kiosk(offer, SETTINGS))
    driver.press("come-in", "enter:villager/kiosk")
    return driver


def test_a_content_note_stands_before_its_page_only(led: AppDriver) -> None:
    on_to(led, "visit-between")
    page = led.app.current.page
    assert page.note and page.note in led.said and not led.sees("choice:give-wok")
    led.press("read-on")
    assert led.where == "reading" and led.app.page is page and page.note not in led.said


def test_a_skipped_heavy_chapter_s_summary_comes_before_the_next_page(led: AppDriver) -> None:
    on_to(led, "visit-between").press("skip")
    assert led.takes[-1] == "skip" and led.where == "visit-between"
    (summary,) = led.app.current.page.told
    assert led.app.current.page.chapter == "v-the-number" and summary.chapter == "v-pots-into-iron"
    before = led.said
    assert all(paragraph.text in before for paragraph in summary.paragraphs) and "October 1958" in before
    led.press("read-on")
    assert led.where == "reading" and not any(paragraph.text in led.said for paragraph in summary.paragraphs)


def test_a_summary_comes_before_the_lines_of_a_later_date(led: AppDriver) -> None:
    on_to(led, "visit-between").press("skip")
    while not (led.where == "visit-between" and led.app.current.page.told and led.app.current.page.lines):
        assert not led.app.current.over
        led.press(next(name for name in focus_order(led.tree) if name.startswith(("read-on", "choice:"))))
    styles = [node.style for node in walk(led.tree) if node.role == "paragraph"]
    assert styles.index("told-date") < styles.index("line")


def test_a_visitor_goes_back_one_screen_at_a_time(led: AppDriver) -> None:
    on_to(led, "visit-between").press("read-on")
    screens = []
    while led.where != "visit-door":
        screens.append((led.where, led.app.current.page.node))
        led.press("step-back")
    first, chapter = "v-two-baskets.beans", "v-pots-into-iron.collectors"
    assert screens == [("reading", chapter), ("visit-between", chapter), ("reading", first)]
    assert led.app.playthrough is None
    led.press("enter:villager/kiosk")
    assert led.app.current.page.node == first


def test_a_choice_taken_back_is_not_on_the_card(led: AppDriver) -> None:
    on_to(led, "visit-between").press("read-on", "choice:give-wok", "step-back", "choice:hide-point", "stop", "yes")
    assert "Hide the plough-point in the well" in led.said and "Give wok and plough-point" not in led.said


def test_the_full_text_stays_on_until_turned_off(led: AppDriver) -> None:
    led.press("more")
    on_to(led, "visit-between").press("read-on")
    assert led.app.current.page.paragraphs[0].text in led.said
    led.press("more", "choice:give-wok")
    assert led.app.current.page.brief[0].text in led.said
    led.press("more")
    led.intend(intents.KioskReset(SETTINGS))
    led.press("come-in", "enter:villager/kiosk")
    assert led.app.current.page.brief[0].text in led.said


def test_the_full_text_follows_the_brief_one(led: AppDriver) -> None:
    """The brief one says who speaks to whom, and stays."""
    assert led.node("more").label == "Read more on every page"
    before, page = led.said, led.app.current.page
    led.press("more")
    said = led.said
    assert said.index(page.brief[0].text) < said.index(page.paragraphs[0].text) and page.paragraphs[-1].text in said
    led.press("more")
    assert led.said == before and led.app.page is page
    led.press("more")
    marked = 0
    for _ in turning(led):
        people = [node.label for node in walk(led.tree) if node.style == "person"]
        assert len(people) == len(set(people))  # where they are first named
        marked += len(people)
    assert marked


def test_the_sources_link_stands_above_the_choices(led: AppDriver) -> None:
    on_to(led, "visit-between").press("read-on")
    pages = 0
    for page in turning(led):
        if led.where == "reading" and led.sees("sources"):
            order = [node.id for node in walk(led.tree)]
            assert order.index("sources") < order.index("choices")
            pages += page.has_decision
    assert pages > 2


def test_a_consequence_has_its_facts_behind_one_link(led: AppDriver) -> None:
    on_to(led, "visit-between").press("read-on", "choice:give-wok")
    story, changes = led.app.story, led.app.current.page.changes
    behind = dict.fromkeys(fact for change in changes for fact in change.facts)
    facts = [fact for fact in behind if fact in story.facts]
    assert facts and "Is this true? " in led.said
    led.press("sources")
    assert led.where == "sources"
    for fact in facts:
        found = story.facts[fact]
        assert found.text in led.said and f"paragraph {found.place}" in led.said
    led.intend(intents.Back())
    assert led.where == "reading"


def test_the_card_says_first_what_happened(led: AppDriver) -> None:
    """Each deed with its outcome stands after that."""
    on_to(led, "visit-between").press("read-on", "choice:give-wok", "stop", "yes")
    said = led.said
    for text in ("China, 1958 to 1962", "Thirty to fifty million people", "says the film", "are invented"):
        assert said.index(text) < said.index("Give wok and plough-point")
    fork = reading_map(led.app.current).dates[-1][0].forks[0]
    came = led.node("answered-0").label
    assert fork.answer is not None and came == fork.answer.text
    assert said.index("standing beside you") < said.index("where the iron would go?") < said.index(came)


def test_the_outcome_of_a_deed_stands_on_the_next_page_and_the_card(led: AppDriver) -> None:
    answers: list[str] = []
    for page in turning(led):
        if led.where == "visit-between":
            assert page.answer is None or page.answer.text in led.said
            led.press("read-on")
        if page.answer is not None:
            answers.append(page.answer.text)
            assert page.answer.text in led.said or page.note or page.told
    led.press("visit-card")
    labels = [node.label for node in walk(led.tree) if node.style == "outcome"]
    assert len(answers) == 4 and labels == answers


def test_the_card_of_an_early_stop_has_no_question(led: AppDriver) -> None:
    led.press("stop", "yes")
    assert "Thirty to fifty million people" in led.said and "standing beside you" not in led.said


def test_the_other_side_is_read_with_what_this_one_fixed(led: AppDriver) -> None:
    on_to(led, "visit-card").press("visit-over", "other-door:official")
    p = led.app.current
    assert p.role == "official" and p.earlier is not None and p.earlier.role == "villager"
    on_to(led, "visit-card").press("visit-over")
    assert not any(name.startswith("other-door") for name in focus_order(led.tree))
