"""Browser display: shows a class as two pages on this computer, one for all to see and one for the teacher."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from game.classroom.browser.browser_session import BrowserSession
from game.classroom.browser.page_server import PageFiles, PageServer
from game.classroom.display import Controller, PupilsState
from game.core.compact_json import to_compact_json
from game.play.page import Picture
from game.story.model import Story
from game.story.sound_loops import wav_file
from game.ui.i18n import Catalogue
from game.ui.state import AppState
from game.web.fonts import FACES, HAN_BOLD, HAN_FAMILY, HAN_FILE, theme_css
from game.web.picture_names import picture_name
from game.web.sounds import pack_loops

PAGES = ("wall", "teacher")
TOKEN_BYTES = 16
POLL = 0.04  # seconds between two looks at the class while no page sends anything
# Paths below assets/web. The site uses the same scripts, because they draw the same trees.
SCRIPTS = (
    "renderer.js", "site/site_tree.js", "site/weighing_cut.js", "site/sound.js", "wall/wall_tree.js", "wall/wall.js",
)  # fmt: skip
CSS = "text/css; charset=utf-8"
STYLES = ("style.css", "site/site.css", "wall/wall.css")


class BrowserDisplay:
    """A `Display` in pages of a browser. As a context manager it serves the pages. `assets` is the game's folder."""

    def __init__(self, story: Story, words: Catalogue, assets: Path, paint: Paint) -> None:
        self._pictures = PagePictures(paint)
        files = page_files(story, words, assets, self._pictures)
        self._server = PageServer(files, {page: secrets.token_urlsafe(TOKEN_BYTES) for page in PAGES})
        self._published: dict[str, str] = {}

    def address(self, page: str) -> str:
        """Return the address of one of `PAGES`."""
        return self._server.address(page)

    def __enter__(self) -> BrowserDisplay:
        """Start the server. Raises OSError if no port is free."""
        self._server.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.stop()

    def __call__(self, app: AppState, controller: Controller, pupils_state: PupilsState | None, /) -> int:
        """Show a class until somebody quits or presses Ctrl-C. Arguments and result are as in `Display.__call__`."""
        session = BrowserSession(app, controller, pupils_state, self._pictures.name_for, time.monotonic)
        self._publish(session)
        try:
            while session.status is None:
                before, messages = session.app, list(self._server.messages(POLL))
                for message in messages:
                    session.handle(message)
                session.poll()
                if messages or session.app is not before:
                    self._publish(session)
        except KeyboardInterrupt:
            return 0
        return session.status

    def _publish(self, session: BrowserSession) -> None:
        for page, view in session.views().items():
            message = to_compact_json(view)
            if self._published.get(page) != message:
                self._published[page] = message
                self._server.publish(page, message)


def page_files(story: Story, words: Catalogue, assets: Path, pictures: PagePictures) -> PageFiles:
    """Return the pages and all files that they load. Raises OSError if a file is missing."""
    web = assets / "web"
    template = Template((web / "wall" / "index.html").read_text(encoding="utf-8"))
    said = {name: words(f"browser.{name}") for name in ("waiting", "lost", "ended", "noscript", "sound")}
    said = {name: escape(text) for name, text in {**said, "title": story.title, "language": story.language}.items()}
    pages = {page: template.substitute(said, page=page) for page in PAGES}
    kinds = {**dict.fromkeys(SCRIPTS, "text/javascript; charset=utf-8"), **dict.fromkeys(STYLES, CSS)}
    files = {f"app/{Path(name).name}": ((web / name).read_bytes(), kind) for name, kind in kinds.items()}
    files["app/icon.svg"] = (web / "wall" / "icon.svg").read_bytes(), "image/svg+xml"
    files["app/themes.css"] = theme_css().encode(), CSS
    files["app/fonts.css"] = font_css().encode(), CSS
    for name in [*(face.file for face in FACES), HAN_FILE, HAN_BOLD]:
        files[f"app/{name}"] = (assets / "fonts" / name).read_bytes(), "font/ttf"
    for sound in sorted((assets / "sounds").glob("*.wav")):
        files[f"sounds/{sound.name}"] = sound.read_bytes(), "audio/wav"
    for name, samples in pack_loops(story).items():
        files[f"sounds/{name}.wav"] = wav_file(samples), "audio/wav"
    return PageFiles(pages, files, pictures.jpeg, words("browser.refused"))


def font_css() -> str:
    """Return a style sheet that declares the game's fonts, under the family names that the other style sheets use."""
    faces = [(face.family, face.file, face.weight, face.style) for face in FACES]
    faces += [(HAN_FAMILY, HAN_FILE, 400, "normal"), (HAN_FAMILY, HAN_BOLD, 600, "normal")]
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; src: url("{file}"); }}'
        for family, file, weight, style in faces
    )


# The sizes of pictures in pixels. A browser takes the one nearest to its window.
SIZES: Mapping[str, tuple[int, int]] = {"small": (1024, 768), "laptop": (1366, 768), "large": (1920, 1080)}
MOST_KEPT = 24  # painted pictures that are kept, of 140 to 470 kB each: more than any page can lead to

Paint = Callable[[Picture, tuple[int, int]], bytes]  # makes a JPEG of a picture, in a size in pixels


class PagePictures:
    """Names the pictures of the pages, and paints and caches them as JPEGs. Thread-safe: it paints one at a time."""

    def __init__(self, paint: Paint) -> None:
        self._named: dict[str, Picture] = {}
        self._paint = lru_cache(MOST_KEPT)(lambda name, size: paint(self._named[name], SIZES[size]))
        self._lock = threading.Lock()

    def name_for(self, picture: Picture | None) -> str:
        """Return the name by which a page asks for this picture; "" for None."""
        if picture is None:
            return ""
        name = picture_name(picture)
        self._named[name] = picture
        return name

    def jpeg(self, name: str, size: str) -> bytes:
        """Return a named picture as a JPEG in one of `SIZES`. Raises KeyError for an unknown name or size."""
        with self._lock:
            return self._paint(name, size)
