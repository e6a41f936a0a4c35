"""Photograph the site on a phone for the README: a page and the map, in a real Chromium.

    weight-of-grain web SITE && python assets/screenshots/make_phone.py SITE

Writes phone.png beside this file: two views of 390 x 844 pixels. It needs playwright and the browser `chromium`.
"""

from __future__ import annotations

import io
import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pygame
from make import HER_WAY, HERE, palette_png, reading
from playwright.sync_api import Page, sync_playwright

from game.play.share_code import to_code
from game.resources import assets_folder, story_folder
from game.story import load
from game.ui.i18n import Catalogue

VIEW = (390, 844)  # pixels
GAP = 20
GROUND = (70, 61, 52)
BOOTED = 120_000  # ms


def views(page: Page, address: str) -> list[bytes]:
    """A page of the story, and from it the map, as PNG."""
    page.goto(address)
    page.wait_for_selector("body[data-screen=reading]", timeout=BOOTED)
    found = [_shot(page)]
    for id in ("pause", "map"):
        page.evaluate("(id) => document.getElementById(id).click()", id)
        page.wait_for_selector(f"body[data-screen={id}]")
    return [*found, _shot(page)]


def _shot(page: Page) -> bytes:
    page.evaluate("Promise.all([document.fonts.ready, document.getElementById('page-picture').decode()])")
    page.evaluate("document.activeElement.blur()")
    return page.screenshot()


def main() -> None:
    if len(sys.argv) != 2 or not (folder := Path(sys.argv[1])).is_dir():
        sys.exit("name the folder of a site, which `weight-of-grain web` writes")
    app = reading("villager", HER_WAY, "v-pots-into-iron.collectors")(
        load(story_folder()), Catalogue(assets_folder() / "locale")
    )
    assert app.playthrough is not None
    code = to_code(app.playthrough)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        size = {"width": VIEW[0], "height": VIEW[1]}
        page = browser.new_page(viewport=size, locale="en-GB", reduced_motion="reduce")
        shots = views(page, f"http://127.0.0.1:{server.server_address[1]}/#r={code}")
        browser.close()
    server.shutdown()
    surface = pygame.Surface((len(shots) * (VIEW[0] + GAP) + GAP, VIEW[1] + 2 * GAP))
    surface.fill(GROUND)
    for number, shot in enumerate(shots):
        surface.blit(pygame.image.load(io.BytesIO(shot)), (GAP + number * (VIEW[0] + GAP), GAP))
    (HERE / "phone.png").write_bytes(palette_png(surface))


if __name__ == "__main__":
    main()
