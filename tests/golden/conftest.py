"""`pytest tests/golden --golden-update` writes the transcripts anew, where the story was meant to change.

Read what changed (`git diff tests/golden`) before it is committed: that is the point of them.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option is known where this folder is named on the command line."""
    parser.addoption("--golden-update", action="store_true", help="write the golden transcripts anew")


@pytest.fixture
def golden_update(pytestconfig: pytest.Config) -> bool:
    """Whether transcripts are written instead of compared."""
    return bool(pytestconfig.getoption("golden_update", default=False))
