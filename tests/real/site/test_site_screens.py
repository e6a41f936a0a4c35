"""The site's screens in a real browser: ways back, keys, axe, the system's preferences, a code in the address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from game.play import begin
from game.play.share_code import to_code
from game.story import Story
from game.ui.soundscape import LOOPS
from game.web.sounds import PAD
from tests.real.access_probes import LEAST_RING, cut_off_when_spaced, other_names, small_targets, walk_focus
from tests.real.page_scripts import HELD
from tests.real.phones import AXE, CHROMIUM, FLAGS
from tests.real.site.sites import CARD, MOST_UNLIKE, SEAMS, Opened, Reader


def test_a_code_in_the_address_opens_its_page(site: str, opened: Opened, shipped: Story) -> None:
    p = begin(shipped, "official").choose("continue")
    reader = opened(f"{site}#r={to_code(p)}")
    assert reader.node == p.page.node
    assert "#" not in reader.page.url
    reader.page.goto(f"{site}#r=WRONG")
    reader.page.wait_for_selector("#page-card:not([hidden])")


def test_it_can_be_installed_and_takes_the_reader_s_language_and_theme(
    site: str, browser: Browser, tmp_path: Path
) -> None:
    """In a private window Chromium would install nothing."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=list(FLAGS), locale="en-GB"
    )
    reader = Reader(context.new_page())
    reader.open(site)
    session = context.new_cdp_session(reader.page)
    reader.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["name"] == "The Weight of Grain"
    reader.click("set:language=zh-Hans", "settings", "set:theme=night")
    assert json.loads(session.send("Page.getAppManifest")["data"])["lang"] == "zh-Hans"
    colours = reader.page.eval_on_selector_all("meta[name=theme-color]", "(all) => all.map((one) => one.content)")
    assert colours == ["#1f1d1e"] * 2
    assert reader.errors == []
    context.close()


def test_loops_are_decoded_without_a_seam(reader: Reader) -> None:
    """What stands behind the end of each is its beginning, as this browser decodes it."""
    seams = reader.page.evaluate(SEAMS, PAD)
    assert seams.keys() == LOOPS
    assert max(seams.values()) < MOST_UNLIKE


SHARED = """window.shared = new Promise((done) =>
  Object.defineProperty(navigator, "share", { value: async (given) => done(given) }))"""

CODE_COPIED = """async () => {
  while ((await navigator.clipboard.readText()).includes("#")) await new Promise((done) => setTimeout(done, 50));
}"""


def test_a_link_to_the_reading_is_shared_and_opens_it(site: str, opened: Opened) -> None:
    """By the phone's own sheet where there is one, else by the clipboard; the code itself is copied as ever."""
    reader = opened(site, permissions=["clipboard-read", "clipboard-write"])
    reader.begin("villager")
    node = reader.click("choice:continue", "pause", "share", "link")[0]["page"]
    reader.page.wait_for_selector("#copied")
    link = reader.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{site}#r={reader.page.inner_text('#code')}"
    reader.page.press("#copy", "Enter")
    reader.page.evaluate(CODE_COPIED)
    reader.page.evaluate(f"() => {{ {SHARED}; }}")
    reader.page.press("#link", "Enter")
    assert reader.page.evaluate("window.shared.then(({ url }) => url)") == link
    theirs = opened(link)
    assert theirs.node == node
    assert reader.errors == theirs.errors == []


def test_the_way_back_closes_screens(reader: Reader) -> None:
    reader.begin("villager")
    reader.click("choice:continue")
    node = reader.node
    reader.click("pause", "settings")
    for screen in ("pause", "reading", "title"):
        reader.page.go_back()
        reader.page.wait_for_selector(f"body[data-screen={screen}]")
    reader.click("continue")
    assert reader.node == node


def test_the_picture_alone_has_a_text_and_a_focused_way_back(reader: Reader) -> None:
    reader.begin("villager")
    assert "/pictures/phone/" in reader.page.evaluate("document.getElementById('page-picture').src")
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    reader.page.wait_for_selector("#page-picture[src^='pictures/laptop/']")
    alt = reader.page.get_attribute("#page-picture", "alt")
    reader.page.evaluate("document.getElementById('look').click()")
    reader.page.wait_for_selector("body[data-screen=picture]")
    assert reader.page.get_attribute("#page-picture", "alt") == alt != ""
    assert "/pictures/laptop/" in reader.page.evaluate("document.getElementById('page-picture').src")
    assert reader.page.evaluate("document.activeElement.id") == "back"
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("body[data-screen=reading]")


