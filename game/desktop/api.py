"""The desktop for the other rooms: windows, pictures and films. Each is asked for by one function.

pygame is imported when one of them is called, and after `_be_quiet`: whoever only reads in a terminal needs none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from threading import Event

    from game.desktop.export.film import FilmFrame
    from game.desktop.input.kiosk_input import Touch
    from game.desktop.listeners import Listener
    from game.desktop.loop import SessionFactory
    from game.desktop.session import EffectRunner
    from game.play import Playthrough
    from game.play.page import Picture
    from game.story.model import Story
    from game.ui.kiosk_state import KioskOffer
    from game.ui.state import AppState


def play(
    story: Story,
    options: argparse.Namespace,
    kept_in: Path,
    begun: Playthrough | None = None,
    watched: Path | None = None,
) -> int:
    """The game in a window, with `role`, `cut`, `size`, `fullscreen`, `speak` and `first_frame` of the options.

    Saves lie in `kept_in`; with `begun` it opens on that playthrough's page; what changes in the
    story's folder `watched` is taken up. Returns the exit status. Raises NoDisplay, or WindowError.
    """
    _be_quiet()
    from game.core.paths import data_folder
    from game.desktop.export.journal_export import journals_for
    from game.desktop.session_factory import reader_session
    from game.play.save_files import SaveFiles
    from game.ui.settings_file import SettingsFile

    folder = data_folder()
    settings, journals = SettingsFile(folder / "settings.json"), journals_for(folder)
    new_session = reader_session(
        story, SaveFiles(kept_in), settings, options.role, options.cut, begun, watched, journals
    )
    return _run(story.title, new_session, options, folder / "window.json", [journals])


def hold_class(app: AppState, world: EffectRunner, news: Listener, options: argparse.Namespace, folder: Path) -> int:
    """A class before its wall until the window is closed, with `size`, `fullscreen` and `speak` of the options.

    `world` does what the wall asks for, and `news` hears of the class. Where the window stood is kept in `folder`.
    Returns the exit status. Raises NoDisplay, or WindowError.
    """
    _be_quiet()
    from game.desktop.session_factory import audience_session

    return _run(app.story.title, audience_session(app, world), options, folder / "wall.json", [news])


def receive_visitors(
    app: AppState,
    world: EffectRunner,
    news: Listener,
    options: argparse.Namespace,
    folder: Path,
    wanders: Callable[[], tuple[int, int]] | None,
) -> int:
    """A museum's kiosk, with `size`, `fullscreen` and `speak` of the options; in full screen nobody can close it.

    `world` carries out what a visit asks for, and `news` looks after the visitors; the picture `wanders` by so many
    pixels. Returns the exit status. Raises NoDisplay, or WindowError.
    """
    _be_quiet()
    from game.desktop.session_factory import audience_session

    placed, closes = folder / "kiosk.json", not options.fullscreen
    return _run(app.story.title, audience_session(app, world), options, placed, [news], closes=closes, wanders=wanders)


def touches() -> Callable[[Any], Touch | None]:
    """What tells of a window's event what a hand did: see game/desktop/input/kiosk_input.py."""
    _be_quiet()
    from game.desktop.input.kiosk_input import touch_of

    return touch_of


def _run(
    title: str,
    new_session: SessionFactory,
    options: argparse.Namespace,
    placed: Path,
    listeners: Sequence[Listener],
    closes: bool = True,
    wanders: Callable[[], tuple[int, int]] | None = None,
) -> int:
    """A window with what every one has: the screen reader, the voice and the sounds, and the place it stood in."""
    from game.desktop.a11y.a11y_adapter import system_screen_reader
    from game.desktop.loop import run
    from game.desktop.window_placement import PlacementFile, WindowPlacement

    placements = PlacementFile(placed)
    placement = placements.read()
    if options.size is not None:
        placement = WindowPlacement(options.size)
    if options.fullscreen:
        placement = replace(placement, fullscreen=True)
    screen_reader = system_screen_reader()
    if screen_reader is None:
        sys.stderr.write("weight-of-grain: screen readers are told nothing: the package `accesskit` is not installed\n")

    def late() -> Sequence[Listener]:
        from game.desktop.a11y.speech_listener import system_self_voicing
        from game.desktop.audio.sound import system_sound

        return system_self_voicing(options.speak), system_sound()

    return run(
        title, new_session, placement, late=late, keep=placements.write, first_frame_only=options.first_frame,
        closes=closes, wanders=wanders,
        listeners=[*([screen_reader] if screen_reader is not None else []), *listeners],
    )  # fmt: skip


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
    """Every screen on the way through `line` (a playthrough after each entry) as PNG files in `folder`, one by one;
    with an `offer`, those of a kiosk. A file that is no picture of ours is written `over` only where asked.

    Raises WindowError, or OSError where the folder takes no file.
    """
    _be_quiet()
    from game.desktop.export.shots import shots

    return shots(story, line, folder, size, text_scale, theme, offer, over)


def take_film(
    story: Story,
    line: Sequence[Playthrough],
    folder: Path,
    size: tuple[int, int],
    text_scale: int,
    theme: str,
    fps: int,
    hold: float | None,
) -> Iterator[FilmFrame]:
    """The frames of the way through `line` as PNG files in `folder`, one by one: see game/desktop/export/film.py.

    Raises WindowError, or OSError where the folder takes no file.
    """
    _be_quiet()
    from game.desktop.export.film import FilmOptions, film

    return film(story, line, folder, FilmOptions(size, text_scale, theme, fps, hold))


def plates_of(pictures: Iterable[Picture]) -> Iterator[str]:
    """The data URI of each picture, one by one as it is painted: see game/desktop/export/data_uris.py."""
    _be_quiet()
    from game.desktop.export.data_uris import data_uris

    return data_uris(pictures)


def rest(sentences: Sequence[str], gone: Event, wanders: Callable[[], tuple[int, int]]) -> None:
    """The resting screen until `gone` is set, which `wanders` by so many pixels: see game/desktop/splash.py.

    Raises NoDisplay, or WindowError.
    """
    _be_quiet()
    from game.desktop import splash

    splash.show_splash(sentences, gone, wanders)


def _be_quiet() -> None:
    """Pygame prints a line about itself when it is imported; what this program prints is its own."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
