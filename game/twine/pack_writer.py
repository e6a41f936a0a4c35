"""An imported pack as the texts of its files: YAML, and a note on what the import left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from game.core.findings import Finding
from game.story.loader import check_documents
from game.twine.importer import ImportedPack
from game.yamlio.limits import MAX_FILE_BYTES
from game.yamlio.reader import read_text, too_large
from game.yamlio.writer import to_yaml

LONGEST = 80  # characters of a chapter's id in its file's name


def pack_file_texts(pack: ImportedPack, source: str, findings: Sequence[Finding]) -> dict[str, str]:
    """Each file's text by its name in the folder. `source` is what the story was imported from."""
    files = {"pack.yaml": to_yaml(pack.pack)}
    for number, chapter in enumerate(pack.chapters, start=1):
        files[f"{number:02}-{chapter['chapter'][:LONGEST]}.yaml"] = to_yaml(chapter)
    files |= {f"{name}.yaml": to_yaml(data) for name, data in pack.others.items()}
    return files | {"README.md": _note(pack, source, findings)}


def pack_errors(files: Mapping[str, str]) -> list[Finding]:
    """The errors with which `check` would refuse the files of an imported pack."""
    documents = []
    for name, text in files.items():
        if name.endswith(".yaml"):
            documents.append(too_large(name) if len(text.encode()) > MAX_FILE_BYTES else read_text(text, name))
    return [finding for finding in check_documents(documents, "the pack")[1] if finding.severity == "error"]


def _note(pack: ImportedPack, source: str, findings: Sequence[Finding]) -> str:
    lost = [f"- {_place(one, source)}: {one.problem}. {one.remedy}" for one in findings]
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


def _place(finding: Finding, source: str) -> str:
    """A finding's place in the imported file, or in one of the pack's."""
    if PurePath(finding.file).name == source:
        return f"line {finding.line}" if finding.line else "the file"
    return finding.place
