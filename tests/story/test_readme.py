"""What the story's README shows is a story that plays."""

from __future__ import annotations

import re
from pathlib import Path

from game.explore import explore
from game.resources import story_folder
from game.story import check


def test_the_example_is_a_whole_story(tmp_path: Path) -> None:
    """Its two files, copied out as they stand, have no finding, and every page of them is reached."""
    text = (story_folder() / "README.md").read_text(encoding="utf-8")
    pack, chapter = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "pack.yaml").write_text(pack, encoding="utf-8")
    (tmp_path / "collectors.yaml").write_text(chapter, encoding="utf-8")
    story, findings = check(tmp_path)
    assert not findings
    assert story is not None
    report = explore(story).as_json()
    assert report["nodes"]["missing"] == report["choices"]["missing"] == report["dead_ends"] == []
