"""What a picture's parameters can be: the types of a painter's table, to which `check` holds the places of a pack."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen


@frozen
class Number:
    """A whole number from `low` to `high`."""

    low: int
    high: int


@frozen
class Flag:
    """True or false."""


@frozen
class Words:
    """One of some words."""

    words: tuple[str, ...]


Parameter = Number | Flag | Words
Parameters = Mapping[str, Parameter]
Scenes = Mapping[str, Parameters]
"""The parameters of each scene that can be painted, by their names."""
