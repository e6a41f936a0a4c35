"""A class without a display: led from two pages in a real browser, with real phones, by keys alone."""

from __future__ import annotations

import os
import re
import signal
import stat
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from game.classroom import commands
from game.classroom.browser.browser_display import BrowserDisplay
from game.classroom.wall_view import build_class_view
from game.core.paths import classes_folder
from game.desktop.api import jpeg_picture
from game.resources import assets_folder
from game.story.model import Story
from game.ui.effects import Effect
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.screens.teacher import pupils_state
from tests.classroom.browser.browser_class import BrowserClass
from tests.classroom.led_class import PHONES
from tests.classroom.logged_class import logged_events
from tests.classroom.wall_states import JOIN_INFO, UnloggedClass
from tests.real import class_pages, phones
from tests.real.access_probes import problems_of
from tests.real.conftest import GivePhone
from tests.real.page_scripts import HELD, LOOPS
from tests.real.screen import until
from tests.small_stories.packs import MILL_LANE, haelsey_with_files

pytestmark = pytest.mark.usefixtures("home")
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
STORY = ("--story", str(MILL_LANE))
SOUND = re.compile(r"/sounds/[\w-]+\.wav$")
OFFER = "document.getElementById('page-sound').textContent"
AT_END = "scrollY > 0 && scrollY >= document.documentElement.scrollHeight - innerHeight - 2"


def test_whole_class_is_held_from_two_pages(
    give_phone: GivePhone, context: BrowserContext, port: int, words: Catalogue
) -> None:
    """Two phones, votes, the result, a step back, hands by number keys, a reload, a second wall, the talk, the end."""
    with class_pages.class_on_pages(port, *STORY) as held:
        wall, teacher = (class_pages.open_page(context, address) for address in (held.wall, held.teacher))
        assert teacher.focus == "field"
        teacher.page.keyboard.type("x2")
        expect(teacher.page.locator("[data-field]")).to_have_value("2")
        teacher.press_until("Enter", teacher.page.locator(".qr"))
        expect(wall.page.locator(".qr")).to_be_visible()
        expect(wall.page.locator("#code")).to_have_text(held.code)
        pupils = [give_phone().enter(held.way_in) for _ in range(2)]
        expect(wall.page.locator("#here")).to_have_text(words("seats.joined.of", here=2, of=2))
        for page in (wall, teacher):
            assert page.faults() == ""
        teacher.page.locator("[id='teach:lock']").click()
        expect(wall.page.locator("#here")).to_contain_text(words("seats.locked"))
        start = teacher.page.get_by_role("button", name=words("wall.open"))
        teacher.press_until("Enter", start)

        # a vote of both halves, its result, and what the wall alone never shows
        teacher.press_until("Enter", teacher.page.get_by_role("button", name=words("wall.close")))
        for pupil in pupils:
            pupil.choices.first.click()
        for page in (wall, teacher):
            expect(page.status).to_contain_text(words("wall.voted", n=2))
        teacher.page.get_by_role("button", name=words("teacher.peek")).click()
        expect(teacher.page.locator(".tally li").first).to_be_visible()
        assert wall.page.locator(".tally, button, a, input").count() == 0
        assert teacher.faults() == ""
        teacher.page.get_by_role("button", name=words("teacher.hide")).click()
        teacher.page.locator("[id='teach:close']").focus()
        teacher.press_until("Enter", wall.page.locator(".tally"))
        expect(wall.page.locator(".votes").first).to_have_text(words("tally.votes", n=1, of=1))
        for size in SIZES:
            wall.page.set_viewport_size({"width": size[0], "height": size[1]})
            assert wall.whole, size
        assert wall.faults() == "" and teacher.faults() == ""

        # a page that reloads, and a second wall, show the same
        shown = wall.page.inner_text("main")
        wall.page.reload()
        expect(wall.page.locator(".tally").first).to_be_visible()
        assert wall.page.inner_text("main") == shown
        second = class_pages.open_page(context, held.wall)
        expect(second.page.locator(".tally").first).to_be_visible()
        assert second.page.inner_text("main") == shown

        # on to the next page, and a step back by its key; both walls follow
        teacher.page.bring_to_front()
        title = wall.page.inner_text("h1, .date").strip()
        teacher.press_until("Enter", teacher.page.locator("[id='teach:onward'], [id='teach:open']"))
        expect(wall.page.locator(".tally")).to_have_count(0)
        teacher.press_until("Backspace", wall.page.locator(".option.numbered"))
        expect(second.page.locator("main")).to_contain_text(title.splitlines()[0])

        # hands, by the keys of the wall's page
        wall.page.bring_to_front()
        wall.press_until("1", teacher.page.locator("[data-field]"))
        for key in ("4", "Enter"):
            wall.page.keyboard.press(key)
        log = next(classes_folder().glob("*.class"))
        expect(wall.page.locator("main")).to_contain_text(words("wall.voted", n=6))
        assert any(type(event).__name__ == "Counted" for event in logged_events(log))

        # the talk, and the end, which all pages show
        teacher.page.bring_to_front()
        teacher.press_until("Escape", teacher.page.locator("#end"))
        teacher.page.locator("#end").click()
        expect(teacher.page.locator("#page-card #back")).to_be_focused()
        teacher.page.locator("#yes").click()
        expect(wall.page.locator("main.talk")).to_be_visible()
        assert wall.faults() == "" and teacher.faults() == ""
        teacher.click_until(teacher.page.locator("#end-class"), teacher.page.locator("#yes"))  # not while presses rest
        teacher.page.locator("#yes").click()
        assert held.process.wait(20) == 0
        for pupil in pupils:
            expect(pupil.page.locator("#line")).to_have_text(words("phone.over"))
        for page in (wall, second, teacher):
            expect(page.page.locator("#page-line")).to_have_text(words("browser.ended"))
            assert page.complaints == []
        assert held.process.stdout is not None and "is kept" in held.process.stdout.read()


