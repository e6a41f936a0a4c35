"""Pack loops: reads the sound loops of a story's pack when a command first needs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from game.core.files import FileRefused
from game.desktop.audio.audio_process import AudioCommand
from game.story.sound_loops import read_loop

PackFile = tuple[str, str]  # a pack's folder, and the file below it
NO_FILES: Mapping[str, PackFile] = MappingProxyType({})


class PackLoops:
    """Reads pack loops for one audio process, and sends the samples of each loop only once.

    The process knows a loop by its content: a file that has changed is another loop, and equal files are one loop.
    """

    def __init__(self) -> None:
        self._names: dict[tuple[PackFile, tuple[int, int]], str] = {}  # file, its time in ns and size -> "" if refused

    def commands(self, command: AudioCommand, files: Mapping[str, PackFile]) -> Iterator[AudioCommand]:
        """Yield `command` with the loops that need not be read. If there are others, read them. Then yield `command`
        again: it has all loops that can be read, and the samples of the new loops.

        Only the first command has the sounds of `once`, so that they need not wait for a file. `files` maps the pack's
        loops to their files.
        """
        loops = {name: level for name, level in command.loops.items() if name not in files}
        own = {name: (file, _state(file)) for name, file in files.items() if name in command.loops}
        known = {self._names[key]: command.loops[name] for name, key in own.items() if key in self._names}
        yield command._replace(loops=loops | _heard(known))
        if all(key in self._names for key in own.values()):
            return
        samples = {name: content for key in own.values() for name, content in self._read(key)}
        known = {self._names[key]: command.loops[name] for name, key in own.items()}
        yield command._replace(loops=loops | _heard(known), once={}, samples=samples)

    def _read(self, key: tuple[PackFile, tuple[int, int]]) -> Iterator[tuple[str, bytes]]:
        """Read the file of `key`, unless it was read in this `_state` before. Yield a new loop's name and samples."""
        if key in self._names:
            return
        (folder, file), _ = key
        try:
            samples = read_loop(Path(folder), file)
        except FileRefused:
            self._names[key] = ""
            return
        name = f"pack-{blake2b(samples, digest_size=8).hexdigest()}"
        if name not in self._names.values():
            yield name, samples
        self._names[key] = name


def _heard(levels: Mapping[str, float]) -> dict[str, float]:
    return {name: level for name, level in levels.items() if name}


def _state(file: PackFile) -> tuple[int, int]:
    """Return a file's time of change in ns, and its size; (0, 0) if the file is missing."""
    try:
        found = Path(*file).stat()
    except (OSError, ValueError):
        return 0, 0
    return found.st_mtime_ns, found.st_size
