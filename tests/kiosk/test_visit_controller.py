"""The visit controller: idle timeout, reset, counting, opening hours, and the staff's access."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

import pytest

from game.core.exit_status import RESTART
from game.desktop.input.input_mapping import STAFF, Touch
from game.kiosk.config.hours import Hours
from game.kiosk.visit_controller import HOLD_SECONDS, KEY, STAFF_IDLE, Fingers, corner_of, opens_staff_page
from game.resources import assets_folder
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Quit
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue, catalogue_for
from game.ui.kiosk_state import KioskEdition
from game.ui.tree import walk
from tests.kiosk.kiosk_driver import PIN, SETTINGS, KioskDriver
from tests.lanes import sampled


@pytest.fixture
def kiosk(mill: Story, words: Catalogue) -> KioskDriver:
    return KioskDriver(mill, words)


def left(kiosk: KioskDriver) -> list[str]:
    return [key.partition(".")[0] for (kind, key), n in kiosk.counts.n.items() for _ in range(n) if kind == "left"]


def test_a_visit_is_counted_once_and_nothing_else_is_kept(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    kiosk.read_to_the_card()
    kiosk.press("visit-over", "visit-anew")
    n = kiosk.counts.n
    assert {key: n[key] for key in n if key[0] in ("visits", "role", "cut")} == {
        ("visits", "en"): 1, ("role", "miller"): 1, ("cut", "kiosk"): 1,
    }  # fmt: skip
    assert sum(count for (kind, _), count in n.items() if kind == "ending") == 1
    assert left(kiosk) == ["finished"]
    pages = [key for key in n if key[0] == "page"]
    assert pages and all(n[key] == 1 and kiosk.counts.seconds[key] >= 1 for key in pages)
    assert [key for key in n if key[0] == "choice"]
    assert kiosk.where == "attract"


def test_choices_taken_back_are_not_counted(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    while not kiosk.page.has_decision:
        kiosk.choose(kiosk.page.choices[0].id)
    node, (first, second, *_) = kiosk.page.node or "", kiosk.page.choices
    kiosk.choose(first.id)
    kiosk.press("step-back")
    kiosk.choose(second.id)
    kiosk.read_to_the_card()
    kiosk.press("visit-over", "visit-anew")
    n = kiosk.counts.n
    assert (n["choice", f"{node}.{first.id}"], n["choice", f"{node}.{second.id}"]) == (0, 1)
    assert n["visits", "en"] == 1 and n["page", node] == 2
    assert sum(count for (kind, _), count in n.items() if kind == "ending") == 1


def test_reading_both_roles_is_one_visit_with_two_roles(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    kiosk.read_to_the_card()
    kiosk.press("visit-over", "other-door:clerk")
    kiosk.read_to_the_card()
    kiosk.press("visit-over", "visit-anew")
    n = kiosk.counts.n
    assert (n["visits", "en"], n["role", "miller"], n["role", "clerk"], n["cut", "kiosk"]) == (1, 1, 1, 2)
    assert sum(count for (kind, _), count in n.items() if kind == "ending") == 2
    assert left(kiosk) == ["finished"]


def test_choices_with_secret_tally_are_not_counted(shipped: Story, words: Catalogue) -> None:
    kiosk, chance = KioskDriver(shipped, words), Random(1958)
    quiet = {node.full_id for node in shipped.nodes.values() if not node.tally}
    for role in ("villager", "official") * 4:
        kiosk.press("come-in", f"enter:{role}/full")
        kiosk.read_to_the_card(chance.choice)
        kiosk.press("visit-over", "visit-anew")
    counted = {kind: {key for what, key in kiosk.counts.n if what == kind} for kind in ("page", "choice")}
    assert len(quiet & counted["page"]) >= 5
    assert len(counted["choice"]) > 30
    assert not quiet & {key.rpartition(".")[0] for key in counted["choice"]}


def test_pending_counts_are_flushed_on_the_attract_screen(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    before = kiosk.counts.offered
    kiosk.wait(5)
    assert kiosk.where == "reading" and kiosk.counts.offered == before
    kiosk.press("stop", "yes", "visit-over", "visit-anew")
    for _ in range(2):
        before = kiosk.counts.offered
        kiosk.wait(5)
        assert kiosk.counts.offered >= before + 5
        kiosk.set_clock(kiosk.day.replace(hour=19))
    assert kiosk.where == "closed"


def test_idle_visit_is_asked_then_reset(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk", "type", "voice")
    read = [node for node in walk(kiosk.tree) if node.role in ("heading", "paragraph", "choice")]
    reasons = [node.value for node in read if node.role == "choice"]
    assert any(reasons), "a reason under a deed takes its time too"
    words = sum(len(text.split()) for text in (*(node.label for node in read), *reasons))
    kiosk.wait(kiosk.idle_timeout.idle + words / 150 * 60 - 2)
    assert kiosk.where == "reading"
    kiosk.wait(4)
    assert kiosk.where == "still-there"
    kiosk.wait(kiosk.idle_timeout.warn - 4)
    assert kiosk.where == "still-there"
    kiosk.wait(4)
    assert kiosk.where == "attract" and kiosk.app.settings == SETTINGS and kiosk.app.playthrough is None
    assert left(kiosk) == ["timeout"]


def test_any_touch_answers_the_idle_question(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    page = kiosk.app.playthrough
    for _ in range(5):
        while kiosk.where == "reading":
            kiosk.wait(5)
        assert kiosk.where == "still-there"
        kiosk.touch()
        kiosk.poll()
        assert kiosk.where == "reading" and kiosk.app.playthrough is page


def test_attract_screen_asks_no_idle_question(kiosk: KioskDriver) -> None:
    kiosk.wait(3000)
    assert kiosk.where == "attract" and not kiosk.counts.n


def test_card_between_visits_closes_by_itself(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk", "stop", "yes", "visit-over")
    assert kiosk.where == "visit-quiet"
    kiosk.wait(25)
    assert kiosk.where == "attract" and left(kiosk) == ["left"]


def test_kiosk_closes_outside_hours_after_a_visit(kiosk: KioskDriver) -> None:
    kiosk.day = kiosk.day.replace(hour=17, minute=59)
    kiosk.press("come-in", "enter:miller/kiosk")
    for _ in range(10):
        kiosk.wait(30)
        kiosk.touch()
    assert kiosk.day.hour == 18 and kiosk.where == "reading"
    kiosk.wait(300)
    assert kiosk.where == "closed" and kiosk.app.settings.volume == 0 and kiosk.app.settings.theme == "night"
    assert "10:00" in " ".join(node.label for node in walk(kiosk.tree))
    kiosk.set_clock(kiosk.day.replace(hour=10, minute=0))
    assert kiosk.where == "attract" and kiosk.app.settings == SETTINGS


CORNERS = ("upper-left", "upper-right", "lower-left", "lower-right")


def held(*places: str | None) -> dict[int, tuple[str | None, float]]:
    return {number: (place, 0.0) for number, place in enumerate(places)}


@pytest.mark.parametrize("fingers", range(4))
def test_only_two_corners_or_the_key_open_the_page(fingers: int) -> None:
    for places in product((*CORNERS, KEY, None), repeat=fingers):
        opens = places == (KEY,) or (len(places) == 2 and set(places) < set(CORNERS) and places[0] != places[1])
        assert opens_staff_page(held(*places), HOLD_SECONDS) == opens, places


def test_each_finger_is_held_long_enough() -> None:
    def opens_at(fingers: Fingers) -> bool:
        assert not opens_staff_page(fingers, HOLD_SECONDS - 0.01)
        return opens_staff_page(fingers, HOLD_SECONDS)

    both = held(*CORNERS[:2])
    later = both | {1: (CORNERS[1], 1.0)}
    assert opens_at(both) and not opens_at(later) and opens_staff_page(later, HOLD_SECONDS + 1.0)
    assert not opens_at(both | {2: (CORNERS[2], HOLD_SECONDS)}), "a third finger came"


@pytest.mark.parametrize(
    ("point", "corner"),
    [
        ((0.05, 0.05), "upper-left"), ((0.95, 0.05), "upper-right"),
        ((0.05, 0.95), "lower-left"), ((0.95, 0.95), "lower-right"),
        ((0.05, 0.5), None), ((0.5, 0.05), None), ((0.5, 0.5), None),
    ],
)  # fmt: skip
def test_a_corner_is_near_two_edges(point: tuple[float, float], corner: str | None) -> None:
    assert corner_of(*point) == corner


def staff_asks(kiosk: KioskDriver, pin: str = "") -> None:
    kiosk.touch(Touch("down", STAFF))
    kiosk.wait(4)
    kiosk.touch(Touch("up", STAFF))
    if pin:
        kiosk.intend(intents.Type(pin), intents.Activate())


def corners(kiosk: KioskDriver, seconds: float, *places: tuple[float, float]) -> None:
    for finger, (x, y) in enumerate(places):
        kiosk.touch(Touch("down", finger, x, y))
    kiosk.wait(seconds)
    for finger in range(len(places)):
        kiosk.touch(Touch("up", finger))


def test_two_corners_held_too_briefly_do_not_open_the_staff_page(kiosk: KioskDriver) -> None:
    corners(kiosk, 2, (0, 0), (1, 0))
    kiosk.wait(4)
    assert kiosk.where == "attract"


@pytest.mark.parametrize("by_key", [True, False])
def test_the_staff_comes_in_by_corners_or_key_and_its_pin(kiosk: KioskDriver, by_key: bool) -> None:
    if by_key:
        staff_asks(kiosk)
    else:
        corners(kiosk, 4, (0.02, 0.02), (0.98, 0.02))
    assert kiosk.where == "staff-pin"
    kiosk.intend(intents.Type("0000"), intents.Activate())
    assert kiosk.where == "staff-pin"
    kiosk.intend(intents.Type(PIN), intents.Activate())
    assert kiosk.where == "staff" and "All is well." in kiosk.app.top.argument
    kiosk.intend(intents.Press("staff-restart"), intents.Press("staff-quit"))
    assert kiosk.requests == [Quit(RESTART), Quit(0)]
    kiosk.press("visit-anew")
    assert kiosk.where == "attract"


def test_lost_finger_is_forgotten_after_a_visit(kiosk: KioskDriver) -> None:
    """A finger that never went up, as when the screen's cable comes off."""
    kiosk.touch(Touch("down", 7, 0.5, 0.5))
    corners(kiosk, 4, (0.02, 0.02), (0.98, 0.02))
    assert kiosk.where == "attract"
    kiosk.press("come-in", "visit-anew")
    corners(kiosk, 4, (0.02, 0.02), (0.98, 0.02))
    assert kiosk.where == "staff-pin"


