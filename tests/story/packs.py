"""Small packs on disk: a standard pack without findings, and parts that replace its files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from game.story import Finding, Story, check

PACK = """\
pack: the-gate
title: The Gate
version: 1
variables:
  grain: {start: 2, min: 0, max: 4, words: {0: an empty jar, 1: half a jar, 3: a full jar}}
  wok: {start: true, words: {true: the wok on its hook, false: the bare hook}}
  said: {start: nothing, one_of: [nothing, praise], words: {nothing: no opinion, praise: full bowls}}
roles:
  villager: {name: Shen Guilan}
places:
  yard: {name: the yard, scene: courtyard}
calendar: [gate]
"""

CHAPTER = """\
chapter: gate
role: villager
title: The Gate
place: yard
nodes:
  knock:
    text: Somebody knocks.
    choices:
      - {id: open, say: I opened., goto: inside}
      - {id: wait, say: I waited., goto: inside}
  inside:
    text: They came in.
    end: they-came-in
"""

STANDARD = {"pack.yaml": PACK, "chapter.yaml": CHAPTER}
RENAMED = {"villager": "ferryman", "Shen Guilan": "Ada Bergman", "wok": "oar", "grain": "flour", "bowls": "plates"}
# What the examples of `check --explain` are set in: the standard pack without a name of the shipped story.
EXPLAINED = {name: re.sub("|".join(RENAMED), lambda found: RENAMED[found[0]], text) for name, text in STANDARD.items()}
SOUND = {  # as short, and everything in it is used
    "pack.yaml": re.sub("  (?:grain|said): .*\n", "", PACK).replace("courtyard}", "courtyard, alt: A walled yard.}"),
    "chapter.yaml": CHAPTER.replace("say: I opened.", "say: I opened., do: wok = false"),
}


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with exactly these files. A text is written unchanged, in UTF-8."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def checked(folder: Path, **files: str) -> tuple[Story | None, tuple[Finding, ...]]:
    """Result of `check` on the standard pack with other files: `chapter="..."` is chapter.yaml."""
    standard = {**STANDARD, **{f"{name}.yaml": text for name, text in files.items()}}
    story, findings = check(written(folder, standard))
    return story, tuple(findings)


def placed(folder: Path, **files: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding of `checked`."""
    return [(finding.code, finding.line, finding.column) for finding in checked(folder, **files)[1]]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def playable(folder: Path, **files: str) -> Story:
    story, findings = checked(folder, **files)
    assert story is not None, "\n".join(map(str, findings))
    return story
