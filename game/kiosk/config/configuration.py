"""Configuration: the kiosk's settings, and the error of an invalid file. A cut is a length of the story."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from pathlib import Path
from traceback import extract_tb

from game.core import paths
from game.core.addresses import HEALTH_PORT
from game.core.findings import Finding
from game.core.printable import in_one_line
from game.core.values import frozen
from game.kiosk.config.hours import ALWAYS, Hours
from game.ui.kiosk_state import IDLE, WARN


@frozen
class Config:
    """What a museum can configure. Every key has a default, so an empty file is valid."""

    languages: tuple[str, ...] = ("en",)
    roles: tuple[str, ...] = ()  # the roles that visitors can choose; () for all
    cut: str = "kiosk"
    longer_cut: str = ""  # a second cut that visitors can choose at the start; "" for none
    attract: Mapping[str, str] = field(default_factory=dict)  # language -> invitation; by default the story's
    objects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # object -> language -> note
    hours: Hours = ALWAYS
    idle: int = IDLE  # seconds; the reading time of the page is added
    warn: int = WARN  # seconds until "Are you still there?" gives up
    volume: int = 75  # the loudest that visitors can choose, in per cent
    pixel_shift: bool = True
    web_address: str = ""  # the museum's site with the story, for a visitor's phone; "" for none
    pin: str = ""  # made by `pin.hash_pin`; "" for no staff page
    data_folder: Path = field(default_factory=paths.kiosk_folder)
    log_folder: Path = field(default_factory=paths.kiosk_logs_folder)
    health_port: int = HEALTH_PORT
    database: str = field(default="", repr=False)  # the database's address with its password; "" if counts are not sent
    kiosk: str = "kiosk"  # this kiosk's name, in a museum that has several


def default_cut(cuts: Sequence[str]) -> str:
    """Return the default cut for visits, from the cuts for one reader: `kiosk` if it is there, or else the first."""
    return "kiosk" if "kiosk" in cuts or not cuts else cuts[0]


@frozen
class KnownNames:
    """The names that a configuration can use, and what else its check needs."""

    roles: tuple[str, ...]
    cuts: tuple[str, ...]  # those for one reader
    languages: tuple[str, ...]  # the story's own first
    objects: tuple[str, ...] = ()
    drawable: Set[str] | None = None  # the characters that the fonts have; with None, characters are not checked
    why_unavailable: Callable[[str, str], str] = lambda language, cut: ""  # why a cut cannot be read; "" if it can
    check_folders: bool = True  # folders must be writable now

    @property
    def default_cut(self) -> str:
        return default_cut(self.cuts)


class ConfigErrors(Exception):
    """Raised if a configuration cannot be used. `lines` says what is wrong with it, one error a line."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        found = sorted(findings)
        # without their codes, because the explanation of a code speaks of a story
        self.lines = tuple(in_one_line(f"{finding.place}: {finding.problem}. {finding.remedy}") for finding in found)
        more = f" (and {len(found) - 1} more: run `weight-of-grain kiosk --check-config`)" if len(found) > 1 else ""
        super().__init__(self.lines[0] + more)


def object_warnings(config: Config, met: Container[str]) -> Iterator[str]:
    """Yield a warning for each object (a thing that chapters are about) that lacks a text in one of the languages,
    or is not in `met`. `met` has the objects of the chapters that visitors can read."""
    for name, texts in config.objects.items():
        if name not in met:
            yield f"Of `{name}` nothing is said: no chapter that is read here turns on it."
            continue
        if without := [language for language in config.languages if language not in texts]:
            yield f"Of `{name}` nothing is said in {', '.join(without)}."


def longer_cut_warnings(config: Config, why_unavailable: Callable[[str, str], str]) -> Iterator[str]:
    """Yield a warning for each language in which the longer cut cannot be read, with the reason."""
    for language in config.languages if config.longer_cut else ():
        if reason := why_unavailable(language, config.longer_cut):
            yield f"The longer way is not offered in `{language}`: {reason}."


def config_errors(file: object, error: Exception) -> ConfigErrors:
    """Return the ConfigErrors to raise when reading `file` has failed with `error`. For a fault of the program, they
    show its type and place, but not its message, which could hold a password from the file."""
    if isinstance(error, ConfigErrors):
        return error
    problem = f"it cannot be read, for a fault of the program: {type(error).__name__} in {_place(error)}"
    remedy = "Undo what was changed last in the file, and tell the program's makers of it."
    made = ConfigErrors([Finding(str(file), 0, 0, "WG203", problem, remedy)])
    made.__cause__ = error
    return made


def _place(error: Exception) -> str:
    """Return the file and line of the program where an error was raised; "an unknown place" if the error has none."""
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
