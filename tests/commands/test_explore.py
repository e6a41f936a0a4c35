"""`explore` as a person types it."""

from __future__ import annotations

import json

import pytest

from tests.small_stories.packs import THE_MILL
from tests.test_cli import Command, run

__all__ = ["run"]
pytestmark = pytest.mark.usefixtures("home")


def test_a_story_is_explored_and_the_status_says_that_it_could_be(run: Command) -> None:
    """As text or as JSON; of a sample, too."""
    as_text = run("explore", "--story", THE_MILL)
    assert (as_text.status, as_text.err) == (0, "")
    assert "playthroughs" in as_text.out
    as_json = run("explore", "--story", THE_MILL, "--format", "json", "--sample", "3")
    assert as_json.status == 0
    assert json.loads(as_json.out)["partial"] is True
