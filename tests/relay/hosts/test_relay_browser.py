"""A pupil's Chromium through Caddy, over HTTPS: in by the code, through a killed relay, and back in a new tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.relay.hosts.network import missing
from tests.relay.hosts.relayed_class import RelayedClass, relayed_class

phones = pytest.importorskip("tests.real.phones", reason="needs playwright and axe-playwright-python")
expect = pytest.importorskip("playwright.sync_api", reason="needs playwright").expect
WHY = missing() or " ".join(phones.MISSING)
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY or "-")
BACK = 10_000  # ms


@pytest.fixture
def held(tmp_path: Path) -> Iterator[RelayedClass]:
    with relayed_class(tmp_path) as found:
        yield found


@pytest.mark.usefixtures("home")
def test_a_pupil_joins_from_elsewhere_votes_through_a_break_and_keeps_the_seat(held: RelayedClass) -> None:
    code = held.url.rpartition("/")[2]
    with phones.chromium() as browser:
        pupil = phones.pupil(browser, ignore_https_errors=True)
        page = pupil.page
        page.goto(f"{held.front}/BBBBBBBB")
        expect(page.get_by_text("No class is here under this code")).to_be_visible()
        page.get_by_role("link", name="Type the code again").click()
        page.wait_for_url(f"{held.front}/")  # until it is loaded
        assert not pupil.faults()
        page.get_by_label("The code on the wall").fill(f" {code[:4].lower()} {code[4:].lower()}")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="I have read this").click()
        expect(page.locator("#seat")).to_contain_text("1")
        assert page.url == held.url and not pupil.faults()
        (cookie,) = pupil.context.cookies()
        assert (cookie["name"], cookie["path"]) == ("seat", f"/{code}")
        assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Strict"

        choices = held.press("state")["choices"]
        pupil.choose(1)
        expect(pupil.status).to_contain_text("Your vote is in")
        seat = pupil.seat
        assert held.press("state")["ballots"] == {seat: choices[0]}

        held.kill_relay(0 if held.rooms_at(0) else 1)
        pupil.choose(2)
        expect(page.locator("#choices [aria-pressed=true] .mark")).to_contain_text("Your vote", timeout=BACK)
        assert held.press("state")["ballots"] == {seat: choices[1]}

        page.close()
        page = pupil.page = pupil.context.new_page()
        page.goto(held.url)
        expect(page.locator("#choices [aria-pressed=true]")).to_have_id(f"choice:{choices[1]}")
        state = held.press("state")
        assert len(state["seats"]) == 1 and state["ballots"] == {seat: choices[1]}
        assert pupil.complaints == []
        assert [asked.url for asked in pupil.asked if not asked.url.startswith(held.front)] == []