def test_wall_offers_its_sounds_until_a_press_counts(context: BrowserContext, port: int, words: Catalogue) -> None:
    """Frequent updates do not hide the offer, and Shift does not count as a press for a browser."""
    with class_pages.class_on_pages(port, *STORY) as held:
        teacher, wall = class_pages.open_page(context, held.teacher), context.new_page()
        teacher.press_until("Enter", teacher.page.locator(".qr"))
        wall.goto(held.wall)
        # to Chromium a locator of Playwright is a press: a page that has met one before its first sound may play it
        ask = partial(context.new_cdp_session(wall).send, "Runtime.evaluate")
        scroll = cycle(("PageDown", "PageUp"))

        def offered() -> bool:
            return bool(ask({"expression": OFFER})["result"]["value"] == words("browser.sound"))

        def offered_after_an_update() -> bool:
            teacher.page.keyboard.press(next(scroll))
            return offered()

        until(offered_after_an_update, 15, "the line that offers the sounds")
        wall.keyboard.press("Shift")
        assert offered()
        with wall.expect_response(SOUND) as sound:
            wall.locator("#page-sound").click()
        assert sound.value.ok and sound.value.url.startswith(held.wall)
        for page in (wall, teacher.page):
            expect(page.locator("#page-sound")).to_have_text("")


def test_killed_class_is_offered_again_on_the_teachers_page(
    browser: Browser, context: BrowserContext, port: int, words: Catalogue
) -> None:
    """The pages say that the program is gone; a new one asks the teacher, while its wall waits, and continues."""
    with class_pages.class_on_pages(port, *STORY) as held:
        wall, teacher = (class_pages.open_page(context, address) for address in (held.wall, held.teacher))
        phones.pupil(browser).enter(held.way_in).context.close()
        expect(wall.page.locator("#here")).to_have_text(words("seats.joined", n=1))
        os.kill(held.process.pid, signal.SIGKILL)
        for page in (wall, teacher):
            expect(page.page.locator("#page-line")).to_have_text(words("browser.lost"))
        code = held.code
    with class_pages.class_on_pages(port, *STORY, waits=True) as held:
        wall, teacher = (class_pages.open_page(context, address) for address in (held.wall, held.teacher))
        expect(wall.page.locator("main")).to_contain_text(words("browser.waiting"))
        assert wall.faults() == "" and teacher.faults() == ""
        teacher.page.keyboard.press("Enter")
        expect(wall.page.locator("#code")).to_have_text(code)
        held.interrupt()
        assert held.process.wait(20) == 0
        expect(wall.page.locator("#page-line")).to_have_text(words("browser.ended"))


