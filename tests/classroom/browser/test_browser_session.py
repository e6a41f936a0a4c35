"""The browser session: keys and presses of the pages drive the class, and every page shows the result."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.classroom import commands
from game.classroom.browser.browser_session import BrowserSession
from game.classroom.display import Controller, PupilsState
from game.classroom.run_class import StartChoice, ask_how_to_start
from game.classroom.state import ClassState
from game.story.model import Story
from game.ui.effects import StoreSettings
from game.ui.i18n import Catalogue
from game.ui.soundscape import ambience
from game.ui.state import AppState
from tests.classroom.browser.browser_class import TEXT_SCALE, BrowserClass
from tests.classroom.led_class import PHONES


@pytest.fixture
def class_(request: pytest.FixtureRequest, words: Catalogue, tmp_path: Path) -> Iterator[BrowserClass]:
    """A class of the small story, or of a parameter's story."""
    class_ = BrowserClass(request.getfixturevalue(getattr(request, "param", "mill")), words, tmp_path)
    yield class_
    class_.log.close()


def decide(state: ClassState) -> commands.Events:
    return commands.decide(state, {track.door: track.page.choices[0].id for track in state.tracks}, "so")


def test_enter_alone_leads_from_the_note_to_an_open_vote_and_its_result(class_: BrowserClass) -> None:
    assert [screen["screen"] for screen in class_.view("wall")["screens"]] == ["wall-join"]
    class_.to_a_vote()
    class_.key("Enter")
    assert class_.phases() == ["open"]
    for seat in sorted(class_.host.state.seats):
        class_.vote(seat)
    class_.key("Enter", "Enter")
    assert class_.phases() == ["revealed"]
    assert class_.labels("wall", "row"), "the votes are on the wall"


def test_votes_reach_both_pages_without_a_message_from_them(class_: BrowserClass, words: Catalogue) -> None:
    class_.to_a_vote()
    class_.key("Enter")
    class_.vote(min(class_.host.state.seats))
    class_.clock.now += 1.0
    class_.session.poll()
    for page in ("wall", "teacher"):
        assert words("wall.voted", n=1) in class_.labels(page, "status")[0]


def test_wall_has_no_buttons_and_does_not_show_the_peek(class_: BrowserClass) -> None:
    class_.to_a_vote()
    class_.key("Enter")
    class_.press("peek")
    assert class_.labels("teacher", "row") and not class_.labels("wall", "row")
    assert class_.labels("teacher", "button") and not class_.labels("wall", "button")
    assert '"action"' not in json.dumps(class_.view("wall"))


def test_hands_are_counted_by_number_keys_from_either_page(class_: BrowserClass) -> None:
    class_.to_a_vote()
    class_.key("1", "1", "x", "2", "Backspace")
    assert class_.view("teacher")["screens"][0]["screen"] == "hands"
    class_.key("Enter")
    track = class_.host.state.tracks[0]
    assert class_.host.state.vote.hands[track.door] == {track.page.choices[0].id: 1}


def test_typed_text_is_filtered_and_the_page_gets_it_back(class_: BrowserClass) -> None:
    class_.to_a_vote()
    class_.key("1")
    class_.session.handle({"do": "fill", "text": "7seven"})
    view = class_.view("teacher")
    assert view["typed"] == "7seven" and class_.session.app.top.line.text == "7"
    class_.key("Enter")
    assert class_.view("teacher")["typed"] == "", "the next field is empty"


def test_second_press_just_after_a_page_turn_does_nothing(class_: BrowserClass) -> None:
    class_.to_a_vote()
    class_.host.execute(commands.open_vote)
    class_.host.execute(commands.reveal)
    class_.clock.now += 1.0
    class_.session.poll()
    class_.host.execute(decide)
    class_.session.poll()
    before = class_.host.state
    class_.session.handle({"do": "key", "key": "Enter"})
    assert class_.host.state is before
    class_.clock.now += 1.0
    class_.session.handle({"do": "key", "key": "Enter"})
    assert class_.host.state is not before


@pytest.mark.parametrize("message", [
    None, 3, [], "x", {}, {"do": "press"}, {"do": "press", "id": 4}, {"do": "press", "id": "nothing"},
    {"do": "key", "key": ""}, {"do": "key", "key": "F1"}, {"do": "key", "key": "½"}, {"do": "fill", "text": 3},
    {"do": "fill", "text": "x"}, {"do": "scroll", "share": 2}, {"do": "scroll", "share": "1"},
    {"do": "focus", "id": "nothing"}, {"do": "number", "number": 1}, {"do": "imported", "text": "{}"},
])  # fmt: skip
def test_malformed_messages_change_nothing(message: object, class_: BrowserClass) -> None:
    class_.to_a_vote()
    before = class_.session.app
    class_.session.handle(message)
    assert class_.session.app == before


