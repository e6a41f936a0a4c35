"""The same seat as in the window's tests."""

from tests.window.conftest import fonts, seat

__all__ = ["fonts", "seat"]