def test_both_pages_are_sound_in_each_theme(context: BrowserContext, port: int, words: Catalogue) -> None:
    with class_pages.class_on_pages(port) as held:
        wall, teacher = (class_pages.open_page(context, address) for address in (held.wall, held.teacher))
        teacher.press_until("Enter", wall.page.locator(".option.numbered"))
        show = teacher.page.get_by_role("button", name=words("wall.show", name="Shen Guilan"))
        teacher.click_until(show, wall.page.locator(".term"))
        for theme in ("paper", "night", "contrast"):
            teacher.page.keyboard.press("Escape")
            teacher.page.locator("#settings").click()
            teacher.page.locator(f"[id='set:theme={theme}']").click()
            for page in (wall, teacher):
                expect(page.page.locator("html")).to_have_attribute("data-theme", theme)
            if theme == "night":
                assert teacher.faults() == ""
            teacher.page.keyboard.press("Escape")
            teacher.page.locator("#wall-help").click()
            expect(teacher.page.locator("#phones")).to_be_visible()
            assert wall.faults() == "" and teacher.faults() == "", theme
            assert wall.page.locator("button, a, input").count() == 0
            teacher.page.keyboard.press("Escape")
            expect(teacher.page.locator("#standing")).to_be_visible()
        for size in SIZES:
            for page in (wall, teacher):
                page.page.set_viewport_size({"width": size[0], "height": size[1]})
                assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert wall.whole, size
        assert wall.complaints == teacher.complaints == []


@pytest.mark.parametrize("size", [(320, 640), (1366, 768)], ids="{0[0]}x{0[1]}".format)
def test_the_teachers_page_keeps_its_text_targets_and_focus(
    context: BrowserContext, port: int, words: Catalogue, size: tuple[int, int]
) -> None:
    with class_pages.class_on_pages(port, *STORY) as held:
        teacher = class_pages.open_page(context, held.teacher)
        page, found = teacher.page, dict[str, list[str]]()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        found["how many"] = problems_of(page)
        page.locator("[data-field]").focus()
        teacher.press_until("Enter", page.locator(".qr"))
        found["join"] = problems_of(page)
        start, close = (page.get_by_role("button", name=words(key)) for key in ("wall.open", "wall.close"))
        teacher.click_until(page.locator("#main .main, #main [id^='teach:']").first, start)
        teacher.click_until(start, close)
        found["vote"] = problems_of(page)
        page.keyboard.press("Escape")
        page.locator("#settings").click()
        page.locator("[id='set:theme=night']").wait_for()
        found["settings"] = problems_of(page)
        assert {name: each for name, each in found.items() if each} == {}


def test_wrong_token_is_told_in_words_and_right_one_opens_the_usual_browser(
    context: BrowserContext, port: int, tmp_path: Path, words: Catalogue
) -> None:
    opened, script = tmp_path / "opened", tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{opened}"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    with class_pages.class_on_pages(port, *STORY, "--open", more={"BROWSER": f"{script} %s"}) as held:
        until(lambda: opened.exists() and opened.read_text().count("\n") == 2, 30, f"two lines in {opened}")
        assert opened.read_text().split() == [held.wall, held.teacher]
        page = context.new_page()
        for address in (held.wall.replace("/wall/", "/teacher/"), held.teacher[:-4] + "xxx/"):
            answer = page.goto(address)
            assert answer is not None and answer.status == 403
            assert page.inner_text("body") == words("browser.refused")


class ClassIsOver:
    """Carries out nothing, and reports nothing."""

    def carry_out(self, effect: Effect) -> None:
        return None

    def poll(self) -> None:
        return None


