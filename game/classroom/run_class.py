"""A class from its first page until the window is closed: log, host, phones and wall, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.server.phone_service import serve_phones
from game.classroom.state import initial_state, replay
from game.classroom.teacher_controller import TeacherController
from game.core.values import frozen
from game.desktop import api as desktop
from game.desktop.window_options import WindowOptions
from game.play.save_files import SaveFiles
from game.resources import assets_folder
from game.story.model import Story
from game.ui.class_state import JoinInfo
from game.ui.effect_runner import StoreEffectRunner
from game.ui.handlers.classroom import begin_class
from game.ui.i18n import Catalogue
from game.ui.settings import Settings
from game.ui.settings_file import SettingsFile

FROM_THE_LAST_ROW = Settings(text_scale=125)


@frozen
class ClassOptions:
    """What a command line asks of a class: its window, and the port and address that phones join at.

    address None: it is found.
    """

    window: WindowOptions
    port: int
    address: str | None = None


class RandomSource(Protocol):
    """Where codes and coins come from."""

    def choice(self, among: Sequence[str], /) -> str: ...


def class_host(story: Story, log: Log, begun: ev.Begun | None) -> Host:
    """The class of a log: a new one that begins so, or without that the one that the log holds.

    Nobody is connected yet, and no timer runs on: whoever takes a class up again did not see it run. Raises
    ValueError where the log is of another story, and what `Log` raises.
    """
    if begun is not None:
        log.write([begun])
        return Host(initial_state(story, begun), log)
    events = [event for _, event in log]
    first = events[0] if events else None
    if isinstance(first, ev.Begun) and first.pack != story.pack:
        raise ValueError(f"the class read the story `{first.pack}`, and this is `{story.pack}`")
    host = Host(replay(story, events), log)
    host.ask_each([partial(commands.leave, seat=seat) for seat in host.state.present])
    if host.state.until is not None:
        host.ask(partial(commands.set_timer, until=None))
    return host


def join_code_of(log: Log) -> str:
    """What the phones of a log's class join with."""
    return next(event.code for _, event in log if isinstance(event, ev.Begun))


def run_class(
    host: Host,
    code: str,
    options: ClassOptions,
    folder: Path,
    clock: Callable[[], float],
    chance: RandomSource,
    keep: Callable[[], str],
    tell: Callable[[JoinInfo], None],
) -> int:
    """Hold a class until its window is closed.

    Settings, and where the window stood, are kept in `folder`. `keep` writes the record and says where it is; `tell`
    is told the way in for phones. Gives the exit status. Raises WindowError.
    """
    assets = assets_folder()
    words, story = Catalogue(assets / "locale"), host.state.playthrough.story
    settings = SettingsFile(folder / "wall-settings.json", FROM_THE_LAST_ROW)
    world = StoreEffectRunner(story, words, SaveFiles(folder / "saves"), settings)
    with serve_phones(host, code, words, assets / "web", options.port, options.address) as ways:
        tell(ways[0])
        desk = TeacherController(host, words, world, ways, clock, chance.choice, keep)
        app = begin_class(story, words, desk.class_view(), settings.read())
        return desktop.run_class_window(app, desk, desk, options.window, folder)
