"""The command line: a table of the commands. Only the chosen command's module is imported."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from game import __version__
from game.commands.support.user_error import UserError
from game.core.exit_status import BAD_INPUT
from game.core.paths import NoHome
from game.core.printable import printable
from game.core.streams import discard_output, output_error, prepare_streams, print_error


class Command(NamedTuple):
    """What the command line knows about a command before it imports the command's module."""

    module: str  # a module of game.commands, with the functions `arguments(parser)` and `run(options)`
    help: str  # one line
    takes_story: bool = True  # whether it has the option --story
    has_window: bool = False  # whether it can start without a terminal


COMMANDS: dict[str, Command] = {
    "play": Command("play", "Play in a window.", has_window=True),
    "read": Command("read", "Play in a terminal, or as lines of JSON."),
    "class": Command(
        "class_",
        "Hold a class: the story on the projector, the votes on the pupils' phones or by a show of hands.",
        has_window=True,
    ),
    "kiosk": Command(
        "kiosk", "Show the story on a museum's touch screen, for one visitor after another.", has_window=True
    ),
    "relay": Command(
        "relay", "Run rooms for classes without a shared network, for `class --relay`.", takes_story=False
    ),
    "new-story": Command(
        "new_story", "Begin a story of your own, from a small one that explains itself.", takes_story=False
    ),
    "check": Command("check", "Print all findings about a story, or explain one."),
    "schema": Command("schema", "Print a JSON Schema of the story's files, for editors.", takes_story=False),
    "explore": Command("explore", "Play every playthrough, and report what is reached, how often, and what never."),
    "graph": Command("graph", "Write a story's graph for Graphviz or Mermaid, or as plain Twee."),
    "guide": Command("guide", "Write the teacher's pack: one HTML file, to read or to print."),
    "journal": Command(
        "journal", "Write a reading as a journal: one HTML file with its pictures, to keep or to print."
    ),
    "web": Command("web", "Write the game as a site: a folder for any web server and any browser."),
    "import-twee": Command("import_twee", "Make a story pack from a Twee 3 file of Twine or Tweego."),
    "translate": Command(
        "translate", "Write a translation as a PO file for a translator's program, or bring one back."
    ),
    "shots": Command("shots", "Draw pages to PNG without a screen."),
    "stats": Command(
        "stats", "Show what a kiosk counted: visits, choices, endings, time on each page. Also while it runs."
    ),
}


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Return 1 if it has found errors in a file of the user's, else a status of exit_status.py."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "play")
    prepare_streams(windowed=given[0] in COMMANDS and COMMANDS[given[0]].has_window)
    try:
        status = _run(given)
        sys.stdout.flush()
    except UserError as error:
        print_error(printable(str(error)))
    except NoHome as error:
        print_error(str(error.strerror))
    except UnicodeDecodeError:
        print_error("the input is not text in UTF-8")
    except BrokenPipeError:
        # Whoever read our output has closed it, as `| head` does. Print nothing more, not even at exit.
        discard_output()
        return 0
    except OSError as error:
        if (why := output_error()) is None:
            raise
        discard_output()
        print_error(f"standard output cannot be written: {why.strerror or error}")
    else:
        return status
    return BAD_INPUT


def _run(given: Sequence[str]) -> int:
    try:
        options = parse_arguments(given)
    except SystemExit:
        sys.stdout.flush()  # argparse ignores output that cannot be written
        raise
    chosen: Callable[[argparse.Namespace], int] = options.run
    return chosen(options)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line that begins with a command, `--help` or `--version`. Return the options; their `run` runs
    the command. Raises SystemExit after it has printed help, the version, or a usage error."""
    parser = argparse.ArgumentParser(
        prog="weight-of-grain",
        description="The Weight of Grain: a text adventure about China's Great Leap Forward, one village, two doors.",
        epilog="Without a command it plays in a window. `weight-of-grain COMMAND --help` explains a command.",
    )
    parser.add_argument("--version", action="version", version=f"weight-of-grain {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help)
        if name == arguments[0]:
            _add_arguments(sub, command)
    return parser.parse_args(arguments)


def _add_arguments(parser: argparse.ArgumentParser, command: Command) -> None:
    # Imported by name, so a tool that freezes the program has to be told to include all of game.commands.
    module = import_module(f"game.commands.{command.module}")
    if command.takes_story:
        parser.add_argument(
            "--story", type=Path, metavar="DIR", help="a story pack's folder (default: the shipped one)"
        )
    module.arguments(parser)
    parser.set_defaults(run=module.run)
