"""Translate a pack: put the texts of a translation's files in place of the original ones.

A translation's file (an overlay) names what it `translates`: a chapter's id, or `pack`, `people`, `facts` and so on. It
repeats keys and ids of the original, and holds only texts. A text that the overlay leaves out, or that no longer fits
the original, stays untranslated. So a translation changes no choice, condition or effect, and a playthrough can be
continued in another language.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Annotated, Any

from game.core.findings import Finding, did_you_mean
from game.core.values import frozen
from game.lang.typography import typeset
from game.story.schema.chapter_schema import PRINTED, Shape, as_list
from game.story.schema.file_kinds import KINDS
from game.story.schema.validation import annotation_below, is_shape
from game.yamlio.reader import Data, Document, SourceMap

TRANSLATES = "translates"
BIBLE = "bible"  # a translation has its own, or none
GLOSSARY = "glossary"  # a translation can have terms of its own, in a file that translates nothing
AUTHORS = frozenset({BIBLE, "prose"})  # a kind of file and a key of the pack that readers do not see
OWN = "also"  # the key of other words for a term or person; each language has its own, and any number
FEW = "few"  # the key of a counted word's third form, which not every language has
NAMED = ("glossary", "people")  # the kinds of file whose entries have it
IN_CHARACTERS = frozenset({"hanzi", "pinyin"})  # a Chinese name beside the text; a Chinese text has no use for it
Path = tuple[str | int, ...]


@frozen
class Translated:
    """A translated pack: the files with the translated texts, and findings.

    `untranslated` has the place (file:line:column) of the first untranslated text of each part. A part is a kind of
    file (`facts`), a chapter's pages (`the-gate`), title (`the-gate.title`) or summary (`the-gate.skip.brief`).
    `originals` has each choice's original text by its full id, so that a save recognises the choice in any language.
    """

    documents: tuple[Document | Finding, ...]
    untranslated: Mapping[str, str]
    originals: Mapping[str, str]


def translate(
    originals: Iterable[Document | Finding], overlays: Iterable[Document | Finding], language: str
) -> Translated:  # fmt: skip
    """Replace the pack's texts by a translation's. The documents of the result include findings on the `overlays`."""
    originals = list(originals)
    if language.partition("-")[0] == "zh":
        originals = list(map(_without_characters, originals))
    known = {name for document in originals if (name := name_in_translations(document)) is not None}
    documents: list[Document | Finding] = []
    over: dict[str, Document] = {}
    own_terms: list[Document] = []
    for overlay in overlays:
        if isinstance(overlay, Document) and kind_of(overlay) == BIBLE:
            documents.append(overlay)
            continue
        if isinstance(overlay, Document) and kind_of(overlay) == GLOSSARY and translates(overlay) is None:
            own_terms.append(overlay)
            continue
        of = _translates(overlay, known, over)
        if isinstance(of, Finding):
            documents.append(of)
        elif isinstance(overlay, Document):
            over[of] = overlay
    untranslated: dict[str, str] = {}
    for original in originals:
        name = name_in_translations(original)
        if isinstance(original, Finding) or name is None:
            documents.append(original)
            continue
        if name == BIBLE:
            continue
        if name == "pack" and isinstance(original.data, dict):
            original = replace(original, data={**original.data, "language": language})
        overlaid = OverlaidFile(original, KINDS[kind_of(original)])
        laid = overlaid.with_texts_of(over.get(name))
        documents.append(_known_by_both(original, laid) if name == GLOSSARY else laid)
        documents += overlaid.findings
        for path in overlaid.untranslated():
            if not AUTHORS & {name, path[0]}:
                untranslated.setdefault(_owner(name, path), original.where(path))
    for own in own_terms:
        documents = [*_with_terms(documents, own)]
    return Translated(tuple(documents), untranslated, dict(_original_choices(originals)))


def _without_characters(original: Document | Finding) -> Document | Finding:
    match original:
        case Document(data={"glossary": dict(terms)}):
            return replace(original, data={"glossary": {id: _without_names(term) for id, term in terms.items()}})
        case Document():
            return replace(original, data=_without_names(original.data))
    return original


def _without_names(data: Any) -> Any:
    return {key: value for key, value in data.items() if key not in IN_CHARACTERS} if isinstance(data, dict) else data


def _original_choices(originals: Iterable[Document | Finding]) -> Iterator[tuple[str, str]]:
    """Yield each choice's full id and original text, with the quotes and spaces that the builder gives it."""
    for original in originals:
        if isinstance(original, Finding) or kind_of(original) != "chapter" or not isinstance(original.data, dict):
            continue
        nodes = original.data.get("nodes")
        for id, node in nodes.items() if isinstance(nodes, dict) else ():
            for choice in as_list(node.get("choices", [])) if isinstance(node, dict) else ():
                if isinstance(choice, dict) and isinstance(say := choice.get("say"), str):
                    yield f"{original.data['chapter']}.{id}.{choice.get('id')}", " ".join(typeset(say).split())


