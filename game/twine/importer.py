"""Importer: turns a Twee 3 file into the files of a pack, or lists the parts of it that a pack cannot hold."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from game.core.findings import Finding
from game.core.values import frozen
from game.lang.grammar import Assignment, Comparison, Conditional, Name, Number, Tree, constant, walk
from game.lang.unparse import statement_text
from game.story.diagrams import GENERATOR
from game.story.loader import check_documents
from game.twine.formats import parse_passage
from game.twine.passage_parts import Link, PassageParts
from game.twine.script import CHAPBOOK, HARLOWE, SUGARCUBE, Names, Untranslatable
from game.twine.twee_file import TweePassage, parse_twee
from game.yamlio.reader import read_text
from game.yamlio.writer import to_yaml

MAX_FILE_BYTES = 2_000_000  # a long novel has less
_IGNORED = {"StoryTitle", "StoryData", "StorySubtitle", "StoryAuthor", "StorySettings", "#annotation", "#stylesheet"}
_BEFORE = {SUGARCUBE: {"StoryInit", "#init"}, HARLOWE: {"#startup"}, CHAPBOOK: set[str]()}  # with these names and tags
_EVERYWHERE = {"#script", "#widget", "#header", "#footer", "PassageReady", "PassageDone", "PassageHeader",
               "PassageFooter", "StoryBanner", "StoryCaption", "StoryDisplayTitle", "StoryInterface", "StoryMenu",
               "StoryShare"}  # fmt: skip
_LIKE_HARLOWE = re.compile(r"\((?:set|if|link|link-goto|print|put):")
_LIKE_CHAPBOOK = re.compile(r"^--$|^\[(?:if|unless|else|cont)\b[^\]\n]*\]$", re.MULTILINE)
_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if code not in (9, 10)}
Data = dict[str, Any]


@frozen
class ImportedPack:
    """A pack: its files (name -> text), and what these hold: the nodes and variables by id."""

    files: dict[str, str]
    nodes: Data
    variables: Data


def import_twee(raw: bytes, file: str) -> tuple[ImportedPack | None, list[Finding]]:
    """Import a Twee file. Return the pack, or None with a finding for each thing that a pack cannot hold."""
    text = raw[: MAX_FILE_BYTES + 1].decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    passages = list(parse_twee(text.translate(_CONTROLS)))
    if why := _why_not(raw, text, passages):
        return None, [Finding(file, 0, 0, "WG901", *why)]
    reader = _TweeReader(file, passages)
    pack = reader.pack()
    return (None if reader.findings else pack), sorted(set(reader.findings))


def _why_not(raw: bytes, text: str, passages: list[TweePassage]) -> tuple[str, str] | None:
    """Return why a file is not a Twee story, and what to do about that; None if it is one."""
    if len(raw) > MAX_FILE_BYTES:
        return f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB", "Leave pictures and sounds out of it."
    if re.search("[\0\udc80-\udcff]", text):
        return "the file is not text in UTF-8", "In Twine, choose Build, then Export As Twee."
    if re.search(r"<tw-storydata|<!doctype html|<html", text, re.IGNORECASE):
        return "this is a story published as HTML", "In Twine, choose Build, Export As Twee, and import that file."
    return None if passages else ("no passage begins in it", "A passage begins with a line such as `:: Start`.")


def slug(name: str, otherwise: str, taken: set[str]) -> str:
    """Return a new id: the name in lower case with hyphens, or `otherwise` if nothing is left. Add it to `taken`."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "")).encode("ascii", "ignore").decode().lower()
    id = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or otherwise
    new, number = id, 2
    while new in taken:
        new, number = f"{id}-{number}", number + 1
    taken.add(new)
    return new


