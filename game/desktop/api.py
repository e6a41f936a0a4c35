"""Facade of the desktop for all other rooms: windows and screenshots, one function each.

Importing this module does not import pygame: each function does, after `_hide_pygame_banner`. Commands without a window
so start without pygame.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.desktop.listeners import IntentListener, Listener

if TYPE_CHECKING:
    from threading import Event

    from game.desktop.input.input_mapping import Touch
    from game.desktop.window_options import WindowOptions
    from game.play import Playthrough
    from game.play.page import Picture
    from game.story.model import Story
    from game.ui.editions import Library
    from game.ui.effects import EffectRunner
    from game.ui.intents import IntentSource
    from game.ui.kiosk_state import KioskOffer
    from game.ui.state import AppState


def play(
    story: Story,
    options: WindowOptions,
    saves_folder: Path,
    role: str | None = None,
    cut: str = "full",
    begun: Playthrough | None = None,
    watched: Path | None = None,
    library: Library | None = None,
) -> int:
    """Run the game in a window until it is closed.

    Args:
        story: what is read.
        options: of the window.
        saves_folder: where readings are kept.
        role: opens at this role's first page instead of the title.
        cut: the length in which a reading begins.
        begun: opens on this playthrough's page.
        watched: the story's folder; its changes are taken up at once.
        library: the languages and lengths to choose from; None: there is no choice.

    Returns:
        The exit status.

    Raises:
        NoDisplay: there is no display to open a window on.
        WindowError: the window cannot be shown for another reason.
    """
    _hide_pygame_banner()
    from game.desktop import window_runner  # imports pygame

    return window_runner.run_reader(story, options, saves_folder, role, cut, begun, watched, library)


def run_class_window(
    app: AppState,
    effect_runner: EffectRunner,
    intent_source: IntentSource,
    options: WindowOptions,
    folder: Path,
    pupils_state: Callable[[AppState], AppState] | None = None,
) -> int:
    """Run a class's wall in a window until it is closed.

    Args:
        app: the wall's first state.
        effect_runner: carries out the wall's effects.
        intent_source: gives the intents by which the wall follows the class.
        options: of the window.
        folder: where the window's placement is kept.
        pupils_state: gives the state of a wall in a window of its own, of the teacher's; None: there is one window.

    Returns:
        The exit status.

    Raises:
        NoDisplay: there is no display to open a window on.
        WindowError: the window cannot be shown for another reason.
    """
    _hide_pygame_banner()
    from game.desktop import window_runner  # imports pygame

    return window_runner.run_audience(
        app, effect_runner, IntentListener(intent_source), options, folder / "wall.json", pupils_state=pupils_state
    )


def run_kiosk_window(
    app: AppState,
    effect_runner: EffectRunner,
    listener: Listener,
    options: WindowOptions,
    folder: Path,
    pixel_shift: Callable[[], tuple[int, int]] | None,
) -> int:
    """Run a museum's kiosk in a window; in full screen only `listener` can end it.

    Args:
        app: the kiosk's first state.
        effect_runner: carries out a visit's effects.
        listener: looks after the visitors.
        options: of the window.
        folder: where the window's placement is kept.
        pixel_shift: gives the picture's present offset (x, y) in pixels, against burn-in; None: no shift.

    Returns:
        The exit status.

    Raises:
        NoDisplay: there is no display to open a window on.
        WindowError: the window cannot be shown for another reason.
    """
    _hide_pygame_banner()
    from game.desktop import window_runner  # imports pygame

    return window_runner.run_audience(
        app, effect_runner, listener, options, folder / "kiosk.json",
        closable=not options.fullscreen, pixel_shift=pixel_shift,
    )  # fmt: skip


def touch_parser() -> Callable[[Any], Touch | None]:
    """The function that converts a window's event to a kiosk's `Touch`: see game/desktop/input/input_mapping.py."""
    _hide_pygame_banner()
    from game.desktop.input.input_mapping import touch_of  # imports pygame

    return touch_of


def draw_shots(
    story: Story,
    line: Sequence[Playthrough],
    folder: Path,
    size: tuple[int, int],
    text_scale: int,
    theme: str,
    offer: KioskOffer | None = None,
    over: bool = False,
) -> Iterator[Path]:
    """Draw every screen on the way through `line` as PNG files: see game/desktop/export/shots.py.

    Args:
        story: what is read.
        line: the playthrough after each entry.
        folder: where the files go.
        size: of the pictures, in pixels.
        text_scale: in per cent.
        theme: a name in `game.ui.theme.THEMES`.
        offer: draws the screens of a kiosk with this offer instead.
        over: also replace files that this program did not write.

    Yields:
        Each file once it is written.

    Raises:
        WindowError: a font is missing or damaged.
        OSError: the folder takes no file.
    """
    _hide_pygame_banner()
    from game.desktop.export.shots import shots  # imports pygame

    return shots(story, line, folder, size, text_scale, theme, offer, over)


def picture_data_uris(pictures: Iterable[Picture]) -> Iterator[str]:
    """The data URI of each picture, one by one as it is painted: see game/desktop/export/site_pictures.py."""
    _hide_pygame_banner()
    from game.desktop.export.site_pictures import data_uris  # imports pygame

    return data_uris(pictures)


def site_pictures(pictures: Sequence[Picture], size: tuple[int, int], beside_sheet: bool) -> Iterator[bytes]:
    """Each picture as RGB bytes, one by one as it is painted: see game/desktop/export/site_pictures.py."""
    _hide_pygame_banner()
    from game.desktop.export.site_pictures import site_pictures  # imports pygame

    return site_pictures(pictures, size, beside_sheet)


def jpeg_picture(picture: Picture, size: tuple[int, int]) -> bytes:
    """One picture of `size` pixels as a JPEG: see game/desktop/export/site_pictures.py. Needs no display."""
    _hide_pygame_banner()
    from game.desktop.export import site_pictures  # imports pygame

    return site_pictures.jpeg_picture(picture, size)


def show_splash(sentences: Sequence[str], stop: Event, pixel_shift: Callable[[], tuple[int, int]]) -> None:
    """Show the splash screen until `stop` is set: see game/desktop/splash.py.

    Args:
        sentences: one a language; without any the screen is black.
        stop: ends it.
        pixel_shift: gives the sheet's present offset (x, y) in pixels, against burn-in.

    Raises:
        NoDisplay: there is no display.
        WindowError: a font is missing or damaged.
    """
    _hide_pygame_banner()
    from game.desktop import splash  # imports pygame

    splash.show_splash(sentences, stop, pixel_shift)


def _hide_pygame_banner() -> None:
    """Keep pygame from printing a line about itself when it is imported."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
