"""The teacher's pack: a single file with every text of the story, and without dead links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from PIL import ImageColor

from game.documents.guide import GuidePicture, ReadingTime, chapter_pictures, measure_reading_times, render_guide
from game.lang.markup import Passage, without_emphasis
from game.story import Story
from game.story.guide import Guide, GuidePart
from game.ui.components.citations import standing_of
from game.ui.i18n import Catalogue, capital
from tests.contrast import contrast
from tests.small_stories.packs import load_the_mill
from tests.story.packs import CHAPTER, PACK, playable


def text_of(element: Element) -> str:
    return "".join(element.itertext())


def flat(tree: Element) -> str:
    """The text of the pack's body, or of a part of it, with single spaces."""
    body = tree.find("body")
    return " ".join(text_of(tree if body is None else body).split())


def part(tree: Element, id: str) -> Element:
    return next(section for section in tree.iter("section") if section.get("id") == f"part.{id}")


def printed_of(story: Story, words: Catalogue) -> Element:
    html = render_guide(story, words, "", measure_reading_times(story))
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return parsed


def fixed(passages: tuple[Passage, ...]) -> Iterator[str]:
    yield from (passage.fixed.text for passage in passages if passage.fixed is not None)


def test_every_id_is_unique_and_every_link_has_a_target(tree: Element) -> None:
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert max(ids.values()) == 1
    links = [element.get("href") or "" for element in tree.iter("a")]
    assert len(links) > 500
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} <= set(ids)


def test_the_guide_fetches_nothing(printed: str, tree: Element) -> None:
    assert not re.search(r"https?:|@import|url\(|javascript:", printed)
    assert {element.tag for element in tree.iter()}.isdisjoint({"script", "link", "img", "iframe", "object", "embed"})
    assert not any(element.get(name) for element in tree.iter() for name in ("src", "onclick"))
    styled = {str(element.tag).rpartition("}")[2] for element in tree.iter() if element.get("style")}
    assert styled <= {"line", "svg"}, "only in a drawing"


def test_headings_go_down_by_one(tree: Element) -> None:
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_and_lists_have_only_items(tree: Element) -> None:
    for table in tree.iter("table"):
        rows = list(table.iter("tr"))
        assert len({len(row) for row in rows}) == 1
        if (head := table.find("thead")) is not None:
            assert all(cell.get("scope") == "col" for cell in head.iter("th"))
    for items in [*tree.iter("ul"), *tree.iter("ol")]:
        assert {child.tag for child in items} == {"li"}


def test_chinese_is_marked_and_pinyin_too(tree: Element, shipped: Story) -> None:
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
    said = {text_of(element) for element in tree.iter("span") if element.get("lang") == "zh-Latn"}
    assert said == {term.pinyin for term in shipped.terms.values() if term.pinyin}


def test_the_guide_has_every_text_of_the_story(tree: Element, shipped: Story) -> None:
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
        wanted += [person.name, *(capital(line.text) for line in person.says), *(line.text for line in person.know)]
        wanted += fixed(person.fate)
    wanted += [
        text for source in shipped.sources.values() for text in (source.title, capital(source.kind), source.about)
    ]
    wanted += [words for variable in shipped.variables.values() for words in variable.words.values()]
    wanted += [fact.text for fact in shipped.facts.values()]
    wanted += [term.text for term in shipped.terms.values()]
    wanted += [text for section in shipped.debrief for text in (line.text for line in section.text)]
    missing = [text for text in wanted if text and " ".join(without_emphasis(text).split()) not in said]
    assert not missing
    assert len(wanted) > 500
    assert "One reading of many" in said  # above the chart of all weighings


def test_a_line_comes_before_the_chapters_of_its_date(tree: Element, shipped: Story) -> None:
    said = flat(part(tree, "every-page"))
    at = 0
    for date, chapters in enumerate(shipped.calendar):
        for text in (" ".join(line.text) for line in shipped.lines[date]):
            assert said.count(text) == 1
            at = said.index(text, at)
        at = said.index(shipped.chapters[chapters[0]].title, at)


def test_a_choice_is_above_its_reason_and_its_answers(tree: Element, shipped: Story) -> None:
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
        if len(choice.answer) > 1 and [other.say for other in choices].count(choice.say) == 1:
            tried += 1
            outcome = item.find("div")
            assert outcome is not None and text_of(outcome).count("Only if") >= len(choice.answer) - 1
            assert "Otherwise:" in text_of(outcome)
    assert tried


