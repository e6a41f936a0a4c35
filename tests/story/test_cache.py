"""A cached story equals the loaded story; an untrusted cache is replaced."""

from __future__ import annotations

import builtins
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from types import NoneType
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.play import begin
from game.story import Story, load
from tests.story.packs import written
from tests.story.texts import places

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
TAKES: list[tuple[str, ...]] = [("stay",), ("give", "stay"), ("give", "give")]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return written(tmp_path / "pack", {"pack.yaml": PACK, "first.yaml": CHAPTER})


@pytest.fixture
def cache(pack: Path, tmp_path: Path) -> Path:
    """A folder with the cached pack."""
    load(pack, tmp_path / "cache")
    return tmp_path / "cache"


def kept_file(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def pages(story: object, *takes: str) -> list[object]:
    playthrough = begin(story, "villager")  # type: ignore[arg-type]
    for take in takes:
        playthrough = playthrough.choose(take)
    return [page.as_json() for page in playthrough.pages]


def first_words(story: Story) -> str:
    return begin(story, "villager").page.paragraphs[0].text


@pytest.mark.parametrize("takes", TAKES)
def test_a_cached_story_plays_as_a_loaded_one(pack: Path, tmp_path: Path, takes: tuple[str, ...]) -> None:
    read, kept = load(pack, tmp_path / "cache"), load(pack, tmp_path / "cache")
    assert kept is not read
    assert pages(kept, *takes) == pages(read, *takes) == pages(load(pack), *takes)


def test_a_second_start_reads_no_yaml(pack: Path, cache: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from game.story import load;"
        f"load(Path({str(pack)!r}), Path({str(cache)!r}));"
        "print(sorted({'yaml', 'pydantic'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_an_edited_pack_is_read_again(pack: Path, cache: Path) -> None:
    (pack / "first.yaml").write_text(CHAPTER.replace("The jar is", "Our jar is"))
    assert "Our jar" in first_words(load(pack, cache))
    kept_file(cache)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"key": 1}', b"[" * 100_000])
def test_a_damaged_cache_is_replaced(pack: Path, cache: Path, damage: bytes) -> None:
    file = kept_file(cache)
    file.write_bytes(damage)
    assert pages(load(pack, cache), "stay") == pages(load(pack), "stay")
    _, frame, *_ = file.read_bytes().split(b"\n")  # after the checksum
    assert json.loads(frame)["key"] in file.name


def replaced(file: Path, body: bytes) -> None:
    """Replace the body of a cache's file, with the right checksum."""
    file.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def forge(file: Path) -> None:
    """Replace words in a cache's file, with the right checksum."""
    replaced(file, file.read_bytes().partition(b"\n")[2].replace(b"The jar is", b"Their jar is"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
@pytest.mark.parametrize("who", [0o020, 0o002])
@pytest.mark.parametrize("open_to_others", ["file", "folder"])
def test_what_others_may_write_is_not_trusted(pack: Path, cache: Path, open_to_others: str, who: int) -> None:
    """A file or folder that a group or any user can write may hold anything, so the pack is read. The new cache is
    private and trusted."""
    file = kept_file(cache)
    forge(file)
    place = {"file": file, "folder": cache}[open_to_others]
    place.chmod(place.stat().st_mode | who)
    assert "The jar" in first_words(load(pack, cache))
    assert not any(path.stat().st_mode & 0o022 for path in (cache, *cache.iterdir()))
    forge(kept_file(cache))
    assert "Their jar" in first_words(load(pack, cache))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_a_cache_made_under_a_permissive_umask_is_trusted(pack: Path, tmp_path: Path) -> None:
    """If each user has a group, files are group-writable; ours are not."""
    before = os.umask(0o002)
    try:
        load(pack, tmp_path / "cache")
    finally:
        os.umask(before)
    forge(kept_file(tmp_path / "cache"))
    assert "Their jar" in first_words(load(pack, tmp_path / "cache"))


@pytest.mark.parametrize("inside", [True, False])
def test_without_owners_and_modes_only_the_home_folder_is_trusted(
    inside: bool, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows shows no owner; the user's own folder is closed to others there, and any other may be open."""
    monkeypatch.delattr(os, "getuid", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path if inside else tmp_path / "home")
    cache = tmp_path / "cache"
    load(pack, cache)
    if inside:
        forge(kept_file(cache))
    else:
        assert list(cache.iterdir()) == []
    assert ("Their jar" if inside else "The jar") in first_words(load(pack, cache))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize(
    "make",
    [lambda file: os.mkfifo(file), lambda file: file.symlink_to("/dev/zero"), Path.mkdir],
    ids=["pipe", "device", "folder"],
)
def test_a_pipe_in_place_of_the_cache_does_not_block(make: Callable[[Path], None], pack: Path, cache: Path) -> None:
    there = kept_file(cache)
    there.unlink()
    make(there)
    assert "The jar" in first_words(load(pack, cache))


@pytest.mark.parametrize(
    ("name", "value"),
    [("os.getuid", lambda: 4711), ("game.story.cache.__version__", "0.0.0")],
    ids=["another user", "another version"],
)
def test_the_cache_of_another_user_or_version_is_not_trusted(
    name: str, value: object, pack: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge(kept_file(cache))
    monkeypatch.setattr(name, value)
    assert "The jar" in first_words(load(pack, cache))
    kept_file(cache)


def test_nodes_are_decoded_on_first_use(pack: Path, cache: Path) -> None:
    kept = load(pack, cache)
    nodes = kept.chapters["first"].nodes
    assert (list(nodes), len(nodes), "gate" in nodes, "door" in nodes) == (["gate", "bare", "full"], 3, True, False)
    assert list(kept.nodes) == ["first.gate", "first.bare", "first.full"]
    assert kept.nodes["first.gate"] is nodes["gate"] is nodes["gate"]
    assert kept.nodes.get("first.door") is None


def test_a_cache_that_cannot_be_written_is_not_an_error(pack: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be")
    assert load(pack, blocked).title == "Small"


class Kept(NamedTuple):
    """A pack, its cache folder and file, the file's content, and the pages of some takes."""

    pack: Path
    cache: Path
    file: Path
    whole: bytes
    pages: dict[tuple[str, ...], list[object]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    pack, cache = written(folder / "pack", {"pack.yaml": PACK, "first.yaml": CHAPTER}), folder / "cache"
    read = load(pack, cache)
    file = kept_file(cache)
    return Kept(pack, cache, file, file.read_bytes(), {takes: pages(read, *takes) for takes in TAKES})


def changed(chance: Random, whole: bytes) -> bytes:
    data, size = bytearray(whole), len(whole)
    match chance.randrange(6):
        case 0:
            data[chance.randrange(size)] ^= 1 << chance.randrange(8)
        case 1:
            at = chance.randrange(size)
            data[at : at + chance.randrange(1, 40)] = chance.randbytes(chance.randrange(40))
        case 2:
            del data[chance.randrange(size) :]
        case 3:
            lines = whole.split(b"\n")
            chance.shuffle(lines)
            data = bytearray(b"\n".join(lines))
        case 4:
            first, two = (whole[(at := chance.randrange(size)) : at + 20] for _ in range(2))
            data = bytearray(whole.replace(first, two))
        case 5:
            data[chance.randrange(size) : chance.randrange(size)] = whole[chance.randrange(size) :]
    return bytes(data)


def test_any_change_gives_the_same_story(kept: Kept) -> None:
    for seed in range(60):
        data = changed(Random(seed), kept.whole)
        kept.file.write_bytes(data)
        for takes, read in kept.pages.items():
            assert pages(load(kept.pack, kept.cache), *takes) == read
        assert kept.file.read_bytes() == kept.whole


# An attack that needs no names.
EVIL = (
    "[one for one in ().__class__.__base__.__subclasses__() if one.__name__ == '_wrap_close'][0]"
    ".__init__.__globals__['sys'].modules['builtins'].__dict__.__setitem__('ran', 1)"
)


def test_the_attack_works_where_it_is_not_prevented() -> None:
    eval(EVIL, {"__builtins__": {}})
    assert builtins.ran == 1  # type: ignore[attr-defined]
    del builtins.ran  # type: ignore[attr-defined]


VALUES: st.SearchStrategy[Any] = st.sampled_from([
    EVIL, f"({EVIL})", f"0\n {EVIL}\n#", f"1 if {EVIL} else 2", f"0)+({EVIL}", f"s[{EVIL}]", f"'+{EVIL}+'", "", "grain",
    None, True, 0, -1, 2**70, 10**12, 1.5, [], [[]], {}, ["Expression", EVIL, EVIL, [], []], ["Node"], [1, 2, 3],
    ["Effects", "first", [f"grain = {EVIL}"], [], ["grain"], []],
    ["Span", EVIL, "plain", None], ["Story"], ["Variable"],
])  # fmt: skip


@settings(max_examples=300)
@given(st.data())
def test_no_injected_value_is_ever_run(kept: Kept, data: st.DataObject) -> None:
    """Only this user can make the right checksum. A value of a wrong type is refused, and one of the right type stays a
    value. Nothing in the frame or in a later node runs as code."""
    lines = kept.whole.split(b"\n")[1:]
    for _ in range(data.draw(st.integers(1, 3), "changes")):
        number = data.draw(st.integers(0, len(lines) - 1), "line")
        line = json.loads(lines[number])
        holder, at = data.draw(st.sampled_from([*places(line)]), "place")
        holder[at] = data.draw(VALUES, "value")
        lines[number] = json.dumps(line).encode()
    replaced(kept.file, b"\n".join(lines))
    story = load(kept.pack, kept.cache)
    for node in story.nodes:
        assert story.nodes[node].full_id == node
    for takes in TAKES:
        with suppress(Exception):  # the changed story may lead nowhere
            pages(story, *takes)
    for variable in story.variables.values():
        assert type(variable.low) in (int, NoneType) and type(variable.high) in (int, NoneType)
    assert not hasattr(builtins, "ran")
    kept.file.write_bytes(kept.whole)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"Node", "gate", "first.gate"', b'"Node", "gate", "first.door"'), (b'["Choice", "stay"', b'["Choice", 7'),
        (b'"Bare."', b'["Bare."]'), (b'["Node", "bare"', b'["Chapter", "bare"'), (b'"Full."', b'"Full.'),
    ],
)  # fmt: skip
def test_an_invalid_cached_node_is_loaded_from_the_pack(old: bytes, new: bytes, kept: Kept) -> None:
    """Nodes are decoded on first use: an invalid node, and then the next story, are loaded from the pack while the
    reader continues."""
    frame, *nodes = kept.whole.split(b"\n")[1:]
    assert any(old in node for node in nodes)
    replaced(kept.file, b"\n".join([frame, *(node.replace(old, new) for node in nodes)]))
    story = load(kept.pack, kept.cache)
    for takes, read in kept.pages.items():
        assert pages(story, *takes) == read
    for takes, read in kept.pages.items():
        assert pages(load(kept.pack, kept.cache), *takes) == read
    assert kept.file.read_bytes() == kept.whole
