"""A phone's page: what it waits for, the texts, and only as much of the vote as its pupil may know."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom.server.http_app import SCRIPTS
from game.classroom.state import ClassState
from game.play import Page
from game.play.voting import Phase, Round
from game.resources import assets_folder
from game.story import Story
from game.story.model import INVENTED
from game.ui.i18n import Catalogue
from game.ui.screens.phone import PAGE_WORDS, hello, phone, welcome
from game.ui.theme import THEMES
from game.ui.tree import TreeNode, choices, find, focus_order, to_json, walk
from tests.classroom.wall_states import UnloggedClass
from tests.ui.app_driver import has_unique_ids, text_of

WEB = assets_folder() / "web"
FILES = ("index.html", *SCRIPTS, "style.css")


def walked(story: Story, seed: int) -> list[ClassState]:
    """A class from its first page to its end, at each page and at each result."""
    led = UnloggedClass(story, phones=4)
    return [*(led.state for _ in led.read_by_chance(seed)), led.state]


@pytest.fixture(scope="session")
def voting(shipped: Story) -> Page:
    return UnloggedClass(shipped, phones=4).read_to_vote().state.tracks[0].page


@pytest.fixture(scope="session")
def silent(shipped: Story) -> Page:
    pages = (lane.page for state in walked(shipped, 3) for lane in state.tracks if lane.has_vote)
    return next(page for page in pages if not page.tally)


@pytest.fixture(scope="session")
def onward(shipped: Story) -> Page:
    return next(lane.page for state in walked(shipped, 3) for lane in state.tracks if lane.only_continues)


OnPhone = Callable[[Page, Round, str], TreeNode]


@pytest.fixture
def on_phone(shipped: Story, words: Catalogue) -> OnPhone:
    return lambda page, round, seat: phone(page, round, seat, story=shipped, words=words)


def state(tree: TreeNode) -> str:
    status = tree.children[0]
    assert (status.role, status.id) == ("status", "status") and status.label
    return status.style


@pytest.mark.parametrize(
    ("round", "awaited"),
    [
        (Round(0), "reading"),
        (Round(1, "open"), "open"),
        (Round(1, "open", {"b": "?"}), "open"),
        (Round(1, "open", {"a": "?"}), "voted"),
        (Round(1, "closed", {"a": "?"}), "closed"),
        (Round(1, "revealed"), "revealed"),
        (Round(1, "open", paused=True), "paused"),
        (Round(0, waits=True), "waits"),
        (Round(1, "revealed", waits=True, done=True), "done"),
        (Round(1, "open", paused=True, ended=True), "ended"),
        (Round(1, "revealed", ended=True), "ended"),
    ],
)
def test_a_phone_shows_what_it_waits_for(on_phone: OnPhone, voting: Page, round: Round, awaited: str) -> None:
    """Choices can be read before they can be pressed. What is decided is not asked again."""
    tree = on_phone(voting, replace(round, ballots=dict.fromkeys(round.ballots, voting.choices[0].id)), "a")
    assert state(tree) == awaited
    slips = choices(tree)
    if awaited in ("revealed", "done", "ended"):
        assert slips == () and (find(tree, "tally") is not None) == (awaited == "revealed")
        return
    assert [slip.label for slip in slips] == [option.say for option in voting.choices]
    assert [slip.level for slip in slips] == [*range(1, len(slips) + 1)]
    targets = [slip.action.target for slip in slips if slip.action]
    assert targets == ([option.id for option in voting.choices] if awaited in ("open", "voted") else [])


def test_a_page_without_a_vote_has_nothing_to_press(on_phone: OnPhone, onward: Page, shipped: Story) -> None:
    """The class turns the page together. Past the last page there is the wall."""
    last = walked(shipped, 1)[-1]
    over = last.tracks[0]
    for page, round, awaited in ((onward, Round(0), "onward"), (over.page, last.round(over), "over")):
        tree = on_phone(page, round, "a")
        assert state(tree) == awaited and choices(tree) == ()


def test_a_timer_is_named_while_it_runs(on_phone: OnPhone, words: Catalogue, voting: Page) -> None:
    timed = [on_phone(voting, Round(1, phase, timed=True), "a") for phase in ("open", "closed")]
    assert [words("phone.until") in tree.children[0].label for tree in timed] == [True, False]


@given(data=st.data())
def test_nothing_is_given_away_before_the_reveal(on_phone: OnPhone, voting: Page, data: st.DataObject) -> None:
    """For any votes of others, counted hands and phones present, the tree depends only on the seat's own ballot."""
    ids = st.sampled_from([option.id for option in voting.choices])
    ballots = data.draw(st.dictionaries(st.sampled_from("abcdefgh"), ids))
    hands = data.draw(st.dictionaries(ids, st.integers(0, 40)))
    phase: Phase = data.draw(st.sampled_from(["reading", "open", "closed"]))
    round = Round(3, phase, ballots, hands, frozenset(ballots))
    alone = Round(3, phase, {seat: choice for seat, choice in ballots.items() if seat == "a"})
    tree = on_phone(voting, round, "a")
    assert tree == on_phone(voting, alone, "a")
    assert [slip.id for slip in choices(tree) if slip.chosen] == [f"choice:{ballots[s]}" for s in "a" if s in ballots]


