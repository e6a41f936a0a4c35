"""A story from the cache is the story from the files; a cache that cannot be trusted is made anew."""

from __future__ import annotations

import hashlib
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
    tally: false
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


def kept_key(file: Path) -> str:
    """The key in a cache's file: its second line says it, behind the seal."""
    key: str = json.loads(file.read_bytes().split(b"\n")[1])["key"]
    return key


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
    assert kept_key(file) in file.name


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
    forge(file)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert "The jar" in load(pack, cache).chapters["first"].nodes["gate"].text[0].parts[0].text


def forge(file: Path) -> None:
    """Other words in a cache's file, under a seal that fits them."""
    body = file.read_bytes().partition(b"\n")[2].replace(b"The jar is", b"Their jar is")
    file.write_bytes(hashlib.blake2b(body, digest_size=16).hexdigest().encode() + b"\n" + body)


def test_what_a_forger_would_write_is_read_where_it_is_ours(pack: Path, tmp_path: Path) -> None:
    """The other tests of forged files are no vacant ones: the user's own file, sealed, is believed."""
    cache = tmp_path / "cache"
    load(pack, cache)
    forge(*cache.iterdir())
    assert "Their jar" in load(pack, cache).chapters["first"].nodes["gate"].text[0].parts[0].text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
@pytest.mark.parametrize("open_to_all", ["file", "folder"])
def test_what_everybody_may_write_is_not_trusted(pack: Path, tmp_path: Path, open_to_all: str) -> None:
    """A file or a folder that any user can write to may hold anything, so the pack is read instead."""
    cache = tmp_path / "cache"
    load(pack, cache)
    (file,) = cache.iterdir()
    forge(file)
    (file if open_to_all == "file" else cache).chmod(0o777)
    assert "The jar" in load(pack, cache).chapters["first"].nodes["gate"].text[0].parts[0].text


@pytest.mark.parametrize("line", [0, 1, 2, -1])
def test_one_changed_letter_anywhere_is_noticed_before_the_story_is_used(pack: Path, tmp_path: Path, line: int) -> None:
    """Nodes are read when they are met, but damage to any of them is seen at once."""
    cache = tmp_path / "cache"
    load(pack, cache)
    (file,) = cache.iterdir()
    lines = file.read_bytes().split(b"\n")
    lines[line] = lines[line][:-1] + bytes([lines[line][-1] ^ 1])
    file.write_bytes(b"\n".join(lines))
    assert pages(load(pack, cache), "stay") == pages(load(pack), "stay")
    assert kept_key(file) in file.name


def test_another_version_reads_the_pack_again(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older or newer program kept is not looked at, and let go."""
    cache = tmp_path / "cache"
    load(pack, cache)
    forge(*cache.iterdir())
    monkeypatch.setattr("game.story.cache.__version__", "0.0.0")
    assert "The jar" in load(pack, cache).chapters["first"].nodes["gate"].text[0].parts[0].text
    assert len(list(cache.iterdir())) == 1


def test_nodes_are_made_when_they_are_met(pack: Path, tmp_path: Path) -> None:
    """A kept story is known whole by its ids; a node is made once, on the first look at it."""
    load(pack, tmp_path / "cache")
    kept = load(pack, tmp_path / "cache")
    nodes = kept.chapters["first"].nodes
    assert (list(nodes), len(nodes), "gate" in nodes, "door" in nodes) == (["gate", "bare", "full"], 3, True, False)
    assert list(kept.nodes) == ["first.gate", "first.bare", "first.full"]
    assert kept.nodes["first.gate"] is nodes["gate"] is nodes["gate"]
    assert kept.nodes.get("first.door") is None


def test_a_cache_that_cannot_be_written_is_no_error(pack: Path, tmp_path: Path) -> None:
    """Where the folder takes no file, the story is simply read each time."""
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be")
    assert load(pack, blocked).title == "Small"
