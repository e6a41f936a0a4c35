"""The parts of a page beside its text: answer, lines, progress, people, sources, weighing, place and date."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.explore.liveness import Liveness
from game.lang.markup import Paragraph, Span
from game.play import Playthrough, begin, debrief, restore, save
from game.play.debrief_sections import facts_met
from game.play.history import reading_map
from game.play.page import LedgerRow, Page, Progress
from game.play.page_context import holds, line_paragraph, person_says, with_marks
from game.play.share_code import from_code, to_code
from game.story import Story, load
from game.story.model import Line, Node
from tests.play.readers import read, read_to_the_end, walked
from tests.play.weighings import MEASURES
from tests.small_stories.packs import THE_FERRY, load_the_ferry, load_the_mill
from tests.story.packs import CHAPTER, PACK, checked, codes, playable


@pytest.fixture(scope="module")
def ferry() -> Callable[[], Story]:
    """The Ferry, behind a call, so that a failing property does not print all of it."""
    return load_the_ferry


def lines(p: Playthrough) -> list[str]:
    return [line.id for line in p.page.lines]


def answer(p: Playthrough) -> str | None:
    return p.page.answer.text if p.page.answer is not None else None


def wandered(story: Story, seed: int, cut: str | None = None) -> Playthrough:
    chance = random.Random(seed)
    name = cut or chance.choice(list(story.cuts))
    role = None if story.cuts[name].both_roles else chance.choice(list(story.roles))
    return read_to_the_end(begin(story, role, name), chance, outside=0.03)


# answers -----------------------------------------------------------------------------------------------------


def test_an_answer_is_of_the_moment_after_the_deed() -> None:
    story = load_the_ferry()
    first = read(story, "ferryman", "continue")
    assert first.page.node == "f-gate.gate"
    assert answer(first) is None
    kept = first.choose("give")
    assert (kept.page.node, kept.position.state[story.index["jar"]]) == ("f-gate.kept", 0)
    assert answer(kept) == "Lu Qi took it, and a handful stayed."
    assert answer(kept.choose("continue")) is None
    poor = first.choose("wait").choose("give")
    assert (poor.page.node, answer(poor)) == ("f-gate.night", "Lu Qi took it.")
    assert answer(first.choose("wait")) is None  # this choice has no answer


@pytest.mark.parametrize("deed", [0, 1, 3])
@pytest.mark.parametrize("page", [0, 2, 4])
def test_an_answer_knows_the_deed_and_its_page_and_not_the_next(deed: int, page: int, tmp_path: Path) -> None:
    texts = [
        "{if: seen(inside), text: late}", "{if: not seen(knock), text: early}",
        "{if: not chose(knock.open), text: undone}", "{if: chose(knock.wait), text: other}", "'{grain}'",
    ]  # fmt: skip
    opened = f"say: Open., do: [grain = {deed}], goto: inside, answer: [{', '.join(texts)}]"
    chapter = CHAPTER.replace("say: I opened., goto: inside", opened)
    chapter = chapter.replace("end: they-came-in", f"do: [grain = {page}]\n    end: they-came-in")
    p = begin(playable(tmp_path, chapter=chapter), "villager").choose("open")
    assert answer(p) == ["an empty jar", "half a jar", "half a jar", "a full jar"][deed]
    assert p.position.state[p.story.index["grain"]] == page


def test_an_answer_goes_with_its_step() -> None:
    story = load_the_ferry()
    listed = read(story, "clerk", "continue", "modest", "continue", "keep")
    assert (listed.page.chapter, answer(listed)) == ("c-end", "It lay there.")
    again, notes = restore(story, save(listed))
    assert (answer(again), notes) == ("It lay there.", ())
    ended = listed.choose("copy")
    assert answer(ended) == "Nobody read it."
    assert answer(ended.undo()) == "It lay there."
    skipped = read(story, "ferryman", "continue", "hide", "continue", "continue").skip()
    assert (skipped.page.chapter, answer(skipped)) == ("f-end", None)
    assert answer(begin(story, "ferryman", "kiosk").choose("walk")) == "Lu Qi looked back once."


def test_the_talk_has_each_answer_and_each_anyway() -> None:
    p = read(load_the_ferry(), "ferryman", "continue", "wait", "give", "continue", "continue", "smallest", "stay")
    forks = [fork for date in reading_map(p).dates for station in date for fork in station.forks]
    assert [
        (fork.say, fork.reason, fork.answer and fork.answer.text, fork.anyway and fork.anyway.text) for fork in forks
    ] == [
        ("Wait.", "Nobody asked.", None, None),
        ("Give the boat.", "They would find it.", "Lu Qi took it.", "Every boat went in the end."),
        ("Fill the smallest bowl first.", "They were small.", "The old man waited.",
         "The hall had nothing left by March."),
        ("Stay.", "It was home.", "Somebody had to.", None),
    ]  # fmt: skip
    (path,) = (section for section in debrief(p) if section.id == "path")
    assert [(item.answer, item.anyway) for item in path.items][1] == ("Lu Qi took it.", "Every boat went in the end.")


def test_everybody_met_has_a_fate() -> None:
    def fates(*takes: str, cut: str = "full", earlier: Playthrough | None = None) -> dict[str, str]:
        p = read(load_the_ferry(), "ferryman", *takes, cut=cut, earlier=earlier)
        (people,) = (section for section in debrief(p) if section.id == "people")
        return {item.detail.split(" · ")[0]: item.text for item in people.items}

    assert fates("smallest", "go", cut="kiosk") == {"Ning Changshun": "He lived."}
    walked = fates("walk", "continue", "stay", cut="kiosk")
    assert walked == {"Ning Changshun": "He grew thin.", "Lu Qi": "Nobody knows."}
    takes = ("continue", "hide", "continue", "continue", "smallest", "go")
    clerk = read_to_the_end(begin(load_the_ferry(), "clerk"), random.Random(0))
    assert list(fates(*takes, earlier=clerk)) == [
        "Ning Changshun", "Ma Hong", "Yao Wen", "Ma Tie",
    ], "in the order of their groups"  # fmt: skip
    assert list(fates(*takes)) == ["Ning Changshun", "Ma Hong", "Ma Tie"], "the clerk's own door decides the clerk's"


# lines -------------------------------------------------------------------------------------------------------


def test_lines_are_on_the_first_page_after_them() -> None:
    p = walked(
        load_the_ferry(), "ferryman", "full", ("continue", "wait", "hide", "continue", "continue", "smallest", "go")
    )
    assert [(at.page.node, lines(at)) for at in p.history] == [
        ("frame.room", []), ("f-gate.gate", ["autumn"]), ("f-gate.gate", []), ("f-gate.night", []),
        ("weighing.scales", []), ("f-heavy.ladle", ["frost", "snow", "hunger"]), ("f-end.eve", ["spring"]),
        ("f-end.bowls", []),
    ]  # fmt: skip
    clerk = read(load_the_ferry(), "clerk", "continue", "modest", "continue")
    assert (clerk.page.node, lines(clerk)) == ("c-list.list", ["frost", "snow"])
    assert lines(clerk.choose("keep")) == ["hunger", "spring"]


def test_a_brief_cut_shows_the_last_line_that_has_a_brief_text() -> None:
    story = load_the_ferry()
    ferryman, clerk = begin(story, "ferryman", "kiosk"), begin(story, "clerk", "kiosk")
    assert [lines(ferryman), lines(ferryman.choose("smallest"))] == [["hunger"], ["spring"]]
    assert [lines(clerk), lines(clerk.choose("keep"))] == [["snow"], ["spring"]]


def test_both_doors_of_a_date_have_its_lines() -> None:
    p = walked(load_the_ferry(), None, "class", ("hide", "continue", "double", "continue", "stay", "continue"))
    assert [(at.page.node, lines(at)) for at in p.history if lines(at)] == [
        ("f-gate.gate", ["autumn"]),
        ("c-gate.desk", ["autumn"]),
        ("f-end.eve", ["frost", "snow", "hunger", "spring"]),
        ("c-end.leaves", ["frost", "snow", "hunger", "spring"]),
    ]


def test_a_cut_with_brief_lines_has_long_pages(tmp_path: Path) -> None:
    folder = shutil.copytree(THE_FERRY, tmp_path / "ferry")
    pack = (folder / "pack.yaml").read_text()
    (folder / "pack.yaml").write_text(pack.replace("c-gate, f-end, c-end]}", "c-gate, f-end, c-end], brief: lines}"))
    p = begin(load(folder), "ferryman", "short").choose("hide").choose("continue")
    assert [p.page.node, lines(p), p.page.shows_brief] == ["f-end.eve", ["spring"], False]
    assert [line.text for line in begin(p.story, "ferryman", "short").page.marked().lines] == ["China, 1958."]


def test_a_skip_does_not_repeat_lines() -> None:
    p = read(load_the_ferry(), "ferryman", "continue", "hide", "continue", "continue")
    assert lines(p) == ["frost", "snow", "hunger"]
    assert lines(p.skip()) == ["spring"]
    assert lines(p.skip().undo()) == ["frost", "snow", "hunger"]


@given(st.integers(0, 10**6))
def test_a_reading_of_one_door_meets_each_line_once_in_order(ferry: Callable[[], Story], seed: int) -> None:
    story = ferry()
    role = random.Random(seed).choice(list(story.roles))
    p = read_to_the_end(begin(story, role, "full"), random.Random(seed), outside=0.05)
    met = [line.id for at in p.history if not at.left for line in at.page.lines]
    every = [line.id for date in story.lines for line in date]
    assert met == every[: len(met)]
    again, _ = restore(story, save(p))
    assert [at.page.lines for at in again.history] == [at.page.lines for at in p.history]


@given(st.integers(0, 10**6))
def test_saves_and_codes_know_no_lines(ferry: Callable[[], Story], seed: int) -> None:
    story = ferry()
    bare = replace(story, lines=())
    p = wandered(story, seed)
    q = walked(bare, p.role, p.cut.id, (entry.take for entry in p.entries))
    assert save(q) == save(p)
    assert to_code(q) == to_code(p)
    assert from_code(bare, to_code(p))[0].position == q.position


def test_the_facts_of_lines_are_met() -> None:
    p = read(load_the_ferry(), "ferryman", "continue", "give")
    assert p.page.sources == ("scrap", "invented")
    p = p.choose("continue").choose("continue").choose("continue")
    assert (p.page.node, p.page.sources) == ("f-heavy.ladle", ("frost", "halls"))
    assert facts_met(p) == ("scrap", "halls", "frost")
    story = p.story
    assert {id: story.sources[fact.source].title for id, fact in story.facts.items()} == {
        "scrap": "The Film", "halls": "The Film", "frost": "The Almanac",
    }  # fmt: skip


def test_a_page_does_not_rest_on_chapters_that_nobody_was_shown() -> None:
    p = read(load_the_ferry(), "clerk", cut="kiosk")
    assert p.page.node == "c-list.list" and not p.page.told
    assert [block.because for block in p.position.done] == [("invented",), ("invented",)]
    assert p.page.sources == ("frost",)
    brief = read(load_the_mill(), "miller", cut="kiosk")
    assert [part.chapter for part in brief.page.told] == ["m-gate", "m-told"]
    assert [block.because for block in brief.position.done] == [("fever",), ("halls",), ("invented",), ("invented",)]
    assert brief.page.sources == ("halls", "invented")  # the fever's newsreel has no brief text


def test_nodes_that_were_passed_on_the_way_count_and_the_page_s_own_comes_first() -> None:
    story = load_the_mill()
    p = begin(story, "miller", "full")
    seen = set()
    for at in _all_steps(p, 40):
        own = at.position.node.because if at.position.node is not None else ()
        first = tuple(fact for fact in own if fact != "invented")
        assert at.page.sources[: len(first)] == first
        seen |= {
            block.full_id for block in at.position.done if isinstance(block, Node) and block is not at.position.node
        }
        passed = [block.because for block in at.position.done if isinstance(block, Node)]
        assert {fact for because in passed for fact in because} <= set(at.page.sources)
    assert "m-gate.fork" in seen


def _all_steps(p: Playthrough, most: int) -> list[Playthrough]:
    """Up to `most` playthroughs, breadth first."""
    found = [p]
    for at in found:
        if len(found) < most and not at.over:
            found += [at.choose(option.id) for option in at.page.choices]
    return found


# progress ----------------------------------------------------------------------------------------------------


def test_progress_counts_the_dates_of_two_doors() -> None:
    p = walked(load_the_ferry(), "ferryman", "full", ("continue", "hide", "continue", "continue", "smallest"))
    assert [page.progress for page in p.pages] == [
        Progress(None, 2, None), Progress(1, 2, 1958), Progress(1, 2, 1958), Progress(1, 2, 1958),
        Progress(1, 2, 1960), Progress(2, 2, 1962),
    ]  # fmt: skip
    assert p.page.as_json()["progress"] == {"number": 2, "of": 2, "year": 1962}


@pytest.mark.parametrize(
    ("cut", "role", "dates"), [("full", "villager", 13), ("class", None, 7), ("kiosk", "official", 4)]
)
def test_the_shipped_story_has_thirteen_seven_or_four_dates(
    cut: str, role: str | None, dates: int, shipped: Story
) -> None:
    p = read_to_the_end(begin(shipped, role, cut), random.Random(7))
    met = [page.progress for page in p.pages if page.chapter is not None]
    numbers = [progress.number for progress in met if progress.number is not None]
    assert {progress.of for progress in met} == {dates}
    assert list(dict.fromkeys(numbers)) == list(range(1, dates + 1))
    assert numbers == sorted(numbers)
    for page in p.pages:
        if page.when and "1992" in page.when:
            assert page.progress == Progress(None, dates, None)
        elif page.progress.number is not None:
            assert page.progress.year is None or 1957 < page.progress.year < 1963


# people ------------------------------------------------------------------------------------------------------


def named(page: Page) -> list[str]:
    return [mark.id for mark in page.people]


def test_a_page_names_people_in_lines_texts_answers_and_deeds() -> None:
    story = load_the_ferry()
    gate = read(story, "ferryman", "continue")
    assert named(gate.page) == ["ning", "ma-hong", "ma-tie"]
    brief = read(story, "ferryman", "smallest", cut="kiosk")
    assert named(brief.page) == ["ning"]  # the old man in the answer; the brief text names nobody
    assert named(begin(story, "ferryman", "kiosk").page) == []
    heavy = read(story, "ferryman", "continue", "hide", "continue", "continue")
    assert named(heavy.page) == ["yao"]  # in a line
    assert [mark.says for mark in gate.page.people] == ["the ferryman", "Captain Ma’s sister", "captain of the militia"]


def test_somebody_is_new_once_a_chapter() -> None:
    gate = read(load_the_ferry(), "ferryman", "continue")
    assert gate.page.new_people == {"ning", "ma-hong", "ma-tie"}
    assert gate.choose("wait").page.new_people == frozenset()
    night = gate.choose("wait").choose("give")
    assert night.page.new_people == {"lu"}
    assert night.undo().page.new_people == frozenset()
    heavy = read(load_the_ferry(), "ferryman", "walk", cut="kiosk")
    assert heavy.page.new_people == {"lu"}


def test_a_person_s_description_depends_on_calendar_reader_and_state() -> None:
    story = load_the_ferry()
    ning, yao = story.people["ning"], story.people["yao"]
    p = read(story, "ferryman", "continue", "hide", "continue")
    assert person_says(ning, story, p.position, "ferryman") == "the ferryman"
    p = p.choose("continue")
    assert person_says(ning, story, p.position, "ferryman") == "a ferryman without a boat"
    clerk = read(story, "clerk", "continue", "double", "continue", "keep", "copy")
    p = read(story, "ferryman", "continue", "hide", "continue", "continue", "smallest", earlier=clerk)
    assert person_says(yao, story, p.position, "ferryman") == "the clerk who doubled it"
    assert person_says(yao, story, p.position, "clerk") == "the clerk"
    assert person_says(yao, story, p.position, None) == "the clerk who doubled it"
    assert person_says(replace(yao, says=()), story, p.position, None) == ""


def test_knowledge_holds_only_from_its_chapter_for_its_role_on_its_condition() -> None:
    story = load_the_ferry()
    gone = story.people["ning"].know[1]
    gave = read(story, "ferryman", "continue", "wait", "give")
    assert not holds(gone, story, gave.position, "ferryman")
    assert holds(gone, story, gave.choose("continue").position, "ferryman")
    assert not holds(gone, story, gave.choose("continue").position, "clerk")
    hid = read(story, "ferryman", "continue", "hide", "continue")
    assert not holds(gone, story, hid.position, "ferryman")


PARTS = st.sampled_from(
    ["Lu Qi", "Ma Hong", "The old man", "the old man", "Ma", "Yao Wen’s", " came. ", ", ", "马红", "nobody"]
)
SPANS = st.lists(
    st.tuples(st.sampled_from(["plain", "emphasis", "term"]), st.lists(PARTS, min_size=1, max_size=5).map("".join)),
    min_size=1,
    max_size=4,
)


@given(SPANS, st.sets(st.sampled_from(["lu", "ma-hong", "ning", "yao"])))
def test_marks_change_no_word(ferry: Callable[[], Story], parts: list[tuple[str, str]], only: set[str]) -> None:
    story = ferry()
    paragraph = Paragraph(tuple(Span(text, kind, "t" if kind == "term" else None) for kind, text in parts), "Fang")  # type: ignore[arg-type]
    marked, left = with_marks(paragraph, story, only)
    assert (marked.text, marked.by) == (paragraph.text, "Fang")
    terms, marked_terms = ([span for span in text.spans if span.kind == "term"] for text in (paragraph, marked))
    assert terms == marked_terms
    outside = [mention.person for kind, text in parts if kind != "term" for mention in story.names.mentions(text)]
    marks = [span.target for span in marked.spans if span.kind == "person"]
    assert marks == [id for id in dict.fromkeys(outside) if id in only]
    assert left == only - set(outside)
    for span in marked.spans:
        assert span.text
        if span.kind == "person":
            assert [mention.person for mention in story.names.mentions(span.text)] == [span.target]


def test_chinese_names_are_marked_inside_a_sentence() -> None:
    story = load_the_ferry("zh-Hans")
    p = begin(story, "clerk", "kiosk").choose("strike")
    assert answer(p) == "没人来抓马红。"
    assert [(mark.id, mark.says) for mark in p.page.people] == [("ma-hong", "马队长的妹妹")]
    assert p.page.answer is not None
    spans = with_marks(p.page.answer, story, p.page.new_people)[0].spans
    assert [(span.text, span.kind) for span in spans] == [("没人来抓", "plain"), ("马红", "person"), ("。", "plain")]


# weighings ---------------------------------------------------------------------------------------------------

YEARS = [(8200, 6560, 13000, 2080, 2080, 0, 0, 1958), (5600, 5200, 9000, 2700, 3480, 780, 0, 1959),
         (5000, 4700, 5640, 1579, 1579, 0, 300, 1960), (4900, 4900, 4900, 882, 882, 0, 0, 1961)]  # fmt: skip
BOWLS = {1958: (2.06, 1.59, 1.32), 1959: (1.32, 1.20, 0.61), 1960: (1.34, 1.24, 1.10), 1961: (1.33, 1.33, 1.37)}


def weighing_page(folder: Path, *amounts: int) -> Page:
    """The first page of a story with the shipped story's measures, which weighs these amounts."""
    stood, brought_in, reported, asked, taken, of_seed, back, year = amounts
    ledger = (
        f"    ledger: {{year: {year}, stood: {stood}, brought_in: {brought_in}, reported: {reported},\n"
        f"      asked: {asked}, taken: {{amount: {taken}, of_seed: {of_seed}}}, back: {back}}}\n"
    )
    measures = (
        "measures: {unit_kg: 100, husked_percent: 70, portion_g: 200, days: 240, seed: 780,\n"
        "  ordinary: {stood: 7800, taken: 1560}, people: {1957: 4100, 1960: 3500, 1961: 3450}}\n"
    )
    chapter = CHAPTER.replace("    text: Somebody knocks.\n", f"    text: Somebody knocks.\n{ledger}", 1)
    return begin(playable(folder, pack=PACK + measures, chapter=chapter), "villager").page


