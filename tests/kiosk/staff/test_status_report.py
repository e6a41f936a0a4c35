"""The staff's report on the screen: troubles first, then the facts, a line each."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import __version__
from game.desktop.render.fonts import Fonts
from game.kiosk.config.configuration import Config
from game.kiosk.config.hours import ALWAYS, Hours
from game.kiosk.counts.outbox import Outbox, count_unsent
from game.kiosk.counts.visit_counts import VisitCounts
from game.kiosk.staff.status_report import KioskStatus, audio_troubles, gather_status, status_lines
from game.kiosk.supervisor.health import Health
from game.resources import assets_folder
from game.story.model import Story
from game.ui import intents
from game.ui.handlers.visit_handlers import handle_pin_result, open_staff_pin, start_kiosk
from game.ui.i18n import Catalogue
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.update import update
from tests.kiosk.kiosk_driver import TEN_TO_SIX, offer_of_one
from tests.kiosk.time_zones import BERLIN

NOON, MONDAY, TUESDAY = datetime(2026, 11, 3, 12, tzinfo=BERLIN), date(2026, 11, 2), date(2026, 11, 3)
HEALTH = Health("well", "0.1", "2026-11-02T09:00:00+00:00", "2026-11-02T09:00:01+00:00", 0, 0.4, 31, 4711)
CONFIG = Config(hours=TEN_TO_SIX, log_folder=Path("/log"))
STATE = KioskStatus(CONFIG, None, Path("/counts/mill.counts"), 31, 4211, HEALTH)


def test_a_kiosk_that_is_well_says_so_first(words: Catalogue) -> None:
    assert status_lines(STATE, words, NOON) == (
        "Everything works.",
        "Open until 18:00. 31 visits today, 4,211 in all.",
        f"Version {__version__}, running since 2026-11-02 10:00.",
        "Counts: /counts/mill.counts",
        "There is no configuration; the defaults are used.",
        "Log: /log/kiosk.log",
        "Health page: http://127.0.0.1:8766/health",
    )


def test_one_visit_is_no_plural(words: Catalogue) -> None:
    assert "Open until 18:00. 1 visit today, 1 in all." in status_lines(replace(STATE, today=1, ever=1), words, NOON)


def test_what_is_wrong_stands_above_all_else(words: Catalogue) -> None:
    health = replace(HEALTH, restarts=2, last_trouble="2026-11-03 04:12 the game ended: SIGKILL")
    wrong = "/etc/kiosk.yaml:1:7: `idle` cannot be `1`. Write a number of seconds from 20 to 600."
    state = replace(
        STATE, health=health, config_error=wrong, troubles=("disk", "database"), unsent=12, file=Path("/etc/kiosk.yaml")
    )
    lines = status_lines(state, words, NOON)
    assert lines[0].startswith("The configuration has a mistake, at /etc/kiosk.yaml:1:7")
    aside = status_lines(replace(state, troubles=("counts",)), words, NOON)
    assert aside[1].startswith("The file of the counts was damaged. It was moved aside")
    assert "disk" in lines[1] and "museum’s database" in lines[2] and "Everything works." not in lines
    assert "12 numbers have yet to go to the museum’s database." in lines
    assert f"Version {__version__}, running since 2026-11-02 10:00. Started again 2 times." in lines
    assert "The last problem was at 2026-11-03 04:12; the log says what." in lines
    assert "Configuration: /etc/kiosk.yaml" in lines
    assert "The museum’s database has all numbers." in status_lines(replace(state, unsent=0), words, NOON)


def test_the_staff_reads_no_english_on_a_chinese_page() -> None:
    chinese = Catalogue(assets_folder() / "locale", "zh-Hans")
    health = replace(HEALTH, restarts=2, last_trouble="2026-11-03 04:12 the game ended: SIGKILL")
    state = replace(
        STATE, health=health, config_error="/etc/kiosk.yaml:1:7: `idle` cannot be `1`. Write it.", unsent=3,
        troubles=("disk", "counts", "database", "sound", "voice"), config=replace(CONFIG, hours=Hours(((),) * 7)),
    )  # fmt: skip
    lines = status_lines(state, chinese, NOON)
    assert len(set(lines[:6])) == 6
    technical = r"(http:/)?/[\w./:-]+|espeak-ng|kiosk --check-config"
    assert [line for line in lines if re.search("[A-Za-z]{2}", re.sub(technical, "", line))] == []


def test_what_nobody_would_hear_is_known(mill: Story, words: Catalogue) -> None:
    app = start_kiosk(offer_of_one(mill, words))
    assert list(audio_troubles(app)) == []
    for news in (intents.SoundFound("device"), intents.VoicesFound((), "voice"), intents.KioskReset(Settings())):
        app, _ = update(app, news)
    assert list(audio_troubles(app)) == ["sound", "voice"]
    app, _ = update(app, intents.VoicesFound((), "sound"))
    assert list(audio_troubles(app)) == ["sound"]


def test_without_a_supervisor_that_is_said(words: Catalogue) -> None:
    lines = status_lines(replace(STATE, health=None), words, NOON)
    assert any("without its supervisor" in line for line in lines)
    assert not any("Health page" in line for line in lines)


@pytest.mark.parametrize(
    ("hours", "now", "said"),
    [
        (TEN_TO_SIX, datetime(2026, 11, 3, 9, tzinfo=BERLIN), "Closed until 10:00."),
        (TEN_TO_SIX, datetime(2026, 11, 3, 20, tzinfo=BERLIN), "Closed until Wednesday, 10:00."),
        (ALWAYS, NOON, "Always open."),
        (Hours(((),) * 7), NOON, "Closed, with no day on which it opens."),
    ],
)
def test_hours_are_told_as_a_clock_shows_them(hours: Hours, now: datetime, said: str, words: Catalogue) -> None:
    assert status_lines(replace(STATE, config=Config(hours=hours)), words, now)[1].startswith(f"{said} ")


def test_it_is_gathered_from_those_who_know(tmp_path: Path) -> None:
    """Visits of the day and of all days, unsent counts if a database is set, and current troubles."""
    with closing(VisitCounts(tmp_path / "mill.counts", lambda: 0.0, "mill")) as counts:
        for day, language, n in ((MONDAY, "en", 3), (TUESDAY, "en", 2), (TUESDAY, "zh", 4)):
            counts.add(day, "visits", language, n)
        config = Config()
        state = gather_status(config, None, counts, "mill", HEALTH, "Wrong.", ["disk"], TUESDAY)
        assert state == KioskStatus(config, None, counts.path, 6, 9, HEALTH, "Wrong.", ("disk",), None)
        sends = replace(config, database="postgresql+psycopg://db/x")
        assert gather_status(sends, None, counts, "mill", HEALTH, "", [], TUESDAY).unsent == 3
        with closing(Outbox(counts.path, "mill")) as outbox:
            batch = outbox.next_batch()
            assert batch is not None
            assert gather_status(sends, None, counts, "mill", HEALTH, "", [], TUESDAY).unsent == 3
            counts.add(TUESDAY, "visits", "en")
            assert count_unsent(counts.path, "mill") == 3  # one sum was batched, and has grown since
            outbox.acknowledge(batch)
        assert count_unsent(counts.path, "mill") == 1


def test_counts_that_cannot_be_read_are_no_reason_to_say_nothing(tmp_path: Path) -> None:
    with closing(VisitCounts(tmp_path / "mill.counts", lambda: 0.0, "mill")) as counts:
        config = Config(database="postgresql+psycopg://db/x")
        assert gather_status(config, None, counts, "another story", HEALTH, "", [], TUESDAY).unsent is None


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_the_page_fits_the_screen(size: tuple[int, int], words: Catalogue, mill: Story, fonts: Fonts) -> None:
    home = Path("/home/kiosk/.local/share/weight-of-grain/kiosk")
    health = replace(HEALTH, restarts=12, last_trouble="2026-11-03 04:12 the game does not answer, and is ended")
    state = replace(
        STATE, config=replace(CONFIG, log_folder=home / "log"), counts=home / "weight-of-grain.counts", health=health,
        troubles=("disk", "database", "sound"), unsent=1200, file=Path("/etc/weight-of-grain/kiosk.yaml"),
    )  # fmt: skip
    app = start_kiosk(offer_of_one(mill, words), Settings(targets="large"))
    app = handle_pin_result(open_staff_pin(app), status_lines(state, words, NOON), 0)
    plan = layout(render_top(app), size, app.settings, fonts)
    assert plan.max_scroll == 0
    assert {"visit-anew", "staff-restart", "staff-quit", "set:volume=75"} <= {name for name, _ in plan.targets()}


@given(cap=st.integers(0, 100), volume=st.sampled_from((0, 25, 50, 75, 100)))
def test_the_staff_makes_it_no_louder_than_the_museum_allows(
    cap: int, volume: int, mill: Story, words: Catalogue
) -> None:
    offer = offer_of_one(mill, words, loudest=cap)
    app = handle_pin_result(open_staff_pin(start_kiosk(offer, Settings(volume=volume))), ["Well."], 0)
    assert app.values["volume"] == tuple(step for step in (0, 25, 50, 75, 100) if step <= cap)
