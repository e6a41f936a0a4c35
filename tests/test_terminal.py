"""The terminal shows the same tree as the window, and each control has a key."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game import resources, terminal
from game.core.stores import FolderStore, MemoryStore
from game.play import Playthrough, begin
from game.play.history import weighings
from game.play.save_files import SaveFiles
from game.play.share_code import to_code
from game.play.talk import talk_screens
from game.story import Story, load
from game.ui.components.chart_trees import cells, weighing_chart
from game.ui.components.parts import change_with_arrow
from game.ui.editions import Edition, Library
from game.ui.i18n import Catalogue
from game.ui.intents import LanguageLoaded, Press
from game.ui.screens.registry import render_top
from game.ui.settings import SettingsFile
from game.ui.state import AppState, ScreenView
from game.ui.transitions import show_reading
from game.ui.tree import TreeNode, focus_order
from game.ui.update import start, update
from tests.play.weighings import AUTUMN_58, AUTUMN_59, weighed
from tests.small_stories.packs import THE_MILL, load_the_mill

LOCALE = resources.assets_folder() / "locale"
WORDS = Catalogue(LOCALE)


def typed(story: Story, folder: Path, *lines: str, library: Library | None = None) -> str:
    """The output of a terminal while a person types these lines, and then closes it."""
    out = io.StringIO()
    typed_lines, saves = io.StringIO("".join(f"{line}\n" for line in lines)), SaveFiles(FolderStore(folder))
    settings = SettingsFile(MemoryStore())
    assert terminal.run(story, saves, settings, LOCALE, typed_lines, out, library=library) == 0
    return out.getvalue()


def pages(story: Story, role: str, which: int = 0) -> Iterator[tuple[Playthrough, AppState]]:
    """The pages of a reading that always takes the choice with this index, up to the end."""
    playthrough = begin(story, role)
    while not playthrough.over:
        yield playthrough, reading(playthrough)
        playthrough = playthrough.choose(playthrough.page.choices[which].id)
    yield playthrough, reading(playthrough)


def reading(playthrough: Playthrough) -> AppState:
    return show_reading(start(playthrough.story, WORDS, resumed=playthrough))


def printed(app: AppState, width: int = 78, italics: bool = False) -> str:
    """The topmost screen as the terminal prints it."""
    shown = render_top(app)
    return terminal.render(shown, terminal.keys_of(shown), width, italics)


def key_of(app: AppState, id: str) -> str:
    """The key of the node with this id on the topmost screen."""
    (key,) = [key for key, node in terminal.keys_of(render_top(app)).items() if node.id == id]
    return key


@pytest.mark.parametrize("door", ["1", "2"])
def test_typing_1_everywhere_reads_to_the_end(shipped: Story, tmp_path: Path, door: str) -> None:
    shown = typed(shipped, tmp_path, door, *["1"] * 80)
    assert WORDS("page.ending") in shown
    assert shipped.debrief[-1].title in shown


def test_a_code_is_typed_as_a_line(shipped: Story, tmp_path: Path) -> None:
    there = begin(shipped, "official").choose("continue").choose("continue")
    keys = terminal.keys_of(render_top(update(start(shipped, WORDS), Press("code"))[0]))
    (field,) = [key for key, node in keys.items() if node.role == "field"]
    assert not [node for node in keys.values() if node.style == "key"], "who types has letters already"
    door = key_of(start(shipped, WORDS), "code")
    text = to_code(there)
    wrong = ("A" if text[0] != "A" else "B") + text[1:]
    shown = typed(shipped, tmp_path, door, field, wrong, field, text)
    assert "There is a mistake in group 1 of the share code." in shown
    assert there.page.title in shown.split("There is a mistake in group 1 of the share code.")[-1]
    kept = json.loads((tmp_path / "current.json").read_text(encoding="utf-8"))
    assert len(kept["save"]["entries"]) == len(there.entries)


def test_a_field_asks_in_the_language_that_was_switched_to(tmp_path: Path) -> None:
    mill, chinese = load_the_mill(), load(THE_MILL, None, "zh-Hans")
    words = Catalogue(LOCALE, "zh-Hans").but({"terminal.prompt": "page.ending"})
    editions = tuple(Edition(tag, tag, {"kiosk": {"miller": 4}}) for tag in ("en", "zh-Hans"))
    app = start(mill, WORDS, editions=editions)
    pressed = [key_of(app, "set:language=zh-Hans")]
    app, _ = update(app, Press("set:language=zh-Hans"))
    app, _ = update(app, LanguageLoaded(chinese, words))
    pressed.append(key_of(app, "code"))
    app, _ = update(app, Press("code"))
    (field,) = [node for node in terminal.keys_of(render_top(app)).values() if node.role == "field"]
    library = Library(editions, lambda: editions, lambda language: (chinese, words))
    shown = typed(mill, tmp_path, *pressed, key_of(app, field.id), "", library=library)
    assert f"{field.label} {words('terminal.prompt')} " in shown


def test_the_credits_are_there_too(shipped: Story, tmp_path: Path) -> None:
    app = start(shipped, WORDS, offers=frozenset({"credits"}))
    about = key_of(app, "about")
    app, _ = update(app, Press("about"))
    key = key_of(app, "credits")
    assert "SIL Open Font License 1.1" in typed(shipped, tmp_path, about, key)


def test_an_empty_line_takes_the_only_choice_and_an_unknown_key_nothing(shipped: Story, tmp_path: Path) -> None:
    shown = typed(shipped, tmp_path, "nonsense", "99", "1", "", "", "", "", "", "", "")
    assert shipped.content_note[0][:30] in shown
    assert shown.count(WORDS("terminal.unknown")) >= 2 + 3


def test_a_cut_is_begun_from_the_title(shipped: Story, tmp_path: Path) -> None:
    """Without `--role`, the requested length holds for any door."""
    kept = SaveFiles(FolderStore(tmp_path))
    lines = io.StringIO("1\n1\n1\n1\n")
    assert terminal.run(shipped, kept, SettingsFile(MemoryStore()), LOCALE, lines, io.StringIO(), cut="kiosk") == 0
    found = kept.resume(shipped)
    assert found is not None and found[0].cut.id == "kiosk"


def test_closed_input_loses_nothing(shipped: Story, tmp_path: Path) -> None:
    typed(shipped, tmp_path, "1", "1", "1", "1", "1")
    kept = json.loads((tmp_path / "current.json").read_text())["save"]
    resumed, notes = SaveFiles(FolderStore(tmp_path)).resume(shipped) or (None, ())
    assert resumed is not None
    assert not notes
    taken = [entry.take for entry in resumed.entries]
    assert taken == [entry["take"] for entry in kept["entries"]] == ["continue", "continue", "full-bowls"]
    assert resumed.page.title in typed(shipped, tmp_path, "1")


def test_every_thing_that_can_be_pressed_has_a_key(shipped: Story) -> None:
    for _, app in pages(shipped, "official", -1):
        shown = render_top(app)
        keys = terminal.keys_of(shown)
        assert sorted(node.id for node in keys.values()) == sorted(focus_order(shown))


@pytest.mark.parametrize("width", [30, 78])
def test_lines_stay_within_the_terminal(shipped: Story, width: int) -> None:
    for _, app in pages(shipped, "villager"):
        for line in printed(app, width).splitlines():
            assert len(line) <= width or " " not in line.strip()


@pytest.mark.parametrize("width", [30, 78])
def test_chinese_lines_stay_within_the_terminal_and_begin_with_no_comma(width: int) -> None:
    """A Chinese character takes two columns."""
    story = load(resources.story_folder(), language="zh-Hans")
    for _, app in pages(story, "villager"):
        for line in printed(replace(app, words=Catalogue(LOCALE, "zh-Hans")), width).splitlines():
            columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
            assert columns <= width + 1, "the blank half of a last mark may stand outside"
            assert not line.strip().startswith(("，", "。", "、", "；", "：", "？", "！", "”", "）"))


def test_emphasis_is_in_italics_or_plain(shipped: Story) -> None:
    leaning = 0
    for playthrough, app in pages(shipped, "villager"):
        plain, italic = printed(app), printed(app, italics=True)
        assert italic.replace("\x1b[3m", "").replace("\x1b[23m", "") == plain
        assert not set("*\x0e\x0f\x1b") & set(plain)
        spans = [span for paragraph in playthrough.page.paragraphs for span in paragraph.spans]
        leaning += sum(span.kind == "emphasis" for span in spans)
        assert sum(span.kind == "emphasis" for span in spans) <= italic.count("\x1b[3m") == italic.count("\x1b[23m")
    assert leaning > 3


def test_the_tools_keep_their_keys_whatever_is_marked_on_a_page(shipped: Story) -> None:
    found: dict[str, set[str]] = {}
    marked = 0
    for _, app in pages(shipped, "villager"):
        keys = terminal.keys_of(render_top(app))
        for key, node in keys.items():
            if node.id in ("pause", "undo", "leave"):
                found.setdefault(node.id, set()).add(key)
        marked += sum(node.style == "person" for node in keys.values())
    assert marked > 50 and set(found) == {"pause", "undo", "leave"}
    assert all(len(keys) == 1 for keys in found.values())


def test_a_page_is_printed_with_all_that_stands_around_its_text(shipped: Story) -> None:
    met = dict.fromkeys(("lines", "changes", "sources"), 0)
    for playthrough, app in pages(shipped, "villager"):
        page = playthrough.page
        text = " ".join(printed(app).split())
        wanted = [" ".join(line.text) for line in page.lines] + [change_with_arrow(change) for change in page.changes]
        wanted += [f"{option.say} {option.reason}" for option in page.choices if option.reason]
        if page.progress.number is not None:
            wanted.append(WORDS("page.progress", at=page.progress.number, of=page.progress.of))
        assert not [wish for wish in wanted if " ".join(wish.split()) not in text], page.node
        for part in met:
            met[part] += bool(getattr(page, part))
    assert all(met.values())


def test_a_name_the_people_and_the_story_so_far_open_by_a_key(shipped: Story, tmp_path: Path) -> None:
    app = reading(begin(shipped, "villager").choose("continue").choose("continue").choose("ask-paper"))
    keys = terminal.keys_of(render_top(app))
    mark = next(node for node in keys.values() if node.style == "person")
    assert mark.action is not None
    card, _ = update(app, Press(mark.id))
    assert shipped.people[mark.action.target].name in printed(card)
    paused, _ = update(app, Press("pause"))
    for name, expected in (("people", "Shao Yuzhen"), ("so-far", "Ask what our land paper is good for now.")):
        listed = terminal.keys_of(render_top(paused))
        assert name in {node.id for node in listed.values()}
        sheet, _ = update(paused, Press(name))
        assert expected in printed(sheet)


def debriefed(story: Story, section: str) -> AppState:
    """A section of the talk after the villager's whole reading with the first choices."""
    *_, (playthrough, app) = pages(story, "villager")
    at = [screen.id for screen in talk_screens(playthrough)].index(section)
    return app.pushed(ScreenView("debrief", str(at)))


