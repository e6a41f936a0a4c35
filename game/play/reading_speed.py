"""Reading speed, for minutes and for idle timeouts."""

from __future__ import annotations

WORDS_A_MINUTE = 150
