"""The appendix of the talk after the story: facts, inventions and books, which the reader filters by year and by kind.
A fact's kind is its standing (how sure it is), and also "unmet" if the reader did not meet it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from game.play.debrief_sections import debrief
from game.play.talk import KIND_OF_FILL, AppendixEntry, appendix_entries
from game.ui.components.citations import STANDINGS, fact_entry, standing_of
from game.ui.components.parts import button, headed_screen, plain, toolbar
from game.ui.screens.debrief import part_heading, text_nodes
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode

OTHER_KINDS = {"unmet": "appendix.unmet", "book": "appendix.book"}  # the catalogue's key for the name of each kind
KINDS = (*STANDINGS, *OTHER_KINDS)


def appendix(app: AppState, view: ScreenView) -> TreeNode:
    """Build the list of entries of one year and one kind. `view.argument` has both ("1958 claimed"); "-" means any."""
    words = app.words
    entries = appendix_entries(app.current)
    year, kind = filters(view.argument)
    in_year = [entry for entry in entries if year in ("-", _year(entry))]
    shown = [entry for entry in in_year if kind == "-" or kind in _kinds(app, entry)]
    in_order = sorted({_year(entry) for entry in entries}, key=lambda entry: (entry == "", entry))
    years = {year: year or words("appendix.no-year") for year in in_order}
    known = {kind for entry in entries for kind in _kinds(app, entry)}
    kinds = {kind: _kind_in_words(app, kind, in_year) for kind in KINDS if kind in known}
    return headed_screen(
        "appendix", words("appendix"), "sheet",
        _filter(app, words("appendix.by.year"), "year", year, years, kind),
        _filter(app, words("appendix.by.kind"), "kind", kind, kinds, year),
        TreeNode("status", "counted", words("appendix.counted", count=len(shown), of=len(entries)), style="small"),
        *_sections(app, shown),
        toolbar(button("back", words("back"), style="main")),
    )  # fmt: skip


def filters(argument: str) -> tuple[str, str]:
    """Return the year and the kind in a screen's argument. "-" means any; the year "" means entries without a year."""
    year, _, kind = (argument or "- -").partition(" ")
    return year, kind or "-"


def _filter(app: AppState, label: str, name: str, chosen: str, values: dict[str, str], other: str) -> TreeNode:
    """Build the buttons of the filter `name` ("year" or "kind"), one for each of `values`, which maps a value to its
    label. `other` is the value that is chosen in the other filter."""
    options = tuple(
        TreeNode("button", f"filter-{name}:{value}", option, chosen=value == chosen, style="place",
             action=Action("filter", f"{value} {other}" if name == "year" else f"{other} {value}"),
             value=app.words("appendix.chosen") if value == chosen else "")
        for value, option in {"-": app.words("appendix.any"), **values}.items()
    )  # fmt: skip
    return TreeNode("group", f"filter-{name}", label, style="filter", children=options)


def _year(entry: AppendixEntry) -> str:
    return str(entry.year) if entry.year is not None else ""


def _kinds(app: AppState, entry: AppendixEntry) -> tuple[str, ...]:
    """Return the kinds of an entry: "book", or the standing of its fact, with "unmet" if the reader did not meet it."""
    if entry.kind == "book":
        return ("book",)
    standing = standing_of(app.story, entry.fact)
    return (standing, "unmet") if entry.kind == "unmet" else (standing,)


def _kind_in_words(app: AppState, kind: str, entries: Sequence[AppendixEntry]) -> str:
    name = app.words(OTHER_KINDS.get(kind) or f"standing.{kind}")
    return app.words("appendix.kind", name=name, count=sum(kind in _kinds(app, entry) for entry in entries))


def _sections(app: AppState, shown: Sequence[AppendixEntry]) -> Iterator[TreeNode]:
    """Yield each section of the talk that has entries among `shown`: its heading, its text, and these entries. The text
    is left out if a screen of the talk shows it already."""
    fills = {part.id: part.fill for part in app.story.debrief}
    for section in debrief(app.current):
        kind = KIND_OF_FILL.get(fills.get(section.id) or "")
        found = [entry for entry in shown if section.appendix and entry.kind == kind]
        if found:
            yield part_heading(app, section)
            if section.appendix == "all":
                yield from text_nodes(section)
            yield from _entries(app, found, section.id)


def _entries(app: AppState, found: Iterable[AppendixEntry], name: str) -> Iterator[TreeNode]:
    when = ""
    for number, entry in enumerate(found):
        if entry.when != when:
            when = entry.when
            yield plain(when, f"{name}-when-{number}", style="eyebrow")
        if entry.kind in ("met", "unmet"):
            yield fact_entry(app.story, app.words, entry.fact)
        else:
            yield TreeNode("group", f"{name}-item-{number}", entry.text, style="item", value=entry.detail)
