"""Lint: warnings on a story that can be played, each about something that its author would be glad to know."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path

from game.core.findings import Finding
from game.core.parameters import Scenes
from game.lint import bible_rules, duplicates, grounding, id_collisions, quotes, scene_parameters, usage, wording
from game.lint.chapter_texts import texts
from game.story.builder.story_builder import PackSources
from game.story.loader import checked, without_garbage_collection
from game.story.model import Story
from game.story.satisfiable import Satisfiability


def lint(
    folder: Path, drawn: Set[str] | None = None, language: str = "", painted: Scenes | None = None
) -> tuple[Story | None, tuple[Finding, ...]]:
    """`game.story.check`, and the warnings on a story that can be played; on a translation, those for its translator.

    Args:
        folder: the pack's.
        drawn: the characters that the fonts have; None: characters are not looked at.
        language: one that the pack is translated into; "" for its own.
        painted: the scenes that can be painted, with their parameters; None: places are not held to them.

    Returns:
        The story (None where it cannot be played) and all findings, in the files' order.
    """
    with without_garbage_collection():
        story, findings, sources = checked(folder, language)
        if story is not None and sources is not None:
            more = _on_translation(story, sources, drawn) if language else _on_story(story, sources, drawn, painted)
            findings += more
    return story, tuple(sorted(findings))


def _on_story(story: Story, sources: PackSources, drawn: Set[str] | None, painted: Scenes | None) -> Iterator[Finding]:
    shape, pack = sources.pack
    chapters = sources.chapters
    possible = Satisfiability(story)
    prose = texts(story, chapters)
    yield from id_collisions.former(chapters)
    yield from usage.variables(story, pack)
    yield from usage.ways(story, chapters)
    yield from usage.conditions(story, possible)
    yield from usage.places(story, pack)
    if painted is not None:
        yield from scene_parameters.places(story, pack, painted)
    yield from usage.questions(story, chapters)
    yield from usage.tallies(story, chapters)
    yield from duplicates.duplicate_choices(story, chapters, possible)
    yield from duplicates.duplicate_paragraphs(story, prose, possible)
    yield from quotes.unpaired_quotes(prose, chapters)
    if sources.facts:
        yield from usage.facts(story, *sources.facts)
        yield from grounding.figures(story, prose, sources.facts[0])
        yield from grounding.claims(story, prose)
    if sources.glossary:
        yield from id_collisions.terms(*sources.glossary)
        yield from usage.terms(story, prose, sources.glossary[1])
    if shape.prose:
        yield from wording.lengths(story, prose, shape.prose, possible)
        yield from wording.grades(story, prose, shape.prose)
        yield from wording.never(prose, chapters, shape.prose)
    if sources.bible:
        yield from bible_rules.held_to(sources.bible, story, prose, chapters)
    if drawn is not None:
        yield from wording.characters(sources.documents(), drawn)


def _on_translation(story: Story, sources: PackSources, drawn: Set[str] | None) -> Iterator[Finding]:
    if drawn is not None:
        yield from wording.characters(sources.documents(), drawn)
    lacking = {cut.id: story.original_in(cut) for cut in story.cuts.values()}
    places = [place for place in lacking.values() if place is not None]
    if places and len(places) == len(lacking):
        file, line, column = places[0].rsplit(":", 2)
        problem = f"no cut of the story is whole in `{story.language}`"
        firsts = ", ".join(f"{cut} at {place}" for cut, place in lacking.items())
        remedy = f"Translate what one of them still lacks, first: {firsts}."
        yield Finding(file, int(line), int(column), "WG620", problem, remedy)
