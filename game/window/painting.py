"""The painter, imported when the first picture is wanted: a window opens without it."""

from __future__ import annotations

from typing import Any

import pygame


def paint_later(*what: Any) -> pygame.Surface:
    """`painter.paint`, with its arguments."""
    from game.window.painter import paint

    return paint(*what)