def test_wall_follows_the_teachers_scrolling_where_it_is_too_long(
    context: BrowserContext, shipped: Story, words: Catalogue
) -> None:
    led = UnloggedClass(shipped).read_whole_class().do(commands.end)
    app = start_class(shipped, words, build_class_view(led.state, JOIN_INFO, place="teacher"))
    display, over = BrowserDisplay(shipped, words, assets_folder(), jpeg_picture), ClassIsOver()
    with display, ThreadPoolExecutor(1) as pool:
        shown = pool.submit(display, app, over, partial(pupils_state, text_scale=140))
        wall, teacher = (class_pages.open_page(context, display.address(page)) for page in ("wall", "teacher"))
        teacher.page.locator("[id='section:1']").click()
        expect(teacher.page.locator("[id='section:2']")).to_be_visible()
        expect(wall.page.locator("h1")).to_have_text(teacher.page.inner_text("h1"))
        assert not wall.whole
        teacher.page.set_viewport_size({"width": 1366, "height": 12_000})  # nothing of it is out of sight
        teacher.page.keyboard.press("PageDown")
        until(lambda: wall.page.evaluate("scrollY > 0"), 15, "a wall that is scrolled by a key")
        teacher.page.keyboard.press("PageUp")
        until(lambda: wall.page.evaluate("scrollY === 0"), 15, "a wall that is scrolled back")
        teacher.page.set_viewport_size({"width": 1366, "height": 768})
        teacher.page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        until(lambda: wall.page.evaluate(AT_END), 15, "the end")
        teacher.page.locator("[id='section:2']").click()
        expect(teacher.page.locator("[id='section:3']")).to_be_visible()
        until(lambda: wall.page.evaluate("scrollY === 0"), 15, "the top of the next screen")
        teacher.page.locator("#end-class").click()
        assert shown.result(20) == 0


def test_the_carts_cut_a_weighing_on_the_wall(
    browser: Browser, shipped: Story, words: Catalogue, tmp_path: Path
) -> None:
    class_ = BrowserClass(shipped, words, tmp_path)
    while "weighing-1958.rows" not in (track.page.node for track in class_.host.state.tracks):
        if class_.phases() == ["open"]:
            for number in range(PHONES):
                class_.vote(f"s{number}")
        class_.key("Enter")
    with BrowserDisplay(shipped, words, assets_folder(), jpeg_picture) as display:
        display._publish(class_.session)
        moving, still = (
            class_pages.open_page(browser.new_context(reduced_motion=motion), display.address("wall")).page
            for motion in ("no-preference", "reduce")
        )
        for wall in (moving, still):  # a face that comes only with the chart would move its rows during the cut
            wall.evaluate("Promise.all([...document.fonts].map((face) => face.load())).then(() => null)")
        class_.key("Enter")
        display._publish(class_.session)
        for wall in (moving, still):
            wall.locator(".bar > .taken").wait_for()
        parts, *seen = moving.evaluate(HELD, 0)
        assert parts > 0 and seen == [0, [100, 60]]
        _, lies, bowls = moving.evaluate(HELD, 10_000)
        assert lies > 0 and bowls == [100, 40]
        parts, lies, bowls = still.evaluate(HELD, 0)
        assert parts == 0 and lies > 0 and bowls == [100, 40]
        for wall in (moving, still):
            wall.context.close()
    class_.log.close()


def test_an_author_s_sound_is_heard_on_the_wall(context: BrowserContext, port: int, tmp_path: Path) -> None:
    with class_pages.class_on_pages(port, "--story", str(haelsey_with_files(tmp_path)), "--cut", "pair") as held:
        teacher, wall = class_pages.open_page(context, held.teacher), context.new_page()
        teacher.press_until("Enter", teacher.page.locator(".qr"))
        wall.add_init_script(LOOPS)
        wall.goto(held.wall)
        with wall.expect_response(re.compile(r"/sounds/pack-[0-9a-f]+\.wav$")) as sound:
            wall.locator("body").click()
        assert sound.value.ok and sound.value.url.startswith(held.wall)
        until(lambda: wall.evaluate("started.length > 0"), 30, "the wall's sound")
        assert wall.evaluate("started") == [3]
