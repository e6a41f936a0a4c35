"""The interface as a value: any intent leaves it whole, and nothing is lost without a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import begin
from game.play.save_files import SlotInfo
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Autosave, LoadSlot, Quit, StoreSettings
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, choices, find, focus_order, to_json, walk
from game.ui.update import start, update
from tests.ui.app_driver import at_page, has_unique_ids, press, text_of
from tests.ui.stand_ins import wandered

SLOT = SlotInfo(2, "2026-01-02T03:04:05", "miller", "Pots into Iron", "October 1958")


@pytest.fixture
def app(mill: Story, words: Catalogue) -> AppState:
    """The interface at its first start."""
    return start(mill, words)


def opened(app: AppState) -> AppState:
    """On the miller's first page."""
    return press(app, "new:miller", "begin:miller")


@pytest.fixture
def gate(app: AppState) -> AppState:
    """On the miller's second page, the first one with several choices."""
    return press(opened(app), "choice:continue")


PLAIN = [
    *(made() for made in (intents.Activate, intents.Back, intents.Mute, intents.Fullscreen)),
    *(made() for made in (intents.Paste, intents.Copied)),
    *map(intents.FocusStep, (1, -1)),
    *map(intents.PickNumber, (1, 7)),
    *map(intents.Scroll, (90, -4)),
    *map(intents.Focus, (None, "no-such-thing")),
    *map(intents.Type, ("rb6cq we", "no code")),
    *map(intents.Erase, (-1, 1)),
    intents.Adjust(1),
    intents.Adjust(-1, "text_scale"),
    intents.Press("no-such-thing"),
    intents.SlotsRead((SLOT,)),
    intents.Failed("It broke."),
    intents.MoveCaret(-3),
]
Drawn = int | intents.Intent  # a number stands for one of the nodes that can be pressed on the present screen
any_intent: st.SearchStrategy[Drawn] = st.integers(0, 40) | st.sampled_from(PLAIN)


def intent_of(app: AppState, drawn: Drawn) -> intents.Intent:
    if not isinstance(drawn, int):
        return drawn
    pressable = [node.id for node in walk(render_top(app)) if node.action is not None]
    return intents.Press(pressable[drawn % len(pressable)])


@given(st.lists(any_intent, max_size=40))
def test_any_intents_leave_the_interface_whole(mill: Story, words: Catalogue, hand: list[Drawn]) -> None:
    app = start(mill, words)
    for drawn in hand:
        app, effects = update(app, intent_of(app, drawn))
        for effect in effects:
            if isinstance(effect, LoadSlot):
                app, _ = update(app, intents.PlaythroughLoaded(begin(mill, "clerk"), ["A note."]))
        shown = render_top(app)
        assert has_unique_ids(shown)
        assert focus_order(shown), "there is always something to press"
        assert app.top.focus is None or app.top.focus in focus_order(shown)
        assert app.views[0] == replace(app.views[0], screen="title")
        assert all(node.label or node.role in ("list", "group", "date", "ornament", "mark") for node in walk(shown))
        to_json(shown)


@given(st.lists(any_intent, max_size=30))
def test_no_entry_is_lost_without_a_question(mill: Story, words: Catalogue, hand: list[Drawn]) -> None:
    """Entries disappear only by going back a step, or after a yes; each new state is autosaved."""
    app = start(mill, words)
    for drawn in hand:
        asked, before = app.top.screen == "confirm", app.playthrough
        app, effects = update(app, intent_of(app, drawn))
        after = app.playthrough
        if after is not before:
            assert after is not None and Autosave(after) in effects
        if before is not None and after is not None and not asked and before.entries and not before.over:
            assert len(after.entries) >= len(before.entries) - 1


@given(st.lists(any_intent, max_size=15), any_intent)
def test_update_is_pure(mill: Story, words: Catalogue, hand: list[Drawn], last: Drawn) -> None:
    app = start(mill, words)
    for drawn in hand:
        app, _ = update(app, intent_of(app, drawn))
    shown, intent = render_top(app), intent_of(app, last)
    first, second = update(app, intent)[0], update(app, intent)[0]
    assert to_json(render_top(first)) == to_json(render_top(second))
    assert render_top(app) == shown


def test_enter_alone_leads_to_the_first_page(app: AppState) -> None:
    assert focus_order(render_top(app))[:2] == ("new:miller", "new:clerk")
    assert find(render_top(app), "continue") is None
    assert app.top.focus == "new:miller"
    for screen in ("content-note", "reading"):
        app, _ = update(app, intents.Activate())
        assert app.top.screen == screen
    assert app.top.focus == "choice:continue"