def test_credits_are_rows_of_one_width_with_a_licence_each(reader: Reader) -> None:
    reader.click("about", "credits")
    rows = reader.page.locator("[id^='licence:']")
    boxes = [box for row in rows.all() if (box := row.bounding_box())]
    assert len(boxes) > 3
    assert len({box["width"] for box in boxes}) == 1
    assert all(below["y"] > above["y"] + above["height"] for above, below in pairwise(boxes))
    reader.click("licence:0")
    assert reader.page.get_attribute("body", "data-screen") == "licence"


def test_the_keys_that_hints_name_do_what_they_say(reader: Reader) -> None:
    reader.begin("villager")
    reader.click("choice:continue")
    page = reader.page
    assert page.get_attribute("#look", "aria-description") == "The picture without the page. L does the same"
    for key, screen in (("l", "picture"), ("l", "reading"), ("w", "map"), ("w", "reading"), ("l", "picture")):
        page.keyboard.press(key)
        page.wait_for_selector(f"body[data-screen={screen}]")
    assert page.get_attribute("#back", "aria-description") == "L and Escape do it too"
    page.keyboard.press("Escape")
    page.wait_for_selector("body[data-screen=reading]")


def test_the_map_is_a_picture_with_the_list_beside_it(reader: Reader) -> None:
    reader.begin("villager")
    reader.click("choice:continue", "pause", "map")
    page = reader.page
    assert "/maps/map-" in page.evaluate("document.getElementById('page-picture').src")
    page.evaluate("document.getElementById('page-picture').decode()")
    listed = page.locator("#places .number").all_text_contents()
    assert page.locator("#page-spots .map-mark").all_text_contents() == listed != []
    picture, spot = page.locator("#page-picture").bounding_box(), page.locator(".map-mark").first.bounding_box()
    assert picture is not None and spot is not None
    assert picture["x"] < spot["x"] < picture["x"] + picture["width"]
    assert picture["y"] < spot["y"] < picture["y"] + picture["height"]
    name = page.locator("#places .say").first.text_content()
    page.locator(".map-mark").first.click(trial=True)  # nothing lies over it
    page.evaluate("document.querySelector('.map-mark').click()")
    page.wait_for_selector(CARD)
    assert page.text_content(f"{CARD} h1") == name
    reader.escape()
    reader.click("back")
    assert page.locator("#page-spots").is_hidden()


PLACES = """() => {
  const box = (element) => { const { top, bottom } = element.getBoundingClientRect(); return [top, bottom]; };
  const main = document.getElementById("main"), changes = main.querySelector(".changes");
  const choices = main.querySelector(".choices");
  return changes && choices && main.matches(".pinned")
    ? { changes: box(changes), choices: box(choices), height: innerHeight } : null;
}"""


LARGER = """() => {
  document.documentElement.style.setProperty("--scale", 1.5);
  window.scrollTo(0, 0);
  window.dispatchEvent(new Event("resize"));
}"""


def test_what_changed_is_in_sight_with_the_choices(site: str, opened: Opened) -> None:
    reader = opened(site, viewport={"width": 1366, "height": 768})
    reader.begin("villager")
    seen = 0
    while choices := reader.choices:
        reader.page.evaluate(LARGER)
        if found := reader.page.evaluate(PLACES):
            top, bottom = found["changes"]
            assert top >= 0 and bottom <= found["choices"][0] + 1 and found["choices"][1] <= found["height"] + 1, found
            seen += 1
        reader.click(choices[0])
    assert seen > 3