def test_a_weighing_is_printed_in_bars_of_a_character(words: Catalogue) -> None:
    chart = weighing_chart(words, weighed(*AUTUMN_59), 10_000)
    lines = terminal.render(TreeNode("screen", "page", children=(chart,)), {}, 78).splitlines()
    bars = {row.label: next(line for line in lines if line.startswith(row.label) and row.value in line)
            for row, *_ in cells(chart)}  # fmt: skip
    assert {label: line.partition("sacks")[2].strip() for label, line in bars.items()} == {
        "Grew in the fields": "□□□□□□□□□□·", "Brought in": "■■■■■■■■■■", "Reported": "□□□□□□□□□□????????",
        "Asked for": "□□□□□", "Taken": "▨▨▨▨▨▥▥", "Left": "■■■",
    }  # fmt: skip
    assert "    " in bars["Left"].partition("sacks")[2], "what is left begins where what was taken ends"
    assert len({line.index("sacks") for line in bars.values()}) == 1, "all bars begin on one line"


def test_a_weighing_s_bowls_are_printed(words: Catalogue) -> None:
    chart = weighing_chart(words, weighed(*AUTUMN_58), 13_000)
    text = terminal.render(TreeNode("screen", "page", children=(chart,)), {}, 78)
    lines = [re.sub(" +", " ", line).strip() for line in text.splitlines()]
    at = lines.index("Food for each of 4,100 people and each day, in bowls")
    assert lines[at + 1 :] == [
        "An ordinary year 1.9 bowls", "more grew +0.2", "If all of it had come in 2.1 bowls",
        "lost in the fields −0.5", "If only the usual part had gone 1.6 bowls", "more than usual was taken −0.3",
        "What there was 1.3 bowls",
    ]  # fmt: skip


def test_the_years_are_printed_one_after_another(shipped: Story) -> None:
    app = debriefed(shipped, "weighings")
    met = [weighing.when for weighing in weighings(app.current)]
    text = printed(app)
    assert len(met) > 2
    assert [line for line in text.splitlines() if line.endswith(("1958", "1959", "1960", "1961"))] == met
    assert text.count("Brought in") == len(met) + (shipped.measures is not None)


def test_the_outcome_of_each_choice_is_printed(shipped: Story) -> None:
    app = debriefed(shipped, "what-happened")
    text = printed(app, 200)
    taken = [choice.say for at in app.current.history if (choice := at.choice_taken())]
    places = [text.index(f"  {say}") if f"  {say}" in text else text.index(f"\n{say}") for say in taken]
    assert len(places) > 9 and places == sorted(places)
    assert text.count(WORDS("anyway.she")) == len(taken)
    fates = printed(debriefed(shipped, "people"), 200)
    assert fates.index("Shen Guilan") < fates.index("Mao Zedong")