def kind_of(document: Document) -> str:
    data = document.data if isinstance(document.data, dict) else {}
    return next((kind for kind in KINDS if kind in data), "")


def name_in_translations(document: Document | Finding) -> str | None:
    """Return the name that translations use for a file: a chapter's id, or else its kind. None if this is unknown."""
    if isinstance(document, Finding) or not (kind := kind_of(document)):
        return None
    assert isinstance(document.data, dict)
    return str(document.data[kind]) if kind == "chapter" else kind


def translates(overlay: Document | Finding) -> str | None:
    """Return the name that an overlay says it translates; None if it does not say."""
    name = overlay.data.get(TRANSLATES) if isinstance(overlay, Document) and isinstance(overlay.data, dict) else None
    return name if isinstance(name, str) else None


def _translates(overlay: Document | Finding, known: Set[str], taken: Mapping[str, Document]) -> str | Finding:
    """Return the name of the file that an overlay translates, or a finding. `taken` has the overlays before it."""
    if isinstance(overlay, Finding):
        return overlay
    name = translates(overlay)
    if name is None:
        remedy = f"Begin it with `{TRANSLATES}:` and a chapter's id, or pack, people, facts, glossary or debrief."
        return overlay.finding("WG209", (), "it is not said what this file translates", remedy)
    if name not in known:
        remedy = f"Name a chapter, or a kind of file that the pack has.{did_you_mean(name, known)}"
        return overlay.finding("WG209", (TRANSLATES,), f"there is no `{name}` to be translated", remedy)
    if name in taken:
        remedy = "Keep one of the two."
        return overlay.finding("WG307", (TRANSLATES,), f"`{name}` is translated in {taken[name].file} too", remedy)
    return name


def _owner(name: str, path: Path) -> str:
    match path:
        case ("skip", part, *_):
            return f"{name}.skip.{part}"
        case ("title" | "when" | "note",) if name not in KINDS:
            return f"{name}.title"
    return name