def test_the_guide_has_everybody_s_fates_with_their_conditions(tree: Element, shipped: Story) -> None:
    tables = list(part(tree, "people").iter("table"))
    assert [text_of(table.find("caption")) for table in tables] == list(shipped.people_groups.values())  # type: ignore[arg-type]
    rows = {row.get("id"): row for table in tables for row in table.iter("tr")}
    several = [person for person in shipped.people.values() if len(person.fate) > 1]
    assert len(several) > 3
    for person in several:
        cells = list(rows[f"person.{person.id}"])
        assert text_of(cells[0]) == person.name
        assert text_of(cells[2]).count("Only if") == len(person.fate) - 1 and text_of(cells[2]).count("Otherwise:") == 1


def test_the_guide_has_the_standing_and_source_of_each_fact(tree: Element, shipped: Story, words: Catalogue) -> None:
    rows = {row.get("id"): [text_of(cell) for cell in row] for row in part(tree, "facts").iter("tr")}
    outside = 0
    for fact in shipped.facts.values():
        place, sure, *_ = rows[f"fact.{fact.id}"]
        assert sure == words(f"standing.{standing_of(shipped, fact.id)}")
        if fact.source != next(iter(shipped.sources)):
            outside += 1
            assert place == shipped.sources[fact.source].title and sure == words("standing.outside")
    assert outside
    dated = {fact.id: fact.date for fact in shipped.facts.values() if fact.date}
    said = {id: " ".join("".join(cells).split()) for id, cells in rows.items()}
    assert dated and all(f"The date given there: {date}." in said[f"fact.{id}"] for id, date in dated.items())
    assert "1.9 bowls for each and a day" in flat(part(tree, "measures"))


def test_the_first_part_comes_before_the_contents(tree: Element) -> None:
    main = tree.find(".//main")
    assert main is not None
    assert [element.tag for element in main][:2] == ["section", "nav"]
    first = text_of(main[0])
    for word in ("Fourteen", "45 minutes", "Hunger", "projector", "The talk"):
        assert word in first
    assert len(first.split()) < 350
    linked = [element.get("href") for element in main[1].iter("a")]
    assert linked == [f"#{element.get('id')}" for element in main[2:]]


def test_lengths_in_sentences_are_the_measured_times(tree: Element, lengths: tuple[ReadingTime, ...]) -> None:
    found = [time for time in lengths if time.cut == "class"]
    least, most = min(time.minutes[0] for time in found), max(time.minutes[1] for time in found)
    assert f"{least} to {most} minutes" in text_of(part(tree, "decide"))


def test_parts_from_outside_the_film_are_marked_and_name_their_books(tree: Element, shipped: Story) -> None:
    assert shipped.guide is not None
    outside = [guide_part for guide_part in shipped.guide.parts if guide_part.notes]
    assert outside and all(guide_part.outside for guide_part in outside)
    for guide_part in outside:
        assert "not from the film" in text_of(part(tree, guide_part.id))
        sources = [note.books or "reference work" in note.text[-1].parts[-1].text for note in guide_part.notes]  # type: ignore[union-attr]
        assert all(sources)
    contents = text_of(tree.find(".//nav"))  # type: ignore[arg-type]
    assert contents.count("not from the film") == len(
        [guide_part for guide_part in shipped.guide.parts if guide_part.outside]
    )
    inside = [guide_part for guide_part in shipped.guide.parts if not guide_part.outside and not guide_part.fill]
    for name in ("Lushan", "Peng", "sparrow"):
        assert not any(name in text_of(part(tree, guide_part.id)) for guide_part in inside)


def test_the_task_is_a_sheet_for_pupils_and_views_for_the_teacher(tree: Element, shipped: Story) -> None:
    (task,) = [section.placing for section in shipped.debrief if section.placing]
    sheet, views = part(tree, "where-decided"), part(tree, "where-we-put-it")
    assert [text_of(head) for head in sheet.iter("th")][1:] == list(task.places.values())
    rows = [[text_of(cell) for cell in row.iter("td")] for row in sheet.iter("tr") if row.find("td") is not None]
    assert rows == [
        [f"{i}. {decision.text}", *["\N{NO-BREAK SPACE}"] * len(task.places)]
        for i, decision in enumerate(task.decisions, 1)
    ]
    printed = [[text_of(cell) for cell in row.iter("td")] for row in views.iter("tr") if row.find("td") is not None]
    for row, decision in zip(printed, task.decisions, strict=True):
        assert row[1:3] == [", ".join(task.places[at] for at in decision.at), decision.why]
        assert row[3].count("no.") == len(decision.facts)
    assert not any(decision.why in text_of(sheet) for decision in task.decisions)


