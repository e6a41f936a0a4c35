"""`schema` prints or writes the JSON Schema for editors."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from game.commands.schema import schema
from game.resources import story_folder
from game.story.pack_files import yaml_files
from game.story.schema.file_kinds import KINDS
from tests.commands.typed import Command, refused
from tests.core.test_findings import EXAMPLES, broken, example, mended
from tests.lanes import sampled
from tests.small_stories.packs import THE_FERRY, THE_MILL
from tests.story.packs import CHAPTER, PACK, checked


def test_schema_for_all_files_is_printed(run: Command) -> None:
    assert json.loads(run("schema").printed) == schema()


def test_schema_file_is_named_by_its_kind(tmp_path: Path, run: Command) -> None:
    for kind in KINDS:
        file = tmp_path / "new" / f"{kind}.schema.json"
        assert run("schema", "--kind", kind, "--out", tmp_path / "new").printed == f"{file}\n"
        assert json.loads(file.read_text(encoding="utf-8")) == schema(kind)
    assert run("schema", "--out", tmp_path).status == 0
    assert (tmp_path / "story.schema.json").exists()


def test_file_in_the_folder_s_place_is_one_line(tmp_path: Path, run: Command) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    assert "takes no file" in refused(run("schema", "--out", tmp_path / "taken"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]


def test_story_is_not_an_option(run: Command) -> None:
    refused(run("schema", "--story", "x"), "--story")


def test_foreign_file_is_not_replaced(tmp_path: Path, run: Command) -> None:
    file = tmp_path / "story.schema.json"
    arguments = ["schema", "--out", str(tmp_path)]
    assert [run(*arguments).status for _ in range(2)] == [0, 0]
    file.write_text("{}")
    assert "--replace" in refused(run(*arguments))
    assert file.read_text() == "{}"
    assert run(*arguments, "--replace").status == 0
    assert json.loads(file.read_text(encoding="utf-8")) == schema()


WHOLE = Draft7Validator(schema())


def as_an_editor_reads(text: str) -> Any:
    """Parse YAML 1.2, where `6` is a number and `yes` a text; keys become texts, as in JSON."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                (str(key).lower() if isinstance(key, bool) else str(key)): plain(item) for key, item in value.items()
            }
        return [plain(item) for item in value] if isinstance(value, list) else value

    return plain(YAML(typ="safe", pure=True).load(io.StringIO(text)))


def accepts(text: str, by: Draft7Validator = WHOLE) -> bool:
    return bool(by.is_valid(as_an_editor_reads(text)))


FILES = [*yaml_files(story_folder()), *yaml_files(THE_MILL), *yaml_files(THE_FERRY)]


@pytest.mark.parametrize("file", sampled(FILES, *FILES[::12]), ids=lambda file: file.name)
def test_every_shipped_file_is_valid(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    faults = [f"{fault.json_path}: {fault.message}" for fault in WHOLE.iter_errors(as_an_editor_reads(text))]
    assert not faults
    kind = next((kind for kind in KINDS if kind in as_an_editor_reads(text)), None)
    for schema_kind in KINDS:
        assert accepts(text, Draft7Validator(schema(schema_kind))) == (schema_kind == kind)


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for code, number in EXAMPLES if code in ("WG201", "WG202", "WG203", "WG204")]
)
def test_a_broken_shape_is_refused_and_its_mended_form_is_not(code: str, number: int) -> None:
    whole, wanted = example(code, number)
    assert not all(accepts(content.decode()) for content in broken(whole, wanted).files.values())
    assert all(accepts(content.decode()) for content in mended(wanted).files.values())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Somebody knocks.", "text: 1958"),
        ("text: Somebody knocks.", "text: [Somebody, {if: true, text: knocks}, {by: Ma, text: 12}]"),
        ("text: Somebody knocks.", "text: {if: wok, text: Somebody knocks.}"),
        ("text: Somebody knocks.", "text: Somebody knocks.\n    do: grain = 1\n    because: invented"),
        ("text: Somebody knocks.", "text: a\n    do: [grain = 1, wok = false]\n    because: [invented]"),
        ("goto: inside}\n  ", "goto: [{if: wok, to: inside}, inside]}\n  "),
        ("goto: inside}\n  ", "goto: {to: inside}}\n  "),
        ("title: The Gate", "title: The Gate\nwas: [old-gate, 1958]"),
        ("place: yard", "place: yard\nskip: {text: It was so., as: knock}"),
    ],
)
def test_short_forms_are_valid(old: str, new: str, tmp_path: Path) -> None:
    chapter = CHAPTER.replace(old, new, 1)
    assert not [finding for finding in checked(tmp_path, chapter=chapter)[1] if finding.severity == "error"]
    assert accepts(chapter)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("start: 2,", "start: [2],"),
        ("version: 1", "version: 1.5"),
        ("version: 1", "version: first"),
        ("calendar: [gate]", "calendar: []"),
        ("calendar: [gate]", "calendar: [gate]\ncuts: {full: {play: solo}}"),
        ("calendar: [gate]", "calendar: [gate]\ncuts: {full: {play: one role, brief: yes}}"),
        ("  villager: {", "  the villager: {"),
        ("title: The Gate", "title: ' '"),
        ("title: The Gate", "title:"),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(old: str, new: str, tmp_path: Path) -> None:
    assert checked(tmp_path, pack=PACK.replace(old, new))[0] is None
    assert not accepts(PACK.replace(old, new))


@given(st.text("ab: -{}[]'\"#\n01true", max_size=60))
def test_no_sound_chapter_is_refused(text: str) -> None:
    """With any text after `say`, an editor shows a fault only if the reader finds one."""
    from game.story.schema.chapter_schema import ChapterShape
    from game.story.schema.validation import validate
    from game.yamlio.reader import Document, read_text

    chapter = CHAPTER.replace("say: I opened.", f"say: {text}")
    document = read_text(chapter, "chapter.yaml")
    if isinstance(document, Document) and isinstance(validate(ChapterShape, document), ChapterShape):
        assert accepts(chapter)


def test_yaml_of_no_kind_is_accepted() -> None:
    assert accepts("cast: [{name: Shen Guilan}]")


def keys(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        for name, of_key in part.get("properties", {}).items():
            yield f"{path}.{name}", of_key
        for name, below in part.items():
            yield from keys(below, f"{path}.{name}")


def test_every_key_has_a_description() -> None:
    whole = schema()
    found = list(keys(whole))
    assert len(found) > 80
    for path, key in found:
        assert key.get("description", "").rstrip("`\u201d").endswith((".", ":", ";")) or "`" in key["description"], path
    for name, part in whole["definitions"].items():
        assert part["additionalProperties"] is False, name


def test_every_schema_is_valid() -> None:
    for kind in (None, *KINDS):
        Draft7Validator.check_schema(schema(kind))