@pytest.mark.parametrize("amounts", YEARS, ids=lambda amounts: str(amounts[-1]))
def test_each_year_s_rows_come_to_the_portions_of_the_ledger(amounts: tuple[int, ...], tmp_path: Path) -> None:
    weighed = weighing_page(tmp_path, *amounts).ledger
    assert weighed is not None and weighed.portions is not None
    stood, brought_in, reported, asked, taken, of_seed, back, year = amounts
    assert weighed.people == {1958: 4100, 1959: 4100, 1960: 3500, 1961: 3450}[year]
    assert (weighed.back, weighed.usual, weighed.missing) == (back, brought_in // 5, 4100 - weighed.people)
    assert weighed.rows == (
        LedgerRow("stood", stood), LedgerRow("brought_in", brought_in), LedgerRow("reported", reported),
        LedgerRow("asked", asked), LedgerRow("taken", taken, of_seed),
        LedgerRow("left", brought_in - taken + back, 780 - of_seed),
    )  # fmt: skip
    portions = (weighed.portions.stood, weighed.portions.brought_in, weighed.portions.left, weighed.portions.ordinary)
    assert tuple(round(portion or 0, 2) for portion in portions) == (*BOWLS[year], 1.94)


def test_a_weighing_as_json_has_the_names_of_the_design(tmp_path: Path) -> None:
    made = weighing_page(tmp_path, *YEARS[1]).as_json()["ledger"]
    assert made["people"] == 4100
    assert made["rows"][4] == {"kind": "taken", "amount": 3480, "of_seed": 780, "label": ""}
    assert list(made["portions"]) == ["ordinary", "stood", "brought_in", "left"]


def test_without_measures_a_weighing_has_rows_alone() -> None:
    bare = begin(replace(load_the_ferry(), measures=None), "clerk").choose("continue").choose("double").page.ledger
    assert bare is not None and (bare.people, bare.portions) == (None, None)
    assert [(row.kind, row.amount, row.of_seed) for row in bare.rows] == [
        ("brought_in", 4868, 0), ("reported", 7300, 0), ("taken", 1825, 0), ("left", 3043, 0),
    ]  # fmt: skip


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(1, 9_000))
def test_more_units_are_never_fewer_portions(some: int, more: int, people: int) -> None:
    assert MEASURES.portions(some, people) <= MEASURES.portions(some + more, people)
    assert MEASURES.portions(some, people + 1) <= MEASURES.portions(some, people)
    assert MEASURES.portions(-some, people) == 0


