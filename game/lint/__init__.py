"""Lint: warnings about a story that can be played. Each rule is a function `check_...` that yields findings."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path

from game.core.findings import Finding
from game.core.parameters import Scenes
from game.lint import (
    bible_rules,
    choice_rules,
    duplicates,
    grounding,
    media_rules,
    people_rules,
    scene_parameters,
    translation_rules,
    usage,
    wording,
)
from game.lint.chapter_texts import answer_texts, chapter_texts
from game.lint.utterance_index import label_utterances, paragraph_utterances, setting_utterances
from game.story.builder.story_builder import PackSources
from game.story.loader import check_with_sources, paused_garbage_collection
from game.story.model import Story
from game.story.satisfiable import Satisfiability
from game.story.schema.pack_schema import ProseShape
from game.story.text_pairs import overlays_by_name, text_pairs
from game.story.translation_record import read_record


def lint(
    folder: Path, drawn: Set[str] | None = None, language: str = "", painted: Scenes | None = None
) -> tuple[Story | None, tuple[Finding, ...]]:
    """Return the story of a pack (None if it has errors), and the findings of `game.story.check` and of all rules.

    With a `language`, the warnings are only those that the translator can act on. `drawn` holds the characters that the
    fonts have, `painted` the scenes that can be painted, with their parameters; None skips these checks.
    """
    with paused_garbage_collection():
        story, findings, sources = check_with_sources(folder, language)
        if story is not None and sources is not None:
            if language:
                findings += _on_translation(story, sources, drawn, folder)
            else:
                findings += _on_story(story, sources, drawn, painted)
                findings += media_rules.check_images(story, sources, folder)
                findings += media_rules.check_sounds(story, sources.pack[1], folder)
    return story, tuple(sorted(findings))


def _on_story(story: Story, sources: PackSources, drawn: Set[str] | None, painted: Scenes | None) -> Iterator[Finding]:
    shape, pack = sources.pack
    chapters = sources.chapters
    satisfiability = Satisfiability(story)
    pages, answers = chapter_texts(story, chapters), answer_texts(story, chapters)
    others = [*label_utterances(story, chapters), *setting_utterances(sources)]
    prose = shape.prose or ProseShape()
    yield from usage.check_former_ids(chapters)
    yield from usage.check_variables(story, pack)
    yield from usage.check_reachability(story, chapters)
    yield from usage.check_conditions(story, satisfiability)
    yield from usage.check_places(story, pack)
    if painted is not None:
        yield from scene_parameters.check_places(story, pack, painted)
        yield from scene_parameters.check_invitation(story, pack, painted)
        yield from media_rules.check_seasons(story, pack, painted)
    yield from usage.check_pairs(story, pack)
    yield from usage.check_questions(story, chapters)
    yield from usage.check_tallies(story, chapters)
    yield from choice_rules.check_deeds(story, chapters, prose)
    yield from choice_rules.check_answers(story, chapters, satisfiability)
    yield from choice_rules.check_felt(story, chapters, prose)
    yield from choice_rules.check_text_lengths(story, chapters, shape, pack)
    yield from choice_rules.check_pages(story, pages, prose, satisfiability)
    yield from choice_rules.check_lines(story, shape, pack)
    yield from usage.check_measures(story, pack)
    yield from usage.check_sources(story, pack)
    yield from usage.check_spots(story, pack)
    yield from duplicates.check_choices(story, chapters, satisfiability)
    yield from duplicates.check_paragraphs(story, [*pages, *answers], satisfiability)
    yield from wording.check_quotes(pages, others)
    yield from wording.check_comments(sources.documents())
    yield from wording.check_list_commas(sources.documents())
    if sources.facts:
        yield from usage.check_facts(story, *sources.facts)
        yield from grounding.check_figures(story, [*pages, *answers], sources.facts[0])
        yield from grounding.check_claims(story, pages)
    if sources.glossary:
        yield from usage.check_spellings(*sources.glossary)
        yield from usage.check_terms(story, [*pages, *answers], sources.glossary[1])
    yield from wording.check_page_lengths(story, pages, prose, satisfiability)
    yield from wording.check_grades(story, pages, others, prose)
    yield from wording.check_forbidden_words(pages, others, prose)
    said = [*paragraph_utterances(pages), *others]
    if sources.people:
        in_story = [text for text in said if text.chapter or text.where.startswith("calendar.")]
        yield from people_rules.check_cards(story, in_story, *sources.people)
        yield from people_rules.check_fates(story, in_story, sources.people[1])
        yield from people_rules.check_new_names(story, pages, satisfiability, prose.names)
    if sources.bible:
        people = sources.people[0] if sources.people else None
        yield from bible_rules.check_bible(sources.bible, story.language, said, chapters, people)
    if drawn is not None:
        yield from wording.check_characters(sources.documents(), drawn)


def _on_translation(story: Story, sources: PackSources, drawn: Set[str] | None, folder: Path) -> Iterator[Finding]:
    language, pairs = story.language, list(text_pairs(sources.originals, overlays_by_name(sources.overlays)))
    bible = sources.bible[0].bible if sources.bible else None
    if (record := read_record(folder, language)) is not None:
        yield from translation_rules.check_originals(pairs, record, language)
    yield from translation_rules.check_names(pairs, bible)
    yield from translation_rules.check_numbers(pairs, language)
    if sources.bible:
        pages, dates = chapter_texts(story, sources.chapters), translation_rules.original_dates(pairs)
        others = [*label_utterances(story, sources.chapters), *setting_utterances(sources)]
        said = [
            replace(text, when=dates.get(text.where) or dates.get(text.chapter)) if text.chapter and text.when else text
            for text in (*paragraph_utterances(pages), *others)
        ]
        people = sources.people[0] if sources.people else None
        yield from bible_rules.check_bible(sources.bible, language, said, (), people)
    if drawn is not None:
        yield from wording.check_characters(sources.documents(), drawn)
    lacking = {cut.id: place for cut in story.cuts.values() if (place := story.original_in(cut)) is not None}
    if len(lacking) == len(story.cuts):
        problem = f"no cut of the story is whole in `{story.language}`"
        firsts = ", ".join(f"{cut} at {place}" for cut, place in lacking.items())
        remedy = f"Translate what one of them still lacks, first: {firsts}."
        yield Finding.at(next(iter(lacking.values())), "WG620", problem, remedy)
