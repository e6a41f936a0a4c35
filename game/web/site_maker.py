"""Site maker: every file of a site, from the story, the game's assets, the painter and the browser's Python."""

from __future__ import annotations

import hashlib
import io
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from xml.etree import ElementTree

from game.core.html import tag
from game.core.values import frozen
from game.credits import Credit
from game.play.page import Picture
from game.story.model import Story
from game.ui.editions import Edition
from game.ui.i18n import Catalogue
from game.ui.intents import Press
from game.ui.scenery import title_picture
from game.ui.screens.registry import render_top
from game.ui.state import AppState
from game.ui.tree import to_json
from game.ui.update import start, update
from game.web import pyodide_runtime
from game.web.core_zip import core_zip
from game.web.fonts import font_files, theme_css
from game.web.installable import head_lines, icon_address, installable_files
from game.web.messages import without_hidden
from game.web.picture_names import PaintedPictures, picture_name
from game.web.site_data import SiteContents, browser_words, data_files
from game.web.sounds import loop_seconds, pack_loops, sound_files

# The pictures' sizes in pixels: a band above a phone's text, and two whole screens with a sheet on the picture.
SIZES: Mapping[str, tuple[int, int]] = {"phone": (960, 640), "laptop": (1366, 768), "large": (1920, 1080)}
BESIDE_SHEET = frozenset({"laptop", "large"})
QUALITY = 75  # of WebP: half the bytes of 82. The grain is a little softer, and no edge
# Maps of the village have a folder of their own and a single size. The 107 maps of the shipped story have 2.5 MB.
MAPS, MAP_SIZE, MAP_QUALITY = "maps", (640, 480), 55
SHARED = ("renderer.js", "style.css")  # for phones and site
OWN = (
    "site.js", "site_tree.js", "weighing_cut.js", "files.js", "offline.js", "store.js", "sound.js", "scorm.js",
    "worker.js", "site.css",
)  # fmt: skip

# Paints pictures one after the other: RGB bytes of this size; `beside_sheet`: no sheet may cover their subjects.
Paint = Callable[[Sequence[Picture], tuple[int, int], bool], Iterator[bytes]]
Tell = Callable[[int, int], None]  # gets the number of painted pictures and the number of all


@frozen
class SiteSources:
    """The parts of a site."""

    stories: Mapping[str, Story]  # by language, the site's own first
    editions: Sequence[Edition]  # one for each language that a reader can choose
    pictures: Sequence[Picture]
    assets: Path  # the folder of the game's assets
    runtime: Mapping[str, bytes]  # the files of Pyodide, by name
    credits: Sequence[Credit]
    licence: str  # the text of the program's licence
    scorm: str = ""  # the reports to a learning platform: "completion", also "choices", or "" for none
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=lambda: SIZES)  # folder -> pixels, from small to large
    maps: Sequence[Picture] = ()  # maps of the village
    map_size: tuple[int, int] = MAP_SIZE  # in pixels
    map_quality: int = MAP_QUALITY


def site_files(sources: SiteSources, paint: Paint, tell: Tell) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site by its path. Raises ImportError without the extra `web`."""
    if sources.scorm:  # a platform has an address for each reader, and needs a network anyway
        return _files(sources, paint, tell)
    worker = (sources.assets / "web" / "site" / "service_worker.js").read_text(encoding="utf-8")
    return _with_service_worker(_files(sources, paint, tell), worker, sources.sizes)


def _files(sources: SiteSources, paint: Paint, tell: Tell) -> Iterator[tuple[str, bytes]]:
    web, locale = sources.assets / "web", sources.assets / "locale"
    painted = PaintedPictures((*sources.pictures, *sources.maps))
    loops = pack_loops(next(iter(sources.stories.values())))
    credits = (*sources.credits, _runtime_credit())
    data = data_files(SiteContents(sources.stories, sources.editions, painted, credits))
    core = core_zip(data, locale, sources.stories)
    yield "core.zip", core
    yield "index.html", _index(sources, painted, len(core), loops).encode()
    for name in SHARED:
        yield f"app/{name}", (web / name).read_bytes()
    for name in OWN:
        yield f"app/{name}", (web / "site" / name).read_bytes()
    yield "app/themes.css", theme_css().encode()
    for name, content in sources.runtime.items():
        yield f"runtime/{name.replace('.mjs', '.js')}", content  # many servers do not know `.mjs`, so it would not run
    for name, content in font_files(sources.assets / "fonts", _shown(sources, data)):
        yield f"fonts/{name}", content
    for name, content in sound_files(sources.assets / "sounds", loops):
        yield f"sounds/{name}", content
    if not sources.scorm:
        yield from installable_files(sources.stories)
    yield "LICENSE.txt", sources.licence.encode()
    yield "CREDITS.txt", _credits_text(credits).encode()
    yield from _pictures(sources, paint, tell)


def _with_service_worker(
    files: Iterator[tuple[str, bytes]], worker: str, sizes: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files unchanged, then the service worker. It is the script `worker` after a list of all files. In the
    list, each file that is not a picture has a hash. `sizes` has the folders of the pictures."""
    hashed, pictures = hashlib.blake2b(digest_size=8), {folder: list[str]() for folder in (*sizes, MAPS)}
    program: dict[str, str] = {}
    for name, content in files:
        hashed.update(f"\0{name}\0{len(content)}\0".encode() + content)
        if name.startswith("pictures/"):
            pictures[name.split("/")[1]].append(name)
        else:
            program[name] = b64encode(hashlib.sha256(content).digest()).decode()
        yield name, content
    known = {"VERSION": hashed.hexdigest(), "FILES": {"./": program["index.html"], **program}, "PICTURES": pictures}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in known.items()]
    yield "service_worker.js", "\n".join([*lines, worker]).encode()


