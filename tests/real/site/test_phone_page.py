"""A page of the story on a phone and a tablet: text that begins high, words that are hit, a foot that stays."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.real.site.sites import Opened, Reader

LINE = 65  # characters
PAGES = 45  # of a reading: all but its last ones

# of the page that is shown, scrolled to its top
MEASURE = """() => {
  scrollTo(0, 0);
  const main = document.getElementById("main"), foot = document.getElementById("page-foot");
  const box = (element) => element.getBoundingClientRect();
  const shown = (element) => Boolean(element?.offsetHeight) && box(element).top >= 0
    && box(element).bottom <= innerHeight + 1;
  const choices = [...main.querySelectorAll("[data-choice]")];
  const texts = [...main.querySelectorAll("p[id^=prose-], p.line, p.told")];
  const lines = texts.flatMap((text) => {
    const range = document.createRange(), found = new Map();
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      if (node.parentElement.closest(".by")) continue;
      for (let i = 0; i < node.data.length; i += 1) {
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const top = Math.round(range.getBoundingClientRect().top / 8);
        found.set(top, (found.get(top) || 0) + 1);
      }
    }
    return [...found.values()];
  });
  const pinned = main.matches(".pinned") ? main.querySelector(".choices") : foot;
  const below = pinned.offsetHeight ? box(pinned).top : innerHeight;
  const missed = [...main.querySelectorAll(".term")].filter((term) => [...term.getClientRects()].some((part) =>
    part.bottom <= below
    && document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2)?.closest(".term") !== term));
  return {
    whole: document.documentElement.scrollHeight <= innerHeight,
    text: texts.length ? box(texts[0]).top / innerHeight : 0,
    reached: shown(foot.querySelector("button")) || choices.every(shown),
    line: Math.max(0, ...lines),
    missed: missed.map((term) => term.textContent),
    words: main.querySelectorAll(".term").length,
  };
}"""


# A page lays its foot out again when a font comes or the window's size changes, which a busy machine tells it later.
LAID_OUT = """() => document.fonts.ready.then(
  () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"""


def read_on(reader: Reader, pages: int, seed: int = 3) -> list[dict[str, Any]]:
    """What stands on the pages of one reading of her door, by chance."""
    chance, found = Random(seed), []
    reader.begin("villager")
    for _ in range(pages):
        reader.page.evaluate(LAID_OUT)
        found.append(reader.page.evaluate(MEASURE))
        reader.click(chance.choice(reader.choices))
    return found


@pytest.mark.parametrize(("size", "share"), [((390, 844), 0.5), ((360, 640), 0.25)], ids=["390x844", "360x640"])
def test_a_page_fits_a_phone(reader: Reader, size: tuple[int, int], share: float) -> None:
    """Its text begins in the first third, all choices are in sight or behind one button that is, every marked word is
    hit where it is touched, and that share of the pages is whole in one view."""
    reader.page.set_viewport_size({"width": size[0], "height": size[1]})
    pages = read_on(reader, PAGES)
    assert max(page["text"] for page in pages) <= 0.34
    assert all(page["reached"] for page in pages)
    assert sum(page["words"] for page in pages) > 60
    assert [page["missed"] for page in pages if page["missed"]] == []
    assert sum(page["whole"] for page in pages) >= share * len(pages)


@pytest.mark.parametrize("size", [(768, 1024), (844, 390), (600, 960), (1024, 768)], ids="{0[0]}x{0[1]}".format)
def test_no_line_is_longer_than_can_be_read(reader: Reader, size: tuple[int, int]) -> None:
    reader.page.set_viewport_size({"width": size[0], "height": size[1]})
    pages = read_on(reader, 12)
    assert max(page["line"] for page in pages) <= LINE
    assert all(page["reached"] for page in pages)


def test_a_page_stays_where_it_was_scrolled_to(reader: Reader) -> None:
    """Under a card, under the pause, and under its menu; another page begins at its top."""
    page = reader.page

    def click(id: str) -> None:
        page.evaluate("(id) => document.getElementById(id).click()", id)

    page.set_viewport_size({"width": 360, "height": 400})
    reader.begin("villager")
    page.evaluate("window.scrollTo(0, 150)")
    page.evaluate("document.querySelector('.term').click()")
    page.wait_for_selector("#page-card:not([hidden])")
    assert page.evaluate("window.scrollY") == 150
    reader.escape()
    click("page-menu")  # playwright's own click scrolls
    page.wait_for_selector("#tools [data-press]:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("#page-menu:focus")
    assert page.evaluate("window.scrollY") == 150
    click("page-menu")
    click("pause")
    page.wait_for_selector("body[data-screen=pause]")
    assert page.evaluate("window.scrollY") == 0
    reader.escape()
    assert page.evaluate("window.scrollY") == 150
    reader.click("choice:continue")
    assert page.evaluate("window.scrollY") == 0


@pytest.mark.parametrize("targets", ["usual", "large"])
def test_the_choices_behind_a_button_do_not_hide_the_text(reader: Reader, targets: str) -> None:
    """All can be pressed and stand on the foot, and the last line of the text can be scrolled out from under them."""
    page = reader.page
    page.set_viewport_size({"width": 360, "height": 640})
    if targets != "usual":
        reader.click("settings", f"set:targets={targets}", "back")
    reader.begin("villager")
    for _ in range(5):
        reader.click(reader.choices[0])
    page.click("#page-unfold")
    drawer = page.locator("main.unfold > .choices").bounding_box()
    assert drawer is not None
    foot = page.locator("#page-foot").bounding_box()
    assert foot is not None and abs(drawer["y"] + drawer["height"] - foot["y"]) <= 1
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    last = page.locator("#main > p[id^=prose-]").last.bounding_box()
    assert last is not None and last["y"] + last["height"] <= drawer["y"]
    node = reader.node
    page.locator("main.unfold [data-choice]").last.evaluate("(choice) => choice.click()")
    page.wait_for_selector(f"#main:not([data-page='{node}'])")
    assert page.locator("#page-foot").is_hidden() or page.get_attribute("#page-unfold", "aria-expanded") == "false"
    if targets != "usual":
        reader.to_title()
        reader.click("settings", "set:targets=usual", "back")


def test_a_page_that_is_opened_again_begins_at_its_heading(reader: Reader) -> None:
    """From a saved game, from an earlier page, by a share code in the address, and where the story is stopped."""
    page = reader.page
    page.set_viewport_size({"width": 360, "height": 400})

    def scrolled(*ids: str) -> None:
        page.evaluate("window.scrollTo(0, 200)")
        reader.click(*ids)

    def begins() -> bool:
        found = page.evaluate("[window.scrollY, document.activeElement.tagName, document.body.dataset.screen]")
        return bool(found[:2] == [0, "H1"] and page.is_hidden("#page-card"))

    reader.begin("villager")
    reader.click("choice:continue", "pause", "slots-store", "store:1", "back", "back")
    scrolled("choice:continue")
    scrolled("pause", "slots-fetch", "fetch:1", "yes")
    assert begins()
    scrolled("choice:continue", "pause", "look-back", "return:1")
    assert begins()
    scrolled("pause", "share")
    code = page.inner_text("#code")
    reader.escape()
    reader.escape()
    reader.click("choice:continue")
    page.evaluate("window.scrollTo(0, 200)")
    page.evaluate("(code) => { location.hash = `r=${code}`; }", code)
    page.wait_for_selector("#main[data-page='v-loudspeaker.loudspeaker']")
    assert begins()
    scrolled("leave")
    if page.is_visible("#yes"):
        reader.click("yes")
    assert begins()


SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value)))
  .observe({ type: "layout-shift", buffered: true });"""


def test_nothing_moves_while_the_site_loads(site: str, opened: Opened) -> None:
    reader = opened(site, before=SHIFTS)
    assert sum(reader.page.evaluate("window.shifts")) < 0.05
    reader.begin("villager")
    reader.written()
    reader.page.goto(site)
    assert reader.page.is_visible("#continue")  # before Python is there
    reader.wait()
    assert sum(reader.page.evaluate("window.shifts")) < 0.05


@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1366, 768)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("contrast", [None, "more"])
def test_the_progress_of_the_start_is_in_sight(site: str, opened: Opened, size: tuple[int, int], contrast: Any) -> None:
    viewport = {"width": size[0], "height": size[1]}
    page = opened("about:blank", ready=False, viewport=viewport, contrast=contrast, service_workers="block").page
    page.route("**/*.wasm", lambda route: None)  # it does not come, so the start does not end
    page.goto(site)
    page.wait_for_selector("#page-progress:not(:empty)")
    line, text = page.locator("#page-progress").bounding_box(), page.locator("h1").bounding_box()
    assert line is not None and text is not None
    assert line["y"] >= 0 and line["y"] + line["height"] <= size[1]
    assert line["x"] >= 0 and line["width"] > 100
    beside = line["x"] + line["width"] <= text["x"] or text["x"] + text["width"] <= line["x"]
    assert beside or line["y"] + line["height"] <= text["y"]
