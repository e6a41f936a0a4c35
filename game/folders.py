"""Where this program keeps what belongs to its user."""

from __future__ import annotations

from pathlib import Path

import platformdirs

NAME = "weight-of-grain"


def data_folder() -> Path:
    """What is the user's own and no other program's."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False))


def saves_folder(pack: str) -> Path:
    """The saves of one story: two stories never take each other's."""
    return data_folder() / "saves" / pack


def classes_folder() -> Path:
    """The logs of classes and their records, of every story."""
    return data_folder() / "classes"


def cache_folder() -> Path:
    """What can be made again at any time."""
    return Path(platformdirs.user_cache_dir(NAME, appauthor=False))


def kiosk_folder() -> Path:
    """What a kiosk counts and tells of itself."""
    return data_folder() / "kiosk"


def kiosk_state_folder() -> Path:
    """What a kiosk keeps from one start to the next, wherever its configuration puts all else."""
    return Path(platformdirs.user_state_dir(NAME, appauthor=False)) / "kiosk"


def kiosk_logs_folder() -> Path:
    """What a kiosk writes of its running."""
    return Path(platformdirs.user_log_dir(NAME, appauthor=False)) / "kiosk"


def kiosk_file() -> Path:
    """Where a kiosk's configuration is looked for."""
    return Path(platformdirs.user_config_dir(NAME, appauthor=False)) / "kiosk.yaml"
