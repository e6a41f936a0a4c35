"""A pack of another history, with its own images, as a site and as one file in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from game.commands.support.editions import find_editions
from game.core.paths import cache_folder
from game.desktop import api as desktop
from game.resources import assets_folder
from game.story import load
from game.web import one_file
from game.web.pyodide_runtime import runtime_files
from game.web.reachable_pictures import reachable_pictures
from game.web.site_maker import SiteSources, site_files
from tests.commands.test_another_story import ours
from tests.real.page_scripts import LOOPS
from tests.real.screen import until
from tests.real.site.sites import Opened, make_site, served
from tests.small_stories.packs import haelsey_with_files

# The share of the picture behind the page that is red, as its spot is.
RED_SHARE = """async () => {
  const picture = document.getElementById("page-picture");
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 200, height: 120 });
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0, 200, 120);
  const { data } = context.getImageData(0, 0, 200, 120);
  let red = 0;
  for (let at = 0; at < data.length; at += 4) red += data[at] > 150 && data[at + 1] < 90 && data[at + 2] < 90;
  return red / (200 * 120);
}"""

HARBOUR = "started.filter((seconds) => seconds === 3).length"


@pytest.fixture(scope="module")
def island(tmp_path_factory: pytest.TempPathFactory) -> SiteSources:
    """What the site of Hælsey is made of."""
    pack = haelsey_with_files(tmp_path_factory.mktemp("pack"))
    story = load(pack)
    found = reachable_pictures(story, Random(0), 20)
    runtime = runtime_files(cache_folder())
    return SiteSources(
        {"en": story}, find_editions(pack, story), found.pages, assets_folder(), runtime, (), "", maps=found.maps
    )


@pytest.fixture(scope="module", params=["site", "one file"])
def address(
    request: pytest.FixtureRequest, island: SiteSources, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("made")
    if request.param == "one file":
        page = folder / "island.html"
        files = site_files(one_file.smaller(island), desktop.site_pictures, lambda done, of: None)
        page.write_bytes(one_file.one_file(files))
        yield page.as_uri()
        return
    make_site(folder / "site", island, desktop.site_pictures)
    with served(folder) as root:
        yield f"{root}/site/"


def test_it_is_read_to_its_end_with_its_images_and_words(address: str, opened: Opened) -> None:
    reader = opened(address, viewport={"width": 1366, "height": 768})
    shown = [reader.page.inner_text("body")]
    assert reader.page.evaluate(RED_SHARE) > 0.002
    reader.begin("shepherd")
    met = 0
    while choices := reader.choices:
        shown.append(reader.page.inner_text("body"))
        if reader.node == "s-quay.quay":
            assert reader.page.evaluate(RED_SHARE) > 0.002
            met += 1
        reader.click(choices[0])
    shown.append(reader.page.inner_text("body"))
    text = "\n".join(shown)
    assert met == 1 and "520 barrels" in text and "plates" in text and "Over the sea" in text
    assert ours(text) == []
    assert reader.errors == []


def test_the_picture_alone_names_its_credit(address: str, opened: Opened) -> None:
    reader = opened(address)
    reader.begin("shepherd")
    reader.click("look")
    assert "By P. Ahlgren, 1811, in the public domain" in reader.page.inner_text("#main")


def test_the_sound_of_its_place_starts_once_and_goes_on_at_the_next(address: str, opened: Opened) -> None:
    reader = opened(address, before=LOOPS)
    reader.page.mouse.click(2, 2)  # a browser lets a page sound after a press
    reader.begin("shepherd")
    until(lambda: reader.page.evaluate(f"{HARBOUR} === 1"), 30, "the harbour's sound")
    chapters = set()
    while choices := reader.choices:
        chapters.add(reader.node.partition(".")[0])
        reader.click(choices[0])
    assert {"s-quay", "counted", "s-spring"} <= chapters
    assert reader.page.evaluate("started") == [3]
    assert reader.errors == []
