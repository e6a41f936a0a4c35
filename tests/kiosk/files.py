"""A configuration's file, read for a story with two doors and two cuts, in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.kiosk.config import Config, ConfigErrors, read_config

ROLES, CUTS, LANGUAGES = ("villager", "official"), ("kiosk", "full"), ("en", "zh")


def read(path: Path, folders: bool = True) -> Config:
    return read_config(path, ROLES, CUTS, LANGUAGES, folders)


def written(folder: Path, text: str) -> Path:
    path = folder / "kiosk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def wrong(folder: Path, text: str) -> list[str]:
    """What is said of a text that is wrong, a line each, without the folder."""
    with pytest.raises(ConfigErrors) as caught:
        read(written(folder, text))
    return [line.removeprefix(f"{folder}/") for line in caught.value.lines]
