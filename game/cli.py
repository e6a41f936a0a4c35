"""The command line: one subcommand a mode, and each mode imported only when it is asked for."""

from __future__ import annotations

import argparse
import io
import os
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 where `check` found errors, 2 on bad input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdin, sys.stdout):
        # Pages are UTF-8 whatever the system's own encoding is: a Windows pipe has no Chinese otherwise.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="strict")
    parser = _parser()
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "play")
    try:
        options = parser.parse_args(given)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except UserError as error:
        print(f"weight-of-grain: {error}", file=sys.stderr)
        return BAD_INPUT
    except UnicodeDecodeError:
        print("weight-of-grain: what was typed is not text in UTF-8", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does: nothing is left to say, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
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
