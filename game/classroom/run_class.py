"""Run a class until its display is closed: connect log, host, phones and wall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.class_reader import changes_in_words, read_class, reading_to_json, remarks_in_words
from game.classroom.display import Display
from game.classroom.host import Host
from game.classroom.log import Log, UnsavedLog
from game.classroom.server.phone_service import Language, phone_view, serve_phones
from game.classroom.server.relay_link import RelayUse
from game.classroom.state import initial_state
from game.classroom.teacher_controller import TeacherController
from game.core.stores import FolderStore
from game.core.values import frozen
from game.play.save_files import SaveFiles
from game.resources import assets_folder
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import JoinInfo
from game.ui.effect_runner import StoreEffectRunner
from game.ui.effects import Effect, TeacherCommand
from game.ui.handlers.classroom import ask_how_to_start as first_state
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue, catalogue_for
from game.ui.screens.teacher import pupils_state
from game.ui.settings import DEFAULT, WALL_TEXT_SCALE, WALL_VALUES, Settings, SettingsFile
from game.ui.transitions import show_notes

WALL_SETTINGS = Settings(text_scale=WALL_TEXT_SCALE)  # the defaults of a wall, which the last row can read


@frozen
class ClassOptions:
    """The options of a class."""

    display: Display
    port: int  # for phones
    address: str | None = None  # the preferred address for phones; None: find one
    apart: bool = False  # the teacher has another screen than the wall
    relay: RelayUse | None = None
    web_address: str = ""  # of the school's site of the story, for a code on the debrief's last page; "" for none
    translations: tuple[Language, ...] = ()  # the other languages that a phone can choose


def class_host(
    story: Story, log: Log | UnsavedLog, began: ev.Begun | ev.Resumed, say: Callable[[str], None] = lambda line: None
) -> Host:
    """Return the host of a new class if `began` is a `Begun`, or of the resumed class in the log.

    A resumed class has no connected phone and no timer. Events that cannot be read or applied are ignored, but stay
    in the file. `say` is called with each line about what changed.

    Raises ValueError if the log is of another story, DamagedLog if it cannot be read, OSError if it cannot be written.
    """
    began = replace(began, renames=[[*rename] for rename in story.renames])
    if isinstance(began, ev.Begun):
        log.write([began])
        return Host(initial_state(story, began), log)
    found = read_class(story, log.read())
    if found.left_out:
        say(f"the last {found.left_out} events of this class are left out, and stay in its file: {found.why}")
    words = catalogue_for(assets_folder() / "locale", story)
    for line in changes_in_words(words, found):
        say(line)
    log.write([replace(began, left_out=found.unused), *found.carried], reading_to_json(found.state))
    host = Host(found.state, log, remarks_in_words(words, found))
    host.execute_all([partial(commands.leave, seat=seat) for seat in host.state.present])
    if host.state.timer is not None:
        host.execute(partial(commands.set_timer, left=None))
    return host


def run_class(
    host: Host,
    options: ClassOptions,
    folder: Path,
    clock: Callable[[], float],
    choose: Callable[[Sequence[str]], str],
    write_record: Callable[[], str],
    announce: Callable[[JoinInfo], None],
) -> int:
    """Run a class until its display is closed, and return the exit status. Raises WindowError if it cannot be shown.

    Args:
        folder: the folder of the settings.
        clock: returns monotonic seconds.
        choose: returns a random item.
        write_record: writes the record, and returns its place in words.
        announce: called with how phones join, or why they cannot.
    """
    assets = assets_folder()
    story = host.state.playthrough.story
    words = catalogue_for(assets / "locale", story)
    wall_settings = SettingsFile(FolderStore(folder), "wall-settings.json", WALL_SETTINGS, WALL_VALUES)
    settings = wall_settings
    if options.apart:
        first = replace(wall_settings.read(), text_scale=DEFAULT.text_scale)
        settings = SettingsFile(FolderStore(folder), "teacher-settings.json", first, WALL_VALUES)
    settings_runner = StoreEffectRunner(story, words, SaveFiles(FolderStore(folder / "saves")), settings)
    view = phone_view(host, words, assets / "web", options.translations)
    with serve_phones(host, view, options.port, options.address, options.relay) as joining:
        announce(joining.addresses[0])
        controller = TeacherController(
            host, words, settings_runner, joining.addresses, clock, choose, write_record,
            "teacher" if options.apart else "alone", joining.relay, options.web_address,
        )  # fmt: skip
        app = start_class(story, words, controller.class_view(), settings.read())
        app = show_notes(app, host.remarks)
        pupils = partial(pupils_state, text_scale=wall_settings.read().text_scale) if options.apart else None
        return options.display(app, controller, pupils)


class StartChoice:
    """The controller of the question before a class. `chosen` is the answer: "resume", "new", or "" for none."""

    def __init__(self) -> None:
        self.chosen = ""

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        if isinstance(effect, TeacherCommand):
            self.chosen = effect.command
        return None

    def poll(self) -> intents.Intent | None:
        return None


def ask_how_to_start(story: Story, words: Catalogue, lines: Sequence[str], display: Display) -> str:
    """Ask on a display whether to go on with the class that `lines` describe. Return "resume", "new", or "" if closed.

    Raises WindowError if the question cannot be shown.
    """
    choice = StartChoice()
    display(first_state(story, words, lines, WALL_SETTINGS), choice, None)
    return choice.chosen
