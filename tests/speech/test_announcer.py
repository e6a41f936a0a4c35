"""Speech: a page from its top, a move of the focus, a setting, the way back; and nothing twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play.page import Picture
from game.play.save_files import SlotInfo
from game.speech.announcer import announce_changes
from game.story.model import Story
from game.ui import intents
from game.ui.components.parts import change_in_words
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.tree import find, focus_order, numbered, walk
from game.ui.update import update
from tests.speech.stand_ins import Player

Listen = Callable[[Story], Player]


@pytest.fixture
def reader(listen: Listen, mill: Story) -> Player:
    """On the miller's first page."""
    player = listen(mill)
    player.does(intents.Press("new:miller"), intents.Activate())
    return player


@pytest.fixture
def villager(listen: Listen, shipped: Story) -> Player:
    """On the villager's first page."""
    player = listen(shipped)
    player.does(intents.Press("new:villager"), intents.Activate())
    return player


def read_to_choices(reader: Player) -> list[str]:
    """Read to the first page with several choices. Returns what is said there."""
    said: list[str] = []
    while len(reader.app.current.page.choices) < 2:
        said = reader.does(intents.PickNumber(1))
    return said


def in_order(texts: list[str], said: list[str]) -> bool:
    """Whether the texts occur among what was said, in order."""
    lines = iter(said)
    return all(any(text in line for line in lines) for text in texts)


def test_the_first_words_say_how_the_voice_is_turned_off(listen: Listen, mill: Story) -> None:
    said = listen(mill).opening
    assert "V turns it off" in said[0]
    assert said[1] == f"{mill.title}."
    assert any("things to choose" in line for line in said)


def test_a_page_is_said_from_its_date_to_its_choices(reader: Player) -> None:
    said = read_to_choices(reader)
    page = reader.app.current.page
    says = [option.say for option in page.choices]
    prose = [paragraph.text for paragraph in page.paragraphs]
    assert in_order([page.title, *prose, f"{len(says)} choices", *says, "to choose."], said)
    assert said[0] == f"{page.when} · {page.place}."


def test_the_date_comes_before_the_picture_and_is_not_repeated(villager: Player) -> None:
    first = villager.does(intents.PickNumber(1))
    page = villager.app.current.page
    assert page.when and page.picture
    assert in_order([page.when, page.title, page.hanzi or "", page.picture.alt, page.paragraphs[0].text], first)
    second = villager.does(intents.PickNumber(1))
    assert villager.app.current.page.chapter == page.chapter
    assert not any(page.when in line or page.picture.alt in line for line in second)
    assert in_order([page.when, page.picture.alt], villager.does(intents.SayAgain(whole=True)))


def test_a_move_of_the_focus_says_what_has_it(reader: Player) -> None:
    read_to_choices(reader)
    page = reader.app.current.page
    option = page.choices[1]
    assert reader.does(intents.Focus(f"choice:{option.id}")) == [f"Choice 2 of {len(page.choices)}: {option.say}"]
    assert reader.does(intents.SayAgain()) == [f"Choice 2 of {len(page.choices)}: {option.say}"]
    assert f"{page.title}." in reader.does(intents.Focus(None), intents.SayAgain())[:3]


def test_the_parts_of_a_page_are_said_in_their_order(villager: Player) -> None:
    met = dict.fromkeys(("lines", "note", "told", "changes"), 0)
    for _ in range(40):
        said = villager.does(intents.PickNumber(1))
        page = villager.app.current.page
        if villager.app.current.over:
            break
        progress = f"Date {page.progress.number} of {page.progress.of}."
        dated = [page.when or "", progress, page.title] if progress in said else [page.title]
        lines = [" ".join(line.text) for line in page.lines]
        prose = [paragraph.text for paragraph in page.paragraphs]
        changes = [change_in_words(villager.app.words, change) for change in page.changes]
        summaries = [paragraph.text for part in page.told for paragraph in part.paragraphs]
        options = [text for option in page.choices for text in (option.say, option.reason) if text]
        parts = [*dated, *lines, page.note or "", *summaries, *prose, *changes, *options]
        assert in_order([part for part in parts if part], said), page.node
        for kind in met:
            met[kind] += bool(getattr(page, kind))
    assert all(met[kind] for kind in ("lines", "note", "changes")), met


