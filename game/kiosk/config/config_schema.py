"""Configuration schema: reads the kiosk's file, and parses and checks the value of each key.

The module does not import pydantic, which would take 0.3 s and 18 MB in each of a kiosk's two processes. No other
module of a kiosk needs pydantic if the story is cached.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from game.core.addresses import web_address_problem
from game.core.findings import Finding, did_you_mean
from game.core.glyphs import describe_character, missing_glyphs
from game.kiosk.config.config_entries import ConfigEntry
from game.kiosk.config.configuration import Config, ConfigErrors, KnownNames, config_errors
from game.kiosk.config.hours_parser import parse_hours
from game.kiosk.staff import pin as pins
from game.lang.typography import typeset
from game.yamlio.reader import Document, read_file, read_text

LONGEST_ATTRACT = 200  # characters; somebody who passes by reads no more
LONGEST_OBJECT = 160  # characters; more would be as long as the page beside it
LONGEST_NAME = 40
LAST_PORT = 65_535
# postgresql+psycopg://user:password@host:port/database?options; the database is required
_DATABASE = re.compile(
    r"postgresql\+psycopg://([^:/\s@]*(:[^\s@]*)?@)?(\[[0-9a-fA-F:.]+\]|[^\s/:@]*)(:(?P<port>[0-9]+))?/[^\s/?]+"
    r"(?P<options>\?\S*)?"
)
KeyParser = Callable[[ConfigEntry, KnownNames], Any]  # returns an entry's value, and adds to its findings what is wrong


def _known_name(entry: ConfigEntry, what: str, known: tuple[str, ...], *, on_key: bool = False) -> str:
    """Return the name in an entry: its value, or with `on_key` its key. If `known` lacks it, add a finding, in which
    `what` is the word for a name."""
    name = str(entry.path[-1]) if on_key else entry.text
    if name not in known:
        remedy = f"Choose from {', '.join(known)}.{did_you_mean(name, known)}" if known else "This story has none."
        entry.add_finding(f"there is no {what} `{name}`", remedy, on_key=on_key)
    return name


def _list_of(what: str, of: Callable[[KnownNames], tuple[str, ...]]) -> KeyParser:
    """Return a parser for one name or several. `of` returns the valid names. `what` is the word for a name in
    findings."""

    def parse(entry: ConfigEntry, known: KnownNames) -> tuple[str, ...]:
        entries = [child for _, child in entry.children()] if isinstance(entry.value, list) else [entry]
        names: list[str] = []
        for given in entries:
            name = _known_name(given, what, of(known))
            if name in names:
                given.add_finding(f"`{name}` stands twice here", "Keep one of the two.")
            names.append(name)
        return tuple(names)

    return parse


def _languages(entry: ConfigEntry, known: KnownNames) -> tuple[str, ...]:
    if entry.value == []:
        entry.add_finding("a kiosk without a language has no words", "Name one at least.")
    return tuple(_list_of("language", lambda known: known.languages)(entry, known))


def _objects(entry: ConfigEntry, known: KnownNames) -> dict[str, dict[str, str]]:
    if not isinstance(entry.value, dict):
        example = f"{next(iter(known.objects), 'bell')}: {{{known.languages[0]}: ...}}"
        entry.add_finding("each text needs the name of its object before it", f"Write `objects: {{{example}}}`.")
        return {}
    found: dict[str, dict[str, str]] = {}
    for name, child in entry.children():
        _known_name(child, "object in this story", known.objects, on_key=True)
        if texts := _by_language(child, known, "a note on an object", LONGEST_OBJECT, "it stands beside a page"):
            found[name] = texts
    return found


def _by_language(entry: ConfigEntry, known: KnownNames, what: str, longest: int, because: str) -> dict[str, str]:
    """Return texts for visitors, by language. In findings, `what` is the word for a text, and `because` says why a text
    cannot have more than `longest` characters."""
    if not isinstance(entry.value, dict):
        entry.add_finding(
            f"{what} needs its language before it", f"Write `{entry.path[-1]}: {{{known.languages[0]}: ...}}`."
        )
        return {}
    found: dict[str, str] = {}
    for language, child in entry.children():
        if text := _visitor_text(child, known, what, longest, because):
            found[language] = text
    return found


def _visitor_text(entry: ConfigEntry, known: KnownNames, what: str, longest: int, because: str) -> str:
    """Return a visitor's text as one paragraph. Add findings if it is too long, or has a character that no font has."""
    if not isinstance(entry.value, str):
        entry.add_finding(f"{what} is one text", "Put it in quotes.")
        return ""
    text = typeset(re.sub(r"\s*\n\s*", " ", entry.value.strip()))
    if len(text) > longest:
        entry.add_finding(f"{what} with {len(text)} characters is too long", f"Keep it within {longest}: {because}.")
    for char in missing_glyphs(entry.value, known.drawable) if known.drawable is not None else ():
        entry.add_finding(
            f"no font has the character {describe_character(char)}", "Write another one.", at=entry.value.index(char)
        )
    return text


