"""The browser display over real sockets, without a browser: pages with their files, keys in, views out."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from urllib.parse import urljoin

import aiohttp
import pytest

from game.classroom.browser.browser_display import MOST_KEPT, PAGES, SIZES, BrowserDisplay, PagePictures
from game.play.page import Picture
from game.resources import assets_folder
from game.story import load
from game.story.model import Story
from game.story.places import sounds_of
from game.story.sound_loops import read_loop, wav_file
from game.ui.i18n import Catalogue
from tests.classroom.browser.browser_class import BrowserClass
from tests.small_stories.packs import haelsey_with_files

PATIENCE = 10.0  # seconds
LOADED = re.compile(r"""(?:href|src)="([^"]+)"|from "([^"]+)"|url\("([^"]+)"\)""")


def paint(picture: Picture, size: tuple[int, int]) -> bytes:
    return b"\xff\xd8\xff"


@pytest.fixture
def display(mill: Story, words: Catalogue) -> Iterator[BrowserDisplay]:
    with BrowserDisplay(mill, words, assets_folder(), paint) as display:
        yield display


@pytest.mark.parametrize("page", PAGES)
async def test_all_files_of_a_page_are_below_its_address(page: str, display: BrowserDisplay) -> None:
    seen, waiting = set[str](), [display.address(page)]
    async with aiohttp.ClientSession() as session:
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            assert address.startswith(display.address(page))
            async with session.get(address) as answer:
                assert answer.status == 200, address
                if answer.content_type in ("text/html", "text/css", "text/javascript"):
                    found = LOADED.findall(await answer.text())
                    waiting += [urljoin(address, name) for group in found for name in group if name]
    assert len({address for address in seen if address.endswith(".ttf")}) == 8
    assert len({address for address in seen if address.endswith(".js")}) == 6


async def test_an_author_s_sound_is_served_by_its_name(words: Catalogue, tmp_path: Path) -> None:
    island = load(haelsey_with_files(tmp_path))
    island = replace(island, cuts={"class": replace(island.cuts["pair"], id="class")})
    (name,) = sounds_of(island.places.values())
    class_ = BrowserClass(island, words, tmp_path)
    with BrowserDisplay(island, words, assets_folder(), paint) as display:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{display.address('wall')}sounds/{name}.wav") as answer:
                assert (answer.status, answer.content_type) == (200, "audio/wav")
                content = await answer.read()
            async with session.get(f"{display.address('wall')}sounds/harbour.wav") as answer:
                assert answer.status == 404
    assert content == wav_file(read_loop(Path(island.folder), "sounds/harbour.wav"))
    views = class_.session.views()
    assert views["wall"]["loops"].keys() == {name} and str(tmp_path) not in json.dumps(views)
    class_.log.close()


def test_tokens_are_long_random_and_different_for_each_page(
    mill: Story, words: Catalogue, display: BrowserDisplay
) -> None:
    second = BrowserDisplay(mill, words, assets_folder(), paint)
    tokens = [each.address(page).split("/")[-2] for each in (display, second) for page in PAGES]
    assert len(set(tokens)) == 4 and all(len(token) >= 22 for token in tokens), "128 bits in six a letter"


def test_display_shows_a_class_until_the_teacher_ends_it(
    mill: Story, words: Catalogue, display: BrowserDisplay, tmp_path: Path
) -> None:
    class_ = BrowserClass(mill, words, tmp_path)
    with ThreadPoolExecutor(1) as pool:
        driven = pool.submit(asyncio.run, _drive(display))
        assert display(class_.session.app, class_.controller, class_.pupils_state) == 0
        driven.result(PATIENCE)
    class_.log.close()


async def _drive(display: BrowserDisplay) -> None:
    """Go from the first screen to the end of the class with keys on the wall and presses on the teacher's page."""
    async with aiohttp.ClientSession() as session:
        sockets = {page: await session.ws_connect(f"{display.address(page)}socket") for page in PAGES}

        async def until(page: str, screen: str) -> dict[str, Any]:
            while True:
                view = json.loads(await sockets[page].receive_str(timeout=PATIENCE))
                if view["screens"][-1]["screen"] == screen:
                    return dict(view)

        assert (await until("teacher", "wall-join"))["picture"]
        await sockets["wall"].send_json({"do": "key", "key": "Enter"})
        for page in PAGES:
            await until(page, "wall-note")
        await sockets["teacher"].send_json({"do": "press", "id": "back"})
        view = await until("wall", "wall")
        picture = f"{display.address('wall')}picture/large/{view['picture']}.jpg"
        assert (await session.get(picture)).status == 200
        await sockets["teacher"].send_json({"do": "key", "key": "Escape"})
        await until("teacher", "wall-menu")
        await sockets["teacher"].send_json({"do": "press", "id": "end-class"})
        await until("teacher", "confirm")
        await sockets["teacher"].send_json({"do": "press", "id": "yes"})


@pytest.fixture
def painter() -> Mock:
    return Mock(side_effect=lambda picture, size: f"{picture.scene} {size}".encode())


def test_named_picture_is_painted_once_for_each_size(painter: Mock) -> None:
    pictures = PagePictures(painter)
    name = pictures.name_for(Picture("hall", {"lamp": True}, "a hall"))
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: pictures.jpeg(name, "laptop"), range(8)))
    assert found == {b"hall (1366, 768)"}
    pictures.jpeg(name, "large")
    painted = [(picture.scene, size) for (picture, size), _ in painter.call_args_list]
    assert painted == [("hall", SIZES["laptop"]), ("hall", SIZES["large"])]


@pytest.mark.parametrize(("name", "size"), [("hall-0000000000", "laptop"), ("", "laptop"), ("known", "huge")])
def test_unknown_picture_and_unknown_size_are_refused(name: str, size: str) -> None:
    pictures = PagePictures(paint)
    known = pictures.name_for(Picture("hall", {}, ""))
    assert pictures.name_for(None) == ""
    with pytest.raises(KeyError):
        pictures.jpeg(known if name == "known" else name, size)


def test_oldest_pictures_are_forgotten(painter: Mock) -> None:
    pictures = PagePictures(painter)
    names = [pictures.name_for(Picture("hall", {"trees": n}, "")) for n in range(MOST_KEPT + 1)]
    for name in names:
        pictures.jpeg(name, "small")
    pictures.jpeg(names[-1], "small")
    assert painter.call_count == MOST_KEPT + 1
    pictures.jpeg(names[0], "small")
    assert painter.call_count == MOST_KEPT + 2


def test_painter_makes_a_jpeg_of_the_size_without_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.desktop.api import jpeg_picture

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    content = jpeg_picture(Picture("courtyard", {}, ""), (320, 180))
    assert content.startswith(b"\xff\xd8\xff")
    assert (180).to_bytes(2, "big") + (320).to_bytes(2, "big") in content[:1000]