def test_a_book_has_the_same_reason_as_in_the_talk(tree: Element, shipped: Story) -> None:
    assert shipped.guide is not None
    books = {text_of(item) for item in tree.iter("li") if (item.get("id") or "").startswith("book.")}
    whys = [book.why for book in shipped.guide.books.values() if book.why]
    assert len(whys) > 4
    assert all(any(text.endswith(why) for text in books) for why in whys)


def test_the_last_section_says_that_this_is_not_what_it_was_like(tree: Element) -> None:
    parts = [section for section in tree.iter("section") if (section.get("id") or "").startswith("part.")]
    before_appendix = parts.index(part(tree, "objectives"))
    assert "It was not what it was like" in text_of(parts[before_appendix - 1])


def test_the_contents_list_the_lesson_and_then_the_appendix(tree: Element, shipped: Story) -> None:
    assert shipped.guide is not None
    listed = [[text_of(item) for item in found.iter("li")] for nav in tree.iter("nav") for found in nav.iter("ol")]
    first, *parts = shipped.guide.parts
    for found, appendix in zip(listed, (False, True), strict=True):
        wanted = [guide_part.title for guide_part in parts if guide_part.appendix is appendix]
        assert [title.removesuffix("not from the film") for title in found] == wanted
    assert not first.appendix


def test_what_is_left_open_on_the_timeline_stands_among_the_answers(tree: Element, shipped: Story) -> None:
    assert shipped.guide is not None
    timeline = next(guide_part.timeline for guide_part in shipped.guide.parts if guide_part.timeline)
    sheet, answers = part(tree, "timeline"), text_of(part(tree, "gaps"))
    rows = [row for row in sheet.iter("tr") if row.get("class") in ("above", "below")]
    empty = {row.get("class"): [cell.get("class") == "gap" for cell in row.iter("td")] for row in rows}
    assert empty == {side: [date.gap == side for date in timeline.dates] for side in ("above", "below")}
    for date in timeline.dates:
        hidden = {"above": date.above, "below": date.below, "": ()}[date.gap]
        for text in fixed(hidden):
            assert text not in text_of(sheet) and text in answers


def test_a_task_is_a_sheet_without_its_answer(tree: Element, shipped: Story) -> None:
    assert shipped.desk is not None
    answers = text_of(part(tree, "desk-answers"))
    for task in shipped.desk.tasks.values():
        sheet = next(section for section in tree.iter("section") if section.get("id") == f"task.{task.id}")
        said = text_of(sheet)
        for document in (shipped.desk.documents[id] for id in task.documents):
            assert all(sentence in said for sentence in (*document.text, *document.simply))
            assert document.could_not not in said
        for decision in task.placing.decisions:
            assert decision.text in said
            assert decision.why not in said and decision.why in answers
        assert all(level in answers and level not in said for level in map(without_emphasis, task.rubric))


def test_a_task_without_standards_says_nothing_of_them(shipped: Story, words: Catalogue) -> None:
    assert shipped.desk is not None
    (first, task), *_ = shipped.desk.tasks.items()
    desk = replace(shipped.desk, tasks={first: replace(task, standards=())})
    guide = Guide((GuidePart("answers", "Answers", fill="answers"),))
    kiosk = {"kiosk": shipped.cuts["kiosk"]}  # its reading times are counted sooner
    said = flat(printed_of(replace(shipped, cuts=kiosk, desk=desk, guide=guide), words))
    assert task.answer[0][:20] in said
    assert "Standards" not in said


def test_a_fact_that_a_line_of_the_calendar_cites_is_found_there(words: Catalogue, tmp_path: Path) -> None:
    pack = PACK.replace("[gate]", "[{line: frost, year: 1912, text: It froze., because: [ice]}, gate]")
    facts = "facts: [{id: ice, speaker: a farmer, paraphrase: It froze., kind: record, theme: ice, game_may: fact}]\n"
    tree = printed_of(playable(tmp_path, pack=pack, facts=facts), words)
    row = next(row for row in tree.iter("tr") if row.get("id") == "fact.ice")
    assert text_of(row).endswith("between dates, 1912")


def test_a_standard_names_the_tasks_and_the_dates_that_serve_it(tree: Element, shipped: Story) -> None:
    assert shipped.desk is not None
    rows = list(part(tree, "standards").iter("tr"))[1:]
    for standard, row in zip(shipped.desk.standards.values(), rows, strict=True):
        said = text_of(row)
        assert standard.code in said and standard.family in said
        for task in shipped.desk.tasks.values():
            assert (task.title in said) is (standard.id in task.standards)
        assert all(shipped.chapters[id].title in said for id in standard.chapters)


