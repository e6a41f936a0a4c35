"""Access to the pages of a class, where axe does not look: spaced text, size of targets, focus in sight, names."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from game.classroom import commands
from game.ui.i18n import Catalogue
from tests.ports import free_port
from tests.real import access_probes as probes
from tests.real import class_pages, phones
from tests.real.conftest import GivePhone
from tests.small_stories.packs import MILL_LANE

pytestmark = pytest.mark.skipif(bool(phones.MISSING), reason=f"needs {' and '.join(phones.MISSING)}")


def problems_of(page: Page) -> list[str]:
    """What is wrong with a page as it stands; its focus is elsewhere afterwards."""
    places = probes.walk_focus(page)
    dim = [str(place) for place in places if place["ring"] < probes.LEAST_RING or not place["seen"]]
    return [*probes.cut_off_when_spaced(page), *probes.small_targets(page), *probes.other_names(page), *dim]


@pytest.mark.parametrize("size", [(320, 568), (844, 390), (1366, 768)], ids="{0[0]}x{0[1]}".format)
def test_a_phone_keeps_its_text_targets_and_focus(
    class_: phones.Class, give_phone: GivePhone, words: Catalogue, size: tuple[int, int]
) -> None:
    pupil, host = give_phone(size), class_.host
    page = pupil.page
    page.goto(f"{class_.address}/XXXX")
    page.locator("#join").wait_for()
    assert problems_of(page) == []
    page.get_by_role("button", name=words("phone.join")).click()
    expect(page.locator("#refused")).not_to_have_text("")
    assert problems_of(page) == []
    page.get_by_label(words("phone.code")).fill(phones.CODE)
    page.get_by_role("button", name=words("phone.join")).click()
    expect(page.locator("#begin")).to_be_visible()
    assert problems_of(page) == []
    page.locator("#begin").click()
    class_.to_a_vote()
    expect(pupil.status).to_have_text(words("phone.status.open"))
    page.locator(".term").first.click()
    page.locator(".rests button").click()
    assert problems_of(page) == []
    pupil.choose(1)
    expect(pupil.status).to_have_text(words("phone.status.voted"))
    host.execute(commands.reveal)
    expect(pupil.status).to_have_text(words("phone.status.revealed"))
    assert problems_of(page) == []
    class_.decide()
    host.execute(commands.end)
    expect(pupil.status).to_have_text(words("phone.status.ended"))
    assert problems_of(page) == []


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("size", [(320, 640), (1366, 768)], ids="{0[0]}x{0[1]}".format)
def test_the_teachers_page_keeps_its_text_targets_and_focus(
    browser: Browser, words: Catalogue, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    context.set_default_timeout(phones.PATIENCE)
    with class_pages.class_on_pages(free_port(), "--story", str(MILL_LANE)) as held:
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
    context.close()
