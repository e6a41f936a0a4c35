"""`class`: hold a class, in windows or in a browser, with a page for each phone. Also list or delete classes, or write
a class's record. A relay is a server on which a class has an address (its room) for phones on other networks."""

from __future__ import annotations

import argparse
import time
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from game.classroom import events as ev
from game.classroom.class_store import StoredClass, delete_class, interrupted_class, new_log, next_session, open_new_log
from game.classroom.display import Display, window_display
from game.classroom.host import Host
from game.classroom.join_codes import new_code
from game.classroom.log import DamagedLog, Log, UnsavedLog, delete_log, read_entries
from game.commands.support import class_archive
from game.commands.support.common import (
    add_language_argument,
    add_window_arguments,
    interface_words,
    load_in_language,
    not_whole,
    number_parser,
    parse_address,
    parse_port,
    parse_web_address,
    window_options,
)
from game.commands.support.editions import translations_of
from game.commands.support.user_error import UserError, as_user_error
from game.core.addresses import CLASS_PORT
from game.core.instance_lock import AlreadyRunning
from game.core.join_codes import random_code
from game.core.paths import classes_folder, data_folder
from game.core.streams import print_error
from game.desktop import api as desktop
from game.desktop.errors import WindowError
from game.play import begin
from game.resources import assets_folder, story_folder
from game.story import Story
from game.ui.class_state import JoinInfo, RelayInfo

if TYPE_CHECKING:
    from game.classroom.server.relay_link import RelayUse

MORE = """\
The window is for the projector; on a computer that has only a browser, use --wall-in-browser. Phones on the
same network open the address on the wall, and type its code. Without phones, count hands. With --relay,
phones in other networks join too, through a relay that keeps nothing; without it, nothing leaves the room. A class is
kept on this computer, as counts and as numbers for phones, so that it can go on after a crash. The command announces
a class that is older than --keep-days, and deletes it when you use the command a day or more later.
"""
NAME_LENGTH = 8  # letters in the random name of a class
DAYS = 30  # for so many days a class is kept, by default


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description} {MORE}"
    parser.epilog = "FILE is a class as --list names it, or its path."
    parser.add_argument("--role", help="one role for the whole class, by its id (default: half of it in each)")
    parser.add_argument("--cut", help="the length: class (default), lesson; with --role: one-door, kiosk, full")
    add_language_argument(parser)
    add_window_arguments(parser)
    parser.add_argument(
        "--teacher", action="store_true",
        help="open a teacher's screen; the wall is a second window, on the second display if there is one",
    )  # fmt: skip
    parser.add_argument(
        "--wall-in-browser", action="store_true",
        help="open no window: wall and teacher's screen are browser pages at the printed addresses",
    )  # fmt: skip
    parser.add_argument("--open", action="store_true", help="open both pages in the usual browser")
    network = parser.add_argument_group("phones")
    network.add_argument(
        "--port", type=parse_port, metavar="N",
        help=f"1024 to 65535 ({CLASS_PORT}; a resumed class keeps its own)",
    )  # fmt: skip
    network.add_argument(
        "--address",
        type=parse_address,
        metavar="IP",
        help="this computer's address, if it has several (default: found automatically)",
    )
    network.add_argument(
        "--relay", metavar="URL",
        help="reach phones in other networks through this relay, as https://grain.example.org (a resumed class "
        "keeps its own)",
    )  # fmt: skip
    network.add_argument("--relay-token", type=Path, metavar="FILE", help="the file with the token for the relay")
    parser.add_argument(
        "--web-address", type=parse_web_address, metavar="URL",
        help="your school's site of the story, made by `web`: the last page has a code that opens it on phones",
    )  # fmt: skip
    kept = parser.add_argument_group("classes that are kept")
    modes = kept.add_mutually_exclusive_group()
    modes.add_argument(
        "--resume", action="store_true", help="go on with the interrupted class, the last class, or that of --log"
    )
    modes.add_argument("--new", action="store_true", help="begin another class, even if one was interrupted")
    modes.add_argument("--list", action="store_true", help="list the kept classes, newest first")
    modes.add_argument(
        "--record", type=Path, metavar="FOLDER", help="write the record of the last class, or of --log, as HTML and CSV"
    )
    modes.add_argument(
        "--delete",
        nargs="?",
        const=class_archive.LAST,
        metavar="FILE|all",
        help="delete the last class, or FILE, with its record",
    )
    kept.add_argument("--log", metavar="FILE", help="the class for --record and --resume")
    kept.add_argument("--yes", action="store_true", help="delete without asking")
    days = number_parser(1, 3650, "a number of days", "1 to 3650")
    kept.add_argument("--keep-days", type=days, default=DAYS, metavar="N", help=f"delete older classes ({DAYS})")


