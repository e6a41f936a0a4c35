"""The keys of a kiosk's configuration: what each takes, and what is said of anything else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from game.core.findings import Finding, did_you_mean
from game.core.glyphs import describe_character, missing_glyphs
from game.kiosk.config.config_entries import ConfigEntry
from game.kiosk.config.configuration import Config, KnownNames
from game.kiosk.config.hours_parser import hours
from game.kiosk.staff import pin as pins
from game.lang.typography import typeset
from game.yamlio.reader import Document

LONGEST_ATTRACT = 200  # characters: more is not read in passing
LONGEST_OBJECT = 160  # characters: more is as long as the page that it stands on
LONGEST_NAME = 40
LAST_PORT = 65_535
# postgresql+psycopg://user:password@host:port/database?options, of which the name at its end is needed
_DATABASE = re.compile(
    r"postgresql\+psycopg://([^:/\s@]*(:[^\s@]*)?@)?(\[[0-9a-fA-F:.]+\]|[^\s/:@]*)(:(?P<port>[0-9]+))?/[^\s/?]+"
    r"(?P<options>\?\S*)?"
)


Taken = Callable[[ConfigEntry, KnownNames], Any]


def _named(entry: ConfigEntry, what: str, known: tuple[str, ...]) -> str:
    """A value that is one of the names that there are."""
    _is_known(entry.text, entry, what, known)
    return entry.text


def _is_known(name: str, entry: ConfigEntry, what: str, known: tuple[str, ...], *, on_key: bool = False) -> None:
    if name not in known:
        remedy = f"Choose from {', '.join(known)}.{did_you_mean(name, known)}" if known else "This story has none."
        entry.wrong(f"there is no {what} `{name}`", remedy, on_key=on_key)


def _each(what: str, of: Callable[[KnownNames], tuple[str, ...]]) -> Taken:
    """A list of names, each once; a single one may stand without a list."""

    def taken(entry: ConfigEntry, known: KnownNames) -> tuple[str, ...]:
        entries = [below for _, below in entry.below()] if isinstance(entry.value, list) else [entry]
        names: list[str] = []
        for one in entries:
            name = _named(one, what, of(known))
            if name in names:
                one.wrong(f"`{name}` stands twice here", "Keep one of the two.")
            names.append(name)
        return tuple(names)

    return taken


def _languages(entry: ConfigEntry, known: KnownNames) -> tuple[str, ...]:
    if entry.value == []:
        entry.wrong("a kiosk without a language has no words", "Name one at least.")
    return tuple(_each("language", lambda known: known.languages)(entry, known))


def _longer_cut(entry: ConfigEntry, known: KnownNames) -> str:
    return _named(entry, "cut for one reader", known.cuts)


def _attract(entry: ConfigEntry, known: KnownNames) -> dict[str, str]:
    return _by_language(entry, known, "an invitation", LONGEST_ATTRACT, "it is read in passing")


def _objects(entry: ConfigEntry, known: KnownNames) -> dict[str, dict[str, str]]:
    if not isinstance(entry.value, dict):
        example = f"{next(iter(known.objects), 'rice-bowl')}: {{{known.languages[0]}: ...}}"
        entry.wrong("each text needs the name of its object before it", f"Write `objects: {{{example}}}`.")
        return {}
    found: dict[str, dict[str, str]] = {}
    for name, below in entry.below():
        _is_known(name, below, "object in this story", known.objects, on_key=True)
        if texts := _by_language(below, known, "a note on an object", LONGEST_OBJECT, "it stands beside a page"):
            found[name] = texts
    return found


def _by_language(entry: ConfigEntry, known: KnownNames, what: str, longest: int, because: str) -> dict[str, str]:
    """A text for visitors in each language in which there is one."""
    if not isinstance(entry.value, dict):
        entry.wrong(f"{what} needs its language before it", f"Write `{entry.path[-1]}: {{{known.languages[0]}: ...}}`.")
        return {}
    found: dict[str, str] = {}
    for language, below in entry.below():
        if text := _said(below, known, what, longest, because):
            found[language] = text
    return found


def _said(entry: ConfigEntry, known: KnownNames, what: str, longest: int, because: str) -> str:
    """A text for visitors, in one paragraph that has room in its place, of letters that can be drawn."""
    if not isinstance(entry.value, str):
        entry.wrong(f"{what} is one text", "Put it in quotes.")
        return ""
    text = typeset(re.sub(r"\s*\n\s*", " ", entry.value.strip()))
    if len(text) > longest:
        entry.wrong(f"{what} with {len(text)} characters is too long", f"Keep it within {longest}: {because}.")
    for char in missing_glyphs(entry.value, known.drawn) if known.drawn is not None else ():
        entry.wrong(
            f"no font has the character {describe_character(char)}", "Write another one.", at=entry.value.index(char)
        )
    return text


def _number(least: int, most: int, what: str) -> Taken:
    def taken(entry: ConfigEntry, _: KnownNames) -> int | None:
        if re.fullmatch("[0-9]{1,6}", entry.text) and least <= int(entry.text) <= most:
            return int(entry.text)
        entry.wrong(f"`{entry.path[-1]}` cannot be `{entry.text}`", f"Write {what} from {least} to {most}.")
        return None

    return taken


def _yes(entry: ConfigEntry, _: KnownNames) -> bool:
    if not isinstance(entry.value, bool):
        entry.wrong(f"`{entry.path[-1]}` cannot be `{entry.text}`", "Write true or false.")
    return entry.value is True


def _pin(entry: ConfigEntry, _: KnownNames) -> str:
    """The hash of a PIN. What stands there instead may be a secret, so it is not said again."""
    if not pins.is_kept(entry.text):
        entry.wrong(
            "this is not what is kept of a PIN",
            "Run `weight-of-grain kiosk --set-pin`: it asks for one, and writes this line.",
        )
    return entry.text


def _database(entry: ConfigEntry, _: KnownNames) -> str:
    """A database's address, which may hold a password, and so is not said again either."""
    if not _DATABASE.fullmatch(entry.text):
        entry.wrong(
            "this is no address of a PostgreSQL database",
            "Write postgresql+psycopg://user:password@host:5432/database, with %40 for an @ in the password.",
        )
    elif not all(re.fullmatch("[0-9]{1,5}", port) and 1 <= int(port) <= LAST_PORT for port in _ports(entry.text)):
        entry.wrong("this address names a port that is none", f"Write a number from 1 to {LAST_PORT}; 5432 is usual.")
    return entry.text


