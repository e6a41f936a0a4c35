"""`explore` on the command line."""

from __future__ import annotations

import json

import pytest

from tests.commands.typed import Command
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")


def test_a_story_is_explored_as_text_and_as_json(run: Command) -> None:
    as_text = run("explore", "--story", THE_MILL)
    assert (as_text.status, as_text.err) == (0, "")
    assert "playthroughs" in as_text.out
    as_json = run("explore", "--story", THE_MILL, "--format", "json", "--sample", "3")
    assert as_json.status == 0
    assert json.loads(as_json.out)["partial"] is True
