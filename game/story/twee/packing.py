"""A made pack as the texts of its files: YAML, and a note for whoever goes on with it."""

from __future__ import annotations

from collections.abc import Sequence

from game.story.findings import Finding
from game.story.twee.importing import Pack
from game.story.writing import as_yaml


def files_of(pack: Pack, source: str, findings: Sequence[Finding]) -> dict[str, str]:
    """Each file's text by its name in the folder. `source` is what the story was imported from."""
    files = {"pack.yaml": as_yaml(pack.pack)}
    for number, chapter in enumerate(pack.chapters, start=1):
        files[f"{number:02}-{chapter['chapter']}.yaml"] = as_yaml(chapter)
    files |= {f"{name}.yaml": as_yaml(data) for name, data in pack.others.items()}
    return files | {"README.md": _note(pack, source, findings)}


def _note(pack: Pack, source: str, findings: Sequence[Finding]) -> str:
    lost = [f"- line {one.line}: {one.problem}. {one.remedy}" for one in findings]
    return "\n".join(
        [
            f"# {pack.pack['title']}",
            "",
            f"Imported from `{source}`. `pack.yaml` holds the story's head and its variables; each other file is a",
            "chapter. The README of the game's own story says what the words in them mean.",
            "",
            "    weight-of-grain check --story FOLDER",
            "    weight-of-grain play --story FOLDER",
            "",
            *([pack.bounds, ""] if pack.bounds else []),
            *(["What Twee has and this pack has not:", "", *lost] if lost else ["Nothing was lost on the way."]),
            "",
        ]
    )