def test_volume_set_by_staff_holds_for_later_visits(kiosk: KioskDriver) -> None:
    for wanted, heard in ((25, 25), (100, SETTINGS.volume)):
        staff_asks(kiosk, PIN)
        kiosk.press(f"set:volume={wanted}", "visit-anew")
        assert kiosk.where == "attract" and kiosk.app.settings.volume == heard


def test_the_staffs_page_does_not_stay_open(kiosk: KioskDriver) -> None:
    staff_asks(kiosk, PIN)
    kiosk.touch()
    screens = set[str]()
    for _ in range(STAFF_IDLE):
        screens.add(kiosk.where)
        kiosk.wait(1)
    assert screens == {"staff"} and kiosk.where == "attract"
    kiosk.touch()
    kiosk.poll()
    assert kiosk.where == "attract"


def test_pin_page_stays_open_while_locked(kiosk: KioskDriver) -> None:
    staff_asks(kiosk)
    kiosk.locked = 60
    kiosk.touch()
    kiosk.intend(intents.Type("0000"), intents.Activate())
    for _ in range(60 + STAFF_IDLE):
        assert kiosk.where == "staff-pin"
        kiosk.wait(1)
    kiosk.wait(2)
    assert kiosk.where == "attract"


def test_visit_ended_by_staff_is_counted_as_left(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    staff_asks(kiosk, PIN)
    kiosk.press("visit-anew")
    assert kiosk.where == "attract" and left(kiosk) == ["left"]


def test_pin_page_closes_when_idle_and_the_visit_goes_on(kiosk: KioskDriver) -> None:
    staff_asks(kiosk)
    kiosk.intend(intents.Type(PIN[:-1]))
    kiosk.wait(STAFF_IDLE + 1)
    assert kiosk.where == "attract"
    kiosk.press("come-in", "enter:miller/kiosk")
    read = kiosk.app.playthrough
    staff_asks(kiosk)
    assert kiosk.where == "staff-pin"
    kiosk.wait(STAFF_IDLE + 1)
    assert kiosk.where == "reading" and kiosk.app.playthrough is read and not left(kiosk)
    kiosk.wait(300)
    kiosk.set_clock(kiosk.day.replace(hour=19))
    assert kiosk.where == "closed"
    staff_asks(kiosk)
    assert kiosk.where == "staff-pin"
    kiosk.wait(STAFF_IDLE + 1)
    assert kiosk.where == "closed"


def test_closed_screen_shows_next_opening(mill: Story, words: Catalogue) -> None:
    week = ((), (), *(((600, 1080),),) * 5)
    holidays = {date(2026, 8, 3) + timedelta(n): () for n in range(14)}
    kiosk = KioskDriver(mill, words, hours=Hours(week, holidays))
    story = replace(mill, language="zh-Hans")
    chinese = KioskEdition(story, catalogue_for(assets_folder() / "locale", story), "请进。")
    offer = kiosk.app.visit.offer  # type: ignore[union-attr]
    kiosk.app = start_kiosk(replace(offer, editions=(*offer.editions, chinese)), SETTINGS)
    kiosk.intend(intents.NextScene())

    def shown(day: int, month: int = 5) -> list[tuple[str, str]]:
        kiosk.set_clock(datetime(2026, month, day, 9))
        assert kiosk.where == "closed"
        return [(node.label, node.language) for node in walk(kiosk.tree) if node.role == "paragraph"]

    assert shown(4) == [("Closed until Wednesday, 10:00", ""), ("星期三 10:00起开放", "zh-Hans")]
    assert shown(6) == [("Closed until 10:00", ""), ("10:00起开放", "zh-Hans")]
    assert shown(3, 8) == [("Closed until 19 August 2026, 10:00", ""), ("2026年8月19日 10:00起开放", "zh-Hans")]
    assert shown(13, 8)[0] == ("Closed until Wednesday, 10:00", "")
    kiosk.set_clock(datetime(2026, 8, 19, 10, 0))
    assert kiosk.where == "attract"


def test_new_configuration_restarts_between_two_visits(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:clerk/kiosk")
    kiosk.renewed = True
    kiosk.wait(5)
    assert not kiosk.requests
    kiosk.press("stop", "yes", "visit-over", "visit-anew")
    assert Quit(RESTART) in kiosk.requests


def test_a_kiosk_whose_supervisor_is_gone_ends(kiosk: KioskDriver) -> None:
    kiosk.wanted = False
    kiosk.wait(1)
    assert Quit(0) in kiosk.requests


def test_unmuting_is_capped_at_configured_volume(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    for volume in (0, SETTINGS.volume):
        kiosk.intend(intents.Mute())
        assert kiosk.app.settings.volume == volume
    silent = replace(SETTINGS, volume=0)
    kiosk.intend(intents.KioskReset(silent), intents.Mute())
    assert kiosk.app.settings == silent


def test_visits_of_today_include_those_before_a_restart(kiosk: KioskDriver) -> None:
    kiosk.counts.add(kiosk.day.date(), "visits", "en", 3)
    kiosk.counts.add(date(2026, 5, 3), "visits", "en", 7)
    kiosk.wait(1)
    assert kiosk.beats[-1] == 3
    kiosk.press("come-in", "enter:miller/kiosk")
    kiosk.wait(2)
    assert kiosk.beats[-1] == 4
    kiosk.wait(13 * 3600)
    assert kiosk.day.date() == date(2026, 5, 5) and kiosk.beats[-1] == 0
    assert len(kiosk.beats) > 13 * 3600, "one at least a second"


CONTROLS = (intents.Back(), intents.Fullscreen(), intents.Mute())
OTHER_INTENTS = (*CONTROLS, intents.FocusStep(1), intents.Activate(), intents.PickNumber(9))


@pytest.mark.parametrize("presses", sampled([2_000, 5_000], 2_000))
def test_a_day_of_random_presses_ends_as_it_began(mill: Story, words: Catalogue, presses: int) -> None:
    kiosk, chance = KioskDriver(mill, words), Random(1958)
    begun, inside = 0, False
    for _ in range(presses):
        pressable = [node.id for node in walk(kiosk.tree) if node.action is not None and node.id not in ("staff-quit",)]
        assert pressable or kiosk.where == "closed", kiosk.where
        where = kiosk.where
        kiosk.touch()
        kiosk.now += chance.choice((0.1, 1, 5))
        if chance.random() < 0.03:
            kiosk.intend(chance.choice(OTHER_INTENTS))
        elif pressable:
            kiosk.intend(intents.Press(chance.choice(pressable)))
        if kiosk.app.playthrough is not None and not inside:
            begun, inside = begun + 1, True
        if chance.random() < 0.01:
            kiosk.wait(100)
        kiosk.poll()
        if kiosk.where in ("attract", "closed"):
            inside = False
        if kiosk.where == "attract":
            assert kiosk.app.playthrough is None and len(kiosk.app.views) == 1
            assert kiosk.app.settings.volume <= SETTINGS.volume
            assert where == "attract" or kiosk.app.settings == SETTINGS, where
    kiosk.wait(600)
    assert kiosk.where == "attract" and kiosk.app.settings == SETTINGS
    assert begun > presses * 0.015 and kiosk.counts.n["visits", "en"] == begun
    assert len(left(kiosk)) == begun
