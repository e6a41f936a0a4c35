"""A pack's own sounds: `check` names each that cannot be played, or that nobody is named for."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.lint import lint
from tests.small_stories.packs import haelsey_with_files


def found(pack: Path) -> list[str]:
    """The findings about sounds: place in the file, code, problem."""
    _, findings = lint(pack)
    lines = [f"{finding.line}:{finding.column} {finding.code} {finding.problem}" for finding in findings]
    return [line for line in lines if "sound" in line]


def test_sounds_that_can_be_played_and_are_credited_are_no_finding(tmp_path: Path) -> None:
    assert found(haelsey_with_files(tmp_path)) == []


def test_a_file_that_cannot_be_played_is_named_at_each_place(tmp_path: Path) -> None:
    pack = haelsey_with_files(tmp_path)
    (pack / "sounds" / "harbour.wav").write_bytes(b"ID3" + bytes(2000))
    first, second = found(pack)
    assert "WG643 `sounds/harbour.wav` cannot be played: it is no WAV file that can be read" in first
    assert "WG643" in second


def test_a_sound_without_a_credit_is_named(tmp_path: Path) -> None:
    pack = haelsey_with_files(tmp_path)
    file = pack / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace(', sound_credit: "By I. Holm, CC BY 4.0"', ""), "utf-8")
    assert [line.partition(" ")[2] for line in found(pack)] == [
        "WG644 the sound of `harbour` has no `sound_credit`",
        "WG644 the sound of `shore` has no `sound_credit`",
    ]


@pytest.mark.parametrize(
    "name", ["sounds/harbour.mp3", "harbour.ogg", "../harbour.wav", "/tmp/harbour.wav", ".hidden.wav", "c:harbour.wav"]
)
def test_a_name_of_another_type_or_place_is_refused(name: str, tmp_path: Path) -> None:
    pack = haelsey_with_files(tmp_path)
    file = pack / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace("sounds/harbour.wav", f'"{name}"'), "utf-8")
    story, findings = lint(pack)
    assert story is None
    assert {finding.problem for finding in findings if finding.code == "WG204"} == {
        f"`{name}` is not a sound of the story"
    }
    assert all("WAV file" in finding.remedy for finding in findings if finding.code == "WG204")