def test_keys_alone_read_a_page(site: str, opened: Opened) -> None:
    """Tab, Enter, numbers and Escape; the heading comes first, and the focus returns. A number opens choices behind
    their button and goes to its own, and presses one in sight."""
    reader = opened(site, viewport={"width": 1366, "height": 768})
    page = reader.page
    page.focus("[data-begin=villager]")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-screen=content-note]")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.focus("[data-start]")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-screen=reading]")
    first = reader.node
    page.set_viewport_size({"width": 360, "height": 300})
    page.keyboard.press("1")
    page.wait_for_selector(f"#main:not([data-page='{first}'])")
    page.keyboard.press("1")
    page.wait_for_selector("#page-unfold[aria-expanded=false]")
    choosing = reader.node
    page.keyboard.press("2")
    page.wait_for_selector("#choices li:nth-child(2) [data-choice]:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("#page-unfold[aria-expanded=false]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector("#choices li:nth-child(1) [data-choice]:focus")
    assert reader.node == choosing
    page.keyboard.press("2")
    page.wait_for_selector(f"#main:not([data-page='{choosing}'])")
    page.set_viewport_size({"width": 1366, "height": 768})
    person = page.locator("#main .term.person").first
    person.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#page-card:not([hidden])")
    page.keyboard.press("Escape")
    page.wait_for_selector("#page-card", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('person')")


MENUS = {
    "pause": ["pause"],
    "settings": ["settings"],
    "share": ["back", "share"],
    "slots": ["back", "slots-store"],
    "so-far": ["back", "so-far"],
    "people": ["back", "people"],
    "map": ["back", "map"],
    "controls": ["back", "controls"],
}


def each_screen(reader: Reader, story: Story) -> Iterator[str]:
    """Go through every kind of screen, from the title to the last part of the talk; the name of each."""
    yield "title"
    reader.click("new:villager")
    yield "note"
    reader.click("back")
    reader.begin("villager")
    reader.click("choice:continue")
    yield "page"
    for name, ids in MENUS.items():
        reader.click(*ids)
        yield name
    reader.click("back", "back", "look")
    yield "picture"
    reader.click("back")
    p = begin(story, "villager").choose("continue")
    weighed = False
    while not p.over:
        p = p.choose(p.page.choices[0].id)
        reader.click(f"choice:{p.entries[-1].take}")
        if p.page.ledger and not weighed:
            weighed = True
            yield "weighing"
    reader.click("look-back")
    yield "look-back"
    reader.escape()
    reader.click("debrief")
    part = 0
    while True:
        yield f"talk {part}"
        part += 1
        if not reader.page.query_selector(f"[id='section:{part}']"):
            break
        reader.click(f"section:{part}")
    reader.click("appendix")
    yield "appendix"
    reader.click("back", "desk")
    yield "desk"
    reader.click("section:who-for", "place:who-for.memo.few", "compare:who-for", "compare:desk:help")
    yield "desk's task"


# all choices of a page lie in the window
IN_SIGHT = """() => [...document.querySelectorAll("main.reading .choices [data-press]")].every((one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
})"""
# for each word that opens a card with a sign behind it: whether the sign is on the line on which the word ends
TOGETHER = """() => [...document.querySelectorAll("#main .term")].filter(({ nextSibling: after }) =>
  after?.nodeType === Node.TEXT_NODE && /^[,.;:!?\u2019\u201d]/.test(after.data)).map((term) => {
  const sign = document.createRange();
  sign.setStart(term.nextSibling, 0);
  sign.setEnd(term.nextSibling, 1);
  return Math.abs(sign.getBoundingClientRect().bottom - [...term.getClientRects()].at(-1).bottom) < 8;
})"""


def set_theme(reader: Reader, theme: str) -> None:
    reader.click("settings")
    if reader.page.get_attribute(f"[id='set:theme={theme}']", "aria-pressed") == "false":
        reader.click(f"set:theme={theme}")
    reader.click("back")


@pytest.mark.parametrize("theme", ["paper", "night", "contrast"])
def test_axe_finds_nothing(theme: str, reader: Reader, shipped: Story) -> None:
    """On every kind of screen, in each theme, nothing is wider than 320 pixels, and no line begins with a comma."""
    set_theme(reader, theme)
    names, together = [], list[bool]()
    for name in each_screen(reader, shipped):
        names.append(name)
        for width, height in ((1366, 768), (320, 640)) if theme == "paper" else ((320, 640),):
            reader.page.set_viewport_size({"width": width, "height": height})
            found = AXE.run(reader.page)
            assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"
            assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert width == 320 or reader.page.evaluate(IN_SIGHT), name
        together += reader.page.evaluate(TOGETHER)
    assert {"weighing", "map", "picture", "talk 3", "appendix", "desk", "desk's task"} <= set(names)
    assert together
    assert all(together)


@pytest.mark.parametrize("size", [(320, 640), (1366, 768)], ids="{0[0]}x{0[1]}".format)
def test_every_screen_keeps_its_text_targets_and_focus(reader: Reader, shipped: Story, size: tuple[int, int]) -> None:
    page, seen, problems = reader.page, 0, []
    for name in each_screen(reader, shipped):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for what, found in (
            ("spaced", cut_off_when_spaced(page)), ("small", small_targets(page)), ("named", other_names(page)),
        ):  # fmt: skip
            problems += [f"{name} {what}: {each}" for each in found]
        places = walk_focus(page)
        problems += [f"{name} focus: {place}" for place in places if place["ring"] < LEAST_RING or not place["seen"]]
        problems += [f"{name} redraw"] if len({place["drawn"] for place in places}) > 1 else []
        seen += len(places)
    assert problems == []
    assert seen > 200


def test_forced_colours_and_no_motion_are_followed(site: str, opened: Opened) -> None:
    reader = opened(site, reduced_motion="reduce", color_scheme="dark", forced_colors="active")
    assert reader.page.get_attribute("html", "data-motion") == "reduced"
    assert reader.page.get_attribute("html", "data-theme") == "night"
    assert AXE.run(reader.page).violations_count == 0


SHADES = """() => {
  const all = [...document.querySelectorAll("main, main :not(i)")];
  const shades = (name) => new Set(all.map((one) => getComputedStyle(one)[name]));
  return [...shades("color"), ...shades("backgroundColor")].sort();
}"""


@pytest.mark.parametrize("theme", ["paper", "night", "contrast"])
def test_a_page_is_printed_in_black_on_white(theme: str, reader: Reader) -> None:
    reader.begin("villager")
    reader.click("choice:continue", "pause")
    set_theme(reader, theme)
    reader.click("back")
    reader.page.emulate_media(media="print")
    assert reader.page.evaluate(SHADES) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"]
    reader.page.emulate_media(media="screen")


@pytest.mark.parametrize(("font", "latin"), [("serif", "Grain Book"), ("sans", "Grain Legible")])
def test_chinese_pages_have_only_the_site_s_own_faces(font: str, latin: str, site: str, opened: Opened) -> None:
    reader = opened(site, locale="zh-CN")
    assert reader.page.get_attribute("html", "lang") == "zh-Hans"
    reader.click("settings")
    if font == "sans":
        reader.click("set:font=sans")
    reader.click("back", "new:villager", "begin:villager", "choice:continue")
    reader.page.evaluate("document.fonts.ready.then(() => null)")
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = set()
    for selector in ("#main p", "#main h1", "#main button:not(#page-menu)"):
        for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]:
            fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            found |= {(one["familyName"], one["isCustomFont"]) for one in fonts}
    assert [name for name, custom in found if not custom] == []
    assert latin in {name for name, _ in found}


@pytest.mark.parametrize("viewport", [(390, 844), (1366, 768)], ids=["phone", "laptop"])
def test_the_carts_cut_a_weighing_in_view(site: str, opened: Opened, shipped: Story, viewport: tuple[int, int]) -> None:
    """The taken part slides out of the harvest, then the bowls empty from the possible rest to the real one."""
    untied = begin(shipped, "villager")
    while untied.page.node != "weighing-1959.rows":
        untied = untied.choose(untied.page.choices[0].id)
    width, height = viewport
    for motion in ("no-preference", "reduce"):
        reader = opened(f"{site}#r={to_code(untied)}", reduced_motion=motion,
                                viewport={"width": width, "height": height})  # fmt: skip
        reader.click("choice:continue")
        assert reader.node == "weighing-1959.carts"
        moving, *seen = reader.page.evaluate(HELD, 0)
        if motion == "no-preference":
            assert seen == [0, [100, 20]]
            _, halfway, bowls = reader.page.evaluate(HELD, 950)
            assert halfway > 0 and bowls == [100, 20]
            _, lies, bowls = reader.page.evaluate(HELD, 1400)
            assert lies > halfway and bowls == [100, 20]
            assert reader.page.evaluate(HELD, 1850)[1:] == [lies, [90, 0]]
            seen = reader.page.evaluate(HELD, 10_000)[1:]
            assert seen[0] == lies
        assert (moving > 0, seen[1]) == (motion == "no-preference", [60, 0])
        assert seen[0] > 0
        assert reader.errors == []
