"""The system's clipboard, as far as it has one."""

from __future__ import annotations

import pygame


class SystemClipboard:
    """What other programs copy and paste, through the window."""

    def copy(self, text: str) -> bool:
        """Whether the text is there now."""
        try:
            pygame.scrap.put_text(text)
            return pygame.scrap.get_text() == text
        except pygame.error:
            return False

    def paste(self) -> str:
        """The text that is there; empty where there is none."""
        try:
            return pygame.scrap.get_text()
        except pygame.error:
            return ""
