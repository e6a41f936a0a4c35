"""`translate`: a translator's way from a PO file to a story in a made-up language."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import polib
import pytest

from game.resources import story_folder
from game.story import Story, load
from tests.commands.typed import Command, refused
from tests.golden.test_golden import FOLDERS, played
from tests.golden.transcript import met_on, transcript
from tests.small_stories.packs import HAELSEY

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(copytree(HAELSEY, tmp_path / "pack"))


@pytest.fixture
def po(run: Command, pack: Path, tmp_path: Path) -> polib.POFile:
    """The texts of the pack, for a language called qaa."""
    run("translate", "qaa", "--story", pack, "--to", tmp_path / "qaa.po").printed  # noqa: B018
    return polib.pofile(tmp_path / "qaa.po")


def bring_back(run: Command, pack: Path, po: polib.POFile) -> str:
    po.save()
    return run("translate", "qaa", "--story", pack, "--from", po.fpath).printed


def shout(po: polib.POFile) -> None:
    """Translate every text: each paragraph begins with «."""
    for entry in po:
        if not entry.msgctxt.endswith(".also"):
            entry.msgstr = "«" + entry.msgid.replace("\n\n", "\n\n«")


def test_a_translator_brings_a_whole_story_into_a_new_language(run: Command, pack: Path, po: polib.POFile) -> None:
    shout(po)
    said = bring_back(run, pack, po)
    assert "0 texts to translate still" in said and "left out" not in said
    checked = run("check", "--quick", "--language", "qaa", "--story", pack)
    whole = [cut.id for cut in load(pack).cuts.values()]
    assert f"Whole in qaa: {', '.join(whole)}." in checked.out
    for page in run("read", "--json", "--story", pack, "--language", "qaa").pages:
        assert page["title"].startswith("«")
        assert all(paragraph["text"].startswith("«") for paragraph in page["paragraphs"])


def test_what_is_brought_back_twice_is_written_once(run: Command, pack: Path, po: polib.POFile) -> None:
    shout(po)
    bring_back(run, pack, po)
    assert "0 texts new or changed, nothing to write" in bring_back(run, pack, po)


def test_a_file_s_first_comment_is_kept_and_other_files_stay(run: Command, pack: Path, po: polib.POFile) -> None:
    shout(po)
    bring_back(run, pack, po)
    folder = pack / "translations" / "qaa"
    note = "# Translated by nobody.\n"
    (folder / "pack.yaml").write_text(note + (folder / "pack.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*.yaml")}
    next(entry for entry in po if entry.msgctxt == "pack: title").msgstr = "Another title"
    assert "1 text new or changed, 1 file written" in bring_back(run, pack, po)
    assert {file for file in before if file.stat().st_mtime_ns != before[file]} == {folder / "pack.yaml"}
    assert (folder / "pack.yaml").read_text(encoding="utf-8").startswith(note)
    assert load(pack, language="qaa").title == "Another title"


def test_a_text_whose_original_has_changed_is_left_out_by_name(run: Command, pack: Path, po: polib.POFile) -> None:
    shout(po)
    file = pack / "pack.yaml"
    title = load(pack).title
    file.write_text(file.read_text(encoding="utf-8").replace(title, "Newer"), encoding="utf-8")
    said = bring_back(run, pack, po)
    assert "1 text left out, because the original has changed since; write the PO file again:\n  pack: title" in said
    assert load(pack, language="qaa").title == "Newer"


def test_a_changed_original_waits_for_its_translator(run: Command, pack: Path, po: polib.POFile) -> None:
    shout(po)
    bring_back(run, pack, po)
    check = ("check", "--quick", "--language", "qaa", "--story", pack)
    assert "WG645" not in run(*check).out
    file = pack / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(load(pack).title, "Newer"), encoding="utf-8")
    assert "WG645" in run(*check).out
    run("translate", "qaa", "--story", pack, "--to", po.fpath, "--replace").printed  # noqa: B018
    again = polib.pofile(po.fpath)
    assert [entry.msgctxt for entry in again if entry.fuzzy] == ["pack: title"]
    bring_back(run, pack, again)
    assert "WG645" in run(*check).out
    for entry in again:
        entry.flags = []
    bring_back(run, pack, again)
    assert "WG645" not in run(*check).out


def test_a_translation_by_hand_is_noted_as_current(run: Command, pack: Path, po: polib.POFile) -> None:
    shout(po)
    bring_back(run, pack, po)
    title = load(pack).title
    for file in (pack / "pack.yaml", *pack.glob("*.yaml")):
        file.write_text(file.read_text(encoding="utf-8").replace(title, "Newer"), encoding="utf-8")
    note = ("translate", "qaa", "--story", pack, "--current")
    assert "Did you mean `pack`" in refused(run(*note, "pakc"))
    assert "noted as current" in run(*note, "facts").printed
    assert "WG645" in run("check", "--quick", "--language", "qaa", "--story", pack).out
    assert "1 text noted" not in run(*note, "pack").printed
    assert "WG645" not in run("check", "--quick", "--language", "qaa", "--story", pack).out
    assert "no translation into `qab`" in refused(run("translate", "qab", "--story", pack, "--current"))


def test_a_list_waits_for_its_last_text(run: Command, pack: Path, po: polib.POFile) -> None:
    shout(po)
    first = next(entry for entry in po if entry.msgctxt.endswith(".text.1") and len(_beside(po, entry)) > 1)
    beside = _beside(po, first)
    first.flags.append("fuzzy")
    said = bring_back(run, pack, po)
    assert f"{len(beside)} texts to translate still" in said
    assert f"text{'s' * (len(beside) > 2)} left out, because a list is translated as a whole" in said
    first.flags.clear()
    assert f"{len(beside)} texts new or changed" in bring_back(run, pack, po)


def _beside(po: polib.POFile, entry: polib.POEntry) -> list[polib.POEntry]:
    start = entry.msgctxt.removesuffix("1")
    return [each for each in po if each.msgctxt.startswith(start)]


@pytest.mark.full
def test_the_chinese_story_survives_the_way_there_and_back(run: Command, tmp_path: Path) -> None:
    """All pages of two golden playthroughs are the same, and `check` finds nothing."""
    po, copied = tmp_path / "zh.po", Path(copytree(story_folder(), tmp_path / "story"))
    assert ", 0 translated" not in run("translate", "zh-Hans", "--to", po).printed
    assert "nothing to write" in run("translate", "zh-Hans", "--from", po).printed
    for file in (copied / "translations").rglob("*.yaml"):
        if "translates: " in file.read_text(encoding="utf-8"):  # a bible and terms of its own pass through no PO file
            file.unlink()
    run("translate", "zh-Hans", "--from", po, "--story", copied).printed  # noqa: B018
    assert "Nothing is wrong." in run("check", "--quick", "--language", "zh-Hans", "--story", copied).out
    before, after = load(story_folder(), language="zh-Hans"), load(copied, language="zh-Hans")
    for folder in (folder for folder in FOLDERS if folder.name in ("villager-kiosk", "official-kiosk")):
        assert _pages(before, folder) == _pages(after, folder)


def _pages(story: Story, folder: Path) -> str:
    return transcript(met_on(played(story, folder)))


def test_what_cannot_be_done_is_said_in_a_line(run: Command, pack: Path, po: polib.POFile, tmp_path: Path) -> None:
    story = ("--story", pack)
    assert "replace" in refused(run("translate", "qaa", *story, "--to", po.fpath))
    run("translate", "qaa", *story, "--to", po.fpath, "--replace").printed  # noqa: B018
    assert "own language" in refused(run("translate", load(pack).language, *story, "--to", tmp_path / "x.po"))
    assert "no language tag" in refused(run("translate", "../x", *story, "--to", tmp_path / "x.po"))
    assert "cannot be read" in refused(run("translate", "qaa", *story, "--from", tmp_path / "none.po"))
    (tmp_path / "bad.po").write_text("Dear translator,\n", encoding="utf-8")
    assert "no PO file" in refused(run("translate", "qaa", *story, "--from", tmp_path / "bad.po"))
    assert not (pack / "translations" / "qaa").exists()
