"""The fixture of all tests of commands."""

from __future__ import annotations

from tests.commands.typed import run

__all__ = ["run"]
