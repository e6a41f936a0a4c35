"""A story of one's own begins clean: it plays, it explains itself, and it is named after its folder."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from game.play import begin
from game.story import load
from tests.commands.typed import Command, refused
from tests.play.readers import read_by_chance


def test_it_is_clean_and_plays(tmp_path: Path, run: Command) -> None:
    folder = tmp_path / "My Valley 2"
    printed = run("new-story", folder, "--title", 'The "Long" Rain').printed
    assert f"weight-of-grain play --story '{folder}'" in printed
    assert "Nothing is wrong." in run("check", "--story", folder).printed
    story = load(folder)
    assert (story.pack, story.title) == ("my-valley-2", "The “Long” Rain")
    for role in story.roles:
        for cut in ("full", "kiosk"):
            assert read_by_chance(begin(story, role, cut), Random(0)).page.ending
    assert len([node for node in story.nodes.values() if node.text]) == 7
    assert story.nodes["counted.barn"].ledger is not None
    assert story.desk is not None and story.guide is not None
    run("guide", tmp_path / "guide.html", "--story", folder)
    printed = (tmp_path / "guide.html").read_text("utf-8")
    assert "Read one of the two stories yourself." in printed and "How sure is she?" in printed and "WG" not in printed


def test_each_file_explains_itself(tmp_path: Path, run: Command) -> None:
    run("new-story", tmp_path / "a")
    files = [file for file in (tmp_path / "a").rglob("*") if file.suffix in (".yaml", ".example")]
    assert len(files) == 13
    alone = {file.name for file in files if not file.read_text("utf-8").startswith("#")}
    assert alone == {"1-his-rain.yaml", "3-her-spring.yaml", "3-his-spring.yaml"}
    named = (tmp_path / "a" / "README.txt").read_text("utf-8")
    assert all(part.name in named for part in (tmp_path / "a").iterdir() if part.name != "README.txt")
    assert "figures:" in (tmp_path / "a" / "MANUAL.md").read_text("utf-8")


def test_the_example_of_a_translation_is_one(tmp_path: Path, run: Command) -> None:
    folder = tmp_path / "a"
    run("new-story", folder)
    (folder / "translations" / "zh-Hans").mkdir()
    (folder / "translations" / "pack.yaml.example").rename(folder / "translations" / "zh-Hans" / "pack.yaml")
    assert load(folder, language="zh-Hans").title == "The title in the other language"
    found = json.loads(run("check", "--quick", "--story", folder, "--language", "zh-Hans", "--format", "json").out)
    assert [finding["code"] for finding in found] == ["WG620"]


@pytest.mark.parametrize("name", ["4 winters", "…", "Ærø"])
def test_any_folder_s_name_gives_an_id(name: str, tmp_path: Path, run: Command) -> None:
    assert run("new-story", tmp_path / name).status == 0
    load(tmp_path / name)


def test_nothing_is_written_over(tmp_path: Path, run: Command) -> None:
    (tmp_path / "there").write_text("mine")
    assert "exists and is not empty" in refused(run("new-story", tmp_path))
    assert "exists and is not empty" in refused(run("new-story", tmp_path / "there"))
    assert "--title: write a title in one line" in refused(run("new-story", tmp_path / "a", "--title", "a\nb"))
    assert [*tmp_path.iterdir()] == [tmp_path / "there"]
