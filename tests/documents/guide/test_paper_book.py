"""The paper book leads to the same pages as the program."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from game.core.html import page, tag
from game.documents.guide import paper_book as paper_module
from game.documents.guide.inline_html import PrintSetting
from game.documents.guide.paper_book import TooManyReadings, make_book
from game.documents.guide.paper_book_html import paper_books
from game.play import Playthrough
from game.play.engine import CONTINUE, SKIP, Engine
from game.resources import assets_folder
from game.story import Story
from game.ui.components.chart_trees import bowls_of, cells, weighing_chart
from game.ui.i18n import Catalogue, catalogue_for
from tests.documents.guide.paper_reader import PaperReader, Printed
from tests.small_stories.packs import load_the_mill
from tests.story.packs import CHAPTER, PACK, playable

SKIPPING = "To read this chapter in a few words instead:"


def printed_book(story: Story, cut: str, words: Catalogue) -> Printed:
    setting = PrintSetting(story, words, (), frozenset())
    html = page([tag("meta", charset="utf-8"), tag("title", "x")], paper_books(setting, cut), "en")
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def texts_of(p: Playthrough) -> list[str]:
    """The texts of the game's page: summaries at its head, paragraphs and ledger."""
    shown = [paragraph for skipped in p.page.told for paragraph in skipped.paragraphs]
    shown += p.page.brief if p.page.shows_brief else p.page.paragraphs
    found = [f"{paragraph.by}: {paragraph.text}" if paragraph.by else paragraph.text for paragraph in shown]
    if p.page.ledger is None:
        return found
    chart = weighing_chart(catalogue_for(assets_folder() / "locale", p.story), p.page.ledger, 1)
    rows = (*(row for row, *_ in cells(chart)), *bowls_of(chart))
    return found + [f"{row.label}: {row.value}" for row in rows]


def read_both(story: Story, role: str, cut: str, printed: Printed, chance: random.Random) -> int:
    """Read to an end with both at random, compare every page with its entry, and return the number of choices."""
    engine = Engine(story, role, replace(story.cuts[cut], both_roles=False))
    p, reader, chosen = Playthrough(engine, engine.start(), None), PaperReader(printed, role), 0
    while True:
        entry, shown = reader.texts(), texts_of(p)
        while len(shown) < len(entry):  # an entry has several pages if there is no choice between them
            p = p.take(CONTINUE)
            shown += texts_of(p)
        assert entry == shown
        lines = reader.lines()
        open_now = {SKIPPING if take == SKIP else say: take for take, say in takes(p)}
        assert [line.say for line in lines] == list(open_now)
        if not lines:
            assert "The story ends here." in "".join(reader.entry.itertext())
            return chosen
        line = chance.choice(lines)
        reader.take(line)
        p = p.take(open_now[line.say])
        chosen += open_now[line.say] != CONTINUE


def takes(p: Playthrough) -> list[tuple[str, str]]:
    """The entries that can be taken on a page, with their texts; `leave` needs no line."""
    return [(option.id, option.say) for option in p.page.choices] + [(o, "") for o in p.page.offers if o == SKIP]


@pytest.mark.parametrize("cut", ["kiosk", "class"])
@pytest.mark.full
def test_the_shipped_paper_books_agree_with_the_program(shipped: Story, words: Catalogue, cut: str) -> None:
    chance = random.Random(1958)
    printed = printed_book(shipped, cut, words)
    for role in shipped.roles:
        assert sum(read_both(shipped, role, cut, printed, chance) for _ in range(15)) > 15


@pytest.mark.parametrize(("cut", "role"), [("short", "miller"), ("kiosk", "miller"), ("kiosk", "clerk")])
def test_another_story_s_paper_books_agree_with_the_program(words: Catalogue, cut: str, role: str) -> None:
    chance = random.Random(7)
    printed = printed_book(load_the_mill(), cut, words)
    for _ in range(40):
        read_both(load_the_mill(), role, cut, printed, chance)


def test_a_story_that_counts_visits_has_no_paper_book(words: Catalogue) -> None:
    """Ticks cannot count visits, so the story is refused, and the pack says why."""
    with pytest.raises(TooManyReadings):
        make_book(load_the_mill(), "clerk", "short")
    assert "Clerk Yao" in "".join(printed_book(load_the_mill(), "short", words).itertext())
    assert "comes back to a page" in "".join(printed_book(load_the_mill(), "short", words).itertext())


