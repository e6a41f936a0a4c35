"""Parts of a page: progress, lines, what changed, and the sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import begin
from game.play.page import Progress
from game.story.model import Story
from game.ui.components.citations import (
    STANDINGS,
    counted_standings,
    facts_by_source,
    full_citation,
    is_outside,
    sources_link,
    standing_of,
    standing_sentence,
)
from game.ui.components.page_parts import choice_list, page_nodes, progress_node
from game.ui.i18n import Catalogue
from game.ui.icon_outlines import ICONS
from game.ui.tree import TreeNode, walk
from tests.ui.stand_ins import taken, wandered


def kinds(nodes: tuple[TreeNode, ...]) -> list[str]:
    return [node.style or node.role for node in nodes]


@pytest.mark.parametrize(("progress", "label", "reached"), [
    (Progress(3, 13, 1958), "1958 · 3 of 13", 3), (Progress(None, 13, 1957), "1957", 0),
    (Progress(2, 4, None), "2 of 4", 2),
])  # fmt: skip
def test_progress_says_the_year_and_how_far(words: Catalogue, progress: Progress, label: str, reached: int) -> None:
    (node,) = progress_node(words, progress)
    assert (node.style, node.label) == ("progress", label)
    assert [mark.chosen for mark in node.children] == [at < reached for at in range(progress.of)]


def test_progress_stands_right_after_the_picture_if_there_are_dates(mill: Story, words: Catalogue) -> None:
    assert kinds(page_nodes(mill, words, taken(mill, "continue").page))[:4] == ["image", "progress", "date", "heading"]
    for progress in (Progress(None, 13, None), Progress(None, 0, 1958)):
        assert progress_node(words, progress) == ()


def test_lines_stand_before_the_text_under_a_heading_of_their_own(mill: Story, words: Catalogue) -> None:
    nodes = page_nodes(mill, words, taken(mill, "continue").page)
    line = next(node for node in nodes if node.style == "line")
    assert (line.label, line.value) == (
        "Everybody is to make iron. Old Ning is named in the paper.", "Across the country · 1958",
    )  # fmt: skip
    assert nodes.index(line) < next(at for at, node in enumerate(nodes) if node.id == "prose-0")
    brief = page_nodes(mill, words, begin(mill, "miller", "kiosk").page)
    assert [node.label for node in brief if node.style == "line"] == ["Everybody is to make iron."]


def test_summaries_and_lines_stand_in_the_order_of_the_calendar(mill: Story, words: Catalogue) -> None:
    page = next(p.page for p in wandered(mill, 1, "miller", "full") if p.page.chapter == "m-heavy")
    assert page.told and page.lines and page.note
    nodes = page_nodes(mill, words, page)
    assert [node.id for node in nodes if node.style in ("told", "line", "note")] == [
        "before:m-told", "line:winter-0", "note",
    ]  # fmt: skip
    told = next(node for node in nodes if node.style == "told")
    assert told.children[0].label == words.joined(page.told[0].when, page.told[0].title)


def test_what_changed_stands_under_the_text_without_the_answer(mill: Story, words: Catalogue) -> None:
    page = taken(mill, "give-wok").page
    nodes = page_nodes(mill, words, page)
    assert page.answer is not None
    assert kinds(nodes)[-2:] == ["paragraph", "changes"]
    change, sources = nodes[-1].children
    assert "".join(span.text for span in change.spans) == "The wok on its hook →\u00a0the bare hook"
    assert change.label == "Before: The wok on its hook. Now: the bare hook."
    assert sources.label == "Is this true? 1 recorded, 1 claimed, part invented"
    assert not [node for part in nodes for node in walk(part) if page.answer.text in node.label]


def test_a_brief_cut_shows_the_answer_before_the_changes(mill: Story, words: Catalogue) -> None:
    """A visitor does not read the talk, which has the answers."""
    group = page_nodes(mill, words, taken(mill, "give-wok", cut="kiosk").page)[-1]
    assert [child.style for child in group.children] == ["answer", "change", "sources"]
    assert group.children[0].label.startswith("Lu Qi gave me a receipt")


def test_a_page_without_changes_has_its_sources_link(mill: Story, words: Catalogue) -> None:
    nodes = page_nodes(mill, words, taken(mill, "continue").page)
    assert kinds(nodes)[-1] == "sources"
    assert nodes[-1].action is not None and nodes[-1].action.target == "fever"
    first = page_nodes(mill, words, begin(mill, "miller", "one-door").page)
    assert not [node for node in first if node.style in ("sources", "changes")]


def test_each_standing_has_a_word_and_a_form_of_its_own(mill: Story, words: Catalogue) -> None:
    assert len({words(f"standing.{standing}") for standing in STANDINGS}) == len(STANDINGS)
    assert len({ICONS[f"standing.{standing}"] for standing in STANDINGS}) == len(STANDINGS)
    standings = [standing_of(mill, fact) for fact in ("scrap", "fever", "seen", "ice", "invented")]
    assert standings == ["recorded", "claimed", "seen", "outside", "invented"]
    policy = replace(mill.facts["scrap"], kind="policy")
    for may, standing in (("fact", "ordered"), ("attribute", "claimed")):  # an order is no record that it was obeyed
        ordered = replace(mill, facts={**mill.facts, "scrap": replace(policy, game_may=may)})
        assert standing_of(ordered, "scrap") == standing
    assert counted_standings(mill, words, ("scrap", "ice", "seen")) == "1 recorded, 1 seen, 1 not from the film"


def test_facts_stand_under_their_document_and_inventions_last(mill: Story, words: Catalogue) -> None:
    nodes = tuple(facts_by_source(mill, words, ["invented", "ice", "scrap", "gone", "scrap"]))
    assert [node.label for node in nodes] == [
        "A Film of the Mill (documentary film)", "The County Book (local history)", words("fact.invented.short"),
    ]  # fmt: skip
    film, book, invented = nodes
    assert [entry.id for entry in film.children] == ["fact:scrap"]
    assert book.children[0].value == "Not from the film"
    assert [mark.style for node in nodes for mark in walk(node) if mark.role == "mark"] == [
        "recorded", "outside", "invented",
    ]  # fmt: skip
    assert invented.action is not None and invented.action.verb == "fact"


def test_entries_of_one_paragraph_have_one_label(mill: Story, words: Catalogue) -> None:
    fact = mill.facts["fever"]
    mine = {name: replace(fact, id=name, place=at, sentences=(n,))
            for n, (name, at) in enumerate({"a": "1", "b": "2", "c": "1", "d": "1"}.items(), 1)}  # fmt: skip
    (group,) = facts_by_source(replace(mill, facts=mine), words, mine)
    assert [(entry.id, entry.style) for entry in group.children] == [
        ("fact:a", "entry"), ("fact:c", "entry-below"), ("fact:d", "entry-below"), ("fact:b", "entry"),
    ]  # fmt: skip
    assert {entry.value for entry in group.children[:3]} == {"Claimed · paragraph 1"}


def test_no_link_leads_to_an_empty_sheet(mill: Story, words: Catalogue) -> None:
    assert sources_link(mill, words, ["gone"]) == ()


def test_a_citation_has_the_date_that_the_source_gives(mill: Story, words: Catalogue) -> None:
    assert full_citation(mill, words, mill.facts["scrap"]) == (
        "A Film of the Mill · Paragraph 18, sentences 2, 3. The speaker: the film’s narrator."
        " The date given there: autumn 1958."
    )
    assert "date" not in full_citation(mill, words, mill.facts["fever"])


def test_a_fact_s_standing_is_said_in_its_own_words(mill: Story, words: Catalogue) -> None:
    inside = [fact for fact in mill.facts.values() if not is_outside(mill, fact)]
    for fact in inside:
        key = "attribute" if fact.game_may == "attribute" else fact.kind
        said = words(f"fact.kind.{key}", source="the film", Source="The film")
        assert standing_sentence(mill, words, fact) == said
    assert {fact.game_may == "attribute" for fact in inside} == {True, False}


def test_a_choice_says_its_words_and_the_only_way_on_says_that(mill: Story, words: Catalogue) -> None:
    seen = set()
    for page in (p.page for seed in range(3) for p in wandered(mill, seed) if not p.over):
        (listed,) = choice_list(words, page)
        assert [node.label for node in listed.children] == [way.say or words("page.continue") for way in page.choices]
        seen |= {node.style for node in listed.children}
    assert seen == {"", "continue"}
