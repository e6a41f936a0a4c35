"""The kiosk's configuration as values, and its error. `config_schema` reads the file."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from dataclasses import field
from pathlib import Path
from traceback import extract_tb

from game.core import paths
from game.core.findings import Finding
from game.core.ports import HEALTH_PORT
from game.core.printable import in_one_line
from game.core.values import frozen
from game.kiosk.config.hours import ALWAYS, Hours
from game.ui.kiosk_state import IDLE, WARN


@frozen
class Config:
    """What a museum may set. Every key has a default, so an empty file is valid."""

    languages: tuple[str, ...] = ("en",)
    roles: tuple[str, ...] = ()  # the roles that are offered; (): all
    cut: str = "kiosk"
    longer_cut: str = ""  # also offered at the start; "": none
    attract: Mapping[str, str] = field(default_factory=dict)  # language -> invitation; without one, the catalogue's
    objects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # object -> language -> note
    hours: Hours = ALWAYS
    idle: int = IDLE  # seconds, plus the reading time of the page
    warn: int = WARN  # seconds that "Are you still there?" waits
    volume: int = 75  # the largest, in per cent
    pixel_shift: bool = True
    web_address: str = ""  # the museum's site with the story, for a visitor's phone; "": none
    pin: str = ""  # from `pin.hash_pin`; "": no staff page
    data_folder: Path = field(default_factory=paths.kiosk_folder)
    log_folder: Path = field(default_factory=paths.kiosk_logs_folder)
    health_port: int = HEALTH_PORT
    database: str = field(default="", repr=False)  # its address with the password; "": counts are not sent
    kiosk: str = "kiosk"  # its name, in a museum that has several


@frozen
class KnownNames:
    """What a configuration may name: the story's roles, its cuts for one reader, its languages (its own first), its
    objects.

    `drawable` holds the characters that the fonts have (None: not checked). `why_unavailable` takes a language and a
    cut, and returns why the cut cannot be read in it, or "". `check_folders`: whether folders must be writable now.
    """

    roles: tuple[str, ...]
    cuts: tuple[str, ...]
    languages: tuple[str, ...]
    objects: tuple[str, ...] = ()
    drawable: Set[str] | None = None
    why_unavailable: Callable[[str, str], str] = lambda language, cut: ""
    check_folders: bool = True


class ConfigErrors(Exception):
    """A configuration cannot be used. `lines` holds its findings, a line each."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        found = sorted(findings)
        # Without their codes, whose explanations speak of a story.
        self.lines = tuple(in_one_line(f"{finding.place}: {finding.problem}. {finding.remedy}") for finding in found)
        more = f" (and {len(found) - 1} more: run `weight-of-grain kiosk --check-config`)" if len(found) > 1 else ""
        super().__init__(self.lines[0] + more)


def object_warnings(config: Config, met: Container[str]) -> Iterator[str]:
    """Yield warnings, a line each, about objects that are not in `met` or lack a text in one of the languages."""
    for name, texts in config.objects.items():
        if name not in met:
            yield f"Of `{name}` nothing is said: no chapter that is read here turns on it."
            continue
        without = [language for language in config.languages if language not in texts]
        if without:
            yield f"Of `{name}` nothing is said in {', '.join(without)}."


def longer_cut_warnings(config: Config, why_unavailable: Callable[[str, str], str]) -> Iterator[str]:
    """Yield why some languages do not offer the longer cut, a line each; `why_unavailable` as in `KnownNames`."""
    for language in config.languages if config.longer_cut else ():
        if reason := why_unavailable(language, config.longer_cut):
            yield f"The longer way is not offered in `{language}`: {reason}."


def config_errors(file: object, error: Exception) -> ConfigErrors:
    """The error to raise after reading a configuration failed, for any reason: a kiosk survives a fault in the reader.

    For such a fault it gives type and place but not the message, which may hold a password from the file.
    """
    if isinstance(error, ConfigErrors):
        return error
    problem = f"it cannot be read, for a fault of the program: {type(error).__name__} in {_place(error)}"
    remedy = "Undo what was changed last in the file, and tell the program's makers of it."
    made = ConfigErrors([Finding(str(file), 0, 0, "WG203", problem, remedy)])
    made.__cause__ = error
    return made


def _place(error: Exception) -> str:
    """Where in the program an error was raised."""
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
