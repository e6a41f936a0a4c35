"""How fast people read: what minutes are reckoned with, and what an idle timeout allows for."""

from __future__ import annotations

WORDS_A_MINUTE = 150
