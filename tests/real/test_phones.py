"""The phones' page in a real browser, against the real server, with the teacher's commands to the host."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from game.classroom import commands
from game.classroom.tracks import Track
from game.play.desk_story import BEFORE
from game.resources import assets_folder
from game.story import Story
from game.ui.components.chart_trees import bowls_of, full_length, measures_text, weighing_chart
from game.ui.components.met_parts import name_in_full
from game.ui.components.parts import change_in_words, change_with_arrow
from game.ui.i18n import Catalogue, capital
from tests.real.access_probes import problems_of
from tests.real.conftest import GivePhone
from tests.real.phones import CHROMEBOOK, CODE, Class, Pupil, a_class
from tests.real.screen import until

WEB = assets_folder() / "web"
SLOWEST = 4000  # ms between two tries of a phone to reach its class
BLOCKED = "window.WebSocket = function () { throw new DOMException('no sockets here', 'SecurityError'); };"
FOR_NOW = f"const Open = WebSocket; {BLOCKED} window.unblock = () => {{ window.WebSocket = Open; }};"
POCKET = """(hidden) => {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""
FORGETFUL = (
    "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
)
SMALL = """[...document.querySelectorAll("button, input:not([type=radio]), label.door")]
    .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""


def test_three_pupils_through_a_whole_class(class_: Class, give_phone: GivePhone, words: Catalogue) -> None:
    """One reloads during a vote, one comes late and is offline for a while, one has no socket: every ballot counts."""
    host = class_.host
    first, second = (role.name for role in class_.story.roles.values())
    ada, ben, cai = give_phone(), give_phone(), give_phone()
    ben.page.add_init_script(BLOCKED)
    ada.join(class_, first)
    ben.join(class_, second)
    seats, votes = {ada.seat, ben.seat}, 0
    while not all(lane.done for lane in host.state.tracks):
        class_.to_a_vote()
        votes += 1
        if votes == 2:
            cai.join(class_, first)  # while the vote is open
            seats.add(cai.seat)
        there = [pupil for pupil in (ada, cai) if pupil.page.url != "about:blank"]
        if votes in (1, 3):
            there.append(ben)  # who has to ask for each page, which takes its time
        voting = [pupil for pupil in there if host.state.track_of(pupil.seat).has_vote]
        wanted = {}
        for number, pupil in enumerate(voting):
            # a polling phone may still have the page before, with its vote open
            expect(pupil.page.locator("h1")).to_contain_text(host.state.track_of(pupil.seat).page.title)
            expect(pupil.status).to_have_text(words("phone.status.open"))
            options = host.state.track_of(pupil.seat).page.choices
            slip = pupil.choose(1 + number % len(options))
            wanted[pupil.seat] = options[number % len(options)].id
            expect(slip.get_by_text(words("phone.mine"))).to_be_visible()
        for pupil in voting:
            expect(pupil.status).to_have_text(words("phone.status.voted"))
        if votes == 1:
            ada.page.reload()
            expect(ada.page.locator("[aria-pressed=true]")).to_contain_text(words("phone.mine"))
        if votes == 4:
            cai.context.set_offline(True)
            expect(cai.page.locator("#line")).to_have_text(words("phone.offline"))
        assert host.state.ballots == wanted, "and nobody else's"
        host.execute(commands.close_vote)
        host.execute(commands.reveal)
        if votes == 4:
            cai.context.set_offline(False)
        for pupil in voting:
            page = host.state.track_of(pupil.seat).page
            if page.tally:
                mine = pupil.page.locator("#tally li.mine")
                say = next(option.say for option in page.choices if option.id == wanted[pupil.seat])
                expect(mine.locator(".say")).to_have_text(say)
                expect(mine).to_contain_text(words("phone.mine"))
            else:
                expect(pupil.status).to_have_text(words("phone.status.closed"))
        class_.decide()
        while not host.state.can_vote and not all(lane.done for lane in host.state.tracks):
            host.execute(commands.go_on)
    host.execute(commands.end)
    for pupil in (ada, ben, cai):
        expect(pupil.status).to_have_text(words("phone.status.ended"))
    assert host.state.seats.keys() == seats and votes > 4
    assert not [request for request in ben.asked if request.url.endswith("/socket")]


def test_a_vote_is_sent_again_when_the_line_is_back(alone: Class, give_phone: GivePhone, words: Catalogue) -> None:
    """Pressed offline it shows as pending, and counts as soon as it can; after the close, it came too late."""
    pupil = give_phone().join(alone)
    pupil.meets_vote(alone)
    pupil.context.set_offline(True)
    slip = pupil.choose(2)
    expect(slip).to_contain_text(words("phone.sending"))
    expect(pupil.page.locator("#line")).to_have_text(words("phone.offline"))
    assert not alone.host.state.ballots
    pupil.context.set_offline(False)
    expect(slip).to_contain_text(words("phone.mine"))
    option = alone.host.state.tracks[0].page.choices[1].id
    assert alone.host.state.ballots == {pupil.seat: option}
    expect(pupil.page.locator("#line")).to_have_text("")
    pupil.context.set_offline(True)
    pupil.choose(1)
    alone.host.execute(commands.close_vote)
    pupil.context.set_offline(False)
    expect(pupil.page.locator("#line")).to_have_text(words("phone.vote.late"))
    expect(slip).to_have_attribute("aria-pressed", "true")
    assert alone.host.state.ballots == {pupil.seat: option}


def test_many_taps_are_one_vote(alone: Class, give_phone: GivePhone, words: Catalogue) -> None:
    pupil = give_phone(has_touch=True).join(alone)
    pupil.meets_vote(alone)
    options = [option.id for option in alone.host.state.tracks[0].page.choices]
    pupil.choices.nth(0).dblclick()
    for number in (2, 2, 1):
        pupil.choices.nth(number).tap()
    expect(pupil.page.locator("[aria-pressed=true]")).to_have_id(f"choice:{options[1]}")
    expect(pupil.choices.nth(1)).to_contain_text(words("phone.mine"))
    assert list(alone.host.state.ballots.values()) == [options[1]]
    # more than the server takes from one phone at once: what it lets wait is sent again
    pupil.page.evaluate("for (let n = 0; n < 37; n++) document.querySelectorAll('#choices button')[n % 2 * 2].click()")
    expect(pupil.choices.nth(0)).to_contain_text(words("phone.mine"))
    assert list(alone.host.state.ballots.values()) == [options[0]]


def test_the_class_goes_away_and_comes_back(
    alone: Class, give_phone: GivePhone, words: Catalogue, tmp_path: Path
) -> None:
    """Another class at its address leads back to the code, with its name. A phone that does not join it returns to its
    seat later."""
    pupil, patient = give_phone().join(alone), give_phone().join(alone)
    alone.to_a_vote()
    expect(patient.choose(1)).to_contain_text(words("phone.mine"))
    with alone.away():
        expect(pupil.page.locator("#line")).to_have_text(words("phone.lost"))
        expect(pupil.page.locator("article")).to_be_visible()
    expect(pupil.page.locator("#line")).to_have_text(words("phone.back"))
    alone.server.stop()
    port = alone.server.port
    met = words("phone.join.other").format(met="10:40", left="09:05")
    with a_class(alone.story, alone.words, tmp_path / "other", port=port, began="10:40") as other:
        for phone in (pupil, patient):
            expect(phone.page.locator("#refused")).to_have_text(met)
        pupil.page.get_by_role("button", name=words("phone.join")).click()
        pupil.page.get_by_role("button", name=words("phone.begin")).click()
        expect(pupil.page.locator("article")).to_be_visible()
        assert other.host.state.seats.keys() == {pupil.seat}
    alone.start(port)
    expect(patient.page.locator("[aria-pressed=true]")).to_contain_text(words("phone.mine"))
    assert len(alone.host.state.seats) == 2


def test_two_tabs_and_a_closed_browser_are_one_seat(alone: Class, give_phone: GivePhone, words: Catalogue) -> None:
    alone.to_a_vote()
    pupil = give_phone().join(alone)
    expect(pupil.choose(1)).to_contain_text(words("phone.mine"))
    second = pupil.context.new_page()
    second.goto(f"{alone.address}/{CODE}")
    expect(second.locator("[aria-pressed=true]")).to_contain_text(words("phone.mine"))
    second.locator("#choices button").nth(1).click()
    expect(pupil.page.locator("#choices button").nth(1)).to_contain_text(words("phone.mine"))
    assert len(alone.host.state.seats) == len(alone.host.state.ballots) == 1
    pupil.page.close()
    second.close()
    pupil.page = pupil.context.new_page()
    pupil.page.goto(alone.address)
    expect(pupil.page.locator("[aria-pressed=true]")).to_contain_text(words("phone.mine"))
    expect(pupil.page.locator("#seat")).to_have_text(words("phone.seat").format(n=1))
    assert len(alone.host.state.seats) == 1


def test_a_tab_that_cannot_ask_for_its_seat_asks_again(alone: Class, give_phone: GivePhone, words: Catalogue) -> None:
    alone.to_a_vote()
    pupil = give_phone().join(alone)
    expect(pupil.page.locator("#seat")).to_have_text(words("phone.seat").format(n=1))
    asked: list[str] = []

    def lose_two(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 2:
            route.continue_()
        else:
            route.abort()

    second = pupil.context.new_page()
    second.route("**/seat", lose_two)
    second.goto(alone.address)
    expect(second.locator("#seat")).to_have_text(words("phone.seat").format(n=1))
    assert len(asked) == 3
    assert len(alone.host.state.seats) == 1


def test_a_pupil_at_the_door_is_let_in_and_a_removed_one_sees_why(
    alone: Class, give_phone: GivePhone, words: Catalogue
) -> None:
    """A removed pupil who joins again waits, and returns with the same number."""
    alone.host.execute(lambda state: commands.expect(state, 1))
    give_phone().join(alone)
    late = give_phone()
    late.page.goto(f"{alone.address}/{CODE}")
    expect(late.page.locator("#wait")).to_have_text(words("phone.wait"))
    late.page.reload()
    expect(late.page.locator("#wait")).to_have_text(words("phone.wait"))
    assert not late.faults()
    alone.host.execute(commands.admit)
    late.page.get_by_role("button", name=words("phone.begin")).click()
    expect(late.page.locator("#seat")).to_have_text(words("phone.seat").format(n=2))
    assert not late.faults()
    alone.host.execute(lambda state: commands.remove(state, late.seat))
    expect(late.page.locator("#refused")).to_have_text(words("phone.join.removed"))
    alone.host.execute(lambda state: commands.expect(state, None))
    late.page.get_by_role("button", name=words("phone.join"), exact=True).click()
    expect(late.page.locator("#wait")).to_have_text(words("phone.wait"))
    alone.host.execute(commands.admit)
    late.page.get_by_role("button", name=words("phone.begin")).click()
    expect(late.page.locator("#seat")).to_have_text(words("phone.seat").format(n=2))


def test_a_polling_phone_tries_a_socket_now_and_then(alone: Class, pupil: Pupil) -> None:
    pupil.page.add_init_script(FOR_NOW)
    pupil.page.clock.install()
    pupil.join(alone)
    pupil.page.evaluate("unblock()")
    with pupil.page.expect_websocket():
        pupil.page.clock.fast_forward(31_000)
    pupil.meets_vote(alone)


def test_a_phone_reconnects_after_a_while_out_of_sight(alone: Class, pupil: Pupil, words: Catalogue) -> None:
    sockets: list[object] = []
    pupil.page.on("websocket", lambda socket: sockets.append(socket))
    pupil.page.clock.install()
    pupil.join(alone)
    for seconds, opened in ((2, 1), (20, 2)):
        pupil.page.evaluate(POCKET, True)
        pupil.page.clock.fast_forward(1000 * seconds)
        pupil.page.evaluate(POCKET, False)
        alone.host.execute(lambda state: commands.pause(state, True))
        expect(pupil.status).to_have_text(words("phone.status.paused"))
        alone.host.execute(lambda state: commands.pause(state, False))
        expect(pupil.status).not_to_have_text(words("phone.status.paused"))
        assert len(sockets) == opened


def test_a_door_is_asked_for_and_a_wrong_code_keeps_what_was_typed(
    class_: Class, pupil: Pupil, words: Catalogue
) -> None:
    pupil.page.goto(class_.address)
    role = list(class_.story.roles.values())[1]
    pupil.page.get_by_label(role.name).check()
    code = pupil.page.get_by_label(words("phone.code"))
    code.press_sequentially("k7q")
    code.press("Enter")
    expect(pupil.page.locator("#refused")).to_have_text(words("phone.refused.wrong-code"))
    expect(code).to_be_focused()
    expect(code).to_have_value("K7Q")
    code.press_sequentially("p")
    code.press("Enter")
    expect(pupil.page.locator("#door")).to_have_text(words("phone.door.yours", name=role.name))
    assert list(class_.host.state.seats.values()) == [role.id]


def test_by_keyboard_alone(class_: Class, give_phone: GivePhone, words: Catalogue) -> None:
    """What has the focus keeps it. In a hard chapter the phone shows its summary, and sends nothing."""
    pupil = give_phone(CHROMEBOOK)
    keys, sent = pupil.page.keyboard, list[object]()
    pupil.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    pupil.page.goto(class_.address)
    pupil.page.locator("#join").wait_for()
    keys.press("Tab")
    assert pupil.focus == "code"
    keys.type("k7qp")
    for key in ("Tab", "ArrowDown", "Tab", "Enter"):
        keys.press(key)
    expect(pupil.page.locator("#begin")).to_be_visible()
    expect(pupil.page.locator("h1")).to_be_focused()
    keys.press("Tab")
    assert pupil.focus == "begin"
    keys.press("Enter")
    expect(pupil.page.locator("article h1")).to_be_focused()
    pupil.meets_vote(class_)
    for _ in range(10):
        keys.press("Tab")
        if pupil.focus.startswith("choice:"):
            break
        keys.press("Enter")  # a term opens where it stands
        opened = pupil.page.locator("[aria-expanded=true]").last
        assert pupil.page.locator(f"[id='{opened.get_attribute('aria-controls')}']").is_visible()
    on = pupil.focus
    keys.press("Enter")
    expect(pupil.status).to_have_text(words("phone.status.voted"))
    assert pupil.focus == on
    class_.host.execute(commands.close_vote)
    expect(pupil.status).to_have_text(words("phone.status.closed"))
    assert pupil.focus == on
    keys.press("Enter")  # which does nothing any more
    class_.host.execute(commands.open_vote)
    expect(pupil.status).to_have_text(words("phone.status.open"))
    assert pupil.focus == on and not class_.host.state.ballots
    class_.host.execute(commands.reveal)
    expect(pupil.page.locator("#tally-title")).to_be_focused()
    class_.decide()
    expect(pupil.page.locator("article h1")).to_be_focused()

    def track() -> Track:
        return class_.host.state.track_of(pupil.seat)

    while not track().page.note:
        class_.turn()
    telling = track().page.telling
    assert telling is not None
    expect(pupil.page.locator("p.note")).to_be_visible()
    requests, ballots = len(pupil.asked), len(sent)
    keys.press("Tab")
    assert pupil.focus == f"leave-out:{telling.chapter}"
    keys.press("Enter")
    heading, reading = pupil.page.locator("#telling-title"), pupil.page.locator("article h1")
    expect(heading).to_be_focused()
    short = pupil.page.locator("#telling p:not(.small)")
    rest = pupil.page.locator("p.note, p[id^=prose], .changes, .rests, .words, #choices, #down")
    class_.to_a_vote()
    assert track().has_vote
    expect(pupil.page.locator("#bar")).to_have_attribute("data-state", "left-out")
    expect(pupil.status).to_have_text(words("phone.left-out"))
    expect(short).to_have_text([paragraph.text for paragraph in telling.paragraphs])
    expect(rest).to_have_count(0)
    expect(heading).to_be_focused()
    class_.turn()
    assert track().page.chapter == telling.chapter and not track().page.note, "this is its second page"
    pupil.page.reload()
    expect(short).to_have_count(len(telling.paragraphs))
    expect(rest).to_have_count(0)
    pupil.page.get_by_role("button", name=words("phone.telling.read")).press("Enter")
    expect(reading).to_be_focused()
    expect(pupil.page.locator("p[id^=prose]")).to_have_count(len(track().page.shown_paragraphs()))
    pupil.page.get_by_role("button", name=words("phone.telling.leave-out")).press("Enter")
    expect(heading).to_be_focused()
    while track().page.chapter == telling.chapter:
        class_.turn()
    expect(reading).to_be_focused()
    expect(reading).to_contain_text(track().page.title)
    expect(pupil.page.locator("p[id^=prose]")).to_have_count(len(track().page.shown_paragraphs()))
    expect(short).to_have_count(0)
    assert len(sent) == ballots + 1, "a reload tells the class which seat it is"
    paths = {urlsplit(request.url).path for request in pupil.asked[requests:]}
    assert paths <= {"/", "/hello", *(f"/web/{path.name}" for path in WEB.iterdir())}


def test_a_way_leads_down_to_the_choices(alone: Class, give_phone: GivePhone, words: Catalogue) -> None:
    pupil = give_phone((320, 480)).join(alone)
    way = pupil.page.locator("#down")
    expect(way).to_have_count(0)
    alone.to_a_vote()
    expect(way).to_have_text(words("phone.to-choices"))
    way.click()
    expect(pupil.choices.nth(0)).to_be_in_viewport()
    expect(pupil.choices.nth(0)).to_be_focused()
    expect(way).to_have_count(0)
    pupil.page.evaluate("scrollTo(0, 0)")
    expect(way).to_be_visible()
    alone.host.execute(commands.close_vote)
    expect(way).to_have_count(0)


def test_a_vote_moves_nothing_on_the_page(alone: Class, give_phone: GivePhone, words: Catalogue) -> None:
    pupil = give_phone((320, 480)).join(alone)
    pupil.meets_vote(alone)
    pupil.page.evaluate("document.documentElement.style.overflowAnchor = 'none'")  # as in browsers that do not hold it
    pupil.page.evaluate("scrollTo(0, 300)")
    where = "document.querySelector('article').lastElementChild.getBoundingClientRect().top"
    before = pupil.page.evaluate(where)
    for wish, key in (
        (commands.close_vote, "closed"),
        (commands.open_vote, "open"),
        (lambda state: commands.pause(state, True), "paused"),
        (lambda state: commands.pause(state, False), "open"),
        (commands.reveal, "revealed"),
    ):
        alone.host.execute(wish)
        expect(pupil.status).to_have_text(words(f"phone.status.{key}"))
        assert abs(pupil.page.evaluate(where) - before) <= 1
    node = pupil.page.locator("article h1").element_handle()
    alone.decide()
    expect(pupil.status).not_to_have_text(words("phone.status.revealed"))
    assert pupil.scroll == 0 and not node.is_visible()


def test_every_state_is_accessible(class_: Class, give_phone: GivePhone, words: Catalogue) -> None:
    """In the day and night themes and in high contrast, at any size of screen or text."""
    pupil = give_phone(reduced_motion="reduce")
    host, page = class_.host, pupil.page
    seen = []

    def look(name: str) -> None:
        seen.append(name)
        looks: tuple[tuple[Literal["light", "dark"], Literal["no-preference", "more"]], ...] = (
            ("light", "no-preference"), ("dark", "no-preference"), ("light", "more"),
        )  # fmt: skip
        for scheme, contrast in looks:
            page.emulate_media(color_scheme=scheme, contrast=contrast)
            assert not pupil.faults(), (name, scheme, contrast)
        assert page.evaluate(SMALL) == [], name
        for width, height, text in (
            (320, 568, "100%"), (844, 390, "100%"), (1366, 768, "100%"), (320, 568, "200%"), (320, 180, "100%"),
            (320, 568, "400%"),
        ):  # fmt: skip
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text)
            assert pupil.fits, (name, width, height, text)
            if text == "100%" and height > 180:
                assert problems_of(page) == [], (name, width, height)
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 390, "height": 844})

    def state(key: str) -> None:
        expect(pupil.status).to_have_text(words(f"phone.status.{key}"))
        look(key)

    page.goto(f"{class_.address}/XXXX")
    page.locator("#join").wait_for()
    look("join")
    page.get_by_role("button", name=words("phone.join")).click()
    expect(page.locator("#refused")).not_to_have_text("")
    look("wrong code")
    page.get_by_label(words("phone.code")).fill(CODE)
    page.get_by_label(next(iter(class_.story.roles.values())).name).check()
    page.get_by_role("button", name=words("phone.join")).click()
    expect(page.locator("#begin")).to_be_visible()
    look("welcome")
    page.locator("#begin").click()
    while not host.state.can_vote:
        host.execute(commands.go_on)
    state("reading")
    host.execute(commands.open_vote)
    expect(pupil.status).to_have_text(words("phone.status.open"))
    page.locator(".term").first.click()
    page.locator(".rests button").click()
    state("open")
    pupil.choose(1)
    state("voted")
    pupil.context.set_offline(True)
    expect(page.locator("#line")).to_have_text(words("phone.offline"))
    look("offline")
    pupil.context.set_offline(False)
    host.execute(lambda state: commands.pause(state, True))
    state("paused")
    host.execute(lambda state: commands.pause(state, False))
    host.execute(commands.close_vote)
    state("closed")
    host.execute(commands.reveal)
    state("revealed")
    class_.decide()
    while not any(lane.page.note for lane in host.state.tracks):
        class_.turn()
    page.locator(".quiet").click()
    expect(page.locator("#telling")).to_be_visible()
    look("left out")
    while not any(lane.page.ledger for lane in host.state.tracks):
        class_.turn()
    expect(page.locator(".bar").first).to_be_visible()
    state("onward")
    host.execute(commands.end)
    state("ended")
    assert len(seen) == 13


def test_a_marked_name_and_the_sources_open_where_they_stand(class_: Class, pupil: Pupil, words: Catalogue) -> None:
    pupil.join(class_, next(iter(class_.story.roles.values())).name)
    class_.to_a_vote()
    page, shown = pupil.page, class_.host.state.track_of(pupil.seat).page
    expect(pupil.choices).to_have_count(len(shown.choices))  # the page before has names as well
    name = page.locator("article .person").first
    finder = class_.story.names
    card = shown.card_of(next(finder.mentions(name.inner_text())).person)
    name.focus()
    page.keyboard.press("Enter")
    gloss = page.locator(".gloss")
    expect(gloss).to_have_text(re.compile(rf"{name_in_full(words, card)} {capital(card.says)}"))
    assert name.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.classList.contains('person')"), "the focus stays on the name"
    rests = page.locator(".rests button")
    expect(rests).to_have_attribute("aria-expanded", "false")
    rests.click()
    expect(page.locator(".rests .fact")).to_have_count(len(shown.sources))
    slip = pupil.choose(2)
    expect(slip).to_have_attribute("aria-pressed", "true")
    expect(gloss).to_have_count(1)
    expect(page.locator(".rests .fact")).to_have_count(len(shown.sources))
    expect(slip.locator(".reason")).to_have_text(shown.choices[1].reason)
    name.click()
    expect(gloss).to_have_count(0)
    everybody = page.locator(".words.folded button")
    expect(everybody).to_have_text(words("phone.people"))
    expect(page.locator(".words.folded dt")).to_have_count(0)
    everybody.click()
    assert name_in_full(words, card) in page.locator(".words.folded dt").all_inner_texts()


def test_an_open_vote_is_said_over_the_note_before_the_first_page(
    class_: Class, pupil: Pupil, words: Catalogue
) -> None:
    page = pupil.page
    page.goto(f"{class_.address}/{CODE}")
    page.get_by_role("button", name=words("phone.join")).click()
    begin = page.get_by_role("button", name=words("phone.begin"))
    expect(begin).to_be_in_viewport(ratio=1)
    expect(pupil.status).to_have_text("")
    class_.to_a_vote()
    expect(pupil.status).to_have_text(words("phone.vote.open"))
    expect(begin).to_be_in_viewport(ratio=1)
    begin.click()
    expect(pupil.status).to_have_text(words("phone.status.open"))


def test_a_decision_stands_above_its_page_and_what_it_changed_below_the_text(
    class_: Class, pupil: Pupil, words: Catalogue
) -> None:
    pupil.join(class_, next(iter(class_.story.roles.values())).name)
    class_.to_a_vote()
    taken = class_.host.state.track_of(pupil.seat).page.choices[0]
    class_.host.execute(commands.reveal)
    class_.decide()
    page = class_.host.state.track_of(pupil.seat).page
    assert page.answer is not None and page.changes
    expect(pupil.page.locator("p.taken")).not_to_have_count(0)
    lines = pupil.page.locator("section.changes > p.change")
    expect(pupil.page.locator("section.changes ~ * [id^=prose], section.changes ~ [id^=prose]")).to_have_count(0)
    expect(lines.locator("[aria-hidden]")).to_have_text([change_with_arrow(change) for change in page.changes])
    expect(lines.locator(".unseen")).to_have_text([change_in_words(words, change) for change in page.changes])
    said = pupil.page.locator("article").inner_text()
    assert taken.reason not in said and page.answer.text not in said


def test_a_weighing_is_drawn_as_long_and_as_full_as_it_says(class_: Class, pupil: Pupil, words: Catalogue) -> None:
    pupil.join(class_)
    while not any(lane.page.ledger for lane in class_.host.state.tracks):
        class_.turn()
    expect(pupil.page.locator(".bar").first).to_be_visible()
    assert class_.story.measures
    weighing = next(lane.page.ledger for lane in class_.host.state.tracks if lane.page.ledger)
    long = pupil.page.evaluate(
        "[...document.querySelectorAll('.bar')].map(bar => [bar.clientWidth,"
        " ...[...bar.children].map(part => part.getBoundingClientRect().width)])"
    )
    chart = weighing_chart(words, weighing, full_length(class_.story))
    for row, (full, *parts) in zip(weighing.rows, long, strict=True):
        assert sum(parts) == pytest.approx(full * row.amount / chart.level, abs=4)
    tenths = [mark.level for row in bowls_of(chart) for mark in row.children]
    filled = pupil.page.evaluate(
        "[...document.querySelectorAll('.bowl i i')].map(part => part.offsetHeight / part.parentNode.clientHeight)"
    )
    assert filled == [pytest.approx(level / 10, abs=0.05) for level in tenths]
    expect(pupil.page.locator("#counted-list")).to_have_count(0)
    pupil.page.get_by_role("button", name=words("ledger.counted")).click()
    expect(pupil.page.locator("#counted-list")).to_contain_text(next(measures_text(words, class_.story.measures)))
    assert pupil.fits


def test_texts_stay_texts(shipped: Story, words: Catalogue, tmp_path: Path, give_phone: GivePhone) -> None:
    evil = "<img src=x onerror=\"document.title='caught'\"><b>bold</b> & 粮"
    about = replace(next(iter(shipped.roles.values())), name=evil, about=evil)
    roles = {about.id: about}
    story = replace(shipped, title=evil, content_note=(evil,), roles={**shipped.roles, **roles})
    with a_class(story, words, tmp_path) as held:
        pupil = give_phone()
        pupil.page.goto(held.address)
        expect(pupil.page.locator("h1")).to_have_text(evil)
        pupil.page.get_by_label(evil).check()
        pupil.page.get_by_label(words("phone.code")).fill(CODE)
        pupil.page.get_by_role("button", name=words("phone.join")).click()
        expect(pupil.page.locator("#note p")).to_have_text(evil)
        expect(pupil.page.locator("#note [lang=zh-Hans]")).to_have_text("粮")
        assert pupil.page.locator("img, main b").count() == 0 and pupil.page.title() != "caught"


def test_without_storage_a_seat_lasts_as_long_as_the_page(alone: Class, pupil: Pupil, words: Catalogue) -> None:
    pupil.page.add_init_script(FORGETFUL)
    pupil.join(alone)
    pupil.meets_vote(alone)
    expect(pupil.choose(1)).to_contain_text(words("phone.mine"))
    assert len(alone.host.state.ballots) == 1


def test_without_a_script_it_is_said_what_to_do(alone: Class, give_phone: GivePhone) -> None:
    pupil = give_phone(java_script_enabled=False)
    pupil.page.goto(alone.address)
    expect(pupil.page.get_by_text(re.compile("raise your hand"))).to_be_visible()


def test_phone_says_that_the_class_is_over_and_looks_for_it_no_more(
    alone: Class, pupil: Pupil, words: Catalogue
) -> None:
    """The page stays, without choices. Opened again, the phone finds a resumed class."""
    pupil.page.clock.install()
    pupil.join(alone)
    pupil.meets_vote(alone)
    port = alone.server.port
    alone.server.stop(over=True)
    expect(pupil.page.locator("#line")).to_have_text(words("phone.over"))
    expect(pupil.status).to_be_empty()
    expect(pupil.page.locator("article")).to_be_visible()
    expect(pupil.page.locator("#choices button:not([aria-disabled=true])")).to_have_count(0)
    expect(pupil.page.locator("#down")).to_have_count(0)
    pupil.choices.nth(0).click(force=True)
    expect(pupil.page.locator("#choices [aria-pressed=true]")).to_have_count(0)
    assert pupil.faults() == ""
    alone.start(port)
    asked = len(pupil.asked)
    pupil.page.clock.run_for(60_000)
    expect(pupil.page.locator("#line")).to_have_text(words("phone.over"))
    until(lambda: not alone.host.state.present, 15, "the phone stays away")
    assert len(pupil.asked) == asked
    pupil.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(pupil.status).to_have_text(words("phone.status.open"))
    expect(pupil.choose(1)).to_contain_text(words("phone.mine"))


def test_phone_that_slept_through_the_end_says_that_the_class_may_be_over(
    alone: Class, give_phone: GivePhone, words: Catalogue
) -> None:
    """It keeps looking, returns with the class, and after half an hour gives up."""
    pupil, late = give_phone(), give_phone()
    for phone in (pupil, late):
        phone.page.clock.install()
        phone.join(alone)
    pupil.meets_vote(alone)
    with alone.away():
        for phone in (pupil, late):
            expect(phone.page.locator("#line")).to_have_text(words("phone.lost"))
        expect(pupil.status).to_have_text(words("phone.status.open"))
        pupil.page.clock.fast_forward(30_000)
        expect(pupil.page.locator("#line")).to_have_text(words("phone.gone"))
        expect(pupil.status).to_be_empty()
        late.page.clock.fast_forward(31 * 60_000)
        expect(late.page.locator("#line")).to_have_text(words("phone.over"))
    expect(pupil.status).to_have_text(words("phone.status.open"))


def test_phone_whose_room_a_relay_does_not_know_any_more_says_that_the_class_is_over(
    alone: Class, pupil: Pupil, words: Catalogue
) -> None:
    """After half a minute: after a relay's restart, a class is back in its room sooner."""
    pupil.page.clock.install()
    pupil.join(alone)
    alone.server.stop()
    pupil.page.route("**/poll", lambda route: route.fulfill(status=404, json={"refused": "unknown-room"}))
    line = pupil.page.locator("#line")
    expect(line).to_have_text(words("phone.lost"))

    def is_over() -> bool:
        pupil.page.clock.fast_forward(SLOWEST)
        return line.inner_text() == words("phone.over")

    until(is_over, 30, "the class is over")


def test_both_halves_work_on_one_task_after_the_story(class_: Class, give_phone: GivePhone) -> None:
    host, desk = class_.host, class_.story.desk
    assert desk is not None
    task = desk.tasks["who-for"]
    asked, following, *_ = task.placing.decisions
    first, second = (role.name for role in class_.story.roles.values())
    ada, ben = give_phone().join(class_, first), give_phone((320, 568)).join(class_, second)
    host.execute(commands.end)
    host.execute(lambda state: commands.begin_task(state, task.id))
    for held in (ada, ben):
        for document in (desk.documents[id] for id in task.documents):
            expect(held.page.locator("article")).to_contain_text(document.text[0])
            expect(held.page.locator("article")).to_contain_text(document.author)
        expect(held.page.locator("article")).to_contain_text(asked.text)
    host.execute(commands.open_vote)
    ada.choose(1)
    ben.choose(1)
    expect(ben.choices.first).to_have_attribute("aria-pressed", "true")
    host.execute(commands.reveal)
    expect(ada.page.locator("#tally")).to_contain_text("2 of 2")
    host.execute(commands.next_question)
    expect(ada.page.locator("main")).to_contain_text(asked.why)
    expect(ada.page.locator("article")).to_contain_text(following.text)
    assert ada.fits and ben.fits
    host.execute(commands.end)
    expect(ada.page.locator("article")).not_to_contain_text(following.text)


def test_a_questionnaire_goes_on_by_itself_and_shows_no_count(class_: Class, give_phone: GivePhone) -> None:
    host, desk = class_.host, class_.story.desk
    assert desk is not None and desk.questionnaire is not None
    questions = desk.questionnaire.questions
    ada = give_phone().join(class_, next(iter(class_.story.roles.values())).name)
    host.execute(lambda state: commands.begin_task(state, BEFORE))
    host.execute(commands.next_question)
    for question in questions:
        expect(ada.page.locator("article")).to_contain_text(question.text)
        expect(ada.choices.first).to_have_attribute("aria-pressed", "false")
        assert ada.page.locator("#tally").count() == 0
        ada.choose(2)
        expect(ada.choices.nth(1)).to_have_attribute("aria-pressed", "true")
        host.execute(commands.next_question)
    expect(ada.page.locator("article")).to_contain_text(desk.questionnaire.thanks[0])
    host.execute(commands.end)
    expect(ada.page.locator("h1")).not_to_contain_text(desk.questionnaire.title)