def _number(least: int, most: int, what: str) -> KeyParser:
    def parse(entry: ConfigEntry, _: KnownNames) -> int | None:
        if re.fullmatch("[0-9]{1,6}", entry.text) and least <= int(entry.text) <= most:
            return int(entry.text)
        entry.add_finding(f"`{entry.path[-1]}` cannot be `{entry.text}`", f"Write {what} from {least} to {most}.")
        return None

    return parse


def _boolean(entry: ConfigEntry, _: KnownNames) -> bool:
    if not isinstance(entry.value, bool):
        entry.add_finding(f"`{entry.path[-1]}` cannot be `{entry.text}`", "Write true or false.")
    return entry.value is True


def _web_address(entry: ConfigEntry, _: KnownNames) -> str:
    if problem := web_address_problem(entry.text):
        entry.add_finding(problem, "Write the address of the site's folder: https://museum.example/grain/")
    return entry.text


def _pin(entry: ConfigEntry, _: KnownNames) -> str:
    """Return the hash of a PIN. Findings do not show a text that is no hash, because it could be the PIN."""
    if not pins.is_pin_hash(entry.text):
        entry.add_finding(
            "this is not what is kept of a PIN",
            "Run `weight-of-grain kiosk --set-pin`: it asks for one, and writes this line.",
        )
    return entry.text


def _database(entry: ConfigEntry, _: KnownNames) -> str:
    """Return a database's address. Findings do not show it, because it can hold a password."""
    match = _DATABASE.fullmatch(entry.text)
    if match is None:
        entry.add_finding(
            "this is not the address of a PostgreSQL database",
            "Write postgresql+psycopg://user:password@host:5432/database, with %40 for an @ in the password.",
        )
    elif not all(re.fullmatch("[0-9]{1,5}", port) and 1 <= int(port) <= LAST_PORT for port in _ports(match)):
        entry.add_finding(
            "this address names a port that is none", f"Write a number from 1 to {LAST_PORT}; 5432 is usual."
        )
    return entry.text


def _ports(match: re.Match[str]) -> list[str]:
    """Return the port after the host of a database's address, and every port in its `port=` options."""
    in_options = re.findall(r"[?&]port=([^&]*)", match["options"] or "")
    return [*filter(None, [match["port"]]), *(port for ports in in_options for port in ports.split(","))]


def _folder(entry: ConfigEntry, known: KnownNames) -> Path:
    """Return a folder's path. Add a finding if it is not absolute, or if the kiosk could not write there."""
    try:
        path = Path(entry.text).expanduser()
        if not path.is_absolute() or not entry.text.isprintable():
            entry.add_finding(
                f"`{entry.text}` is not a folder's full name", "Begin with the root, or with ~ for the home."
            )
            return path
        if not known.check_folders:
            return path
        existing = next(parent for parent in (path, *path.parents) if parent.exists())
    except (OSError, RuntimeError, ValueError) as error:
        entry.add_finding(f"`{entry.text}` cannot be looked at: {error}", "Check its name and its rights.")
        return Path(entry.text)
    if not existing.is_dir():
        entry.add_finding(f"{existing} is a file, and no folder", "Name another place.")
    elif not os.access(existing, os.W_OK | os.X_OK):
        entry.add_finding(
            f"nothing can be written in {existing}", "Give the kiosk's user the right to, or name another place."
        )
    return path


