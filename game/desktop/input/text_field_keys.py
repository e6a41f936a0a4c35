"""Text field keys: editing keys on a screen that has a text field, whatever has the focus."""

from __future__ import annotations

import pygame

from game.play.base32_check import LONGEST
from game.ui.intents import Erase, Intent, MoveCaret, Paste
from game.ui.tree import TreeNode

COMMAND = pygame.KMOD_CTRL | pygame.KMOD_META  # Control, or Command on a Mac
KEYPAD = range(pygame.K_KP_1, pygame.K_KP_PERIOD + 1)


def edit_intents(event: pygame.event.Event, field: TreeNode, focus: str | None) -> list[Intent] | None:
    """The intents by which a key edits the field; None where it means what it means on every screen.

    Letters arrive as TEXTINPUT events, in every keyboard layout, so their key events give an empty list.
    """
    key, held = event.key, event.mod
    pastes = (key == pygame.K_v and held & COMMAND) or (key == pygame.K_INSERT and held & pygame.KMOD_SHIFT)
    if pastes:
        return [Paste()]
    if held & (COMMAND | pygame.KMOD_ALT):
        return None
    if key in (pygame.K_BACKSPACE, pygame.K_DELETE):
        return [Erase(-1 if key == pygame.K_BACKSPACE else 1)]
    if focus == field.id:
        by = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1, pygame.K_HOME: -LONGEST, pygame.K_END: LONGEST}.get(key)
        if by is not None:
            return [MoveCaret(by)]
        if key == pygame.K_SPACE:
            return []
    is_letter = pygame.K_SPACE < key < pygame.K_DELETE or pygame.K_DELETE < key <= 0x10FFFF or key in KEYPAD
    return [] if is_letter else None