@given(st.integers(1900, 2000))
def test_people_are_those_of_the_last_named_year(year: int) -> None:
    assert MEASURES.people_in(year) == (4100 if year < 1960 else 3500 if year < 1961 else 3450)


# place and date --------------------------------------------------------------------------------------------

TWO_PLACES = PACK.replace(
    "  yard: {name: the yard, scene: courtyard}\n",
    "  yard: {name: the yard, scene: courtyard}\n"
    "  hall: {name: the hall, scene: hall, params: {jar: grain}, alt: A hall.}\n",
)
MOVED = CHAPTER.replace("place: yard", "place: yard\nwhen: May 1958").replace(
    "    text: They came in.", "    when: July 1962\n    place: hall\n    text: They came in."
)


def test_a_page_can_have_another_place_than_its_chapter(tmp_path: Path) -> None:
    p = begin(playable(tmp_path, pack=TWO_PLACES, chapter=MOVED), "villager")
    assert (p.page.when, p.page.place, p.page.picture and p.page.picture.scene) == ("May 1958", "the yard", "courtyard")
    page = p.choose("open").page
    assert (page.when, page.place) == ("July 1962", "the hall")
    assert page.picture is not None
    assert (page.picture.scene, page.picture.alt, page.picture.params) == ("hall", "A hall.", {"jar": 2})


