"""The two lanes of the tests: the quick one, which `pytest` runs, and the full one (`pytest -m full`).

A test is in the quick lane unless the marker `full` is on it, on one of its parameters or on its folder or file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import pytest

# Folders and files below tests/ of which every test is in the full lane: real windows, browsers and services.
FULL = ("real", "relay/hosts")


def is_full(path: PurePath) -> bool:
    """Whether this file of tests (a path below tests/) is in the full lane by its folder or name."""
    return any(path.is_relative_to(folder) for folder in FULL)


def sampled(values: Iterable[Any], *quick: Any) -> list[Any]:
    """Parameters for `pytest.mark.parametrize`, of which the quick lane runs only `quick`.

    Where a test is parametrised several times, the quick lane runs it where each of its parameters is a quick one.

    Args:
        values: The values of one parameter.
        quick: Those of them that are a sample: equal to one of `values` each.

    Raises:
        ValueError: One of `quick` is none of `values`.
    """
    values = list(values)
    if unknown := [value for value in quick if value not in values]:
        raise ValueError(f"no parameters: {unknown}")
    return [value if value in quick else pytest.param(value, marks=pytest.mark.full) for value in values]