def test_a_requested_role_opens_at_its_content_note(mill: Story, words: Catalogue) -> None:
    app = start(mill, words, role="clerk")
    assert app.top.screen == "content-note"
    app = press(app, "begin:clerk")
    assert app.current.role == "clerk"


def test_a_choice_turns_the_page_and_saves_and_can_be_undone(app: AppState, gate: AppState) -> None:
    assert gate.top.focus is None, "among several choices none is suggested"
    after, effects = update(update(gate, intents.Scroll(50))[0], intents.PickNumber(2))
    assert after.current.entries == gate.current.choose("hide").entries
    assert effects == (Autosave(after.current),) and after.top.scroll == 0
    assert press(after, "undo").current.entries == gate.current.entries
    assert find(render_top(opened(app)), "undo") is None, "there is nothing to take back on the first page"


def test_a_heavy_chapter_s_note_offers_the_skip(mill: Story, words: Catalogue) -> None:
    heavy = next(p for p in wandered(mill, 1, "miller") if "skip" in p.page.offers)
    app = press(start(mill, words, resumed=heavy), "continue", "skip")
    assert app.current.entries == heavy.skip().entries
    assert "The old man did not live to see the spring." in text_of(render_top(app))


def test_leaving_asks_and_leads_to_the_talk(app: AppState) -> None:
    """After no, Enter goes on with the page. From the talk the reader can still go back a step."""
    page = opened(app)
    keyed = update(update(page, intents.Focus("leave"))[0], intents.Activate())[0]
    for asked in (keyed, press(page, "leave"), press(page, "pause", "leave")):
        assert asked.top.screen == "confirm"
        stayed, outside = press(asked, "back"), press(asked, "yes")
        assert (stayed.top.screen, stayed.top.focus) == ("reading", "choice:continue")
        assert outside.top.screen == "debrief" and press(outside, "undo").top.screen == "reading"
    assert update(keyed, intents.Back())[0] == press(keyed, "back")


def test_skipping_the_last_chapter_leads_to_the_talk(shipped: Story, words: Catalogue) -> None:
    p = begin(shipped, "villager")
    while not p.over:
        p = p.skip() if "skip" in p.page.offers else p.choose(p.page.choices[0].id)
    assert p.page.ending is None
    assert press(start(shipped, words, resumed=p), "continue", "debrief").top.screen == "debrief"


def test_a_new_playthrough_asks_before_it_replaces_an_unfinished_one(app: AppState, gate: AppState) -> None:
    fresh = press(opened(app), "pause", "home", "new:clerk", "begin:clerk")
    assert fresh.current.role == "clerk" and fresh.aside is None
    asked = press(gate, "pause", "home", "new:clerk", "begin:clerk")
    assert asked.top.screen == "confirm" and asked.current.role == "miller"
    assert press(asked, "back").current.role == "miller"
    begun = press(asked, "yes")
    assert begun.current.role == "clerk" and begun.aside is asked.current


def test_continuing_comes_back_to_the_page(gate: AppState) -> None:
    home = press(gate, "pause", "home")
    assert home.top.focus == "continue" and press(home, "continue").page is gate.page


def test_sources_open_and_close(gate: AppState) -> None:
    night = press(gate, "choice:give-wok")
    sheet = press(night, "sources")
    said = " ".join(f"{node.value} {node.label}" for node in walk(render_top(sheet)))
    for part in ("A Film of the Mill (documentary film)", "Recorded · paragraph 18 Scrap", "Claimed"):
        assert part in said
    card = press(sheet, "fact:scrap")
    for part in ("Scrap from every kitchen", "Paragraph 18, sentences 2, 3. The speaker: the film’s narrator.",
                 "Recorded", "autumn 1958", "From: A Film of the Mill (documentary film). It names"):  # fmt: skip
        assert part in text_of(render_top(card))
    back = update(card, intents.Back())[0]
    assert back.top == sheet.top and update(back, intents.Back())[0].top == night.top


def test_a_sheet_of_many_facts_shows_a_handful_first(app: AppState, mill: Story) -> None:
    fact = mill.facts["fever"]
    names = [f"x{n}" for n in range(9)]
    story = replace(mill, facts={name: replace(fact, id=name) for name in names})
    few, many = (
        replace(app, story=story, views=(*app.views, ScreenView("sources", " ".join(names[:n])))) for n in (6, 9)
    )
    assert len(_entries(few)) == 6 and "all-sources" not in focus_order(render_top(few))
    assert _entries(many) == [f"fact:x{n}" for n in range(5)]
    more = find(render_top(many), "all-sources")
    assert more is not None and more.label == "Show 4 more"
    after = press(many, "all-sources")
    assert _entries(after) == [f"fact:{name}" for name in names] and after.top.focus == "fact:x5"
    assert press(press(after, "fact:x8"), "back").top == after.top