def test_the_ticked_letters_are_those_of_conditions(shipped: Story) -> None:
    for role in shipped.roles:
        made = make_book(shipped, role, "kiosk")
        asked = {name for entry in made.entries for block in entry.blocks for name in block.when.names}
        asked |= {name for entry in made.entries for link in entry.links for name in link.when.names}
        ticked = {link.tick for entry in made.entries for link in entry.links if link.tick}
        assert asked == ticked == set(made.ticks)
        assert len(made.ticks) <= 12


def test_every_entry_is_numbered_once_and_has_a_link_to_it(shipped: Story) -> None:
    for role in shipped.roles:
        made = make_book(shipped, role, "kiosk")
        assert [entry.number for entry in made.entries] == list(range(1, len(made.entries) + 1))
        led_to = {link.to for entry in made.entries for link in entry.links}
        assert {entry.node for entry in made.entries[1:]} == led_to - {made.entries[0].node}


def test_a_line_between_dates_has_its_year_once(shipped: Story, words: Catalogue) -> None:
    printed = printed_book(shipped, "kiosk", words)
    lines = printed.findall(".//p[@class='line']")
    years = [year.text or "" for line in lines for year in line.findall("strong")]
    assert years and all(re.fullmatch(r"19\d\d", year) for year in years)
    assert len(years) < len(lines)
    assert all(
        "".join(line.itertext()).count(year.text or "") == 1 for line in lines for year in line.findall("strong")
    )


def test_a_story_too_large_for_paper_has_a_line_instead(
    tmp_path: Path, words: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = playable(tmp_path)
    assert len(make_book(story, "villager", "full").entries) == 2
    monkeypatch.setattr(paper_module, "MAX_VISITS", 1)
    with pytest.raises(TooManyReadings):
        make_book(story, "villager", "full")
    said = "".join(printed_book(story, "full", words).itertext())
    assert "too many ways" in said


MEASURES = (
    "measures: {unit_kg: 100, husked_percent: 70, portion_g: 200, days: 240, seed: 780,"
    " ordinary: {stood: 7800, taken: 1560}, people: {1957: 4100}}\ncuts:\n  full: {play: one role}\n"
)
LEDGER = """\
    ledger: {year: 1959, stood: 5600, brought_in: 5200, reported: 9000, taken: {amount: 3480, of_seed: 780}}
"""


def test_a_weighing_on_paper_has_bars_and_bowls(tmp_path: Path, words: Catalogue) -> None:
    story = playable(tmp_path, pack=PACK + MEASURES, chapter=CHAPTER.replace("    end:", LEDGER + "    end:"))
    (printed,) = printed_book(story, "full", words).findall(".//div[@class='weighing']")
    assert ["".join(element.itertext()) for element in printed.iter("li")] == [
        "Grew in the fields: 5,600 sacks", "Brought in: 5,200 sacks", "Reported: 9,000 sacks", "Taken: 3,480 sacks",
        "Left: 1,720 sacks", "An ordinary year: 1.9 bowls", "less grew: −0.6",
        "If all of it had come in: 1.3 bowls", "lost in the fields: −0.1",
        "If only the usual part had gone: 1.2 bowls", "more than usual was taken: −0.6",
        "What there was: 0.6 bowls",
    ]  # fmt: skip
    drawn = [[svg.get("class") for svg in row.iter() if str(svg.tag).endswith("svg")] for row in printed.iter("li")]
    assert drawn == [["bar"]] * 5 + [["bowl"], [], ["bowl"], [], ["bowl"], [], ["bowl"]]


def test_summaries_and_lines_stand_in_the_order_of_the_calendar(mill: Story, words: Catalogue) -> None:
    number = make_book(mill, "miller", "full").entry("m-heavy.ladle").number
    entry = printed_book(mill, "full", words).find(f".//article[@id='entry.miller.{number}']")
    assert entry is not None
    kinds = [part.get("class") for part in entry]
    assert [kind for kind in kinds if kind in ("told", "line", "head")] == ["told", "line", "head"]