def test_a_focused_choice_says_number_deed_and_reason(villager: Player) -> None:
    villager.does(intents.PickNumber(1), intents.PickNumber(1))
    page = villager.app.current.page
    assert len(page.choices) == 3
    second = page.choices[1]
    assert villager.does(intents.Focus(f"choice:{second.id}")) == [f"Choice 2 of 3: {second.say}", second.reason]
    whole = villager.does(intents.SayAgain(whole=True))
    assert in_order([f"2: {second.say}", second.reason], whole)


def test_a_marked_person_says_that_it_opens_a_card(villager: Player, shipped: Story) -> None:
    villager.does(intents.PickNumber(1))
    marks = [node for node in walk(villager.tree) if node.action and node.action.verb == "person"]
    assert len(marks) >= 2
    assert villager.does(intents.Focus(marks[0].id)) == [villager.app.words("speech.person", text=marks[0].label)]
    said = villager.does(intents.Activate())
    assert said[0] == f"{shipped.people[marks[0].action.target].name}."  # type: ignore[union-attr]


def test_a_setting_says_its_state_and_then_only_what_changes_and_a_message_is_said(reader: Player) -> None:
    reader.does(intents.Press("pause"), intents.Press("settings"))
    assert reader.does(intents.Focus("setting:text_scale"))[0] == "Setting, Text size: 100 %."
    assert reader.does(intents.Adjust(1)) == ["120 %."]
    assert reader.does(intents.Adjust(1, "voice_speed")) == ["Speed: Fast."]
    reader.does(intents.Back(), intents.Back())
    assert reader.does(intents.Adjust(1, "text_scale")) == ["Text size: 150 %."], "by a key, without a row for it"
    assert "The disk is full." in reader.does(intents.Failed("The disk is full."))


def test_a_card_is_said_and_the_page_under_it_not_again(reader: Player, mill: Story) -> None:
    while not (terms := [node for node in walk(reader.tree) if node.style == "term"]):
        reader.does(intents.PickNumber(1))
    (term, *_) = terms
    title = reader.tree.label
    said = reader.does(intents.Focus(term.id), intents.Activate())
    assert said[0] == f"{mill.terms[term.action.target].term}."  # type: ignore[union-attr]
    assert said[-1] == "Button: Close."
    assert reader.does(intents.Back()) == [f"Back: {title}.", f"Word of the time: {term.label}. Enter opens it."]


def test_turning_the_voice_off_is_said_and_is_the_last_of_it(reader: Player) -> None:
    assert reader.does(intents.SwitchVoice()) == ["The voice is off."]
    assert reader.does(intents.FocusStep(1)) == []
    assert reader.does(intents.Press("pause")) == []
    said = reader.does(intents.SwitchVoice())
    assert "The voice is on" in said[0]
    assert "Paused." in said


def test_turning_the_voice_on_turns_up_a_sound_that_is_off(words: Catalogue, mill: Story) -> None:
    """A listener who cannot see the settings would not notice that sound is off."""
    player = Player(mill, words, Settings(volume=0))
    player.does(intents.SwitchVoice())
    assert player.app.settings.speaks
    assert player.app.settings.volume > 0


def test_a_silent_game_says_nothing(words: Catalogue, mill: Story) -> None:
    player = Player(mill, words, Settings())
    presses = intents.Press("new:miller"), intents.Activate(), intents.PickNumber(1), intents.FocusStep(1)
    assert player.opening == player.does(*presses) == []


def test_nothing_is_said_twice(reader: Player) -> None:
    reader.does(intents.FocusStep(1))
    assert reader.does(intents.Scroll(40)) == []
    assert reader.does(intents.VoiceSaying("whatever is being said")) == []


