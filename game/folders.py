"""Where this program keeps what belongs to its user."""

from __future__ import annotations

from pathlib import Path

import platformdirs

NAME = "weight-of-grain"


def data_folder() -> Path:
    """Saves and settings."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False))


def cache_folder() -> Path:
    """What can be made again at any time."""
    return Path(platformdirs.user_cache_dir(NAME, appauthor=False))
