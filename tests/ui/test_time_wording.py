"""A past and a future time in words, from today."""

from __future__ import annotations

from datetime import datetime

import pytest

from game.resources import assets_folder
from game.ui.i18n import Catalogue
from game.ui.time_wording import future_in_words, past_in_words

NOW = datetime(2026, 3, 4, 15, 30)
SATURDAY = datetime(2026, 5, 9, 20)


@pytest.mark.parametrize(
    ("moment", "english", "chinese"),
    [
        (datetime(2026, 5, 9, 22, 30), "22:30", "22:30"),
        (datetime(2026, 5, 10, 10), "Sunday, 10:00", "星期日 10:00"),
        (datetime(2026, 5, 15, 9, 5), "Friday, 09:05", "星期五 09:05"),
        (datetime(2026, 5, 16, 9, 5), "16 May 2026, 09:05", "2026年5月16日 09:05"),
        (datetime(2027, 1, 2, 10), "2 January 2027, 10:00", "2027年1月2日 10:00"),
    ],
)
def test_a_future_time_is_worded_from_today(moment: datetime, english: str, chinese: str) -> None:
    """Today by the clock, within six days by its weekday, which differs from today's, and later by its date."""
    words = [Catalogue(assets_folder() / "locale", language) for language in ("en", "zh-Hans")]
    assert [future_in_words(moment, SATURDAY, catalogue) for catalogue in words] == [english, chinese]


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-03-04T15:30:00", "saved just now"),
        ("2026-03-04T15:29:00", "saved 1 minute ago"),
        ("2026-03-04T14:31:00", "saved 59 minutes ago"),
        ("2026-03-04T08:05:00", "saved today at 08:05"),
        ("2026-03-03T23:00:00", "saved yesterday"),
        ("2026-02-27T23:00:00", "saved 5 days ago"),
        ("2026-02-24T10:00:00", "saved on 24 February 2026"),
        ("2027-01-01T00:00:00", "saved on 1 January 2027"),
        ("2026-03-03T23:00:00+08:00", "saved yesterday"),
        ("long ago", ""),
        ("", ""),
    ],
)
def test_how_long_ago_is_said_as_a_person_would(iso: str, said: str, words: Catalogue) -> None:
    assert past_in_words(words, iso, NOW) == said
