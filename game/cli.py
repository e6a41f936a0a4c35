"""The entry point. It imports next to nothing, so that Ctrl-C in the first moments shows no traceback."""

from __future__ import annotations

import sys

from game.core.exit_status import INTERRUPTED

TYPE_CHECKING = False  # as `typing.TYPE_CHECKING`, without the cost of importing `typing`
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return the exit status."""
    try:
        # Imported here because it takes a tenth of a second, in which somebody may press Ctrl-C.
        from game.command_line import run
    except KeyboardInterrupt:
        print("weight-of-grain: stopped before it began", file=sys.stderr)
        return INTERRUPTED
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