def run(options: argparse.Namespace) -> int:
    _check_options(options)
    if options.delete is not None:
        return class_archive.delete_on_request(options)
    if options.list:
        class_archive.delete_expired_classes(options)
        return class_archive.print_list()
    story = load_in_language(options)
    if options.record is not None:
        return class_archive.write_record_to_folder(story, options)
    resumed = class_archive.resumable_class(story, options) if options.resume else None
    if resumed is None:
        _choose_cut(story, options)
    with _display(story, options) as display:
        interrupted = interrupted_class(classes_folder()) if resumed is None and not options.new else None
        if interrupted is not None and interrupted.begun.pack == story.pack:
            start = _ask_how_to_start(story, display, interrupted)
            if not start:
                return 0
            resumed = interrupted if start == "resume" else None
        class_archive.delete_expired_classes(options, but=[resumed.log] if resumed is not None else [])
        return hold_class(story, options, display, resumed)


@contextmanager
def _display(story: Story, options: argparse.Namespace) -> Iterator[Display]:
    """Open the class's display for the `with` block: windows, or web pages. Print the addresses of web pages."""
    if not options.wall_in_browser:
        yield window_display(window_options(options), data_folder())
        return
    from game.classroom.browser.browser_display import PAGES, BrowserDisplay  # a window needs no web server

    with ExitStack() as opened:
        try:
            display = BrowserDisplay(story, interface_words(story), assets_folder(), desktop.jpeg_picture)
            pages = opened.enter_context(display)
        except OSError as error:
            raise UserError(f"the pages cannot be served: {error}") from error
        print(f"the wall, for all to see, is at {pages.address('wall')}")
        print(f"your own screen is at {pages.address('teacher')}")
        print("Ctrl-C here ends the class, as your screen's menu does", flush=True)
        if options.open:
            for page in PAGES:
                webbrowser.open(pages.address(page))
        yield pages


def _ask_how_to_start(story: Story, display: Display, interrupted: StoredClass) -> str:
    """Ask on the display whether to resume a class: return "resume", "new", or "" if the display was closed."""
    from game.classroom import run_class  # imported late: as in `hold_class`

    words = interface_words(story)
    try:
        lines = class_archive.describe_class(story, words, interrupted)
    except (ValueError, DamagedLog, OSError):
        return "new"  # it cannot be resumed: it belongs to another version of the story, or its log is damaged
    try:
        return run_class.ask_how_to_start(story, words, lines, display)
    except WindowError as error:
        raise _no_window(error) from error


def _no_window(error: WindowError) -> UserError:
    return UserError(f"a class needs a window for the projector, or --wall-in-browser: {error}")


