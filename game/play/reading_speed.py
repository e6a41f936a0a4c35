"""Reading speed. Idle timeouts, and the minutes that a length of the story takes, are computed from it."""

from __future__ import annotations

WORDS_A_MINUTE = 150
