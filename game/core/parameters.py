"""Types of a scene's parameters: the painter's table has them, and `check` validates a pack's places against it."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen


@frozen
class IntegerParameter:
    """A parameter that is a whole number from `low` to `high`."""

    low: int
    high: int


@frozen
class BoolParameter:
    """A parameter that is true or false."""


@frozen
class WordParameter:
    """A parameter that is one of some words."""

    words: tuple[str, ...]


Parameter = IntegerParameter | BoolParameter | WordParameter
Parameters = Mapping[str, Parameter]
Scenes = Mapping[str, Parameters]
"""Each scene's parameters by name, by the scene's name."""
