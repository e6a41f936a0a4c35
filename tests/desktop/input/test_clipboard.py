"""The system's clipboard, where there is one."""

from __future__ import annotations

import pygame

from game.desktop.session_factory import SystemClipboard


def test_what_is_copied_can_be_pasted() -> None:
    """With a window open, the text is there for whoever pastes."""
    pygame.display.init()
    try:
        pygame.display.set_mode((320, 240))
        board = SystemClipboard()
        assert board.copy("RB6CQ-WE")
        assert board.paste() == "RB6CQ-WE"
    finally:
        pygame.display.quit()


def test_without_a_window_there_is_none() -> None:
    """Nothing breaks: nothing was copied, and there is nothing to paste."""
    pygame.display.quit()
    board = SystemClipboard()
    assert not board.copy("RB6CQ-WE")
    assert board.paste() == ""