def _entries(app: AppState) -> list[str]:
    return [name for name in focus_order(render_top(app)) if name.startswith("fact:")]


@pytest.mark.parametrize(
    ("choice", "fact", "said"), [("give-wok", "fever", "Claimed Somebody said so"), ("hide", "invented", "Invented")]
)
def test_a_card_says_whether_a_fact_is_claimed_or_invented(gate: AppState, choice: str, fact: str, said: str) -> None:
    card = press(gate, f"choice:{choice}", "sources", f"fact:{fact}")
    assert all(word in text_of(render_top(card)) for word in said.split(maxsplit=1))


def test_looking_back_shows_each_page_and_what_was_chosen(gate: AppState) -> None:
    back = press(gate, "choice:give-wok", "pause", "look-back")
    assert "I gave them the wok and kept the hoe." in text_of(render_top(back))
    first = press(back, "leaf:0")
    assert "Somewhere Far Away" in text_of(render_top(first))
    assert press(first, "close").top.screen == "reading"
    assert not choices(render_top(first)), "what is past cannot be chosen again"


def test_the_pause_offers_the_short_text_and_a_brief_cut_has_it_first(gate: AppState, words: Catalogue) -> None:
    short = press(gate, "pause", "version")
    assert press(short, "pause", "version").top == replace(gate.top, focus=short.top.focus)
    for app in (short, at_page(words, begin(gate.story, "miller", "kiosk"))):
        said = text_of(render_top(app))
        assert "They wanted the wok." in said and "kitchen falling downstairs" not in said


def test_settings_change_at_once_and_are_saved(app: AppState) -> None:
    app = press(app, "settings")
    app, effects = update(app, intents.Press("set:theme=night"))
    assert effects == (StoreSettings(Settings(theme="night")),)
    app, _ = update(app, intents.Press("setting:theme"))
    assert app.settings.theme == "contrast"
    app, _ = update(app, intents.Adjust(-1))
    assert app.settings.theme == "night"
    app, _ = update(app, intents.Adjust(2, "text_scale"))
    assert app.settings.text_scale == 150
    quiet, _ = update(replace(app, settings=replace(app.settings, volume=25)), intents.Mute())
    assert quiet.settings.volume == 0 and update(quiet, intents.Mute())[0].settings.volume == 25
    assert update(app, intents.Press("set:theme=night"))[1] == (), "nothing to keep where nothing changed"


def test_loading_a_slot(app: AppState, mill: Story) -> None:
    slots = press(app, "slots-fetch")
    slots, _ = update(slots, intents.SlotsRead((SLOT,)))
    assert "fetch:1" not in focus_order(render_top(slots))
    slots, effects = update(slots, intents.Press("fetch:2"))
    assert effects == (LoadSlot(2),)
    p = begin(mill, "clerk").choose("continue")
    loaded, effects = update(slots, intents.PlaythroughLoaded(p, ["It was worded differently."]))
    assert loaded.top.screen == "message" and effects == (Autosave(p),)
    assert press(loaded, "back").top.screen == "reading"


def test_a_failure_is_shown_on_a_card(app: AppState) -> None:
    failed, _ = update(app, intents.Failed("The disk is full."))
    assert "The disk is full." in text_of(render_top(failed))
    assert press(failed, "back").top.screen == "title"


def test_quit_is_an_effect_for_the_window(app: AppState) -> None:
    assert update(app, intents.Press("quit"))[1] == (Quit(),)


def test_a_tree_is_plain_json(gate: AppState) -> None:
    shown = to_json(TreeNode("link", "a", "b", value="c", chosen=True, level=2))
    assert shown == {"role": "link", "id": "a", "label": "b", "value": "c", "level": 2, "chosen": True}
    page = to_json(render_top(gate))
    assert {"text": "work points", "kind": "term", "target": "work-points"} in [
        span for child in page["children"] for span in child.get("spans", [])
    ]


def test_a_term_opens_its_card_and_closing_it_restores_the_focus(gate: AppState) -> None:
    """A clicked word does not take the focus from the way on; a word that keys reached keeps it."""
    link = next(node for node in walk(render_top(gate)) if node.style == "term")
    for before in ("choice:hide", link.id):
        there, _ = update(gate, intents.Focus(before))
        card = press(there, link.id)
        assert "gōngfēn" in text_of(render_top(card)) and "工分" in text_of(render_top(card))
        assert press(card, "back").top.focus == update(card, intents.Back())[0].top.focus == before


def test_the_people_are_a_button_on_the_page(gate: AppState) -> None:
    tools = find(render_top(gate), "tools")
    assert tools is not None
    assert [node.id for node in tools.children] == ["pause", "undo", "people", "look", "leave"]
    assert press(gate, "people").top.screen == "people"
