"""Types of a scene's parameters. The painter declares them. The command `check` finds values that do not fit them."""

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
    """A parameter that is one of the words in `words`."""

    words: tuple[str, ...]


Parameter = IntegerParameter | BoolParameter | WordParameter
Parameters = Mapping[str, Parameter]
Scenes = Mapping[str, Parameters]
"""Scene name -> parameter name -> parameter."""
