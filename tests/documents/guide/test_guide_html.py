"""The pack: one file that needs nothing else, holds all that a pupil can meet, and leads only where something is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from game.documents.guide import ReadingTime, measure_reading_times, render_guide
from game.lang.markup import Passage, without_emphasis
from game.story import Story
from game.ui.components.citations import standing_of
from game.ui.i18n import Catalogue, capital
from tests.small_stories.packs import load_the_mill
from tests.story.packs import CHAPTER, PACK, playable


def text_of(element: Element) -> str:
    return "".join(element.itertext())


def flat(tree: Element) -> str:
    """All that stands in the pack's body, or in a part of it, its spaces evened out."""
    body = tree.find("body")
    return " ".join(text_of(tree if body is None else body).split())


def part(tree: Element, id: str) -> Element:
    return next(one for one in tree.iter("section") if one.get("id") == f"part.{id}")


def printed_of(story: Story, words: Catalogue) -> Element:
    html = render_guide(story, words, "", measure_reading_times(story))
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return parsed


def fixed(passages: tuple[Passage, ...]) -> Iterator[str]:
    """The texts in which no value stands."""
    yield from (one.fixed.text for one in passages if one.fixed is not None)


def test_every_id_stands_once_and_every_link_leads_somewhere(tree: Element) -> None:
    """No link of the contents, of a fact or of a page is dead."""
    ids = Counter(one.get("id") for one in tree.iter() if one.get("id"))
    assert max(ids.values()) == 1
    links = [one.get("href") or "" for one in tree.iter("a")]
    assert len(links) > 500
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} <= set(ids)


def test_the_guide_fetches_nothing(printed: str, tree: Element) -> None:
    """No script, picture, font or style is fetched: it can be read and printed without a network."""
    assert not re.search(r"https?:|@import|url\(|javascript:", printed)
    assert {one.tag for one in tree.iter()}.isdisjoint({"script", "link", "img", "iframe", "object", "embed"})
    assert not any(one.get(name) for one in tree.iter() for name in ("src", "onclick", "style"))