def test_a_part_has_the_picture_of_its_chapter(shipped: Story, words: Catalogue) -> None:
    pictures = {"weighing-1958": GuidePicture("data:image/jpeg;base64,AA", "Scales.", "A painter")}
    html = render_guide(shipped, words, "", (), pictures)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    (image,) = part(tree, "decide").iter("img")
    assert (image.get("src"), image.get("alt")) == ("data:image/jpeg;base64,AA", "Scales.")
    assert "A painter" in text_of(part(tree, "decide"))


def test_an_example_reading_sees_each_wanted_chapter(shipped: Story) -> None:
    found = chapter_pictures(shipped, ["weighing-1958", "o-the-number"])
    assert {id: picture.scene for id, picture in found.items()} == {"weighing-1958": "scales", "o-the-number": "road"}


def test_every_lesson_plan_is_as_long_as_it_says(shipped: Story) -> None:
    assert shipped.guide is not None
    plans = {guide_part.id: guide_part for guide_part in shipped.guide.parts if guide_part.steps}
    assert {guide_part.lasts for guide_part in plans.values()} == {20, 45, 90, 135}
    for guide_part in plans.values():
        assert sum(step.minutes for step in guide_part.steps) == guide_part.lasts


def test_a_condition_comes_before_its_paragraph(tree: Element, shipped: Story) -> None:
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
    conditions = [span for span in tree.iter("span") if span.get("class") == "if" and text_of(span).startswith("Only")]
    assert all(text_of(span).endswith(":") for span in conditions)
    assert 10 * len([span for span in conditions if span.find("code") is not None]) < len(conditions)


def test_pack_of_a_story_without_a_guide_has_the_derived_parts(words: Catalogue) -> None:
    story = load_the_mill()
    assert story.guide is None
    found = printed_of(story, words)
    ids = {section.get("id") for section in found.iter("section")}
    assert {f"part.{fill}" for fill in ("scenes", "facts", "paper", "lengths", "debrief", "content-map")} <= ids
    assert "part.glossary" not in ids  # it has none
    main = found.find(".//main")
    assert main is not None and main[0].tag == "nav"


def test_the_smallest_story_has_a_pack_without_parts_for_what_it_lacks(tmp_path: Path, words: Catalogue) -> None:
    found = printed_of(playable(tmp_path, pack=PACK, chapter=CHAPTER.replace("place: yard\n", "")), words)
    assert "Somebody knocks." in flat(found) and words("guide.line") not in flat(found)
    assert {section.get("id") for section in found.iter("section")}.isdisjoint({"part.people", "part.measures"})


def test_texts_that_look_like_html_stay_texts(tmp_path: Path, words: Catalogue) -> None:
    story = playable(tmp_path, chapter=CHAPTER.replace("Somebody knocks.", "'<b>&amp;</b> <script>knock()</script>'"))
    story = replace(story, title="A <i>gate</i> & more")
    found = printed_of(story, words)
    assert "<b>&amp;</b> <script>knock()</script>" in flat(found)
    assert found.find(".//script") is None
    assert "A <i>gate</i> & more" in text_of(found.find(".//h1"))  # type: ignore[arg-type]


def test_the_guide_s_colours_have_enough_contrast(style: str) -> None:
    declared = re.findall(r"--(\w+): (#[0-9a-f]{3,6})", style)
    colours: dict[str, Any] = {name: ImageColor.getrgb(value) for name, value in declared}
    for ink, ground in product((colours["ink"], colours["soft"]), (colours["wash"], (255, 255, 255))):
        assert contrast(ink, ground) >= 7
    assert set(re.findall(r"(?<![\w-])color: ([^;]+);", style)) == {"var(--ink)", "var(--soft)", "inherit"}


def test_the_table_of_the_teachers_bar_has_the_bars_own_words(shipped: Story, words: Catalogue) -> None:
    assert shipped.guide is not None
    part = next(part for part in shipped.guide.parts if part.id == "wall-and-phones")
    assert part.table is not None
    first = ["".join(span.text for span in row[0][0].parts) for row in part.table.rows]  # type: ignore[union-attr]
    pressed = [label for label in first if "number" not in label]
    wishes = ("onward", "open", "close", "reveal", "revote", "decide", "settle", "back", "pause", "timer", "end",
              "lock", "leave-out")  # fmt: skip
    assert set(pressed) == {words(f"wall.{wish}") for wish in wishes} | {words("page.skip")}
