"""Options that take a number within bounds."""

from __future__ import annotations

import argparse
from importlib import import_module

import pytest

from game.commands.support.user_error import UserError

# Command, its required arguments, option, least, most
OPTIONS: list[tuple[str, list[str], str, int, int]] = [
    ("shots", ["folder"], "--text-scale", 85, 200),
    ("explore", [], "--states", 1, 1_000_000_000),
    ("explore", [], "--sample", 1, 1_000_000_000),
    ("relay", [], "--port", 1024, 65535),
    ("relay", [], "--phones-per-address", 1, 20_000),
    ("class_", [], "--keep-days", 1, 3650),
]


def parsed(command: str, required: list[str], option: str, text: str) -> object:
    """The number that a command reads from its option."""
    parser = argparse.ArgumentParser()
    import_module(f"game.commands.{command}").arguments(parser)
    return vars(parser.parse_args([*required, option, text]))[option.strip("-").replace("-", "_")]


@pytest.mark.parametrize(("command", "required", "option", "least", "most"), OPTIONS)
def test_a_number_is_accepted_within_its_bounds(
    command: str, required: list[str], option: str, least: int, most: int
) -> None:
    for number in (least, most):
        assert parsed(command, required, option, str(number)) == number
    for text in (str(least - 1), str(most + 1), "many", ""):
        with pytest.raises((SystemExit, UserError)):
            parsed(command, required, option, text)
