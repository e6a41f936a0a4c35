"""Twine import: a Twee 3 file -> the data of a pack, and a finding for everything that cannot be imported.

A file that this program exported has its chapters, variables and facts in one passage (see metadata.py); any other
becomes one chapter, each passage a node.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from game.core.findings import Finding
from game.core.values import frozen
from game.story.schema.chapter_schema import ID
from game.twine import metadata
from game.twine.foreign_formats import has_macros
from game.twine.id_maker import Ids, slug
from game.twine.metadata_reader import PackMetadata, dates_of, read_metadata
from game.twine.node_builder import ChapterDataBuilder, Place
from game.twine.passage_parser import targets_of
from game.twine.twee_file import TweePassage, parse_twee
from game.twine.variables import collect_variables

MAX_FILE_BYTES = 8_000_000  # bytes: twice what a chapter may have, and ten times a long novel
MAX_FINDINGS = 10_000  # findings that are reported
_SPECIAL = {
    "StoryTitle", "StoryData", "StoryInit", "StorySettings", "StoryIncludes", "StoryMenu", "StoryCaption",
    "StoryBanner", "StorySubtitle", "StoryAuthor", "StoryDisplayTitle", "StoryInterface", "StoryShare",
    "PassageReady", "PassageDone",
    "PassageHeader", "PassageFooter",
}  # fmt: skip
_SILENT = {"StoryTitle", "StoryData", "StoryInit", "StoryIncludes", "StorySubtitle", "StoryAuthor", "StorySettings"}
_HIDDEN_TAGS = {"Twine.private", "annotation"}
_LOGIC_TAGS = {"script", "stylesheet", "widget", "startup", "header", "footer", "init"}
_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if code not in (9, 10)}
Data = dict[str, Any]


@frozen
class ImportedPack:
    """An imported pack: its files as plain data, chapters in the order of the calendar."""

    pack: Data
    chapters: tuple[Data, ...]
    others: Mapping[str, Data]  # facts, glossary, debrief, people: each by the name of its file
    guessed: bool = False  # whether the variables were guessed, and so the bounds of numbers

    @property
    def bounds(self) -> str:
        """A sentence on the guessed bounds of numbers; "" where there are none."""
        numbers = [
            f"`{name}` {one['min']} to {one['max']}"
            for name, one in (self.pack.get("variables", {}) if self.guessed else {}).items()
            if "min" in one
        ]
        if not numbers:
            return ""
        return f"Numbers have bounds here: {', '.join(numbers)}. Where one can be more, mend it in pack.yaml."


def import_twee(raw: bytes, file: str) -> tuple[ImportedPack | None, list[Finding]]:
    """Import a Twee file.

    Args:
        raw: the file's bytes.
        file: its name, for findings.

    Returns:
        The pack (None where the file holds no story), and all findings, sorted by place.
    """
    text = _decoded(raw)
    plain = text and text.translate(_CONTROLS)
    if text is None or plain is None or not (passages := list(parse_twee(plain))):
        return None, [Finding(file, 0, 0, "WG901", *_why_not(raw, text))]
    reader = _TweeReader(file, passages)
    if not reader.pages:
        return None, [Finding(file, 0, 0, "WG901", "no passage of it is a page", "Export the whole story as Twee.")]
    pack = reader.pack()
    if stray := len(text) - len(plain):
        problem = f"it holds {stray} control characters, which are left out"
        reader.findings.append(Finding(file, 0, 0, "WG905", problem, "Save it as plain text in UTF-8."))
    if reader.untold:
        problem = f"{reader.untold:,} more things are not carried over, of which nothing is told"
        reader.findings.append(Finding(file, 0, 0, "WG905", problem, "Mend some of these first."))
    return pack, sorted(set(reader.findings))


def _decoded(raw: bytes) -> str | None:
    if len(raw) > MAX_FILE_BYTES:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")


def _why_not(raw: bytes, text: str | None) -> tuple[str, str]:
    if len(raw) > MAX_FILE_BYTES:
        return (
            f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB",
            "Is it a Twee file? Leave pictures and sounds out.",
        )
    if text is None:
        remedy = "In Twine, choose Build, then Export As Twee; in an editor, save it as UTF-8."
        return "the file is not text in UTF-8", remedy
    if re.search(r"<tw-storydata|<!doctype html|<html", text, re.IGNORECASE):
        return (
            "this is a story published as HTML, which holds the program that plays it too",
            "Open it in Twine (Library, Import), then choose Build, Export As Twee, and import that file.",
        )
    return "no passage begins in it", "A passage begins with a line such as `:: Start`; compare it with a Twee 3 file."


class _TweeReader:
    def __init__(self, file: str, passages: list[TweePassage]) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.untold = 0
        self.line_ends: dict[int, list[int]] = {}  # of a passage, by the line of its header
        self.passages: dict[str, TweePassage] = {}
        for passage in passages:
            self._take(passage)
        self.data = self._story_data()
        found = self._metadata()
        self.rest, self.renamed = found.data, found.renamed
        self.pages = dict(self._pages())

    def report(self, passage: TweePassage | None, at: int, code: str, problem: str, remedy: str) -> None:
        """Add a finding at a character of a passage's content, or with `at` -1 at its header."""
        if len(self.findings) >= MAX_FINDINGS:
            self.untold += 1
            return
        line, column = (passage.line, 1) if passage else (0, 0)
        if passage and at >= 0:
            if passage.line not in self.line_ends:
                self.line_ends[passage.line] = [end.start() for end in re.finditer("\n", passage.content)]
            ends = self.line_ends[passage.line]
            above = bisect_left(ends, at)
            line, column = passage.first + above, at - (ends[above - 1] if above else -1)
        problem = "".join(character if character.isprintable() else " " for character in problem)
        self.findings.append(Finding(self.file, line, column, code, problem, remedy))

    def _take(self, passage: TweePassage) -> None:
        if passage.flaw:
            self.report(passage, -1, "WG905", passage.flaw, 'Write the header as `:: Name [tags] {"position":"0,0"}`.')
        if not passage.name:
            self.report(passage, -1, "WG905", "a passage has no name", "Write one behind the `::`.")
        elif passage.name in self.passages:
            here = self.passages[passage.name].line
            problem = f"the passage `{passage.name}` stands in line {here} too, and that one is taken"
            self.report(passage, -1, "WG905", problem, "Rename one of the two.")
        else:
            self.passages[passage.name] = passage

    def _story_data(self) -> Data:
        passage = self.passages.get("StoryData")
        if passage is None:
            return {}
        try:
            data = json.loads(passage.content or "{}")
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            self.report(passage, 0, "WG905", "StoryData is no JSON mapping", "Export the story from Twine again.")
            return {}
        return data

    def _metadata(self) -> PackMetadata:
        """The metadata of our own export, or empty."""
        passage = self.passages.get(metadata.NAME)
        if passage is None:
            return PackMetadata()
        return read_metadata(passage, lambda problem, remedy: self.report(passage, 0, "WG905", problem, remedy))

    def pack(self) -> ImportedPack:
        """The whole pack as the data of its YAML files."""
        title = " ".join(self._content("StoryTitle").split()) or "Untitled"
        id = slug(title, "story")
        chapters: Data = self.rest.get("chapters") or {id: {"title": title, "role": "reader"}}
        places, start = self._places(self.pages, chapters)
        variables = self.rest.get("variables")
        scope, data = collect_variables(self.passages.values(), variables, recalls=bool(self.rest))
        terms = self.rest.get("glossary")
        maker = ChapterDataBuilder(
            self.pages,
            places,
            list(chapters),
            scope,
            frozenset(terms) if isinstance(terms, dict) else frozenset(),
            self.report,
            markdown=self._uses_markdown(),
            brief=self.rest.get("shows") == "brief",
        )
        made = {
            id: maker.chapter(id, known if isinstance(known, dict) else {}, start) for id, known in chapters.items()
        }
        made = self._with_unwalked(made)
        init = self.passages.get("StoryInit")
        if init is not None:
            maker.only_sets(init)
        roles = self.rest.get("roles") or {"reader": {"name": "The reader"}}
        head: Data = {
            "pack": self.rest.get("pack", id),
            "title": title,
            "version": self.rest.get("version", 1),
            **{key: self.rest[key] for key in ("language", "subtitle", "content_note", "about") if key in self.rest},
            **({"variables": data} if data else {}),
            "roles": roles,
            **{key: self.rest[key] for key in ("places", "always", "fates") if key in self.rest},
            "calendar": self.rest.get("calendar", list(made)),
            **{key: self.rest[key] for key in ("cuts", "sources", "measures", "map", "invitation") if key in self.rest},
        }
        others = {key: {key: self.rest[key]} for key in ("facts", "glossary", "debrief") if self.rest.get(key)}
        if self.rest.get("people"):
            others["people"] = self.rest["people"]
        return ImportedPack(head, tuple(made.values()), others, guessed=not isinstance(variables, dict))

    def _with_unwalked(self, made: Mapping[str, Data]) -> dict[str, Data]:
        """The chapters with those that only the metadata have, in the order of the calendar."""
        found = dict(made)
        for id, whole in self.rest.get("unwalked", {}).items():
            here = found.get(id, {"chapter": id})
            found[id] = {**here, **whole, "nodes": {**whole.get("nodes", {}), **here.get("nodes", {})}}
            if not found[id]["nodes"]:
                del found[id]["nodes"]
        for id, chapter in found.items():
            if "nodes" not in chapter:
                chapter.setdefault("skip", {"text": id})
        dates = dates_of(self.rest.get("calendar", []))
        order = [id for date in dates for id in (date if isinstance(date, list) else [date]) if id in found]
        return {id: found[id] for id in dict.fromkeys([*order, *found])}

    def _uses_markdown(self) -> bool:
        """Whether stars mark emphasis, as in all of Twine's formats but SugarCube; guessed where none is named."""
        format = self.data.get("format")
        if isinstance(format, str):
            return format.casefold() not in ("sugarcube", "sugarcane", "jonah")
        return any(has_macros(passage.content) for passage in self.pages.values())

    def _content(self, name: str) -> str:
        return self.passages[name].content if name in self.passages else ""

    def _pages(self) -> Iterator[tuple[str, TweePassage]]:
        """The passages that are pages; a finding for each other one that had an effect."""
        ours = bool(self.rest)
        for name, passage in self.passages.items():
            if name in _SPECIAL or _LOGIC_TAGS & set(passage.tags):
                carried = name in _SILENT or (ours and passage.tags == ("widget",) and name == "words")
                if passage.content.strip() and not carried:
                    what = "script" if "script" in passage.tags else f"the passage `{name}`"
                    self.report(
                        passage, -1, "WG902", f"{what} is not carried over", "Say what it did with `if` and `do`."
                    )
            elif not _HIDDEN_TAGS & set(passage.tags):
                yield name, passage

    def _places(self, pages: Mapping[str, TweePassage], chapters: Data) -> tuple[dict[str, Place], str]:
        """Each passage's (chapter, node), or (chapter, "") for a chapter's entrance; and the first passage's name."""
        start = self.data.get("start", "Start")
        if not isinstance(start, str) or start not in pages:
            start = next(iter(pages))
            problem = f"there is no start passage, so `{start}` is the first"
            self.report(pages[start], -1, "WG905", problem, "Name it in StoryData, or call it `Start`.")
        first = next(iter(chapters))
        if not self.rest:
            ids = Ids(["next"])
            order = sorted(pages, key=lambda name: name != start)
            return {name: (first, ids.new(slug(name, "page"))) for name in order}, start
        places: dict[str, Place] = {}
        ids_in = {id: Ids(["next"]) for id in chapters}
        for name in pages:
            chapter, _, node = name.rpartition(".")
            chapter = self.renamed.get(chapter, chapter)
            if self.renamed.get(name, name) in chapters:
                places[name] = (self.renamed.get(name, name), "")
            elif chapter in chapters and re.fullmatch(ID, node):
                places[name] = (chapter, node)
                ids_in[chapter].add(node)
        naming = _naming(pages)
        for name in _linked_order(pages, places, naming):
            if name == "next" or _is_fork(name, places):
                continue
            chapter = next((places[one][0] for one in naming.get(name, ()) if one in places), first)
            places[name] = (chapter, ids_in[chapter].new(slug(name.rpartition(".")[2], "page")))
        return places, start


def _naming(pages: Mapping[str, TweePassage]) -> dict[str, list[str]]:
    """The pages that name each page in a link or a macro, in the order of the file."""
    naming: dict[str, list[str]] = {}
    for name, passage in pages.items():
        for other in dict.fromkeys(targets_of(passage.content)):
            if other in pages:
                naming.setdefault(other, []).append(name)
    return naming


def _linked_order(
    pages: Mapping[str, TweePassage], places: Mapping[str, Place], naming: Mapping[str, Sequence[str]]
) -> list[str]:
    """The passages without a place, each after one that links to it, if there is one."""
    named: dict[str, list[str]] = {}
    for name in pages:
        for here in naming.get(name, ()):
            named.setdefault(here, []).append(name)
    found = dict.fromkeys(places)
    waiting = list(found)
    for here in waiting:
        new = [name for name in named.get(here, ()) if name not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return [name for name in [*waiting, *(name for name in pages if name not in found)] if name not in places]


def _is_fork(name: str, places: Mapping[str, Place]) -> bool:
    """Whether a passage is the fork behind a choice, as our export makes them."""
    return name.count(".") == 2 and name.rpartition(".")[0] in places
