"""Opening hours can be written in the usual ways."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from game.kiosk.config.hours import ALWAYS, Hours, Spans
from tests.kiosk.config_files import config_findings, read, write_config

pytestmark = pytest.mark.usefixtures("home")
TEN_TO_SIX: Spans = ((600, 1080),)


def hours(folder: Path, text: str) -> Hours:
    return read(write_config(folder, f"hours: {text}")).hours


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("10:00-18:00", TEN_TO_SIX),
        ("10-18", TEN_TO_SIX),
        ("10.00 – 18.00", TEN_TO_SIX),
        ("10am-6pm", TEN_TO_SIX),
        ("10:00 AM - 6:00 PM", TEN_TO_SIX),
        ("12am-12pm", ((0, 720),)),
        ("20:00-02:00", ((1200, 1560),)),
        ("20:00-24:00", ((1200, 1440),)),
        ("8:00-18:59", ((480, 1139),)),
        ("20:00-00:00", ((1200, 1440),)),
        ("00:00-24:00", ((0, 1440),)),
        ("[10:00-12:00, 14:00-18:00]", ((600, 720), (840, 1080))),
        ("'10:00-12:00, 14:00-18:00'", ((600, 720), (840, 1080))),
        ("closed", ()),
        ("Closed", ()),
    ],
)
def test_times_are_read(text: str, spans: Spans, tmp_path: Path) -> None:
    assert hours(tmp_path, f"{{mon: {text}}}").week == (spans, (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("mon", "0"),
        ("Thursday", "3"),
        ("tues", "1"),
        ("mon-fri", "01234"),
        ("mon – wed", "012"),
        ("fri-mon", "4560"),
        ("'sat, sun'", "56"),
        ("'mon-tue, sat'", "015"),
        ("daily", "0123456"),
    ],
)
def test_days_are_read(name: str, which: str, tmp_path: Path) -> None:
    week = hours(tmp_path, f"{{{name}: 10-18}}").week
    assert week == tuple(TEN_TO_SIX if str(day) in which else () for day in range(7))


def test_a_date_stands_beside_its_weekday(tmp_path: Path) -> None:
    found = hours(tmp_path, "{daily: 10-18, 2026-12-24: 10-14, 2026-12-25: closed}")
    assert found == Hours((TEN_TO_SIX,) * 7, {date(2026, 12, 24): ((600, 840),), date(2026, 12, 25): ()})


def test_always_can_be_written(tmp_path: Path) -> None:
    assert hours(tmp_path, "always") == hours(tmp_path, "") == ALWAYS


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("10-18", "1:8", "`always`, or times behind days"),
        ("[mon]", "1:8", "`always`, or times behind days"),
        ("{mond: 10-18, mnday: 10-18}", "1:22", "`mnday` is not a day"),
        ("{mo: 10-18}", "1:9", "`mo` is not a day"),
        ("{mon-fri-sat: 10-18}", "1:9", "`mon-fri-sat` is not a day"),
        ("{mon-fri: 10-18, wed: closed}", "1:25", "`wed` names a day that stood before"),
        ("{sat: 10:00-12:00, 14:00-18:00}", "1:27", "Put the times of one day in brackets"),
        ("{mon: 25:00-26:00}", "1:14", "`25:00-26:00` are not hours"),
        ("{mon: 10:60-11:00}", "1:14", "are not hours"),
        ("{mon: 13pm-14pm}", "1:14", "are not hours"),
        ("{mon: 0am-6am}", "1:14", "are not hours"),
        ("{mon: 24:00-02:00}", "1:14", "are not hours"),
        ("{mon: 20:00-24:01}", "1:14", "are not hours"),
        ("{mon: 10:00}", "1:14", "are not hours"),
        ("{mon: from ten}", "1:14", "are not hours"),
        ("{mon: true}", "1:14", "`true` are not hours"),
        ("{mon: [10-12, x]}", "1:22", "`x` are not hours"),
        ("{mon: 10:00-10:00}", "1:14", "ends when it begins"),
        ("{mon: {a: b}}", "1:14", "hours are missing"),
        ("{mon: }", "1:14", "hours are missing"),
        ("{mon: 10-18, 2026-02-30: closed}", "1:21", "there is no 2026-02-30"),
        ("{2026-12-25: closed}", "1:8", "of dates alone"),
    ],
)
def test_invalid_hours_are_findings(text: str, place: str, said: str, tmp_path: Path) -> None:
    (line,) = config_findings(tmp_path, f"hours: {text}")
    assert said in line
    assert line.startswith(f"kiosk.yaml:{place}:"), line
