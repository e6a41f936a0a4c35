"""Options that take a number within bounds."""

from __future__ import annotations

import argparse
from importlib import import_module

import pytest

from game.commands.support.user_error import UserError

# Command, its required arguments, option, least, most, and the next numbers beyond these.
OPTIONS = [
    ("shots", ["folder"], "--text-scale", "85", "200", "84", "201"),
    ("explore", [], "--states", "1", "1000000000", "0", "1000000001"),
    ("explore", [], "--sample", "1", "1000000000", "0", "1000000001"),
    ("relay", [], "--port", "1024", "65535", "1023", "65536"),
    ("class_", [], "--keep-days", "1", "3650", "0", "3651"),
]


def parsed(command: str, required: list[str], option: str, text: str) -> float:
    """The number that a command reads from its option."""
    parser = argparse.ArgumentParser()
    import_module(f"game.commands.{command}").arguments(parser)
    return float(vars(parser.parse_args([*required, option, text]))[option.strip("-").replace("-", "_")])


@pytest.mark.parametrize(("command", "required", "option", "least", "most", "below", "above"), OPTIONS)
def test_a_number_is_accepted_within_its_bounds(
    command: str, required: list[str], option: str, least: str, most: str, below: str, above: str
) -> None:
    """The bounds are accepted; the next numbers, words and an empty text are refused."""
    for text in (least, most):
        assert parsed(command, required, option, text) == float(text)
    for text in (below, above, "many", ""):
        with pytest.raises((SystemExit, UserError)):
            parsed(command, required, option, text)
