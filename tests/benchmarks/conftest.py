"""The fixture of all benchmarks that are tests."""

from __future__ import annotations

import pytest

from tests.benchmarks.harness import Say


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def said(text: str) -> None:
        with capsys.disabled():
            print(text, flush=True)

    return said
