"""API of the desktop for all other packages: windows and pictures.

Importing this module does not import pygame; the first use of one of its functions does. So commands without a window
start without pygame.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.desktop.export.shots import draw_shots
    from game.desktop.export.site_pictures import data_uris, jpeg_picture, site_pictures
    from game.desktop.input.input_mapping import touch_of
    from game.desktop.splash import show_splash
    from game.desktop.system_languages import sdl_languages
    from game.desktop.window_runner import play, run_class_window, run_kiosk_window

__all__ = [
    "data_uris", "draw_shots", "jpeg_picture", "play", "run_class_window", "run_kiosk_window", "sdl_languages",
    "show_splash", "site_pictures", "touch_of",
]  # fmt: skip
MODULES = {
    "export.shots": ["draw_shots"],
    "export.site_pictures": ["data_uris", "jpeg_picture", "site_pictures"],
    "input.input_mapping": ["touch_of"],
    "splash": ["show_splash"],
    "system_languages": ["sdl_languages"],
    "window_runner": ["play", "run_class_window", "run_kiosk_window"],
}


def __getattr__(name: str) -> Any:
    """Import the module of the function `name`, and return the function. Python calls this for names missing here."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # otherwise pygame prints a line about itself
    for module, names in MODULES.items():
        if name in names:
            return getattr(import_module(f"game.desktop.{module}"), name)
    raise AttributeError(f"module {__name__} has no attribute {name}")