def _pictures(sources: SiteSources, paint: Paint, tell: Tell) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of the pages in each size, then the maps."""
    kinds = [(folder, size, sources.pictures, QUALITY) for folder, size in sources.sizes.items()]
    kinds.append((MAPS, sources.map_size, sources.maps, sources.map_quality))
    of, done = sum(len(pictures) for _, _, pictures, _ in kinds), 0
    tell(done, of)
    for folder, size, pictures, quality in kinds:
        surfaces = paint(pictures, size, folder in BESIDE_SHEET)
        for picture, pixels in zip(pictures, surfaces, strict=True):
            yield f"pictures/{folder}/{picture_name(picture)}.webp", webp(pixels, size, quality)
            done += 1
            tell(done, of)


def webp(pixels: bytes, size: tuple[int, int], quality: int = QUALITY) -> bytes:
    """Return RGB pixels as WebP. Raises ImportError without Pillow."""
    from PIL import Image  # an extra, which only this command needs

    stream = io.BytesIO()
    Image.frombytes("RGB", size, pixels).save(stream, "WEBP", quality=quality, method=6)
    return stream.getvalue()


def _index(sources: SiteSources, painted: PaintedPictures, core_size: int, loops: Mapping[str, bytes]) -> str:
    """Return the page: the title's text, and the data that the page's script uses until the worker is ready.
    `core_size` is in bytes; `loops` has the samples of the story's own loops."""
    story = next(iter(sources.stories.values()))
    words = {tag: browser_words(sources.assets / "locale", story) for tag, story in sources.stories.items()}
    site: dict[str, Any] = {
        "pack": story.pack,
        "title": story.title,
        "bytes": core_size + sum(map(len, sources.runtime.values())) - len(sources.runtime["pyodide.mjs"]),
        "picture": painted.name_for(title_picture(story)),
        "scorm": sources.scorm,
        "sizes": list(sources.sizes),
        "loops": loop_seconds(sources.assets / "sounds", loops),
        "starts": {
            language: start_json(story, words[language], sources.editions)
            for language, story in sources.stories.items()
        },
    }
    template = Template((sources.assets / "web" / "site" / "index.html").read_text(encoding="utf-8"))
    return template.substitute(
        pictured="pictured" if site["picture"] else "",  # so that nothing moves when the picture comes
        hidden="" if site["picture"] else " hidden",
        title=escape(story.title),
        subtitle=escape(" ".join(story.subtitle)),
        language=escape(story.language),
        about=about_html(story),
        noscript=escape(words[story.language]("web.noscript")),
        icon=icon_address(),
        app="" if sources.scorm else head_lines(story.language),
        site=json.dumps(site, ensure_ascii=False).replace("<", "\\u003c"),
    )


def _shown(sources: SiteSources, data: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each language with all its texts (the story and the interface's words) as one string."""
    for language in sources.stories:
        catalogue = sources.assets / "locale" / language / "LC_MESSAGES" / "game.mo"
        words = catalogue.read_bytes().decode("utf-8", "ignore") if catalogue.is_file() else ""
        names = "".join(edition.name for edition in sources.editions)
        story = json.dumps(list(map(json.loads, data[f"story-{language}.json"].split("\n"))), ensure_ascii=False)
        yield language, story + words + names


def _runtime_credit() -> Credit:
    name = f"Pyodide {pyodide_runtime.VERSION}"
    text = f"{name}, with CPython.\n\n{pyodide_runtime.LICENCE}. Its source is at {pyodide_runtime.SOURCE}."
    return Credit("library", name, pyodide_runtime.LICENCE, text)


def _credits_text(credits: Sequence[Credit]) -> str:
    return "\n\n\n".join(f"{credit.name}\n{credit.licence}\n\n{credit.text}" for credit in credits) + "\n"


PAGE_WORDS = (
    "web.menu", "web.text", "web.place", "web.platform.none", "web.platform.room", "web.platform.slots",
    "web.store.gone", "web.store.silent",
)  # fmt: skip
OFFERS = frozenset({"clipboard", "credits", "files", "journal"})  # see `AppState.offers`


def start_json(story: Story, words: Catalogue, editions: Sequence[Edition]) -> dict[str, Any]:
    """Return what the page shows before the worker is ready: trees of title and content notes (by role), and words."""
    app = start(story, words, offers=OFFERS, editions=tuple(editions), device="touch")
    notes = {role: _tree(update(app, Press(f"new:{role}"))[0]) for role in story.roles}
    texts = {
        "web.loading": words("web.loading", percent="{percent}"),
        "web.failed": words("web.failed", why="{why}"),
        **{key: words(key) for key in PAGE_WORDS},
    }
    return {"title": _tree(app), "notes": notes, "words": texts}


def about_html(story: Story) -> str:
    """Return the title's text as HTML, for the time before a script runs and for readers without scripts."""
    doors = [f"{role.name}: {role.about}" if role.about else role.name for role in story.roles.values()]
    parts = [*(tag("p", text, class_="lead") for text in story.subtitle), *(tag("p", text) for text in doors)]
    return "\n".join(ElementTree.tostring(part, encoding="unicode", method="html") for part in parts)


def _tree(app: AppState) -> dict[str, Any]:
    return to_json(without_hidden(render_top(app)))