def _ports(address: str) -> list[str]:
    """The ports that an address names: behind its host, and among its options, where several may stand in a row."""
    match = _DATABASE.fullmatch(address)
    if match is None:
        return []
    among = re.findall(r"[?&]port=([^&]*)", match["options"] or "")
    return [*([match["port"]] if match["port"] else []), *(one for ports in among for one in ports.split(","))]


def _folder(entry: ConfigEntry, known: KnownNames) -> Path:
    """A folder that is there, or can be made."""
    try:
        path = Path(entry.text).expanduser()
        if not path.is_absolute() or not entry.text.isprintable():
            entry.wrong(f"`{entry.text}` is no folder's full name", "Begin with the root, or with ~ for the home.")
            return path
        if not known.folders:
            return path
        there = next(one for one in (path, *path.parents) if one.exists())
    except (OSError, RuntimeError, ValueError) as error:
        entry.wrong(f"`{entry.text}` cannot be looked at: {error}", "Check its name and its rights.")
        return Path(entry.text)
    if not there.is_dir():
        entry.wrong(f"{there} is a file, and no folder", "Name another place.")
    elif not os.access(there, os.W_OK | os.X_OK):
        entry.wrong(f"nothing can be written in {there}", "Give the kiosk's user the right to, or name another place.")
    return path


def _name(entry: ConfigEntry, _: KnownNames) -> str:
    if not isinstance(entry.value, str) or not entry.text.isprintable() or len(entry.text) > LONGEST_NAME:
        entry.wrong("a kiosk's name is one short line", f"Write up to {LONGEST_NAME} characters.")
    return entry.text


KEYS: Mapping[str, Taken] = {
    "languages": _languages,
    "roles": _each("role", lambda known: known.roles),
    "cut": lambda entry, _: entry.text,  # a default may be none of this story's, too: see `fit_together`
    "longer_cut": _longer_cut,
    "attract": _attract,
    "objects": _objects,
    "hours": lambda entry, _: hours(entry),
    "idle": _number(20, 600, "a number of seconds"),
    "warn": _number(20, 120, "a number of seconds"),
    "volume": _number(0, 100, "a percentage"),
    "pixel_shift": _yes,
    "pin": _pin,
    "data_folder": _folder,
    "log_folder": _folder,
    "health_port": _number(1024, LAST_PORT, "a port"),
    "database": _database,
    "kiosk": _name,
}


def fit_together(document: Document, config: Config, known: KnownNames, findings: list[Finding]) -> None:
    """Say what is wrong with values that are right by themselves: with the story, or beside each other."""

    def at(value: str, *path: str | int) -> ConfigEntry:
        return ConfigEntry(document, path, value, findings)

    _named(at(config.cut, "cut"), "cut for one reader", known.cuts)
    if config.cut == config.longer_cut and config.cut in known.cuts:
        at(config.cut, "longer_cut").wrong("this is the same as `cut`", "Name a longer one, or leave it empty.")
    offered = [(i, language) for i, language in enumerate(config.languages) if language in known.languages]
    for i, language in offered if config.cut in known.cuts else ():
        if lack := known.lacks(language, config.cut):
            at(language, "languages", i).wrong(lack, "Take the language away until then.")
    if config.longer_cut in known.cuts:
        lacks = [known.lacks(language, config.longer_cut) for _, language in offered]
        if lacks and all(lacks):
            at(config.longer_cut, "longer_cut").wrong(lacks[0], "Leave it empty until one language has it.")
    said = [(("attract",), config.attract), *((("objects", name), one) for name, one in config.objects.items())]
    for path, texts in said:
        for language in texts.keys() - {*config.languages}:
            one = at(language, *path, language)
            if language in known.languages:
                problem = f"`{language}` is none of this kiosk's `languages`"
                one.wrong(problem, "Add it there, or take this text away.", on_key=True)
            else:
                _is_known(language, one, "language", known.languages, on_key=True)