class OverlaidFile:
    """An original file whose texts an overlay replaces."""

    def __init__(self, original: Document, kind: type[Shape]) -> None:
        self._original = original
        self._texts = dict.fromkeys(path for path in _text_paths(kind, original.data, ()) if OWN not in path)
        self._translated: set[Path] = set()
        self.findings: list[Finding] = []

    def with_texts_of(self, overlay: Document | None) -> Document:
        """Return the original with the texts of an overlay. With None, return it unchanged."""
        if overlay is None:
            return self._original
        data, source_map = self._original.data, self._original.source_map
        for at, over_at, text in self._texts_of(overlay):
            self._translated.add(at)
            place = _of_document(overlay.source_map.at(over_at), overlay)
            data, source_map = _replaced(data, source_map, at, text, place)
        return replace(self._original, data=data, source_map=source_map)

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Yield the texts of the original, with their paths."""
        for path in self._texts:
            data: Any = self._original.data
            for step in path:
                data = data[step]
            yield path, data

    def translations(self, overlay: Document | None) -> dict[Path, tuple[str, Path]]:
        """Return the texts of an overlay by their paths in the original, each with its path in the overlay."""
        translations = {}
        for at, over_at, text in self._texts_of(overlay) if overlay is not None else ():
            between = "; " if at[-1] == OWN else "\n\n"
            translations[at] = between.join(map(str, as_list(text))).strip(), over_at
        return translations

    def untranslated(self) -> Iterator[Path]:
        """Yield the paths of the texts that `with_texts_of` has not replaced."""
        return (path for path in self._texts if path not in self._translated)

    def _texts_of(self, overlay: Document) -> Iterator[tuple[Path, Path, Data]]:
        if isinstance(overlay.data, dict):
            over = {key: value for key, value in overlay.data.items() if key != TRANSLATES}
            yield from self._leaves(overlay, self._original.data, over, (), ())

    def _leaves(
        self, overlay: Document, base: Data, over: Data, at: Path, over_at: Path
    ) -> Iterator[tuple[Path, Path, Data]]:  # fmt: skip
        """Yield each text of an overlay as (path in the original, path in the overlay, text). `base` is the original's
        data at its path `at`, and `over` the overlay's data at its path `over_at`."""
        if isinstance(base, dict) and isinstance(over, dict):
            for key, below in over.items():
                if (key == OWN and len(at) == 2 and at[0] in NAMED) or (key == FEW and {"one", "other"} <= base.keys()):
                    yield (*at, key), (*over_at, key), below
                elif key in base:
                    yield from self._leaves(overlay, base[key], below, (*at, key), (*over_at, key))
                else:
                    problem = f"the original has no `{key}` here"
                    remedy = f"It has {', '.join(base)}.{did_you_mean(key, base)}"
                    self.findings.append(overlay.finding("WG209", (*over_at, key), problem, remedy, on_key=True))
        elif isinstance(base, list) and isinstance(over, list):
            for i, j in self._partners(overlay, base, over, over_at):
                yield from self._leaves(overlay, base[i], over[j], (*at, i), (*over_at, j))
        elif isinstance(over, str | list) and (text := next((p for p in (at, (*at, "text")) if p in self._texts), ())):
            yield text, over_at, over
        elif over != base:
            problem = "this is not a text"
            remedy = "Leave it out: a translation holds texts, and the ids they belong to."
            if isinstance(base, list):
                problem = f"the original has {len(base)} parts here"
                remedy = "Write a list with a text for each, in its order."
            self.findings.append(overlay.finding("WG208", over_at, problem, remedy))

    def _partners(
        self, overlay: Document, base: Sequence[Data], over: Sequence[Data], over_at: Path
    ) -> Iterator[tuple[int, int]]:  # fmt: skip
        """Yield (index in the original, index in the overlay) of items that belong together, by ids or by position."""
        ids = {name: i for i, part in enumerate(base) if (name := item_id(part))}
        # Only a calendar's lines are translated; only they have an id.
        if len(ids) == len(base) or (ids and all(isinstance(part, dict) for part in over)):
            for j, part in enumerate(over):
                name = item_id(part)
                if name in ids:
                    yield ids[name], j
                else:
                    problem = f"the original has no `{name}` here" if name else "it is not said which part this is"
                    remedy = f"Give it an `id`, one of {', '.join(ids)}.{did_you_mean(name, ids)}"
                    self.findings.append(overlay.finding("WG209", (*over_at, j), problem, remedy))
        elif len(base) == len(over):
            yield from ((i, i) for i in range(len(base)))
        else:
            problem = f"the original has {len(base)} parts here, and this has {len(over)}"
            self.findings.append(overlay.finding("WG208", over_at, problem, "Write one for each, in its order."))


def item_id(part: Data) -> str:
    """Return the id of a list's item (a choice, fact, section or line of the calendar); "" if the item has no id."""
    return str(part.get("id") or part.get("line") or "") if isinstance(part, dict) else ""


def _replaced(
    data: Any, source_map: SourceMap, path: Sequence[str | int], text: Data, text_map: SourceMap
) -> tuple[Data, SourceMap]:
    """Return the data and the source map with the text at a path replaced in both."""
    step, *rest = path
    below, inner_map = _replaced(data[step], source_map.parts[step], rest, text, text_map) if rest else (text, text_map)
    changed = data.copy()
    changed[step] = below
    return changed, replace(source_map, parts={**source_map.parts, step: inner_map})


