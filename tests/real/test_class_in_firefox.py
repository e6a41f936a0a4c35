"""The pages of a class in a real Firefox: a pupil's, the wall, and the teacher's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from game.classroom import commands
from game.ui.i18n import Catalogue
from tests.real import class_pages, phones
from tests.real.firefox import Firefox, firefox
from tests.small_stories.packs import MILL_LANE

ENTER = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))"
PRESSED = "document.querySelector('[aria-pressed=true]')?.id"


@pytest.fixture(scope="module")
def fox() -> Iterator[Firefox]:
    with firefox() as started:
        yield started


def test_pupil_votes_once_over_two_tabs_a_reload_and_a_closed_tab(alone: phones.Class, fox: Firefox) -> None:
    alone.to_a_vote()
    first = fox.tab(f"{alone.address}/{phones.CODE}")
    first.press("#begin")
    first.press("#choices button")
    first.until("Boolean(document.querySelector('[aria-pressed=true] .mark'))")
    second = fox.tab(f"{alone.address}/{phones.CODE}")
    pressed = second.until(PRESSED)
    assert pressed == first.ask(PRESSED)
    second.press("#choices li:nth-child(2) button")
    wanted = second.ask("document.querySelector('#choices li:nth-child(2) button').id")
    first.until(f"{PRESSED} === '{wanted}'")
    second.go(alone.address)
    second.until(f"{PRESSED} === '{wanted}'")
    first.close()
    second.close()
    third = fox.tab(alone.address)
    third.until(f"{PRESSED} === '{wanted}'")
    assert len(alone.host.state.seats) == len(alone.host.state.ballots) == 1
    assert third.ask("document.cookie") == "", "no script reads it"
    alone.host.execute(commands.reveal)
    third.until("['revealed', 'closed'].includes(document.getElementById('bar').dataset.state)")
    third.close()


def test_pupil_waits_at_the_door_is_let_in_and_removed(alone: phones.Class, fox: Firefox, words: Catalogue) -> None:
    alone.host.execute(lambda state: commands.lock(state, True))
    tab = fox.tab(f"{alone.address}/{phones.CODE}")
    tab.until("Boolean(document.querySelector('#wait'))")
    alone.host.execute(commands.admit)
    tab.press("#begin")
    tab.until("document.querySelector('#seat')?.textContent.includes('1')")
    (seat,) = alone.host.state.seats
    alone.host.execute(lambda state: commands.remove(state, seat))
    said = words("phone.join.removed")
    tab.until(f"document.querySelector('#refused')?.textContent === {said!r}")
    tab.close()


@pytest.mark.usefixtures("home")
def test_firefox_shows_both_pages_and_its_keys_count(fox: Firefox, port: int, words: Catalogue) -> None:
    with class_pages.class_on_pages(port, "--story", str(MILL_LANE)) as held:
        wall, teacher = fox.tab(held.wall), fox.tab(held.teacher)
        teacher.until("document.activeElement.id === 'field'")
        wall.until("Boolean(document.querySelector('.qr path'))")
        wall.until("document.getElementById('page-picture').naturalWidth > 0")
        wall.ask(ENTER)
        teacher.until("!document.querySelector('[data-field]') && document.activeElement.id === 'back'")
        wall.ask(ENTER)
        wall.until("document.body.dataset.screen === 'wall-note'")
        held.interrupt()
        for tab in (wall, teacher):
            tab.until(f"document.getElementById('page-line').textContent === {words('browser.ended')!r}")
