"""`pytest tests/golden --golden-update` writes the transcripts again after an intended change of the story.

Read the changes (`git diff tests/golden`) before you commit them: they are the purpose of the transcripts.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden transcripts again")


@pytest.fixture
def golden_update(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("golden_update", default=False))