def _name(entry: ConfigEntry, _: KnownNames) -> str:
    if not isinstance(entry.value, str) or not entry.text.isprintable() or len(entry.text) > LONGEST_NAME:
        entry.add_finding("a kiosk's name is one short line", f"Write up to {LONGEST_NAME} characters.")
    return entry.text


KEYS: Mapping[str, KeyParser] = {
    "languages": _languages,
    "roles": _list_of("role", lambda known: known.roles),
    "cut": lambda entry, _: entry.text,  # `check_consistency` checks it, because the story may lack the default
    "longer_cut": lambda entry, known: _known_name(entry, "cut for one reader", known.cuts),
    "attract": lambda entry, known: _by_language(
        entry, known, "an invitation", LONGEST_ATTRACT, "it is read in passing"
    ),
    "objects": _objects,
    "hours": lambda entry, _: parse_hours(entry),
    "idle": _number(20, 600, "a number of seconds"),
    "warn": _number(20, 120, "a number of seconds"),
    "volume": _number(0, 100, "a percentage"),
    "pixel_shift": _boolean,
    "web_address": _web_address,
    "pin": _pin,
    "data_folder": _folder,
    "log_folder": _folder,
    "health_port": _number(1024, LAST_PORT, "a port"),
    "database": _database,
    "kiosk": _name,
}


def check_consistency(document: Document, config: Config, known: KnownNames, findings: list[Finding]) -> None:
    """Add findings about values that are valid alone, but do not fit the story or each other."""

    def at(value: str, *path: str | int) -> ConfigEntry:
        return ConfigEntry(document, path, value, findings)

    _known_name(at(config.cut, "cut"), "cut for one reader", known.cuts)
    if config.cut == config.longer_cut and config.cut in known.cuts:
        at(config.cut, "longer_cut").add_finding("this is the same as `cut`", "Name a longer one, or leave it empty.")
    offered = [(i, language) for i, language in enumerate(config.languages) if language in known.languages]
    for i, language in offered if config.cut in known.cuts else ():
        if reason := known.why_unavailable(language, config.cut):
            at(language, "languages", i).add_finding(reason, "Take the language away until then.")
    if config.longer_cut in known.cuts:
        reasons = [known.why_unavailable(language, config.longer_cut) for _, language in offered]
        if reasons and all(reasons):
            at(config.longer_cut, "longer_cut").add_finding(reasons[0], "Leave it empty until one language has it.")
    texts_by_path: dict[tuple[str, ...], Mapping[str, str]] = {("attract",): config.attract}
    texts_by_path |= {("objects", name): texts for name, texts in config.objects.items()}
    for path, texts in texts_by_path.items():
        for language in texts.keys() - {*config.languages}:
            entry = at(language, *path, language)
            if language in known.languages:
                problem = f"`{language}` is none of this kiosk's `languages`"
                entry.add_finding(problem, "Add it there, or take this text away.", on_key=True)
            else:
                _known_name(entry, "language", known.languages, on_key=True)


def read_config(path: Path | None, known: KnownNames) -> Config:
    """Read the configuration from a file, with defaults for empty values, or the defaults alone if `path` is None.
    Raises ConfigErrors if the file is invalid or cannot be read, or if the program fails while it reads."""
    try:
        return _read(path, known)
    except Exception as error:
        errors = config_errors(path or "the defaults", error)
        raise errors from errors.__cause__


def _read(path: Path | None, known: KnownNames) -> Config:
    document = read_text("", "the defaults") if path is None else read_file(path, str(path))
    if isinstance(document, Finding):
        raise ConfigErrors([document])
    data = document.data or {}
    if not isinstance(data, dict):
        remedy = "Write `key: value`, a line each, with a space behind the colon."
        raise ConfigErrors([document.finding("WG203", (), "these are not keys", remedy)])
    findings, given = list[Finding](), {}
    for key, value in data.items():
        if key not in KEYS:
            findings.append(document.unknown_key((key,), tuple(KEYS)))
        elif value not in ("", {}):
            given[key] = KEYS[key](ConfigEntry(document, (key,), value, findings), known)
    config = Config(**{"languages": known.languages[:1], "cut": known.default_cut, **given})
    check_consistency(document, config, known, findings)
    if findings:
        raise ConfigErrors(findings)
    return config