def test_wall_has_the_teachers_colours_and_its_own_text_size(class_: BrowserClass) -> None:
    class_.to_a_vote()
    class_.key("Escape")
    class_.press("settings", "set:theme=night")
    wall, teacher = class_.view("wall")["settings"], class_.view("teacher")["settings"]
    assert wall["theme"] == teacher["theme"] == "night"
    assert (wall["text_scale"], teacher["text_scale"]) == (TEXT_SCALE, 100)
    assert any(isinstance(effect, StoreSettings) for effect in class_.other_effects)


@pytest.mark.parametrize("class_", ["shipped"], indirect=True)
def test_only_the_wall_gets_the_sounds_of_its_place(class_: BrowserClass) -> None:
    class_.to_a_vote()
    before, place = class_.view("wall"), ambience(class_.pupils_state(class_.session.app))
    assert before["loops"] == dict(place.loops) and place.loops
    assert before["occasional"] == {name: list(values) for name, values in place.occasional.items()}
    assert "page" in before["effects"]["levels"] and class_.view("wall") == before
    class_.host.execute(commands.open_vote)
    class_.session.poll()
    assert class_.view("wall")["effects"] == before["effects"], "no page was turned"
    class_.host.execute(commands.reveal)
    class_.host.execute(decide)
    class_.session.poll()
    assert class_.view("wall")["effects"]["number"] > before["effects"]["number"]
    assert not {"loops", "occasional", "effects"} & class_.view("teacher").keys()


@pytest.mark.parametrize("class_", ["shipped"], indirect=True)
def test_sound_is_muted_and_changed_by_the_keys_of_the_window(class_: BrowserClass) -> None:
    class_.to_a_vote()
    loud = class_.view("wall")["loops"]
    class_.key("-")
    quieter = class_.view("wall")["loops"]
    assert quieter.keys() == loud.keys() and all(quieter[name] < loud[name] for name in loud)
    class_.key("+", "l", "m")
    assert class_.view("wall")["screens"][0]["screen"] == "picture"
    assert class_.view("wall")["loops"] == class_.view("wall")["occasional"] == {}
    class_.key("m")
    assert class_.view("wall")["loops"] == loud


def test_settings_have_no_section_that_a_page_lacks(class_: BrowserClass) -> None:
    class_.key("Escape", "Escape", "Escape")
    class_.press("settings")
    shown = json.dumps(class_.view("teacher")["screens"])
    assert "section:reading" in shown and "section:sound" in shown
    assert not any(name in shown for name in ("section:voice", '"fullscreen"'))


def test_wall_follows_the_teachers_scrolling_until_the_screen_changes(class_: BrowserClass) -> None:
    class_.to_a_vote()
    class_.session.handle({"do": "scroll", "share": 0.5})
    assert class_.view("wall")["scroll"] == class_.view("teacher")["scroll"] == 0.5
    class_.key("Escape")
    assert class_.view("teacher")["scroll"] == 0


def test_picture_fills_both_pages_until_any_key(class_: BrowserClass) -> None:
    class_.to_a_vote()
    class_.key("l")
    assert {class_.view(page)["screens"][0]["screen"] for page in ("wall", "teacher")} == {"picture"}
    before = class_.host.state
    class_.key("Enter")
    assert {class_.view(page)["screens"][0]["screen"] for page in ("wall", "teacher")} == {"wall"}
    assert class_.host.state is before


def test_join_code_is_sent_as_runs_of_dark_squares(class_: BrowserClass) -> None:
    (rows,) = class_.view("wall")["codes"].values()
    assert len(rows) >= 21 and all(start + length <= len(rows) for row in rows for start, length in row)


def test_end_of_the_class_needs_a_yes_and_ends_the_session(class_: BrowserClass) -> None:
    class_.to_a_vote()
    assert class_.session.status is None
    class_.key("Escape")
    class_.press("end-class")
    card = class_.view("teacher")["screens"][-1]
    assert card["card"] and class_.session.status is None
    assert [screen["screen"] for screen in class_.view("wall")["screens"]] == ["wall"]
    class_.clock.now += 1.0
    class_.press("yes")
    assert class_.session.status == 0
    assert len(class_.host.state.present) == PHONES


def test_teacher_gets_the_question_before_a_class_while_the_wall_waits(mill: Story, words: Catalogue) -> None:
    seen: dict[str, object] = {}

    def display(app: AppState, controller: Controller, pupils_state: PupilsState | None, /) -> int:
        assert isinstance(controller, StartChoice) and pupils_state is None
        session = BrowserSession(app, controller, None, lambda picture: "", lambda: 0.0)
        views = session.views()
        seen.update({"wall": views["wall"]["do"], "teacher": views["teacher"]["screens"][0]["screen"]})
        session.handle({"do": "key", "key": "Enter"})
        assert session.status == 0
        return 0

    assert ask_how_to_start(mill, words, ["Began today"], display) == "resume"
    assert seen == {"wall": "wait", "teacher": "class-start"}
