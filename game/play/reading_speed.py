"""Reading speed, from which minutes of a length and idle timeouts are computed."""

from __future__ import annotations

WORDS_A_MINUTE = 150