def _of_document(source_map: SourceMap, document: Document) -> SourceMap:
    """Return a copy of the source map that says, at all levels, that its positions are in `document`."""
    parts = {step: _of_document(part, document) for step, part in source_map.parts.items()}
    return replace(source_map, parts=parts, document=document)


def _with_terms(documents: Iterable[Document | Finding], own: Document) -> Iterator[Document | Finding]:
    """Yield the documents. Add the terms of `own` to the pack's glossary; without a glossary, yield `own` too."""
    is_added = False
    for document in documents:
        match document, own.data:
            case Document(data={"glossary": dict(there)}), {"glossary": dict(terms)}:
                is_added, data, source_map = True, document.data, document.source_map
                for path, term in (((GLOSSARY, id), term) for id, term in terms.items()):
                    if path[1] in there:
                        problem, remedy = f"`{path[1]}` is a term of the original", "Give your own term another name."
                        yield own.finding("WG307", path, problem, remedy, on_key=True)
                    place = _of_document(own.source_map.at(path), own)
                    data, source_map = _replaced(data, source_map, path, term, place)
                document = replace(document, data=data, source_map=source_map)
        yield document
    if not is_added:
        yield own


def _known_by_both(original: Document, laid: Document) -> Document:
    """Return the translated glossary `laid`, with each term's original names added: untranslated texts use these."""
    match original.data, laid.data:
        case {"glossary": dict(before)}, {"glossary": dict(after)}:
            terms = {id: _named_too(term, before.get(id)) for id, term in after.items()}
            return replace(laid, data={"glossary": terms})
    return laid


def _named_too(term: Any, original: Any) -> Any:
    if not isinstance(term, dict) or not isinstance(original, dict):
        return term
    names = [name for entry in (term, original) for name in as_list(entry.get("also", []))]
    names.append(original.get("term", ""))
    if not all(isinstance(name, str) for name in names):
        return term  # validation reports it
    return {**term, "also": list(dict.fromkeys(names))}


# The annotations of the shapes say which values are texts.


def _text_paths(kind: Any, value: Data, path: Path) -> Iterator[Path]:
    """Yield the path of each text for readers in `value`, which has the shape or annotation `kind`."""
    kind = _fitting(kind, value)
    if isinstance(value, str):
        if _is_read(kind):
            yield path
        return
    if typing.get_origin(kind) is list:
        kind = typing.get_args(kind)[0]  # also if a single item stands there without a list
    if isinstance(value, list):
        for i, below in enumerate(value):
            yield from _text_paths(kind, below, (*path, i))
    elif isinstance(value, dict):
        kind = _plain(kind)
        for key, below in value.items():
            yield from _text_paths(annotation_below(kind, key), below, (*path, key))


def _fitting(kind: Any, value: Data) -> Any:
    """Return the type in `A | B` that fits a value: the shape if the value is a mapping, else the other type. Optional
    and Annotated are removed as in `_plain`, also from an annotation of one type."""
    plain = kind
    while typing.get_origin(plain) is Annotated and PRINTED not in plain.__metadata__:
        plain = typing.get_args(plain)[0]
    if typing.get_origin(plain) in (typing.Union, types.UnionType):
        forms = [_plain(form) for form in typing.get_args(plain) if form is not types.NoneType]
        shapes = [form for form in forms if is_shape(form)]
        fitting = shapes if isinstance(value, dict) else [form for form in forms if form not in shapes]
        return (fitting or forms)[0]
    return _plain(kind)


def _is_read(kind: Any) -> bool:
    """Return whether a string with this annotation is text for readers."""
    kind = _plain(kind)
    if typing.get_origin(kind) is list:
        return _is_read(typing.get_args(kind)[0])
    if is_shape(kind):
        return _is_read(annotation_below(kind, "text"))
    return PRINTED in getattr(kind, "__metadata__", ())


def _plain(kind: Any) -> Any:
    """Return an annotation without Optional and Annotated. Keep an Annotated that marks text for readers."""
    while True:
        origin = typing.get_origin(kind)
        if origin in (typing.Union, types.UnionType):
            kind = next(part for part in typing.get_args(kind) if part is not type(None))
        elif origin is Annotated and PRINTED not in kind.__metadata__:
            kind = typing.get_args(kind)[0]
        else:
            return kind