def test_a_heavy_chapter_says_the_way_round_it(reader: Player) -> None:
    said: list[str] = []
    while not reader.app.current.page.note:
        said = reader.does(intents.PickNumber(1))
    page = reader.app.current.page
    assert page.note
    assert in_order([page.note, "Skip this: read it in a few lines", page.paragraphs[0].text], said)


@given(st.lists(st.integers(0, 30), max_size=25))
def test_whatever_is_pressed_what_has_the_focus_can_be_heard(words: Catalogue, mill: Story, presses: list[int]) -> None:
    player = Player(mill, words)
    for number in presses:
        order = focus_order(player.tree)
        if order:
            lines = player.does(intents.Press(order[number % len(order)]))
            assert all(line.strip() for line in lines)
        assert player.does(intents.SayAgain())
        assert player.does(intents.SayAgain(whole=True))


def test_following_is_pure(words: Catalogue, mill: Story) -> None:
    app = Player(mill, words).app
    (known, opening), same = (announce_changes(None, render_top(app), app.top.focus, app) for _ in range(2))
    assert same == (known, opening)
    later, _ = update(app, intents.FocusStep(1))
    first, again = (announce_changes(known, render_top(later), later.top.focus, later) for _ in range(2))
    assert first == again


def test_a_line_to_type_on_says_each_letter(listen: Listen, mill: Story) -> None:
    player = listen(mill)
    opened = player.does(intents.Press("slots-fetch"), intents.Press("code"))
    assert any(line.startswith("Text field") and "empty" in line for line in opened)
    assert not any(line == "K." for line in opened), "the letters on the screen are not all read out"
    assert player.does(intents.Type("k")) == ["K"]
    assert player.does(intents.Type("7m")) == ["7, M"]
    assert player.does(intents.Erase(-1)) == ["M deleted."]
    assert "K, 7" in player.does(intents.Focus("back"), intents.Focus("field"))[0]


def test_a_code_is_said_letter_by_letter(reader: Player) -> None:
    said = reader.does(intents.Press("pause"), intents.Press("share"))
    code = next(node for node in walk(reader.tree) if node.style == "code")
    assert code.value in said


def test_a_filled_slot_is_said_with_its_number(reader: Player) -> None:
    """The spoken number is the key that loads it, also with empty slots in between."""
    reader.does(intents.PickNumber(1), intents.Press("pause"))
    slot = SlotInfo(2, "2026-11-04T20:41", "miller", "Pots into Iron", "October 1958", picture=Picture("village", {}))
    reader.does(intents.Press("slots-fetch"))
    said = reader.does(intents.SlotsRead([slot]), intents.SayAgain(whole=True))
    assert any(line.startswith("1: 2 · Pots into Iron") for line in said)
    assert find(reader.tree, "fetch:2") in numbered(reader.tree)


def at_the_task(player: Player) -> None:
    while not player.app.current.over:
        player.does(intents.PickNumber(1))
    player.does(intents.Press("debrief"))
    while find(player.tree, "compare:where") is None:
        player.does(intents.Press(f"section:{int(player.app.top.argument) + 1}"))


def test_a_task_says_its_decisions_and_each_place_where_one_stands_on_it(reader: Player) -> None:
    at_the_task(reader)
    whole = reader.does(intents.SayAgain(whole=True))
    assert in_order(["1. What is on the list.", "2. Whose bowl is filled."], whole)
    assert "At the gate." not in whole
    empty = ["In the hall: 2. Whose bowl is filled.", "Place it here."]
    assert reader.does(intents.Focus("place:where.bowl.hall")) == empty
    assert reader.does(intents.Activate()) == [empty[0], "placed here.", "Take it away."]
    assert reader.does(intents.Activate()) == empty


def test_the_author_s_view_is_said_when_it_is_asked_for(reader: Player) -> None:
    at_the_task(reader)
    reader.does(intents.Focus("place:where.list.hall"), intents.Activate())
    said = reader.does(intents.Press("compare:where"))
    parts = ["1. What is on the list.", "Placed in: In the hall.", "Our answer: At the gate", "Both had a hand", "2. "]
    assert in_order(parts, said)
    assert in_order(["It was ladled there.", "Then choose one of the two."], said)
