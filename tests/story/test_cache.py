"""A story from the cache is the story from the files; a cache that cannot be trusted is made anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.play import begin
from game.story import load

PACK = """
pack: small
title: Small
version: 1
variables:
  grain: {start: 6, min: 0, max: 10, words: {0: empty, 4: half a jar}}
  wok: {start: true, words: {true: the wok, false: the bare hook}}
roles: {villager: {name: Shen Guilan}}
places: {yard: {name: the yard, scene: courtyard, params: {jar: grain}, alt: "A yard, {jar}."}}
calendar: [first]
"""
CHAPTER = """
chapter: first
role: villager
title: First
place: yard
nodes:
  gate:
    text: ["The jar is *{grain}*.", {if: not wok, by: Lu Qi, text: It is gone.}]
    choices:
      - {id: give, say: I gave it., do: [wok = false, grain -= 3], because: [invented], goto: gate}
      - {id: stay, say: I stayed., if: grain > 1, goto: [{if: chose(gate.give), to: bare}, {to: full}]}
  bare: {text: Bare., end: bare}
  full: {text: Full., end: full}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK)
    (folder / "first.yaml").write_text(CHAPTER)
    return folder


def pages(story: object, *takes: str) -> list[object]:
    playthrough = begin(story, "villager")  # type: ignore[arg-type]
    for take in takes:
        playthrough = playthrough.choose(take)
    return [page.as_json() for page in playthrough.pages]


@pytest.mark.parametrize("takes", [("stay",), ("give", "stay"), ("give", "give")])
def test_the_kept_story_plays_as_the_read_one(pack: Path, tmp_path: Path, takes: tuple[str, ...]) -> None:
    """Pages, conditions, effects and recalls are the same from the cache as from the files."""
    read = load(pack, tmp_path / "cache")
    kept = load(pack, tmp_path / "cache")
    assert kept is not read
    assert pages(kept, *takes) == pages(read, *takes) == pages(load(pack), *takes)


def test_a_second_start_reads_no_yaml(pack: Path, tmp_path: Path) -> None:
    """From the cache, neither the YAML parser nor pydantic is imported."""
    load(pack, tmp_path / "cache")
    program = (
        "import sys; from pathlib import Path; from game.story import load;"
        f"load(Path({str(pack)!r}), Path({str(tmp_path / 'cache')!r}));"
        "print(sorted({'yaml', 'pydantic'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_an_edited_pack_is_read_again(pack: Path, tmp_path: Path) -> None:
    """The cache is keyed by content: after an edit the new words are met, and the old file is let go."""
    load(pack, tmp_path / "cache")
    (pack / "first.yaml").write_text(CHAPTER.replace("The jar is", "Our jar is"))
    assert "Our jar" in load(pack, tmp_path / "cache").chapters["first"].nodes["gate"].text[0].parts[0].text
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"key": 1}', b"[" * 100_000])
def test_a_damaged_cache_is_made_anew(pack: Path, tmp_path: Path, damage: bytes) -> None:
    """Whatever stands in the file, the story is the one of the pack, and the file is mended."""
    cache = tmp_path / "cache"
    load(pack, cache)
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    assert pages(load(pack, cache), "stay") == pages(load(pack), "stay")
    assert json.loads(file.read_bytes())["key"] in file.name


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_half_written_cache_is_made_anew(pack: Path, tmp_path: Path, cut: float) -> None:
    """A file that ends too early is no story."""
    cache = tmp_path / "cache"
    load(pack, cache)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * cut)])
    assert pages(load(pack, cache), "stay") == pages(load(pack), "stay")


def test_another_users_cache_is_not_trusted(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that belongs to somebody else is ignored."""
    cache = tmp_path / "cache"
    load(pack, cache)
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes().replace(b"The jar is", b"Their jar is"))
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert "The jar" in load(pack, cache).chapters["first"].nodes["gate"].text[0].parts[0].text


def test_a_cache_that_cannot_be_written_is_no_error(pack: Path, tmp_path: Path) -> None:
    """Where the folder takes no file, the story is simply read each time."""
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be")
    assert load(pack, blocked).title == "Small"