class _TweeReader:
    def __init__(self, file: str, passages: list[TweePassage]) -> None:
        self.file, self.findings, self.names = file, list[Finding](), Names()
        named = self.named = {passage.name: passage for passage in reversed(passages)}
        for found in passages:
            if not found.sound or named[found.name] is not found:
                what = "there is another passage of this name" if found.sound else "its header cannot be read"
                self.refuse(found, -1, what, "Write it as `:: Name [tags]`, and each name once.")
        self.title = " ".join(named["StoryTitle"].content.split()) if "StoryTitle" in named else "Untitled"
        start, format = self._story_data(named.get("StoryData"), passages)
        self.before, self.pages = list[TweePassage](), list[TweePassage]()
        for page in named.values():
            labels = {page.name, *(f"#{tag}" for tag in page.tags)}
            if labels & _BEFORE[format]:
                self.before.append(page)
            elif labels & _EVERYWHERE and page.content.strip():
                self.refuse(page, -1, "it is run, or shown on every page", "Say it in the passages themselves.")
            elif not labels & (_IGNORED | _EVERYWHERE):
                self.pages.append(page)
        self.pages.sort(key=lambda page: (page.name != start, page.line))
        if not self.pages or self.pages[0].name != start:
            self.refuse(None, 0, f"there is no passage `{start}` to begin with", "Name one in StoryData.")
        taken = {"next"}
        self.ids = {page.name: slug(page.name, "page", taken) for page in self.pages}
        self.parts: dict[str, PassageParts] = {}
        for page in (*self.before, *self.pages):
            parts = self.parts[page.name] = PassageParts(format, self.names, partial(self.refuse, page))
            try:
                parse_passage(page.content, parts)
            except Untranslatable as why:
                self.refuse(page, -1, str(why), "Mend this first: the rest of the passage was not read.")

    def refuse(self, passage: TweePassage | None, at: int, what: str, remedy: str) -> None:
        """Add a finding at the character `at` of a passage's content; at its header if `at` is -1."""
        line, column = (passage.line, 1) if passage else (0, 0)
        if passage and at >= 0:
            line = passage.first + passage.content.count("\n", 0, at)
            column = at - passage.content.rfind("\n", 0, at)
        what = f"passage `{passage.name}`: {what}" if passage else what
        self.findings.append(Finding(self.file, line, column, "WG902", " ".join(what.split()), remedy))

    def _story_data(self, passage: TweePassage | None, passages: list[TweePassage]) -> tuple[str, str]:
        """Return the start passage's name and the format. Without StoryData, return `Start`, and guess the format."""
        try:
            data = dict(json.loads(passage.content)) if passage else {}
        except (TypeError, ValueError, RecursionError):
            self.refuse(passage, 0, "it is not a JSON mapping", "Export the story from Twine again.")
            data = {}
        if data.get("creator") == GENERATOR:
            remedy = "Import the story that was made in Twine; the pack that this one shows is whole."
            self.refuse(passage, 0, "this file is for looking at, and holds no conditions", remedy)
        text = "\n".join(header.content for header in passages)
        like = HARLOWE if _LIKE_HARLOWE.search(text) else CHAPBOOK if _LIKE_CHAPBOOK.search(text) else SUGARCUBE
        named = str(data.get("format", SUGARCUBE if "<<" in text else like))
        format = next((known for known in (SUGARCUBE, HARLOWE, CHAPBOOK) if known.lower() == named.lower()), "")
        if not format:
            remedy = "Harlowe, SugarCube and Chapbook can be imported."
            self.refuse(passage, 0, f"stories in the format {named} are not carried over", remedy)
        return str(data.get("start", "Start")), format or SUGARCUBE

    def pack(self) -> ImportedPack:
        """Build the pack. Afterwards, `findings` has all that a pack cannot hold."""
        id = slug(self.title, "story", set())
        variables = dict(self._variables())
        for both in self.names.words & {*self.names.ids.values()}:
            self.refuse(None, 0, f"`{both}` is a variable and a text", "Call one of them otherwise.")
        for passage in self.before:
            if not self.parts[passage.name].only_sets:
                self.refuse(passage, -1, "it does more than set plain values", "Do the rest in the first passage.")
        for passage in self.pages:
            for name in sorted(self.parts[passage.name].read - {*variables, *self.names.words}):
                what = f"the variable `{name}` is shown or asked for, and nothing sets it"
                self.refuse(passage, -1, what, "Set it before the story begins, or in the first passage.")
        nodes: Data = {}
        for page in self.pages:
            try:
                nodes[self.ids[page.name]] = self._node(page)
            except Untranslatable as why:
                self.refuse(page, -1, str(why), "Split the passage.")
        head = {"pack": id, "title": self.title, "version": 1, **({"variables": variables} if variables else {}),
                "roles": {"reader": {"name": "The reader"}}, "calendar": [id]}  # fmt: skip
        chapter = {"chapter": id, "title": self.title, "role": "reader", "nodes": nodes}
        files = {"pack.yaml": to_yaml(head), "story.yaml": to_yaml(chapter)}
        if not self.findings:
            self._check(files)
        return ImportedPack(files, nodes, variables)

    def _check(self, files: Mapping[str, str]) -> None:
        """Check the files as a pack. Add a finding for each error, about the passage that it comes from."""
        passages, lines = {id: name for name, id in self.ids.items()}, files["story.yaml"].split("\n")
        for finding in check_documents([read_text(text, name) for name, text in files.items()], "the pack")[1]:
            if finding.severity == "error":
                above = reversed(lines[: finding.line] if finding.file == "story.yaml" else [])
                id = next((found[1] for line in above if (found := re.fullmatch(r"  ([a-z0-9-]+):", line))), "")
                self.refuse(self.named.get(passages.get(id, "")), -1, finding.problem, finding.remedy)

    def _variables(self) -> Iterator[tuple[str, Data]]:
        """Yield each assigned variable, with its entry in pack.yaml: its start, and its words or its bounds."""
        starts = {
            effect.name: constant(effect.value) for start in self.before for effect in self.parts[start.name].effects
        }
        asked = [part for parts in self.parts.values() for tree in parts.conditions for part in walk(tree)]
        compared = [part.operands for part in asked if isinstance(part, Comparison)]
        given: dict[str, list[Assignment]] = {}
        for parts in self.parts.values():
            for effect in (*parts.effects, *(effect for link in parts.links for effect in link.effects)):
                given.setdefault(effect.name, []).append(effect)
        for name, ones in given.items():
            given_values = (
                effect.value.then if isinstance(effect.value, Conditional) else effect.value for effect in ones
            )
            values: list[Tree] = [part for value in given_values for part in walk(value)]
            values += [operand for operands in compared if name in map(_name, operands) for operand in operands]
            words = dict.fromkeys(word for word in map(_name, values) if word in self.names.words)
            numbers = [abs(part.value) for part in values if isinstance(part, Number)]
            start = starts.get(name)
            if words and not numbers:
                first = start if isinstance(start, str) else f"no_{name}"
                yield name, {"start": first, "one_of": list(dict.fromkeys([first, *words]))}
            elif numbers:
                most = int("9" * max(2, len(str(max(numbers)))))
                less = any("-" in statement_text(effect) for effect in ones)
                yield name, {"start": start or 0, "min": -most if less else 0, "max": most}
            else:
                yield name, {"start": start or False}

    def _node(self, passage: TweePassage) -> Data:
        parts = self.parts[passage.name]
        paragraphs = [
            {"if": condition, "text": text} if (condition := parts.condition(guard)) else text
            for guard, text in parts.paragraphs
        ]
        if not paragraphs:
            self.refuse(passage, -1, "it has no words", "Write what a reader is to see there.")
        node: Data = {"text": paragraphs, "do": [statement_text(effect) for effect in parts.effects]}
        taken = {"continue", "skip", "leave"}
        node["choices"] = [self._choice(parts, link, taken) for link in parts.links]
        node["end"] = "" if parts.links else self.ids[passage.name]
        return {key: value for key, value in node.items() if value}

    def _choice(self, parts: PassageParts, link: Link, taken: set[str]) -> Data:
        condition = parts.condition(link.guard)
        if link.to not in self.ids:
            what = f"the link `{link.say}` leads to `{link.to}`, and there is no such passage"
            parts.refuse(link.at, what, "Write the passage, or mend the link.")
        choice = {
            "id": slug(" ".join(re.findall(r"[^\W_]+", link.say)[:4]), "choice", taken),
            "say": link.say,
            "if": condition,
            "do": [statement_text(effect) for effect in link.effects],
            "goto": self.ids.get(link.to, "next"),
        }
        return {key: value for key, value in choice.items() if value}


def _name(tree: Tree) -> str:
    return tree.name if isinstance(tree, Name) else ""