@given(data=st.data())
def test_the_reveal_counts_and_names_nobody(on_phone: OnPhone, voting: Page, data: st.DataObject) -> None:
    """Every choice has its votes of all who are here; all who chose the same get the same tree."""
    ids = [option.id for option in voting.choices]
    seats = [str(n) * 20 for n in range(8)]
    ballots = data.draw(st.dictionaries(st.sampled_from(seats), st.sampled_from(ids)))
    hands = data.draw(st.dictionaries(st.sampled_from(ids), st.integers(0, 40)))
    round = Round(3, "revealed", ballots, hands, frozenset(seats))
    total = len(seats) + sum(hands.values())
    for seat in seats:
        tree = on_phone(voting, round, seat)
        tally = find(tree, "tally")
        assert tally is not None and tally.level == total and choices(tree) == ()
        votes = [list(ballots.values()).count(choice) + hands.get(choice, 0) for choice in ids]
        said = [(option.say, f"{n} of {total}", n) for option, n in zip(voting.choices, votes, strict=True)]
        assert [(row.label, row.value, row.level) for row in tally.children] == said
        assert [row.id for row in tally.children if row.chosen] == [f"tally:{ballots[s]}" for s in {seat} & {*ballots}]
        assert not any(other in json.dumps(to_json(tree)) for other in seats)
        same = [other for other in seats if ballots.get(other) == ballots.get(seat)]
        assert all(on_phone(voting, round, other) == tree for other in same)


def test_secret_votes_are_not_on_the_phone(on_phone: OnPhone, silent: Page) -> None:
    ballots = {"a": silent.choices[0].id, "b": silent.choices[-1].id}
    trees = [on_phone(silent, Round(2, phase, ballots), "a") for phase in ("closed", "revealed")]
    assert trees[0] == trees[1] and choices(trees[0])


def test_the_phone_has_all_texts_of_the_page(shipped: Story, words: Catalogue) -> None:
    parts = {"note", "told", "telling", "changes", "ledger", "lines", "sources"}
    met: set[str] = set()
    for state in (state for seed in range(4) for state in walked(shipped, seed)):
        for seat in state.seats:
            page, round = state.track_of(seat).page_for(state.seats[seat]), state.round(state.track_of(seat))
            tree = phone(page, round, seat, story=shipped, words=words)
            read, rows = text_of(tree), page.ledger.rows if page.ledger else ()
            summaries = [text.text for part in page.told for text in part.paragraphs]
            facts = [fact for fact in page.sources if fact != INVENTED]
            wanted = [
                page.title, page.hanzi, page.when, page.place, page.note, *summaries,
                *(text.text for text in page.shown_paragraphs()), *(text.by for text in page.shown_paragraphs()),
                *(line.text for line in page.marked().lines),
                *(change.after for change in page.changes), *(shipped.facts[fact].text for fact in facts),
                *(row.label or words(f"ledger.{row.kind}") for row in rows),
                *(words("ledger.sacks", n=row.amount) for row in rows),
                *(option.reason for option in page.choices
                  if not round.done and state.phase != "revealed" and not state.ended),
            ]  # fmt: skip
            assert not [text for text in wanted if text and text not in read]
            marks = [node.action for node in walk(tree) if node.action and node.action.verb in ("term", "person")]
            explained = {node.id for node in walk(tree) if node.id.startswith(("term:", "person:"))}
            assert explained == {f"{mark.verb}:{mark.target}" for mark in marks}
            assert has_unique_ids(tree), "a renderer can distinguish its parts"
            verbs = {node.action.verb for node in walk(tree) if node.action}
            assert verbs <= {"term", "person", "vote", "leave-out", "read"}
            assert not page.note or "leave-out" in verbs
            met |= {mark.verb for mark in marks} | {part for part in parts if getattr(page, part)}
    assert met == parts | {"term", "person"}, "every kind of part was met"


def test_a_hard_chapter_has_its_summary_on_each_page(on_phone: OnPhone, shipped: Story) -> None:
    skipped: dict[str, list[str]] = {}
    lengths: list[int] = []
    for state in walked(shipped, 2):
        for track in state.tracks:
            page, tree = track.page, on_phone(track.page, state.round(track), "a")
            telling, chapter = find(tree, "telling"), shipped.chapters.get(page.chapter or "")
            if chapter is None or not chapter.note:
                assert telling is None
                continue
            if page.note:
                skipped[chapter.id] = [text.text for text in track.now.skip().page.told[0].paragraphs]
            assert telling is not None and telling in tree.children
            leave, *summary, read = telling.children
            if page.choices:
                assert summary.pop().id == "telling-on"
            assert [node.label for node in summary] == skipped[chapter.id]
            assert [node.action.target for node in (leave, read) if node.action] == [chapter.id] * 2
            order = [node.id for node in tree.children]
            assert order.index("telling") < order.index("prose-0")
            lengths.append(len(json.dumps(to_json(telling))))
    assert len(skipped) > 5 and len(lengths) > len(skipped)
    assert max(lengths) < 2000, "each page of such a chapter carries it to each phone"