def test_headings_go_down_by_one(tree: Element) -> None:
    """Who reads by headings meets one first heading, and never a step left out."""
    levels = [int(one.tag[1]) for one in tree.iter() if re.fullmatch("h[1-6]", str(one.tag))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_and_lists_have_only_items(tree: Element) -> None:
    """Each column of a table is named, and each row has as many cells as there are columns."""
    for table in tree.iter("table"):
        rows = list(table.iter("tr"))
        assert len({len(row) for row in rows}) == 1
        if (head := table.find("thead")) is not None:
            assert all(cell.get("scope") == "col" for cell in head.iter("th"))
    for items in [*tree.iter("ul"), *tree.iter("ol")]:
        assert {child.tag for child in items} == {"li"}


def test_chinese_is_marked_and_pinyin_too(tree: Element, shipped: Story) -> None:
    """Every Chinese character stands in an element that says so, and each term's pronunciation in its own."""
    assert tree.get("lang") == "en"
    han = re.compile("[\u3400-\u9fff]")

    def outside(element: Element) -> Iterator[str]:
        if (element.get("lang") or "en") == "en":
            yield element.text or ""
            for child in element:
                yield from outside(child)
                yield child.tail or ""

    body = tree.find("body")
    assert body is not None
    assert not any(han.search(text) for text in outside(body))
    said = {text_of(one) for one in tree.iter("span") if one.get("lang") == "zh-Latn"}
    assert said == {term.pinyin for term in shipped.terms.values() if term.pinyin}


def test_the_guide_has_every_text_of_the_story(tree: Element, shipped: Story) -> None:
    """Each paragraph of each page, each choice, question and note, what is told in its place, and each card."""
    said = flat(tree)
    brief = {id for cut in shipped.cuts.values() if cut.brief for id in cut.chapters or shipped.chapters}
    wanted: list[str | None] = []
    for chapter in shipped.chapters.values():
        wanted += [chapter.title, *([chapter.note] if chapter.note else [])]
        if chapter.skip:
            wanted += [*fixed(chapter.skip.text), *fixed(chapter.skip.brief)]
        for node in chapter.nodes.values():
            wanted += fixed(node.text)
            wanted += fixed(node.brief) if chapter.id in brief else ()
            wanted += [text for choice in node.choices for text in (choice.say, choice.reason)]
            wanted += [text for choice in node.choices for text in fixed((*choice.answer, *choice.anyway))]
            wanted += [node.discuss] if node.discuss else []
    lines = [line for date in shipped.lines for line in date]
    wanted += [text for line in lines for text in (" ".join(line.text), line.brief)]
    for person in shipped.people.values():
        wanted += [person.name, *(capital(one.text) for one in person.says), *(one.text for one in person.know)]
        wanted += fixed(person.fate)
    wanted += [
        text for source in shipped.sources.values() for text in (source.title, capital(source.kind), source.about)
    ]
    wanted += [words for variable in shipped.variables.values() for words in variable.words.values()]
    wanted += [fact.text for fact in shipped.facts.values()]
    wanted += [term.text for term in shipped.terms.values()]
    wanted += [text for one in shipped.debrief for text in (line.text for line in one.text)]
    missing = [text for text in wanted if text and " ".join(without_emphasis(text).split()) not in said]
    assert not missing
    assert len(wanted) > 500


def test_a_line_stands_before_the_chapters_of_its_date(tree: Element, shipped: Story) -> None:
    """In the order of the calendar, once, however many doors a date has."""
    said = flat(part(tree, "every-page"))
    at = 0
    for date, chapters in enumerate(shipped.calendar):
        for text in (" ".join(line.text) for line in shipped.lines[date]):
            assert said.count(text) == 1
            at = said.index(text, at)
        at = said.index(shipped.chapters[chapters[0]].title, at)


def test_a_deed_stands_above_its_reason_and_what_came_of_it(tree: Element, shipped: Story) -> None:
    """The deed in bold, the reason in italics; each answer under the condition that it is told on."""
    items = {
        "".join(strong.itertext()): item
        for listed in tree.iter("ul") if listed.get("class") == "choices"
        for item in listed for strong in item.findall("strong")[:1]
    }  # fmt: skip
    choices = [choice for node in shipped.nodes.values() for choice in node.choices]
    assert set(items) == {choice.say for choice in choices}
    tried = 0
    for choice in choices:
        item = items[choice.say]
        assert [text_of(em) for em in item.findall("em")][:1] == [choice.reason]
        if len(choice.answer) > 1 and [one.say for one in choices].count(choice.say) == 1:
            tried += 1
            outcome = item.find("div")
            assert outcome is not None and text_of(outcome).count("Only if") >= len(choice.answer) - 1
            assert "Otherwise:" in text_of(outcome)
    assert tried


def test_the_guide_tells_everybody_s_fate_under_its_conditions(tree: Element, shipped: Story) -> None:
    """A table for each group; each fate but the last under a condition in words, the last as what is so otherwise."""
    tables = list(part(tree, "people").iter("table"))
    assert [text_of(one.find("caption")) for one in tables] == list(shipped.people_groups.values())  # type: ignore[arg-type]
    rows = {row.get("id"): row for one in tables for row in one.iter("tr")}
    several = [person for person in shipped.people.values() if len(person.fate) > 1]
    assert len(several) > 3
    for person in several:
        cells = list(rows[f"person.{person.id}"])
        assert text_of(cells[0]) == person.name
        assert text_of(cells[2]).count("Only if") == len(person.fate) - 1 and text_of(cells[2]).count("Otherwise:") == 1


def test_the_guide_says_how_sure_each_fact_is_and_where_it_is_from(
    tree: Element, shipped: Story, words: Catalogue
) -> None:
    """By a word; and a fact that is not from the film by its document's title in the film's place."""
    rows = {row.get("id"): [text_of(cell) for cell in row] for row in part(tree, "facts").iter("tr")}
    outside = 0
    for fact in shipped.facts.values():
        place, sure, *_ = rows[f"fact.{fact.id}"]
        assert sure == words(f"standing.{standing_of(shipped, fact.id)}")
        if fact.source != next(iter(shipped.sources)):
            outside += 1
            assert place == shipped.sources[fact.source].title and sure == words("standing.outside")
    assert outside
    assert "1.9 bowls for each and a day" in flat(part(tree, "measures"))


def test_a_pack_without_people_measures_and_lines_has_no_such_parts(words: Catalogue, tmp_path: Path) -> None:
    """Nor a heading for them."""
    found = printed_of(playable(tmp_path, pack=PACK, chapter=CHAPTER), words)
    ids = {one.get("id") for one in found.iter("section")}
    assert ids.isdisjoint({"part.people", "part.measures"})
    assert words("guide.line") not in flat(found)


def test_the_first_part_comes_before_the_contents(tree: Element) -> None:
    """Who has nine minutes meets age, time, what may hurt and the plan before anything else; then the contents."""
    main = tree.find(".//main")
    assert main is not None
    assert [one.tag for one in main][:2] == ["section", "nav"]
    first = text_of(main[0])
    for word in ("Fourteen", "45 minutes", "Hunger", "projector", "The talk"):
        assert word in first
    assert len(first.split()) < 350
    linked = [one.get("href") for one in main[1].iter("a")]
    assert linked == [f"#{one.get('id')}" for one in main[2:]]


def test_the_lengths_in_its_sentences_are_the_measured_ones(tree: Element, lengths: tuple[ReadingTime, ...]) -> None:
    """`{minutes_class}` stands as the least and the most of both doors."""
    found = [one for one in lengths if one.cut == "class"]
    least, most = min(one.minutes[0] for one in found), max(one.minutes[1] for one in found)
    assert f"{least} to {most} minutes" in text_of(part(tree, "decide"))


def test_what_is_not_from_the_film_says_so_and_names_its_books(tree: Element, shipped: Story) -> None:
    """Outside knowledge stands in one part, marked at its head and in the contents, each note with where to look."""
    assert shipped.guide is not None
    outside = [one for one in shipped.guide.parts if one.notes]
    assert outside and all(one.outside for one in outside)
    for one in outside:
        assert "not from the film" in text_of(part(tree, one.id))
        sources = [note.books or "reference work" in note.text[-1].parts[-1].text for note in one.notes]  # type: ignore[union-attr]
        assert all(sources)
    contents = text_of(tree.find(".//nav"))  # type: ignore[arg-type]
    assert contents.count("not from the film") == len([one for one in shipped.guide.parts if one.outside])
    inside = [one for one in shipped.guide.parts if not one.outside and not one.fill]
    for name in ("Lushan", "Peng", "sparrow"):
        assert not any(name in text_of(part(tree, one.id)) for one in inside)


def test_the_task_is_a_sheet_for_pupils_and_views_for_the_teacher(tree: Element, shipped: Story) -> None:
    """Both come from the talk after the story: each decision with a box for each place; then where, why and sources."""
    (task,) = [one.placing for one in shipped.debrief if one.placing]
    sheet, views = part(tree, "where-decided"), part(tree, "where-we-put-it")
    assert [text_of(one) for one in sheet.iter("th")][1:] == list(task.places.values())
    rows = [[text_of(cell) for cell in row.iter("td")] for row in sheet.iter("tr") if row.find("td") is not None]
    assert rows == [
        [f"{i}. {one.text}", *["\N{NO-BREAK SPACE}"] * len(task.places)] for i, one in enumerate(task.decisions, 1)
    ]
    told = [[text_of(cell) for cell in row.iter("td")] for row in views.iter("tr") if row.find("td") is not None]
    for row, one in zip(told, task.decisions, strict=True):
        assert row[1:3] == [", ".join(task.places[at] for at in one.at), one.why]
        assert row[3].count("no.") == len(one.facts)
    assert not any(one.why in text_of(sheet) for one in task.decisions)


def test_a_book_has_the_same_reason_as_in_the_talk(tree: Element, shipped: Story) -> None:
    """The sentence of the talk's further reading stands behind the book in the pack: it is written once."""
    assert shipped.guide is not None
    books = {text_of(one) for one in tree.iter("li") if (one.get("id") or "").startswith("book.")}
    whys = [book.why for book in shipped.guide.books.values() if book.why]
    assert len(whys) > 4
    assert all(any(text.endswith(why) for text in books) for why in whys)


def test_the_last_page_says_that_this_is_not_what_it_was_like(tree: Element) -> None:
    """Nothing comes after it."""
    last = list(tree.iter("section"))[-1]
    assert "It was not what it was like" in text_of(last)


def test_every_lesson_plan_is_as_long_as_it_says(shipped: Story) -> None:
    """A plan of twenty minutes, one of 45, one of two lessons."""
    assert shipped.guide is not None
    plans = {one.id: one for one in shipped.guide.parts if one.steps}
    assert {one.lasts for one in plans.values()} == {20, 45, 90}
    for one in plans.values():
        assert sum(step.minutes for step in one.steps) == one.lasts


def test_a_condition_stands_before_its_paragraph(tree: Element, shipped: Story) -> None:
    """A paragraph that not everybody meets says when it is there, in words where the story has words."""
    said = flat(tree)
    tried = 0
    for node in shipped.nodes.values():
        for passage in node.text:
            variable = shipped.variables.get(passage.condition.text) if passage.condition else None
            if variable is not None and variable.words and passage.fixed is not None and passage.by is None:
                tried += 1
                text = " ".join(passage.fixed.text.split())
                assert f"Only if “{variable.words[True]}”: {text}" in said
    assert tried
    conditions = [one for one in tree.iter("span") if one.get("class") == "if" and text_of(one).startswith("Only")]
    assert all(text_of(one).endswith(":") for one in conditions)
    assert 10 * len([one for one in conditions if one.find("code") is not None]) < len(conditions)


@pytest.mark.parametrize("wanted", ["scenes", "facts", "paper", "lengths", "debrief", "content-map"])
def test_a_story_without_a_guide_gives_what_follows_from_it(words: Catalogue, wanted: str) -> None:
    """The mill has no guide.yaml: its pack holds the parts that can be drawn from the story, under plain headings."""
    story = load_the_mill()
    assert story.guide is None
    found = printed_of(story, words)
    ids = {one.get("id") for one in found.iter("section")}
    assert f"part.{wanted}" in ids
    assert "part.glossary" not in ids  # it has none
    main = found.find(".//main")
    assert main is not None and main[0].tag == "nav"


def test_the_smallest_story_has_a_pack(tmp_path: Path, words: Catalogue) -> None:
    """One chapter, no facts, no places: still every page of it."""
    story = playable(tmp_path, pack=PACK, chapter=CHAPTER.replace("place: yard\n", ""))
    assert "Somebody knocks." in flat(printed_of(story, words))


def test_texts_that_look_like_html_stay_texts(tmp_path: Path, words: Catalogue) -> None:
    """Whatever an author writes stands there as it was written."""
    story = playable(tmp_path, chapter=CHAPTER.replace("Somebody knocks.", "'<b>&amp;</b> <script>knock()</script>'"))
    story = replace(story, title="A <i>gate</i> & more")
    found = printed_of(story, words)
    assert "<b>&amp;</b> <script>knock()</script>" in flat(found)
    assert found.find(".//script") is None
    assert "A <i>gate</i> & more" in text_of(found.find(".//h1"))  # type: ignore[arg-type]


def test_the_guide_s_colours_have_enough_contrast(style: str) -> None:
    """Text stands on white and on the wash of a table's head with a contrast of at least 7 to 1."""
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", style))

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        r, g, b = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for ink in ("ink", "soft"):
        for ground in (colours["wash"], "#ffffff"):
            assert (luminance(ground) + 0.05) / (luminance(colours[ink]) + 0.05) >= 7
    assert set(re.findall(r"(?<![\w-])color: ([^;]+);", style)) == {"var(--ink)", "var(--soft)", "inherit"}


def test_the_table_of_the_teachers_bar_has_the_bars_own_words(shipped: Story, words: Catalogue) -> None:
    """What the pack tells a teacher to press stands so on the wall."""
    assert shipped.guide is not None
    part = next(part for part in shipped.guide.parts if part.id == "wall-and-phones")
    assert part.table is not None
    first = ["".join(span.text for span in row[0][0].parts) for row in part.table.rows]  # type: ignore[union-attr]
    pressed = [label for label in first if "number" not in label]
    wishes = ("onward", "open", "close", "reveal", "revote", "decide", "settle", "back", "pause", "timer", "end",
              "lock", "leave-out")  # fmt: skip
    assert set(pressed) == {words(f"wall.{wish}") for wish in wishes} | {words("page.skip")}
