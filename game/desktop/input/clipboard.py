"""System clipboard, where the system has one."""

from __future__ import annotations

import pygame


class SystemClipboard:
    """Copies to and pastes from the system's clipboard; needs an open window."""

    def copy(self, text: str) -> bool:
        """Put text on the clipboard; returns whether it can be read back."""
        try:
            pygame.scrap.put_text(text)
            return pygame.scrap.get_text() == text
        except pygame.error:
            return False

    def paste(self) -> str:
        """The clipboard's text; empty where there is none."""
        try:
            return pygame.scrap.get_text()
        except pygame.error:
            return ""
