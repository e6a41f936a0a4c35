"""Output files of commands: written atomically, and never over a file that this program did not make."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from game.core.file_names import safe_join
from game.core.files import write_atomic
from game.core.values import frozen

HEADER_BYTES = 2_000  # this program's files have their marker within the first so many bytes
_OPEN_FILES = re.compile(r"/dev/fd|/proc/(?:self|thread-self|[0-9]+)/fd")  # folders of open file descriptors


class OutputRefused(OSError):
    """Raised for an output file that must not be written; `strerror` says why. `theirs` is true if another program
    wrote the existing file. Then `replace` would allow the output."""

    def __init__(self, path: Path, why: str, theirs: bool = False) -> None:
        super().__init__(errno.EEXIST, why, str(path))
        self.theirs = theirs


@frozen
class FileKind:
    """A kind of output file. `what` names it in messages. `ours` returns whether a file is of this kind, given the
    file's first HEADER_BYTES bytes."""

    what: str
    ours: Callable[[bytes], bool]


def kind_by_marker(what: str, mark: str) -> FileKind:
    """Return the kind of file, named `what` in messages, whose first HEADER_BYTES bytes contain the text `mark`."""
    return FileKind(what, lambda start: mark.encode() in start)


@frozen
class Output:
    """A place for output that `prepare_output` has checked. `target` is the file to which links at `path` lead.
    `stream`: it is a terminal, a pipe or an open file, to which output is appended."""

    path: Path
    target: Path
    kind: FileKind
    replace: bool = False
    stream: bool = False

    def write(self, content: str | bytes, flush: bool = True) -> None:
        """Write the whole content. `flush` is as in `write_atomic`.

        Raises:
            OutputRefused: somebody has put another file there since `prepare_output`.
            OSError: the file cannot be written; it is unchanged.
        """
        if not self.stream:
            prepare_output(self.path, self.kind, self.replace)
            write_atomic(self.target, content, flush=flush)
            return
        if sys.stdout is not None:
            sys.stdout.flush()
        raw = content if isinstance(content, bytes) else content.encode()
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_APPEND), "wb") as into:
            into.write(raw)


def prepare_output(path: Path, kind: FileKind, replace: bool = False) -> Output:
    """Check that a file may be written, before the work of making its content. Return the output.

    An existing file of `kind` may be replaced, any other file only with `replace`. A terminal or a pipe is written to.

    Raises:
        OutputRefused: the folder does not exist, the path cannot be inspected or is neither a file nor a stream, or it
            is a file of another kind and `replace` is false.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        target = path.resolve()
        if not target.parent.is_dir():
            raise OutputRefused(
                path, f"there is no folder {target.parent}: make it first, or name another place"
            ) from None
        return Output(path, target, kind, replace)
    except (OSError, ValueError) as error:
        raise OutputRefused(path, getattr(error, "strerror", None) or str(error)) from error
    if stat.S_ISDIR(mode):
        raise OutputRefused(path, "it is a folder: name a file in it")
    if _is_open_already(path) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return Output(path, path, kind, stream=True)
    if not stat.S_ISREG(mode):
        raise OutputRefused(path, "it is not a file or anything that takes a text: name another place")
    if not replace and not is_ours(path, kind):
        why = f"it holds something else than {kind.what}, and is left as it is: name another file"
        raise OutputRefused(path, why, theirs=True)
    return Output(path, path.resolve(), kind, replace)


def prepare_output_in(folder: Path, name: str, kind: FileKind, replace: bool = False) -> Output:
    """Check that the file `name` may be written in a user's folder, as `prepare_output` does.

    Raises:
        OutsideFolder: the name leads out of the folder.
        OutputRefused: the file must not be written.
    """
    found = prepare_output(safe_join(folder, name), kind, replace)
    if found.stream:
        raise OutputRefused(found.path, f"it is not a file, and is left as it is: name another folder than {folder}")
    return found


def is_ours(path: Path, kind: FileKind) -> bool:
    """Return whether a file of this kind exists at the path. Raises OutputRefused if the file cannot be read."""
    try:
        with path.open("rb") as file:
            return kind.ours(file.read(HEADER_BYTES))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputRefused(path, f"it cannot be read: {error.strerror or error}") from error


def _is_open_already(path: Path) -> bool:
    """Return whether a path names an open file descriptor, as `/dev/stdout` does."""
    at = os.path.abspath(path)  # noqa: PTH100  a link is looked at, not followed
    for _ in range(40):  # as many links in a row as Linux follows
        if _OPEN_FILES.fullmatch(os.path.dirname(at)):  # noqa: PTH120
            return True
        if not os.path.islink(at):  # noqa: PTH114
            return False
        at = os.path.normpath(os.path.join(os.path.dirname(at), os.readlink(at)))  # noqa: PTH115, PTH118, PTH120
    return False
