"""The program's first lines, which need next to nothing: whoever stops it at once sees no traceback."""

from __future__ import annotations

import sys

from game.core.exit_status import INTERRUPTED

TYPE_CHECKING = False  # as in `typing`, without the import of it
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and give the exit status."""
    try:
        # Here, since the commands take a tenth of a second to import, in which somebody may press Ctrl-C.
        from game.command_line import run
    except KeyboardInterrupt:
        print("weight-of-grain: stopped before it began", file=sys.stderr)
        return INTERRUPTED
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
