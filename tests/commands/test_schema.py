"""`schema` prints or writes what an editor reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.commands.schema import KINDS
from game.story.schema import file_kinds, json_schema


def test_it_prints_one_schema_for_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Without options, the schema of any file stands on standard output."""
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema.schema()


def test_it_writes_a_file_named_by_its_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--out` makes the folder and says which file it wrote."""
    for kind in KINDS:
        assert main(["schema", "--kind", kind, "--out", str(tmp_path / "new")]) == 0
        file = tmp_path / "new" / f"{kind}.schema.json"
        assert capsys.readouterr().out == f"{file}\n"
        assert json.loads(file.read_text(encoding="utf-8")) == json_schema.schema(kind)
    assert main(["schema", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "story.schema.json").exists()


def test_the_kinds_are_those_of_the_language() -> None:
    """What `--kind` names is what reading tells apart."""
    assert sorted(KINDS) == sorted(file_kinds.KINDS)


def test_file_in_the_folder_s_place_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a file stands in the folder's place, one line says so, and nothing is left behind."""
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    assert main(["schema", "--out", str(tmp_path / "taken")]) == 2
    assert "takes no file" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]


def test_story_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    """The language is the same for every story, so `--story` is no option of it."""
    with pytest.raises(SystemExit) as ended:
        main(["schema", "--story", "x"])
    assert ended.value.code == 2
    assert "--story" in capsys.readouterr().err


def test_foreign_file_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An older schema of ours is replaced; what somebody wrote is, only where they say so."""
    file = tmp_path / "story.schema.json"
    arguments = ["schema", "--out", str(tmp_path)]
    assert [main(arguments) for _ in range(2)] == [0, 0]
    file.write_text("{}")
    assert main(arguments) == 2
    assert "--replace" in capsys.readouterr().err
    assert file.read_text() == "{}"
    assert main([*arguments, "--replace"]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == json_schema.schema()