def hold_class(story: Story, options: argparse.Namespace, display: Display, resumed: StoredClass | None = None) -> int:
    """Hold a class until its display is closed, and return the exit status. `resumed` is the class to go on with; None
    begins a new one. Raises UserError if the class or its window cannot be opened."""
    from game.classroom import run_class  # imported late: `--list` need not wait for its web server (0.2 s)

    choose, folder, now = SystemRandom().choice, classes_folder(), datetime.now()
    port = options.port or (resumed.port if resumed is not None else 0) or CLASS_PORT
    with class_archive.log_errors_as_user_errors(folder):
        session = next_session(folder)
    began: ev.Begun | ev.Resumed
    if resumed is not None:
        began = ev.Resumed(session, port)
    else:
        began = ev.Begun(
            story.pack, story.version, options.cut, options.role, new_code(choose),
            random_code(NAME_LENGTH, choose), f"{now:%H:%M}", port, session,
        )  # fmt: skip
    log, host = _open_class(story, resumed.log if resumed is not None else None, began)
    if resumed is not None:
        at = datetime.fromtimestamp(resumed.began)
        print_error(f"going on with {resumed.log}, which began at {at:%Y-%m-%d %H:%M}")
    relay = _relay_use(options, resumed)
    apart = options.teacher or options.wall_in_browser
    others = translations_of(options.story or story_folder(), story, host.state.tracks[0].now.cut.id)
    shown = run_class.ClassOptions(display, port, options.address, apart, relay, options.web_address or "", others)
    try:
        status = run_class.run_class(
            host, shown, data_folder(), time.monotonic, choose, lambda: _write_record(story, log, host),
            _print_join_info,
        )  # fmt: skip
        with suppress(OSError):  # if this fails, the class counts as interrupted, and the next start offers it
            host.execute(lambda state: (ev.Stopped(),))
        if isinstance(log, Log) and not host.state.is_untouched:
            print("The class is kept: `weight-of-grain class --resume` goes on here.")
        return status
    except WindowError as error:
        raise _no_window(error) from error
    finally:
        log.close()
        if isinstance(log, Log) and resumed is None and host.state.is_untouched:
            with suppress(AlreadyRunning):  # somebody else has resumed it already
                delete_class(log.path)


def _open_class(story: Story, path: Path | None, began: ev.Begun | ev.Resumed) -> tuple[Log | UnsavedLog, Host]:
    """Open the log `path` (None: make a new log), write the event `began` to it, and return it with the class's host.
    If no new log can be made, return an UnsavedLog. Raises UserError if the log `path` cannot be opened."""
    from game.classroom.run_class import class_host

    folder = classes_folder()
    try:
        with ExitStack() as opened, class_archive.log_errors_as_user_errors(path or folder):
            log = Log(path, time.time) if path is not None else open_new_log(folder, datetime.now(), time.time)
            if path is None:
                opened.callback(delete_log, log.path)
            opened.callback(log.close)
            host = class_host(story, log, began, print_error)
            opened.pop_all()
            return log, host
    except UserError as error:
        if path is not None:
            raise
        print_error(f"nothing of this class is saved: {error}")
        unsaved = UnsavedLog(time.time)
        return unsaved, class_host(story, unsaved, began)


def _write_record(story: Story, log: Log | UnsavedLog, host: Host) -> str:
    """Write the teacher's record of the class. Return where it is, in words. Raises OSError if it cannot."""
    try:  # by its path, because the class's server writes into `log` at the same time
        entries = read_entries(log.path) if isinstance(log, Log) else log.read()
    except DamagedLog as error:
        raise OSError(str(error)) from error
    path = log.path if isinstance(log, Log) else new_log(classes_folder(), datetime.now())
    folder, where = class_archive.write_record_for_teacher(story, entries, path)
    if folder != path.parent:
        host.execute(lambda state: (ev.Recorded(str(folder)),))
    return where


def _print_join_info(joining: JoinInfo) -> None:
    says = {
        "port": "phones cannot come in, since another program uses the port: try another --port",
        "network": "phones cannot come in, since this computer is in no network",
        "disk": "phones cannot come in, since no vote can be saved: make some room on the disk, and start again",
        "": f"phones come in at {joining.url}",
    }
    print(says[joining.trouble], flush=True)