def test_a_phone_shows_no_fate(on_phone: OnPhone, shipped: Story) -> None:
    """It shows who somebody is by now and what the reader may know; the talk has the fates."""
    fates = {each.fixed.text for person in shipped.people.values() for each in person.fate if each.fixed}
    assert len(fates) > 10
    for state in walked(shipped, 5):
        for track in state.tracks:
            tree = on_phone(track.page, state.round(track), "a")
            cards = [node.label for node in walk(tree) if node.id.startswith("person:")]
            assert not [fate for fate in fates for card in cards if fate in card]


def test_the_welcome_has_the_content_note_and_the_door(shipped: Story, words: Catalogue) -> None:
    for door in (None, *shipped.roles.values()):
        tree = welcome(door, story=shipped, words=words)
        read = [node.label for node in walk(tree)]
        assert not set(shipped.content_note) - set(read)
        assert focus_order(tree) == ("begin",)
        about = [text for text in read for role in shipped.roles.values() if role.name in text]
        assert about == ([words("phone.door.yours", name=door.name)] if door else [])


def test_the_phones_page_gets_all_its_words(shipped: Story, words: Catalogue) -> None:
    data = hello(shipped, words, shipped.roles.values())
    assert data == json.loads(json.dumps(data))
    assert (data["title"], data["language"]) == (shipped.title, shipped.language)
    assert data["doors"] == [{"id": role.id, "name": role.name, "about": role.about} for role in shipped.roles.values()]
    assert hello(shipped, words, ())["doors"] == []
    assert all(text != key for key, text in data["words"].items())
    scripts = "".join((WEB / name).read_text(encoding="utf-8") for name in SCRIPTS)
    quoted = {f"phone.{text}" for text in re.findall(r'"([a-z.-]+)"', scripts)}
    # a refusal's key is made of what the server says
    assert {key for key in PAGE_WORDS if not key.startswith("phone.refused.")} <= quoted
    assert data["words"].keys() == set(PAGE_WORDS)


def test_the_page_is_small_and_brings_nothing_along() -> None:
    """Below 57 KB in all, under the program's licence, with no markup from texts, and nothing from other servers."""
    texts = {name: (WEB / name).read_text(encoding="utf-8") for name in FILES}
    assert {file.name for file in WEB.iterdir() if file.is_file()} == {*FILES, "relay.html"}  # the relay's front door
    assert sum(len(text.encode()) for text in texts.values()) < 57_000
    for text in texts.values():
        assert "MIT licence" in text
        assert not re.search(r"https?://|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|@import", text)
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", texts["index.html"])


def test_each_script_imports_what_it_takes_from_others() -> None:
    """And nothing else. A browser notices a missing name only when it uses it, as with a vote through a relay."""
    scripts = {name: (WEB / name).read_text(encoding="utf-8") for name in SCRIPTS}
    exported = {name: set(re.findall(r"^export .*?(?:const|function|class) (\w+)", text, re.M))
                for name, text in scripts.items()}  # fmt: skip
    for name, text in scripts.items():
        code = re.sub(r"/\*.*?\*/|//[^\n]*|\"[^\"]*\"", "", text, flags=re.S)
        taken = {name.strip() for names in re.findall(r"import \{(.*?)\}", code, re.S) for name in names.split(",")}
        body = re.sub(r"import \{.*?\} from ", "", code, flags=re.S)
        own = set(re.findall(r"(?:const|let|function|class) (\w+)", body))
        others = set().union(*(names for other, names in exported.items() if other != name))
        used = {name for name in others - own if re.search(rf"(?:(?<![.\w])|(?<=\.\.\.)){name}\b(?!:)", body)}
        assert used == taken, name


def test_the_page_wears_the_games_colours() -> None:
    """Paper, night and high contrast equal those of the window, whose contrast is tested."""
    css = (WEB / "style.css").read_text(encoding="utf-8")
    blocks = [dict(re.findall(r"--(\w+): #(\w+);", block)) for block in re.findall(r":root \{(.*?)\}", css, re.S)]
    assert len(blocks) == len(THEMES)
    for colours, theme in zip(blocks, (THEMES["paper"], THEMES["night"], THEMES["contrast"]), strict=True):
        assert {"sheet", "card", "slip", "slip_chosen", "ink", "soft", "accent", "ring", "control"} <= set(colours)
        for name, colour in colours.items():
            full = colour if len(colour) == 6 else "".join(2 * c for c in colour)
            assert tuple(bytes.fromhex(full)) == getattr(theme, name), name
