"""The command line: one subcommand a mode, and each mode imported only when it is asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from game.commands import (
    check,
    class_,
    explore,
    graph,
    guide,
    import_twee,
    journal,
    kiosk,
    play,
    read,
    schema,
    shots,
    stats,
)
from game.commands.common import BAD_INPUT, UserError
from game.core.paths import NoHome
from game.core.printable import printable
from game.core.streams import give_up_output, open_streams, output_trouble, tell

COMMANDS: dict[str, ModuleType] = {
    "play": play,
    "read": read,
    "class": class_,
    "kiosk": kiosk,
    "check": check,
    "schema": schema,
    "explore": explore,
    "graph": graph,
    "guide": guide,
    "journal": journal,
    "import-twee": import_twee,
    "shots": shots,
    "stats": stats,
}
OF_NO_STORY = frozenset({"schema"})
WINDOWED = frozenset({"play", "class", "kiosk"})  # what needs no terminal, and may be started where there is none


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 where `check` or an import found errors, 2 on bad input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = parser_of_all()
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "play")
    open_streams(given[0] in WINDOWED)
    try:
        status = _run(parser, given)
        sys.stdout.flush()
    except UserError as error:
        tell(printable(str(error)))
    except NoHome as error:
        tell(str(error.strerror))
    except UnicodeDecodeError:
        tell("what was typed is not text in UTF-8")
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does: nothing is left to say, also not at exit.
        give_up_output()
        return 0
    except OSError as error:
        if (why := output_trouble()) is None:
            raise
        give_up_output()
        tell(f"standard output cannot be written: {why.strerror or error}")
    else:
        return status
    return BAD_INPUT


def _run(parser: argparse.ArgumentParser, given: Sequence[str]) -> int:
    try:
        options = parser.parse_args(given)
    except SystemExit:
        sys.stdout.flush()  # argparse itself passes over what cannot be written
        raise
    chosen: Callable[[argparse.Namespace], int] = options.run
    return chosen(options)


def parser_of_all() -> argparse.ArgumentParser:
    """What reads the command line."""
    from game import __version__

    parser = argparse.ArgumentParser(
        prog="weight-of-grain",
        description="The Weight of Grain: a text adventure about China's Great Leap Forward, one village, two doors.",
        epilog="Without a command it plays in a window. `weight-of-grain COMMAND --help` tells more.",
    )
    parser.add_argument("--version", action="version", version=f"weight-of-grain {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        sub = commands.add_parser(name, help=module.HELP, description=module.HELP)
        if name not in OF_NO_STORY:
            sub.add_argument(
                "--story", type=Path, metavar="DIR", help="a story pack's folder (default: the shipped one)"
            )
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return parser
