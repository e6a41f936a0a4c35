"""The one way in which a command writes a file that somebody named: whole or not at all, and over nothing of theirs."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from game.core.file_names import inside
from game.core.files import write_whole
from game.core.values import frozen

BEGINNING = 2_000  # bytes in which a file of ours says what it is
_OPEN_FILES = re.compile(r"/dev/fd|/proc/(?:self|thread-self|[0-9]+)/fd")  # folders of what a process has open


class Refused(OSError):
    """Nothing is written there; `strerror` says why, and what to do. `theirs`: somebody could insist on it."""

    def __init__(self, path: Path, why: str, theirs: bool = False) -> None:
        super().__init__(errno.EEXIST, why, str(path))
        self.theirs = theirs


@frozen
class Kind:
    """A kind of file that a command writes: what to call one, and how to tell it by its first bytes."""

    what: str
    ours: Callable[[bytes], bool]


def marked(what: str, mark: str) -> Kind:
    """A kind that names itself near its beginning."""
    return Kind(what, lambda start: mark.encode() in start)


@frozen
class Output:
    """Where something is written: `target` is the file behind links; a `stream` is written into, never replaced."""

    path: Path
    target: Path
    kind: Kind
    replace: bool = False
    stream: bool = False

    def write(self, content: str | bytes, newline: str | None = None, flush: bool = True) -> None:
        """Write all of it. `newline` and `flush` are as for `write_whole`.

        Raises Refused, or OSError; then the file is as it was.
        """
        if not self.stream:
            output(self.path, self.kind, self.replace)  # whatever was put there since then
            write_whole(self.target, content, newline=newline, flush=flush)
            return
        if sys.stdout is not None:
            sys.stdout.flush()
        raw = content if isinstance(content, bytes) else content.encode()
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_APPEND), "wb") as into:
            into.write(raw)


def output(path: Path, kind: Kind, replace: bool = False) -> Output:
    """A file to write, refused before any work where it would cost somebody something.

    A file of the same kind that this program wrote is replaced; any other only where somebody asked to `replace`.
    What is no file (a terminal, a pipe) takes what is written, and stays what it is. Raises Refused.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        target = path.resolve()
        if not target.parent.is_dir():
            raise Refused(path, f"there is no folder {target.parent}: make it first, or name another place") from None
        return Output(path, target, kind, replace)
    except (OSError, ValueError) as error:
        raise Refused(path, getattr(error, "strerror", None) or str(error)) from error
    if stat.S_ISDIR(mode):
        raise Refused(path, "it is a folder: name a file in it")
    if _is_open_already(path) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return Output(path, path, kind, stream=True)
    if not stat.S_ISREG(mode):
        raise Refused(path, "it is no file, and nothing that takes a text: name another place")
    if not replace and not is_ours(path, kind):
        why = f"it holds something else than {kind.what}, and is left as it is: name another file"
        raise Refused(path, why, theirs=True)
    return Output(path, path.resolve(), kind, replace)


def output_in(folder: Path, name: str, kind: Kind, replace: bool = False) -> Output:
    """The same for a file in a folder that somebody named. Raises OutsideFolder, or Refused."""
    found = output(inside(folder, name), kind, replace)
    if found.stream:
        raise Refused(found.path, f"it is no file, and is left as it is: name another folder than {folder}")
    return found


def is_ours(path: Path, kind: Kind) -> bool:
    """Whether this program wrote what stands there. Raises Refused where it cannot be read."""
    try:
        with path.open("rb") as file:
            return kind.ours(file.read(BEGINNING))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Refused(path, f"it cannot be read: {error.strerror or error}") from error


def _is_open_already(path: Path) -> bool:
    """Whether a path names what a process has open, as /dev/stdout does, whatever that is."""
    at = os.path.abspath(path)  # noqa: PTH100  a link is looked at, not followed
    for _ in range(40):  # links that lead to one another, as many as a system follows
        if _OPEN_FILES.fullmatch(os.path.dirname(at)):  # noqa: PTH120
            return True
        if not os.path.islink(at):  # noqa: PTH114
            return False
        at = os.path.normpath(os.path.join(os.path.dirname(at), os.readlink(at)))  # noqa: PTH115, PTH118, PTH120
    return False
