"""Window runner: runs the window of the game, a class or a kiosk, with its session, listeners and placement file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from game.core.paths import data_folder
from game.core.stores import FolderStore
from game.core.streams import print_error
from game.desktop.a11y.a11y_adapter import system_screen_reader
from game.desktop.export.journal_export import journals_for
from game.desktop.listeners import IntentListener, Listener
from game.desktop.loop import PixelShift, SessionFactory, run
from game.desktop.pupils_window import PupilsWindow
from game.desktop.session_factory import audience_session, reader_session
from game.desktop.window_placement import WindowOptions, WindowPlacement, read_placement, write_placement
from game.play import Playthrough
from game.play.save_files import SaveFiles
from game.story.model import Story
from game.ui.editions import Edition, Library
from game.ui.effects import EffectRunner
from game.ui.intents import EditionsFound, Intent, IntentSource
from game.ui.settings import SettingsFile
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
    """Run the game in a window until it is closed, and return the exit status.

    `role` and the arguments after it are as in `reader_session`. Raises NoDisplay and WindowError as `loop.run` does.
    """
    folder = data_folder()
    settings, journals = SettingsFile(FolderStore(folder)), journals_for(folder)
    saves = SaveFiles(FolderStore(saves_folder))
    new_session = reader_session(story, saves, settings, role, cut, begun, watched, journals, library)
    find = library.find if library is not None and library.kept is None else None
    return _run(story.title, new_session, options, folder / "window.json", [journals], find_editions=find)


def run_class_window(
    app: AppState,
    effect_runner: EffectRunner,
    intent_source: IntentSource,
    options: WindowOptions,
    folder: Path,
    pupils_state: Callable[[AppState], AppState] | None = None,
) -> int:
    """Run a class's wall (the screen that a class looks at) in a window until it is closed.

    Args:
        app: the wall's first state.
        effect_runner: carries out the wall's effects.
        intent_source: returns the intents that update the wall when the class changes.
        options: the options of the window.
        folder: where the window's placement is kept.
        pupils_state: returns the state of the pupils' own window, given the teacher's. With None, there is one window.

    Returns and raises as `play` does.
    """
    pupils = [PupilsWindow(pupils_state, app.story.title)] if pupils_state is not None else []
    return _run(
        app.story.title, audience_session(app, effect_runner), options, folder / "wall.json",
        [IntentListener(intent_source), *pupils], on_first_screen=pupils_state is not None,
    )  # fmt: skip


def run_kiosk_window(
    app: AppState,
    effect_runner: EffectRunner,
    listener: Listener,
    options: WindowOptions,
    folder: Path,
    pixel_shift: PixelShift | None,
) -> int:
    """Run a museum's kiosk in a window. Arguments, result and errors are those of `run_class_window`, except:

    Args:
        listener: sends the kiosk's intents, such as the reset after a visit. In full screen, only it ends the kiosk.
        pixel_shift: returns the picture's present offset (x, y) in pixels, against burn-in. With None, it never shifts.
    """
    return _run(
        app.story.title, audience_session(app, effect_runner), options, folder / "kiosk.json", [listener],
        closable=not options.fullscreen, pixel_shift=pixel_shift,
    )  # fmt: skip


def _run(
    title: str,
    new_session: SessionFactory,
    options: WindowOptions,
    placement_file: Path,
    listeners: Sequence[Listener],
    closable: bool = True,
    pixel_shift: PixelShift | None = None,
    find_editions: Callable[[], Sequence[Edition]] | None = None,
    on_first_screen: bool = False,
) -> int:
    """Run a window with a screen reader, a voice and sounds. If `find_editions` is given, run it on a thread."""
    placement = WindowPlacement(options.size) if options.size is not None else read_placement(placement_file)
    placement = replace(placement, fullscreen=placement.fullscreen or options.fullscreen)
    screen_reader = system_screen_reader()
    if screen_reader is not None:
        listeners = [screen_reader, *listeners]
    else:
        print_error("screen readers get nothing: the package `accesskit` is not installed")

    def deferred_listeners() -> Sequence[Listener]:
        from game.desktop.a11y.speech_listener import system_self_voicing  # the first frame need not wait for it
        from game.desktop.audio.sound import system_sound  # nor for this

        finders = [EditionsFinder(find_editions)] if find_editions is not None else []
        return system_self_voicing(options.speak), system_sound(), *finders

    return run(
        title, new_session, placement, deferred_listeners=deferred_listeners,
        save_placement=partial(write_placement, placement_file),
        first_frame_only=options.first_frame_only, closable=closable, pixel_shift=pixel_shift,
        on_first_screen=on_first_screen, listeners=listeners,
    )  # fmt: skip


class EditionsFinder(Listener):
    """Calls `find` once, on a thread, for the languages and lengths in which the story can be read, and reports them.

    If `find` raises OSError, nothing is reported.
    """

    def __init__(self, find: Callable[[], Sequence[Edition]]) -> None:
        self._answers: SimpleQueue[Sequence[Edition]] = SimpleQueue()
        # no daemon thread: at exit Python would end it inside pydantic's native code, which aborts the whole program
        Thread(target=self._run, args=(find,), name="editions").start()

    def _run(self, find: Callable[[], Sequence[Edition]]) -> None:
        with suppress(OSError):
            self._answers.put(find())

    def poll(self) -> Intent | None:
        return None if self._answers.empty() else EditionsFound(self._answers.get())