def _relay_use(options: argparse.Namespace, resumed: StoredClass | None) -> RelayUse | None:
    """Return the relay of --relay, else the resumed class's relay, else None. Raises UserError for a bad token file."""
    from game.classroom.server.relay_link import RelayUse  # `--list` need not wait for aiohttp

    room = resumed.room if resumed is not None else None
    url = options.relay or (room.relay if room is not None else "")
    if not url:
        return None
    return RelayUse(url, _print_relay, relay_token(options.relay_token), room)


def relay_token(path: Path | None) -> str:
    """Return the first line with text of a file; "" without a path. Raises UserError if there is no such line."""
    if path is None:
        return ""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        raise UserError(f"--relay-token {path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise UserError(f"--relay-token {path}: it is not text in UTF-8") from None
    token = next(filter(None, lines), "")
    if not token or not token.isprintable():
        raise UserError(f"--relay-token {path}: it has no token; write it alone on a line")
    return token


def _print_relay(relay: RelayInfo) -> None:
    """Print the address of the class's room on the relay, alone on a line; or print what is wrong with the relay."""
    says = {
        "": "through the relay, phones come in at",
        "store-lost": "a part of the relay is lost: some phones have to wait",
        "token": "the relay opens no room for this --relay-token",
        "taken": "the relay gave this class's room away: it opens another",
        "full": "the relay is full: trying again",
        "slow-down": "the relay wants us to wait: trying again",
    }
    print(says.get(relay.trouble, "the relay cannot be reached: trying again"), flush=True)
    if not relay.trouble:
        print(relay.url, flush=True)


def _check_options(options: argparse.Namespace) -> None:
    """Check that the options do not contradict each other and that the relay is valid. Raises UserError if not."""
    if options.relay_token is not None:
        if not (options.relay or options.resume):
            raise UserError("--relay-token is for --relay: write that too")
        relay_token(options.relay_token)
    if options.relay is not None:
        from game.classroom.server.relay_link import BadRelayAddress, relay_address  # it brings a web client

        with as_user_error(BadRelayAddress):
            options.relay = relay_address(options.relay)
    if options.log is not None and not (options.resume or options.record is not None):
        raise UserError("--log names the class for --record and --resume: write one of them too")
    if options.yes and options.delete is None:
        raise UserError("--yes is for --delete: write that too")
    if options.open and not options.wall_in_browser:
        raise UserError("--open is for --wall-in-browser: write that too")
    if options.wall_in_browser and (options.size or options.fullscreen or options.speak):
        raise UserError("--wall-in-browser opens no window: leave out --size, --fullscreen and --speak")
    if options.resume and (options.cut or options.role):
        raise UserError("--resume goes on as the class began: leave out --cut and --role")


def _choose_cut(story: Story, options: argparse.Namespace) -> None:
    """Set `options.cut` (a length) to its default if it is not named. Raises UserError if it does not fit the role."""
    options.cut = options.cut or _default_cut(story, options.role)
    cut = story.cuts.get(options.cut)
    if cut is not None and options.role is None and not cut.both_roles:
        raise UserError(f"the length `{cut.id}` is read through one door: name it with --role")
    if cut is not None and options.role is not None and cut.both_roles:
        raise UserError(f"the length `{cut.id}` is read through both doors: leave out --role, or name another --cut")
    with as_user_error(ValueError):
        begin(story, role=options.role, cut=options.cut)
    if said := not_whole(story, options.cut):
        raise UserError(said)


def _default_cut(story: Story, role: str | None) -> str:
    """Return the id of the default cut. Without `role`, it is the first two-role cut. With `role`, it is the first
    one-role cut with the same chapters as the first two-role cut. Raises UserError if the story has no such cut."""
    both = next((cut for cut in story.cuts.values() if cut.both_roles), None)
    if role is None and both is not None:
        return both.id
    alone = (cut for cut in story.cuts.values() if not cut.both_roles)
    default = next((cut for cut in alone if both is not None and cut.chapters == both.chapters), None)
    if default is None:
        raise UserError(
            "this story has no length of its own for a class: name default with --cut, and a door with --role"
        )
    return default.id
