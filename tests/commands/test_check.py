"""`check` with translations, and `check --grades` with the reading grade of each chapter."""

from __future__ import annotations

import json
from pathlib import Path

from game.lint.readability import school_grade
from game.story import Story
from tests.commands.typed import Command
from tests.story.packs import CHAPTER, PACK, written

HARD = (
    "Administrative representatives deliberately exaggerated agricultural productivity, and everybody responsible for "
    "verification understood perfectly that the statistics communicated to provincial authorities were fictitious, "
    "because alternative explanations were considerably more dangerous for everybody whose signature was necessary "
    "for any official documentation whatsoever throughout that extraordinary autumn."
)


GERMAN = {
    "translations/de/pack.yaml": """\
translates: pack
title: Das Tor
variables:
  grain: {words: {0: ein leerer Krug, 1: ein halber Krug, 3: ein voller Krug}}
  wok: {words: {true: der Wok, false: der leere Haken}}
  said: {words: {nothing: keine Meinung, praise: volle Schalen}}
roles: {villager: {name: Shen Guilan}}
places: {yard: {name: der Hof}}
""",
    "translations/de/chapter.yaml": """\
translates: gate
title: Das Tor
nodes:
  knock:
    text: Jemand klopft.
    choices:
      - {id: open, say: Ich machte auf.}
      - {id: wait, say: Ich wartete.}
  inside: {text: Sie kamen herein.}
""",
}


def pack(folder: Path) -> Path:
    """A pack with a short first page, a second page that is hard to read, and a chapter without pages."""
    chapter = CHAPTER.replace("They came in.", HARD)
    skipped = "chapter: night\ntitle: Night\nskip: It was night.\n".replace("It was night.", "{text: It was night.}")
    return written(
        folder, {"pack.yaml": PACK.replace("[gate]", "[night, gate]"), "chapter.yaml": chapter, "night.yaml": skipped}
    )


def test_a_translation_that_loses_its_last_cut_is_a_warning(tmp_path: Path, run: Command) -> None:
    folder = written(tmp_path, {"pack.yaml": PACK, "chapter.yaml": CHAPTER, **GERMAN})
    assert run("check", "--story", folder).printed.splitlines()[-2] == "Whole in de: full."

    place = PACK.replace("places:\n", "places:\n  mill: {name: the mill, scene: barn}\n")
    (folder / "pack.yaml").write_text(place, encoding="utf-8")
    out = run("check", "--story", folder).printed
    assert "WG620: no cut of the story is whole in `de`" in out
    assert f"pack.yaml:{place[: place.index('the mill')].count(chr(10)) + 1}" in out
    assert out.splitlines()[-2:] == [
        "Whole in de: no cut yet.",
        "(--language de plays it. The buttons stay English: they are there in en, zh-Hans.)",
    ]


def test_a_translation_that_no_longer_fits_is_a_finding(tmp_path: Path, run: Command) -> None:
    chapter = CHAPTER.replace("id: wait", "id: stay")
    folder = written(tmp_path, {"pack.yaml": PACK, "chapter.yaml": chapter, **GERMAN})
    assert run("check", "--story", folder).printed.count("translations/de/chapter.yaml:8:") == 1


def test_every_chapter_has_a_line_with_its_grade(tmp_path: Path, run: Command) -> None:
    head, line, formula = run("check", "--grades", "--story", str(pack(tmp_path))).printed.splitlines()
    assert head.split() == ["chapter", "words", "grade", "hardest", "page"]
    whole = f"Somebody knocks. {HARD}"
    words = str(len(whole.split()))
    assert line.split() == ["gate", words, f"{school_grade(whole):.1f}", f"{school_grade(HARD):.1f}", "gate.inside"]
    assert "Flesch and Kincaid" in formula


def test_grades_are_given_as_json(tmp_path: Path, run: Command) -> None:
    (chapter,) = json.loads(run("check", "--grades", "--format", "json", "--story", str(pack(tmp_path))).printed)
    assert (chapter["chapter"], chapter["hardest"]) == ("gate", "gate.inside")
    assert chapter["hardest_grade"] == school_grade(HARD) > chapter["grade"] > 8


def test_the_shipped_story_is_within_its_grade(shipped: Story, run: Command) -> None:
    found = json.loads(run("check", "--grades", "--format", "json").printed)
    assert [chapter["chapter"] for chapter in found] == [id for id in shipped.order if any(
        node.text for node in shipped.chapters[id].nodes.values()
    )]  # fmt: skip
    assert all(chapter["grade"] <= 8 and chapter["hardest_grade"] <= 8 for chapter in found)


def test_a_story_that_cannot_be_played_has_no_grades(tmp_path: Path, run: Command) -> None:
    folder = written(tmp_path, {"pack.yaml": PACK, "chapter.yaml": CHAPTER.replace("goto: inside", "goto: outside")})
    status, out, err = run("check", "--grades", "--story", folder)
    assert status == 2
    assert out == ""
    assert "WG301" in err and "Traceback" not in err
