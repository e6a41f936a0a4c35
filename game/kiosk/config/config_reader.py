"""Reads the kiosk's configuration from its YAML file, with all its findings."""

from __future__ import annotations

from pathlib import Path

from game.core.findings import Finding
from game.kiosk.config.config_entries import ConfigEntry
from game.kiosk.config.config_schema import KEYS, check_consistency
from game.kiosk.config.configuration import Config, ConfigErrors, KnownNames, config_errors
from game.yamlio.reader import read_file, read_text


def read_config(path: Path | None, known: KnownNames) -> Config:
    """The configuration of a file; without one, the defaults. An empty value is the default, too.

    Raises:
        ConfigErrors: the file is wrong, or cannot be read, also for a fault of this program.
    """
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
        raise ConfigErrors(
            [
                document.finding(
                    "WG203", (), "these are no keys", "Write `key: value`, a line each, with a space behind the colon."
                )
            ]
        )
    findings, given = list[Finding](), {}
    for key, value in data.items():
        if key not in KEYS:
            findings.append(document.unknown_key((key,), tuple(KEYS)))
        elif value not in ("", {}):
            given[key] = KEYS[key](ConfigEntry(document, (key,), value, findings), known)
    config = Config(**{"languages": known.languages[:1], **given})
    check_consistency(document, config, known, findings)
    if findings:
        raise ConfigErrors(findings)
    return config
