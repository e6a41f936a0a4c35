"""Safe file names: no joined path leads out of its folder, and each name is valid on every system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.file_names import OutsideFolder, safe_join
from game.core.files import write_folder_atomic

BAD = [
    "..", ".", "", "/etc/passwd", "../victim", "a/../../victim", "a//b", "a/./b", "a\\b", "..\\victim", "C:\\x", "c:x",
    "nul", "NUL.yaml", "con .txt", "COM1", "lpt9.html", "com¹", "CONOUT$", "x\0y", "x\ny", "what?", "a.", "a ",
    "x" * 256, "大" * 90,
]  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutsideFolder):
        safe_join(tmp_path, name)
    with pytest.raises(OutsideFolder):
        write_folder_atomic(tmp_path / "made", [("good.yaml", "x"), (name, "x")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a", "01-chapter.yaml", "deep/x.html", "console.txt", "nullary", ".hidden", "大.md"])
def test_a_plain_name_is_a_path_in_the_folder(name: str, tmp_path: Path) -> None:
    assert safe_join(tmp_path, name) == tmp_path / name


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    folder, other = tmp_path / "folder", tmp_path / "other"
    for each in (folder, other):
        each.mkdir()
    (other / "victim").write_text("mine")
    (folder / "file").symlink_to(other / "victim")
    (folder / "way").symlink_to(other)
    (folder / "dangling").symlink_to(other / "new")
    (folder / "round").symlink_to(folder / "round")
    (folder / "home").symlink_to(folder)
    for name in ("file", "way/victim", "dangling"):
        with pytest.raises(OutsideFolder, match=r"leads out of .* by a link"):
            safe_join(folder, name)
    assert safe_join(folder, "home/x") == folder / "home" / "x"


@given(st.lists(st.sampled_from(["a", ".", "/", "\\", " ", "..", "nul", ":", "\0"])).map("".join) | st.text())
def test_a_joined_path_is_always_below_the_folder(name: str) -> None:
    folder = Path("/nowhere/at/all")
    try:
        path = safe_join(folder, name)
    except OutsideFolder:
        return
    assert Path(path).resolve().is_relative_to(folder)
    assert path != folder
