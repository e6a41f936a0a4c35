"""The same seat as in the window's tests."""

from tests.desktop.conftest import fonts, seat

__all__ = ["fonts", "seat"]
