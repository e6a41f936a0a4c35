"""Fixtures of the kiosk's tests: the window's fonts."""

from tests.desktop.conftest import fonts

__all__ = ["fonts"]
