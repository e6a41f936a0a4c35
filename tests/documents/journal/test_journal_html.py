"""A journal is a single file with the read pages, the choices and their sources."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from random import Random
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.documents.journal import illustrations, render_journal
from game.play import Playthrough, begin, debrief
from game.play.debrief_sections import facts_met, fates, people_met
from game.play.share_code import to_code
from game.story.model import Story
from game.ui.components.chart_trees import measures_text
from game.ui.components.citations import standing_of
from game.ui.components.parts import change_with_arrow
from game.ui.i18n import Catalogue, capital
from tests.documents.journal.conftest import STYLE
from tests.play.readers import read_to_the_end
from tests.ui.stand_ins import wandered


def parsed(text: str) -> Element:
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return tree


def printed(p: Playthrough, words: Catalogue) -> str:
    pictures = dict.fromkeys(illustrations(p), "data:image/gif;base64,R0lGODlhAQABAAAAACw=")
    return render_journal(p, words, STYLE, pictures, date(2026, 3, 4))


@pytest.fixture(scope="session")
def tree(way: Playthrough, words: Catalogue) -> Element:
    return parsed(printed(way, words))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@given(st.integers(0, 10_000), st.data())
@settings(max_examples=12)
def test_any_playthrough_makes_a_valid_journal(
    shipped: Story, words: Catalogue, seed: int, data: st.DataObject
) -> None:
    p = data.draw(st.sampled_from(wandered(shipped, seed)))
    if not p.over and data.draw(st.booleans()):
        p = p.leave()
    tree = parsed(printed(p, words))
    ids = [found for element in tree.iter() if (found := element.get("id"))]
    assert len(ids) == len(set(ids))
    links = [element.get("href", "") for element in tree.iter("a")]
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_journal_fetches_nothing(tree: Element, way: Playthrough, words: Catalogue) -> None:
    assert all(image.get("src", "").startswith("data:image/") for image in tree.iter("img"))
    assert not [element for element in tree.iter() if element.tag in ("script", "link", "iframe")]
    text = printed(way, words)
    assert "url(" not in text and "@import" not in text and "http" not in text


def test_every_page_read_is_in_the_journal(tree: Element, way: Playthrough) -> None:
    text = text_of(tree)
    at = 0
    for page in way.pages:
        for paragraph in page.brief if page.shows_brief else page.paragraphs:
            found = text.find(" ".join(paragraph.text.split()), at)
            assert found >= at, paragraph.text
            at = found
    titles = [text_of(heading) for heading in tree.iter("h2")]
    assert [page.title for page in way.pages if not any(title.startswith(page.title) for title in titles)] == []


def test_only_taken_choices_are_in_the_journal(tree: Element, way: Playthrough) -> None:
    taken = [text_of(element) for element in tree.iterfind(".//p[@class='taken']")]
    chosen = [choice for at in way.history if (choice := at.choice_taken())]
    said = [choice.say for choice in chosen]
    assert len(said) > 10
    assert [line.removeprefix("Chosen ") for line in taken] == [
        " ".join(f"{choice.say} {choice.reason}".split()) for choice in chosen
    ]
    text = text_of(tree)
    left = {option.say for page in way.past for option in page.choices if option.say} - set(said)
    assert left
    assert not [say for say in left if " ".join(say.split()) in text]


def test_changes_link_to_their_sources(tree: Element, way: Playthrough, words: Catalogue) -> None:
    (sources,) = tree.findall(".//ol[@class='sources']")
    assert [item.get("id") for item in sources] == [f"fact.{fact}" for fact in facts_met(way)]
    story = way.story
    for item, fact in zip(sources, facts_met(way), strict=True):
        found = story.facts[fact]
        assert words(f"standing.{standing_of(story, fact)}") in text_of(item)
        assert story.sources[found.source].title in text_of(item) and found.speaker in text_of(item)
    cited = {story.sources[story.facts[fact].source] for fact in facts_met(way)}
    (documents,) = tree.findall(".//dl[@class='documents']")
    assert {text_of(term) for term in documents.iter("dt")} == {source.title for source in cited}
    assert all(source.about in text_of(documents) for source in cited)
    changed = tree.findall(".//aside[@class='changes']")
    assert len(changed) == sum(bool(page.changes) for page in way.pages)
    assert changed and all(list(element.iter("a")) for element in changed)


def test_changes_and_lines_are_at_their_pages(tree: Element, way: Playthrough) -> None:
    text = text_of(tree.find(".//main"))  # type: ignore[arg-type]
    at = met = 0
    for page in way.pages:
        lines = [" ".join(line.text) for line in page.lines]
        changes = [change_with_arrow(change) for change in page.changes]
        for expected in (*lines, *(paragraph.text for paragraph in page.paragraphs), *changes):
            found = text.find(" ".join(expected.split()), at)
            assert found >= at, expected
            at = found
        met += bool(lines) + bool(changes)
    assert met > 10


def test_the_people_met_are_in_their_groups(tree: Element, way: Playthrough, shipped: Story) -> None:
    met = people_met(way)
    cards = {
        id.removeprefix("person."): text_of(element)
        for element in tree.iter("div")
        if (id := element.get("id") or "").startswith("person.")
    }
    assert set(cards) == met
    for fate in fates(way):
        assert " ".join(fate.text.split()) in cards[fate.person]
        assert capital(way.page.card_of(fate.person).says) in cards[fate.person]
    groups = {shipped.people[id].group for id in met}
    headings = [text_of(element) for element in tree.iter("h3")]
    assert headings == [name for group, name in shipped.people_groups.items() if group in groups]


def test_a_journal_of_an_open_playthrough_has_no_fates_and_no_talk(shipped: Story, words: Catalogue) -> None:
    """Before the end nobody reads how many died, or where it was decided."""
    p = begin(shipped, "villager")
    for _ in range(12):
        p = p.choose(p.page.choices[0].id)
    stands, left = (parsed(printed(playthrough, words)) for playthrough in (p, p.leave()))
    assert not stands.findall(".//p[@class='fate']") and "The story goes on from here." in text_of(stands)
    headings = {text_of(heading) for heading in stands.iter("h2")}
    assert headings.isdisjoint(part.title for part in shipped.debrief if part.fill is None)
    assert len(left.findall(".//p[@class='fate']")) == len(list(fates(p)))
    assert "The story was stopped here." in text_of(left)


def test_a_journal_explains_sacks_and_bowls(tree: Element, way: Playthrough, words: Catalogue) -> None:
    measures = way.story.measures
    assert measures is not None
    assert all(sentence in text_of(tree) for sentence in measures_text(words, measures))
    assert "100 kilograms" in text_of(tree) and "1.9 bowls" in text_of(tree)


def test_terms_of_the_text_are_in_the_glossary(tree: Element, way: Playthrough) -> None:
    met = {span.target for page in way.pages for text in page.paragraphs for span in text.spans if span.kind == "term"}
    listed = {element.get("id", "").removeprefix("term.") for element in tree.iter("div") if element.get("id")}
    assert met - {None} <= listed
    rows = [element for element in tree.iter("div") if (element.get("id") or "").startswith("term.")]
    terms = [text_of(term).casefold() for element in rows for term in element.iter("dt")]
    assert len(terms) > 3 and terms == sorted(terms)


def test_pictures_have_alternative_texts_and_chinese_is_marked(tree: Element, way: Playthrough) -> None:
    images = list(tree.iter("img"))
    assert len(images) >= len({page.chapter for page in way.pages if page.picture})
    assert all(image.get("alt") for image in images)
    (page,) = tree.iter("html") if tree.tag != "html" else [tree]
    assert page.get("lang") == "en"
    assert [element.get("lang") for element in tree.iter("span") if element.get("lang") == "zh-Hans"]
    assert len(list(tree.iter("h1"))) == 1


def test_pictures_are_those_of_chapters_first_pages_and_of_endings(shipped: Story) -> None:
    later = set()
    for role, seed in product(shipped.roles, range(4)):
        p = read_to_the_end(begin(shipped, role), Random(seed))
        pages = p.pages
        expected = {
            number
            for number, page in enumerate(pages)
            if page.picture is not None
            and (page.ending is not None or number == 0 or pages[number - 1].chapter != page.chapter)
        }
        assert illustrations(p).keys() == expected
        later |= {page.ending for before, page in pairwise(pages) if before.chapter == page.chapter and page.picture}
    assert later - {None}


def test_the_journal_has_role_date_code_and_licence(tree: Element, way: Playthrough) -> None:
    text = text_of(tree)
    assert f"Played as {way.story.roles['official'].name}" in text
    assert "Saved on 4 March 2026" in text
    assert to_code(way) in text
    assert all(note in text for note in way.story.content_note)
    assert "are invented for this story" in text
    assert text.endswith("The Weight of Grain is under the MIT licence. You may keep, print and share this file.")


def test_all_of_the_talk_is_in_the_journal(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 2, "villager")[-1]
    text = render_journal(p, words, "", {}, date(2026, 3, 4)).replace("&amp;", "&")
    fills = {part.id: part.fill for part in shipped.debrief}
    for section in debrief(p):
        for item in section.items:
            assert item.text in text, (section.id, item)
        if fills[section.id] not in ("path", "weighings", "people", "facts"):
            assert f"<h2>{section.title}</h2>" in text
            assert all(paragraph in text for paragraph in (*section.paragraphs, *section.after))
        if section.placing is not None:
            assert all(decision.text in text and decision.why in text for decision in section.placing.decisions)


def test_summaries_and_lines_stand_in_the_order_of_the_calendar(mill: Story, words: Catalogue) -> None:
    p = next(p for p in wandered(mill, 1, "miller", "full") if p.page.chapter == "m-heavy")
    asides = list(parsed(printed(p, words)).iter("aside"))[-2:]
    assert [aside.get("class") for aside in asides] == ["told", "line"]
    assert p.page.told[0].title in text_of(asides[0])
