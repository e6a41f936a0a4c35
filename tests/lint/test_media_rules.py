"""The rules on a pack's own images and sounds: files that cannot be used, missing descriptions and credits."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.lint import lint
from tests.small_stories.packs import haelsey_with_files
from tests.story.packs import SOUND, written


def test_sounds_that_can_be_played_and_are_credited_are_no_finding(tmp_path: Path) -> None:
    findings = lint(haelsey_with_files(tmp_path))[1]
    assert [finding for finding in findings if "sound" in finding.problem] == []


@pytest.mark.parametrize(
    "name", ["sounds/harbour.mp3", "harbour.ogg", "../harbour.wav", "/tmp/harbour.wav", ".hidden.wav", "c:harbour.wav"]
)
def test_a_name_of_another_type_or_place_is_refused(name: str, tmp_path: Path) -> None:
    pack = haelsey_with_files(tmp_path)
    file = pack / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace("sounds/harbour.wav", f'"{name}"'), "utf-8")
    story, findings = lint(pack)
    refused = [finding for finding in findings if finding.code == "WG204"]
    assert story is None and {finding.problem for finding in refused} == {f"`{name}` is not a sound of the story"}
    assert all("WAV file" in finding.remedy for finding in refused)


@pytest.mark.parametrize(
    ("picture", "lacking"),
    [
        ("scene: courtyard", ["the scene of `yard` has no `alt`"]), ("scene: none", []), ("spot: yard", []),
        ("image: a.png", ["the image of `yard` has no `alt` and no `credit`"]),
        ("image: a.png, alt: A yard.", ["the image of `yard` has no `credit`"]),
    ],
)  # fmt: skip
def test_a_picture_without_a_description_is_found(tmp_path: Path, picture: str, lacking: list[str]) -> None:
    pack = SOUND["pack.yaml"].replace("scene: courtyard, alt: A walled yard.", picture)
    pack += "map: {spots: {yard: {name: Yard, at: [0.5, 0.5]}}}\n"
    _, findings = lint(written(tmp_path, {**SOUND, "pack.yaml": pack}))
    assert [finding.problem for finding in findings if finding.code == "WG636"] == lacking


def test_an_image_of_a_page_is_checked_like_that_of_a_place(tmp_path: Path) -> None:
    found = []
    for keys in ("image: a.png", "image: a.png, alt: A room., credit: By me", "alt: A room."):
        chapter = SOUND["chapter.yaml"].replace("    end:", f"    {keys.replace(', ', chr(10) + '    ')}\n    end:")
        _, findings = lint(written(tmp_path, {**SOUND, "chapter.yaml": chapter}))
        found.append([(finding.file, finding.code, finding.problem) for finding in findings])
    assert found == [
        [("chapter.yaml", "WG636", "the image of `inside` has no `alt` and no `credit`")],
        [("chapter.yaml", "WG635", "`a.png` cannot be shown: there is no such file")],
        [("chapter.yaml", "WG202", "`inside` has `alt`, and no `image`")],
    ]
