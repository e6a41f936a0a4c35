"""Loader: turn a pack's folder into a Story, or find all that is wrong with it at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from game.core.findings import Finding, StoryErrors
from game.story.builder.story_builder import PackSources, build
from game.story.flow_check import check_flow
from game.story.model import Story
from game.story.pack_files import misnamed_files, translation_folder, yaml_files
from game.story.schema.bible_schema import BibleShape
from game.story.schema.chapter_schema import ChapterShape, FactsShape, GlossaryShape, Shape
from game.story.schema.debrief_schema import DebriefShape
from game.story.schema.desk_schema import DeskShape
from game.story.schema.file_kinds import KINDS
from game.story.schema.guide_schema import GuideShape
from game.story.schema.pack_schema import PackShape
from game.story.schema.people_schema import PeopleShape
from game.story.schema.validation import S, validate
from game.story.translation import translate
from game.yamlio.reader import Document, read_file


def load(folder: Path, language: str = "") -> Story:
    """Load a story as `game.story.load` does, but without the cache."""
    with paused_garbage_collection():
        story, findings = check(folder, language)
    if story is None:
        raise StoryErrors(findings)
    return story


@contextmanager
def paused_garbage_collection() -> Iterator[None]:
    """Context manager that pauses garbage collection, which would take a third of the time of a load.

    Afterwards, all objects are frozen until the next load, because most objects of a load stay in use. Otherwise each
    collection would visit the whole story, which delays a page by a tenth of a second in a story of 5,000 nodes.
    """
    was_enabled = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def check(folder: Path, language: str = "") -> tuple[Story | None, tuple[Finding, ...]]:
    """Check a pack as `game.story.check` does."""
    story, findings, _ = check_with_sources(folder, language)
    return story, tuple(sorted(findings))


def check_with_sources(folder: Path, language: str = "") -> tuple[Story | None, list[Finding], PackSources | None]:
    """Return the story, unsorted findings, and the validated files; None in place of the files if one is invalid."""
    if not folder.is_dir():
        remedy = "Name the folder that holds pack.yaml."
        return None, [Finding(str(folder), 0, 0, "WG106", "there is no such folder", remedy)], None
    originals = tuple(read_documents(folder))
    if not language:
        story, findings, sources = _check(originals, str(folder))
        return story, [*_misnamed(folder), *findings], sources
    overlays = tuple(read_overlays(folder, language))
    found = translate(originals, overlays, language)
    story, findings, sources = _check(found.documents, str(folder))
    if story is not None:
        story = replace(story, untranslated=found.untranslated, originals=found.originals)
    if sources is not None:
        sources = replace(sources, originals=originals, overlays=overlays)
    return story, findings, sources


def _misnamed(folder: Path) -> Iterator[Finding]:
    """Report files whose names only look right: an editor may add `.txt`, and a system may write capitals."""
    problem = "the file is not read, because of its name's end"
    for file, right in misnamed_files(folder):
        yield Finding(file.relative_to(folder).as_posix(), 1, 1, "WG638", problem, f"Rename it to `{right}`.")


def check_documents(documents: Iterable[Document | Finding], name: str) -> tuple[Story | None, tuple[Finding, ...]]:
    """Check a pack's files as `check` does. Each of `documents` is a parsed file, or the finding about a file that
    could not be read. `name` is the pack's name in findings."""
    story, findings, _ = _check(documents, name)
    return story, tuple(sorted(findings))


def read_documents(folder: Path, pack: Path | None = None) -> Iterator[Document | Finding]:
    """Read the YAML files of a folder. Documents are named by their paths below `pack`; None means below `folder`."""
    return (read_file(path, path.relative_to(pack or folder).as_posix()) for path in yaml_files(folder))


def read_overlays(folder: Path, language: str) -> Iterator[Document | Finding]:
    """Read the YAML files of a pack's translation. Documents are named by their paths below the pack."""
    return read_documents(translation_folder(folder, language), folder)


def _check(
    documents: Iterable[Document | Finding], name: str
) -> tuple[Story | None, list[Finding], PackSources | None]:
    findings: list[Finding] = []
    shapes: dict[str, list[tuple[Shape, Document]]] = {kind: [] for kind in KINDS}
    refused: set[str] = set()
    unread = False
    for document in documents:
        if isinstance(document, Finding):
            findings.append(document)
            unread = True
            continue
        data = document.data if isinstance(document.data, dict) else {}
        kind = next((kind for kind in KINDS if kind in data), None)
        if kind is None:
            missing = Path(document.file).stem
            if missing in KINDS and data:  # any other file may belong to another program
                problem = f"the file is not used, because it does not have the key `{missing}`"
                findings.append(document.finding("WG641", (), problem, f"Write `{missing}:` above what is in it."))
            continue
        shape = validate(KINDS[kind], document)
        if isinstance(shape, list):
            findings += shape
            refused |= {kind, str(data[kind])}
        elif kind != "chapter" and shapes[kind]:
            problem = f"a second `{kind}` stands beside {shapes[kind][0][1].file}"
            findings.append(document.finding("WG307", (kind,), problem, "Keep one."))
        else:
            shapes[kind].append((shape, document))
    pack = _only(shapes["pack"], PackShape)
    if pack is None:
        if unread or "pack" in refused:
            return None, findings, None
        remedy = "A pack has a file pack.yaml with the key `pack`."
        nothing = Finding(name, 0, 0, "WG106", "there is no story pack here", remedy)
        return None, [nothing, *findings], None
    sources = PackSources(
        pack=pack,
        chapters=[(shape, document) for shape, document in shapes["chapter"] if isinstance(shape, ChapterShape)],
        facts=_only(shapes["facts"], FactsShape),
        glossary=_only(shapes["glossary"], GlossaryShape),
        debrief=_only(shapes["debrief"], DebriefShape),
        guide=_only(shapes["guide"], GuideShape),
        desk=_only(shapes["documents"], DeskShape),
        people=_only(shapes["people"], PeopleShape),
        bible=_only(shapes["bible"], BibleShape),
        refused=frozenset(refused),
        unread=unread,
    )
    story, more = build(sources)
    findings += more
    if any(finding.severity == "error" for finding in findings):
        return None, findings, None
    findings += check_flow(story, sources.pack[1], {shape.chapter: document for shape, document in sources.chapters})
    playable = not any(finding.severity == "error" for finding in findings)
    return story if playable else None, findings, sources


def _only(found: list[tuple[Shape, Document]], kind: type[S]) -> tuple[S, Document] | None:
    return next(((shape, document) for shape, document in found if isinstance(shape, kind)), None)
