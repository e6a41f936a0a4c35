"""The same seat as in the window's tests."""

from tests.window.conftest import fonts, mill, seat, words

__all__ = ["fonts", "mill", "seat", "words"]