def test_variables_of_a_page_s_own_picture_are_live_before_it(tmp_path: Path) -> None:
    story = playable(tmp_path, pack=TWO_PLACES, chapter=MOVED)
    assert "grain" in Liveness(begin(story, "villager").engine).at["gate.knock"]


def test_a_place_that_the_pack_does_not_have_is_found_on_its_page(tmp_path: Path) -> None:
    _, findings = checked(tmp_path, pack=TWO_PLACES, chapter=MOVED.replace("place: hall", "place: hal"))
    (finding,) = [finding for finding in findings if finding.code == "WG302"]
    assert "hal" in finding.problem and "hall" in finding.remedy
    assert finding.line == MOVED[: MOVED.index("place: hall")].count("\n") + 1


def test_a_place_of_a_single_page_counts_as_used(tmp_path: Path) -> None:
    assert "WG613" not in codes(checked(tmp_path, pack=TWO_PLACES, chapter=MOVED)[1])


# in another language -----------------------------------------------------------------------------------------


@given(st.integers(0, 10**6))
def test_a_reading_goes_on_in_another_language(ferry: Callable[[], Story], seed: int) -> None:
    english, chinese = ferry(), load_the_ferry("zh-Hans")
    p = wandered(english, seed, "kiosk")
    again, notes = restore(chinese, save(p))
    assert notes == ()
    assert (again.page.node, again.page.progress.of, lines(again)) == (p.page.node, p.page.progress.of, lines(p))
    chinese_answer = answer(again)
    assert (answer(p) is None) == (chinese_answer is None)
    assert chinese_answer is None or not chinese_answer.isascii()
    assert restore(english, save(again))[0].entries == p.entries


def test_a_cached_story_has_all_of_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(THE_FERRY, tmp_path / "pack"))
    load(folder, tmp_path / "cache")
    cached, fresh = load(folder, tmp_path / "cache"), load_the_ferry()
    for seed in range(8):
        p = wandered(fresh, seed)
        q = walked(cached, p.role, p.cut.id, (entry.take for entry in p.entries))
        assert [page.as_json() for page in q.pages] == [page.as_json() for page in p.pages]
        assert debrief(q) == debrief(p)
    assert (cached.spots, cached.sources, cached.measures) == (fresh.spots, fresh.sources, fresh.measures)
    assert list(cached.people_groups.items()) == list(fresh.people_groups.items())


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        (("A law is passed.", "Nobody leaves."), "A law is passed. Nobody leaves."),
        (("毛泽东请大家说话。", "说了的人受了罚。"), "毛泽东请大家说话。说了的人受了罚。"),
        (("他说：“好。”", "没有人走。"), "他说：“好。”没有人走。"),
        (("One.",), "One."),
    ],
)
def test_a_line_s_sentences_have_spaces_between_them_except_in_chinese(sentences: tuple[str, ...], text: str) -> None:
    assert line_paragraph(Line("law", sentences), brief=False).text == text
