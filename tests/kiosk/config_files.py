"""Configuration files, read for a story with two roles, two cuts and two objects, in two languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.kiosk.config.config_schema import read_config
from game.kiosk.config.configuration import Config, ConfigErrors, KnownNames

LETTERS = frozenset(map(chr, [*range(0x20, 0x2100), *range(0x3000, 0xA000)]))
KNOWN = KnownNames(("villager", "official"), ("kiosk", "full"), ("en", "zh"), ("rice-bowl", "wok"), LETTERS)


def read(path: Path, folders: bool = True) -> Config:
    return read_config(path, replace(KNOWN, check_folders=folders))


def write_config(folder: Path, text: str) -> Path:
    path = folder / "kiosk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def config_findings(folder: Path, text: str, known: KnownNames = KNOWN) -> list[str]:
    """The findings on an invalid configuration, a line each, without the folder."""
    with pytest.raises(ConfigErrors) as caught:
        read_config(write_config(folder, text), known)
    return [line.removeprefix(f"{folder}/") for line in caught.value.lines]
