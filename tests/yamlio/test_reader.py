"""The YAML reader gives strings with places, and refuses tags, anchors and excessive size or depth."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from game.core.findings import Finding
from game.story import check
from game.yamlio.limits import MAX_FILE_BYTES
from game.yamlio.reader import Document, read_file, read_text
from tests.story.packs import CHAPTER, PACK, STANDARD, codes, written


def data(text: str) -> Any:
    document = read_text(text, "a.yaml")
    assert isinstance(document, Document), document
    return document.data


def refusal(text: str) -> tuple[str, int, int]:
    finding = read_text(text, "a.yaml")
    assert isinstance(finding, Finding), finding
    return finding.code, finding.line, finding.column


PLAIN = (
    "yes no on off y n Yes NO True FALSE null Null 12 012 0x1F 1_000 +1 1.10 1e3 .inf .nan = << "
    "1958-01-01 1:20 2001-12-14t21:59:43.10-05:00"
)


@pytest.mark.parametrize("text", PLAIN.split())
def test_a_plain_word_stays_text(text: str) -> None:
    assert data(f"key: {text}") == {"key": text}
    assert data(f"{text}: word") == {text: "word"}


def test_only_true_and_false_are_booleans() -> None:
    assert data("[true, false, 'true', \"false\"]") == [True, False, "true", "false"]
    assert data("true: one\nfalse: another") == {"true": "one", "false": "another"}


@pytest.mark.parametrize("text", ["key: ~", "key:", "key: ''", 'key: ""', "key: !"])
def test_an_empty_value_is_an_empty_string(text: str) -> None:
    assert data(text) == {"key": "~" if "~" in text else ""}


def test_blocks_and_quotes_are_read_as_yaml_says() -> None:
    text = "a: |\n  one\n  two\nb: >-\n  one\n  two\nc: 'it''s'\nd: \"\\u65e0\"\n"
    assert data(text) == {"a": "one\ntwo\n", "b": "one two", "c": "it's", "d": "无"}


def test_a_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    """A file from Notepad, with a mark in front and CRLF at the ends, is the same pack."""
    files = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in STANDARD.items()}
    plain, _ = check(written(tmp_path / "plain", STANDARD))
    story, findings = check(written(tmp_path / "notepad", files))
    assert findings == ()
    assert story == plain


def test_places_count_from_one_and_stand_at_the_value() -> None:
    document = read_text("a:\n  - b: one\n    c: [x, y]\n", "a.yaml")
    assert isinstance(document, Document)
    source_map = document.source_map.at(("a", 0, "c", 1))
    assert (source_map.line, source_map.column) == (3, 12)
    c = document.source_map.at(("a", 0, "c"))
    assert (c.line, c.column, c.key) == (3, 8, (3, 5))
    assert document.source_map.at(("a", 0, "nowhere", 4)) is document.source_map.at(("a", 0))


BOMB = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"] + [
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\na: 2\n", ("WG103", 2, 1)),
        ("x: {b: 1, b: 2}\n", ("WG103", 1, 11)),
        ("- a: 1\n  'a': 2\n", ("WG103", 2, 3)),
        ("true: 1\n'true': 2\n", ("WG103", 2, 1)),
        ("a: !!python/object/apply:os.system [id]", ("WG104", 1, 4)),
        ("a: !!int 3", ("WG104", 1, 4)),
        ("!!map {a: b}", ("WG104", 1, 1)),
        ("a: !mine x", ("WG104", 1, 4)),
        ("a: !!binary aGk=", ("WG104", 1, 4)),
        ("a: &x 1", ("WG104", 1, 4)),
        ("a: &x {b: 1}", ("WG104", 1, 4)),
        ("a: [&x b]", ("WG104", 1, 5)),
        ("&k a: 1", ("WG104", 1, 1)),
        ("a: *x", ("WG104", 1, 4)),
        ("*x : a", ("WG104", 1, 1)),
        ("\n".join(BOMB), ("WG104", 1, 4)),
        ("? [a, b]\n: c\n", ("WG203", 1, 3)),
        ("{a: b}: c\n", ("WG203", 1, 1)),
        ("a: 1\n---\nb: 2\n", ("WG101", 2, 1)),
    ],
)
def test_repeated_keys_tags_anchors_keys_of_parts_and_second_documents_are_refused(
    text: str, place: tuple[str, int, int]
) -> None:
    assert refusal(text) == place


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000, "{a: " * 50_000, "[" * 25 + "x" + "]" * 25])
def test_too_deep_nesting_is_refused_early(text: str) -> None:
    assert refusal(text)[0] in ("WG105", "WG101")


def test_an_empty_file_is_an_empty_text() -> None:
    assert [data(text) for text in ("", "\n\n", "# nothing\n", "---\n")] == ["", "", "", ""]


def test_one_document_may_have_its_marks() -> None:
    assert data("---\na: 1\n...\n") == {"a": "1"}


@pytest.mark.parametrize("text", ["a: b\nc: \x00\n", "a: b\nc: d\x07\n", "a: b\nc: \ud800\n", "a: b\nc: x\ufffe\n"])
def test_a_character_that_no_text_holds_has_its_place(text: str) -> None:
    code, line, column = refusal(text)
    assert (code, line) == ("WG102", 2)
    assert text.splitlines()[1][column - 1] in "\x00\x07\ud800\ufffe"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"notes": "", "more": "# to be written\n", "cast": "cast: [one, two]\n"}, []),
        ({"guide": "title: A guide\n"}, [("guide.yaml", "WG641")]),
        ({"picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40}, [("picture.yaml", "WG102")]),
        ({"pack": os.urandom(5000) + b"\xff"}, [("pack.yaml", "WG102")]),
    ],
    ids=["without a key of ours", "a known name without its key", "binary", "a binary pack.yaml"],
)
def test_a_file_is_ignored_or_one_finding(
    files: dict[str, str | bytes], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    pack = {**STANDARD, **{f"{name}.yaml": content for name, content in files.items()}}
    assert [(finding.file, finding.code) for finding in check(written(tmp_path, pack))[1]] == found


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    folder = written(tmp_path, STANDARD)
    with (folder / "huge.yaml").open("wb") as stream:
        stream.truncate(100_000_000)
    _, findings = check(folder)
    assert [(finding.file, finding.code) for finding in findings] == [("huge.yaml", "WG105")]


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: b\n#" + b"x" * (MAX_FILE_BYTES - 6))
    document = read_file(path, "a.yaml")
    assert isinstance(document, Document)
    assert document.data == {"a": "b"}


def test_hidden_files_and_other_files_are_not_part_of_a_pack(tmp_path: Path) -> None:
    written(tmp_path, {**STANDARD, **dict.fromkeys((".chapter.yaml", ".git/a.yaml", "notes.txt"), "chapter: [")})
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    assert check(tmp_path)[1] == ()


def test_chapters_may_stand_in_folders_below_and_end_in_yml(tmp_path: Path) -> None:
    broken = CHAPTER.replace("goto: inside}\n      - {id: wait", "goto: outside}\n      - {id: wait")
    (found,) = check(written(tmp_path, {"pack.yml": PACK, "villager/01/gate.yml": broken}))[1]
    assert (found.file, found.code, found.line) == ("villager/01/gate.yml", "WG301", 9)


def test_a_missing_and_an_empty_folder_are_findings(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        story, (found,) = check(folder)
        assert story is None
        assert (found.code, found.file, found.line) == ("WG106", str(folder), 0)
        assert str(found).startswith(f"{folder}: error WG106: ")


def test_a_missing_pack_file_is_reported_before_other_findings(tmp_path: Path) -> None:
    _, findings = check(written(tmp_path, {"chapter.yaml": CHAPTER.replace("title", "titel")}))
    assert codes(tuple(findings)) == ["WG106", "WG202", "WG201"]


@pytest.mark.parametrize("c_parser", [True, False])
@pytest.mark.parametrize("written", ['a: "b \\ud800"', 'a: ["\\udfff"]', '"\\ud800": b', 'a: {b: "\\U0000d800"}'])
def test_half_a_character_is_a_finding_with_its_place(
    written: str, c_parser: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not c_parser:
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    found = read_text(f"x: y\n{written}\n", "some.yaml")
    assert isinstance(found, Finding)
    assert (found.file, found.line, found.column > 0) == ("some.yaml", 2, True)


def test_a_file_whose_name_is_not_text_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff.yaml")
    try:
        path.write_text("chapter: gate", "utf-8")
    except OSError:
        pytest.skip("this disk has no such names")
    found = read_file(path, path.name)
    assert isinstance(found, Finding)
    assert found.code == "WG107"
    assert found.file.encode() == b"bad\\udcff.yaml"
