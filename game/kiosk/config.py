"""A kiosk's configuration: a value, and the one file that it is read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from game import folders
from game.kiosk.hours import ALWAYS, Hours
from game.values import frozen

if TYPE_CHECKING:
    from game.story.findings import Finding


@frozen
class Config:
    """What a museum may set. Every key has a default, so that an empty file is a kiosk."""

    languages: tuple[str, ...] = ("en",)
    roles: tuple[str, ...] = ()  # those that are offered; none: all of the story
    cut: str = "kiosk"
    longer_cut: str = ""  # offered beside it at the start; "": none is
    attract: Mapping[str, str] = field(default_factory=dict)  # by language; where none, the catalogue's own words
    hours: Hours = ALWAYS
    idle: int = 60  # seconds, to which the reading time of the page is added
    warn: int = 20  # seconds for which "Are you still there?" waits
    volume: int = 75  # per cent, at most
    pixel_shift: bool = True
    pin: str = ""  # what `pin.hash_pin` made; "": no staff page
    data_folder: Path = field(default_factory=folders.kiosk_folder)
    log_folder: Path = field(default_factory=folders.kiosk_logs_folder)
    health_port: int = 8766
    database: str = field(default="", repr=False)  # where counts are sent, with its password; "": nowhere
    kiosk: str = "kiosk"  # its name, in a museum that has several


class ConfigErrors(Exception):
    """Raised where a configuration cannot be used. `lines` says everything that is wrong with it, a line each."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        found = sorted(findings)
        # Without their codes: those are explained in the terms of a story.
        self.lines = tuple(f"{one.place}: {one.problem}. {one.remedy}" for one in found)
        more = f" (and {len(found) - 1} more: run `weight-of-grain kiosk --check-config`)" if len(found) > 1 else ""
        super().__init__(self.lines[0] + more)


def read_config(
    path: Path | None, roles: Sequence[str], cuts: Sequence[str], languages: Sequence[str], folders: bool = True
) -> Config:
    """The configuration of a file; without one, the defaults. An empty value is the default, too.

    `roles` are those of the story, `cuts` those of it that one reader can take, `languages` those with a catalogue;
    `folders`: whether those that it names are looked at. Raises ConfigErrors.
    """
    from game.kiosk.entries import Entry
    from game.kiosk.keys import KEYS, Known, fit_together
    from game.story.findings import Finding
    from game.story.reading import read_file, read_text

    document = read_text("", "the defaults") if path is None else read_file(path, str(path))
    if isinstance(document, Finding):
        raise ConfigErrors([document])
    data = document.data or {}
    if not isinstance(data, dict):
        raise ConfigErrors([document.finding("WG203", (), "these are no keys", "Write `key: value`, a line each.")])
    known, findings, given = Known(tuple(roles), tuple(cuts), tuple(languages), folders), list[Finding](), {}
    for key, value in data.items():
        if key not in KEYS:
            findings.append(document.no_key((key,), tuple(KEYS)))
        elif value not in ("", {}):
            given[key] = KEYS[key](Entry(document, (key,), value, findings), known)
    config = Config(**given)
    fit_together(document, config, known, findings)
    if findings:
        raise ConfigErrors(findings)
    return config
