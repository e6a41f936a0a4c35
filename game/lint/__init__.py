"""What prevents nothing and what an author would be glad to know: all of it warnings, on a story that is sound."""

from __future__ import annotations

from collections.abc import Iterator, Set

from game.core.findings import Finding
from game.core.parameters import Scenes
from game.lint import bible_rules, duplicates, grounding, id_collisions, quotes, scene_parameters, usage, wording
from game.lint.chapter_texts import texts
from game.story.builder.story_builder import PackSources
from game.story.model import Story
from game.story.satisfiable import Satisfiability


def advice(
    story: Story, sources: PackSources, drawn: Set[str] | None = None, painted: Scenes | None = None
) -> Iterator[Finding]:
    """Every finding on a sound story. `drawn` are the characters that the fonts have, `painted` the scenes that can be
    painted; None: they are not looked at."""
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
