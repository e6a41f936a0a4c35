"""Shots: draws every screen of a playthrough as PNG files, without a display."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pygame

from game.core.file_output import kind_by_marker, prepare_output_in
from game.desktop.pupils_window import NoEffects
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import ImmediatePictures
from game.desktop.session import Session
from game.play import Playthrough
from game.play.talk import has_appendix, talk_screens
from game.resources import assets_folder
from game.story.desk import MOST_BESIDE
from game.story.model import Story
from game.ui.components.met_parts import has_map, map_of
from game.ui.handlers.visit_handlers import show_closed, start_kiosk
from game.ui.i18n import catalogue_for
from game.ui.kiosk_state import KioskOffer, KioskVisit
from game.ui.line_edit import LineEdit
from game.ui.screens.desk import BESIDE, HELP, LAID, SIMPLY, has_desk
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.time_wording import future_in_words
from game.ui.transitions import open_screen, show_page, show_reading, with_default_focus


def draw_shots(
    story: Story,
    line: Sequence[Playthrough],
    folder: Path,
    size: tuple[int, int],
    text_scale: int,
    theme: str,
    offer: KioskOffer | None = None,
    over: bool = False,
    only_pages: bool = False,
) -> Iterator[Path]:
    """Draw the title, the warning about content, each page of `line` with its cards and menus, and the talk at its end.

    A screen that scrolls gives as many files as it needs. Each file is written whole or not at all, and then yielded.

    Args:
        story: the story to read.
        line: playthroughs in order: at the first page, then after each choice.
        folder: the folder for the files.
        size: the size of the pictures, in pixels.
        text_scale: the text scale in per cent.
        theme: a name in `THEMES`.
        offer: what a kiosk offers; if given, a kiosk's screens are drawn instead.
        over: True to replace also files that this program did not write.
        only_pages: True to draw the page of each playthrough in `line`, and nothing else.

    Raises:
        WindowError: a font is missing or damaged.
        OSError: a file cannot be written.
    """
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    pygame.display.init()
    try:
        assets = assets_folder()
        renderer = ShotRenderer(Fonts(assets / "fonts"), size)
        look = Settings(text_scale=text_scale, theme=theme)
        app = AppState(story, catalogue_for(assets / "locale", story), look)
        named = page_screens(app, line) if only_pages else screens(app, line)
        if offer is not None:
            named = kiosk_screens(start_kiosk(offer, replace(look, targets="large")), line)
        folder.mkdir(parents=True, exist_ok=True)
        drawn = (each for name, shown in named for each in renderer.pictures(name, shown))
        for number, (name, surface) in enumerate(drawn):
            yield write_png(folder, f"{number:02}-{name}.png", encode_png(surface), over)
    finally:
        pygame.display.quit()


def page_screens(app: AppState, line: Sequence[Playthrough]) -> Iterator[tuple[str, AppState]]:
    """Yield a file name and the interface's state for the current page of each playthrough in `line`."""
    views = (ScreenView("title"), ScreenView("reading"))
    for p in line:
        yield f"page-{(p.page.node or 'end').replace('.', '-')}", replace(app, playthrough=p, views=views)


def screens(app: AppState, line: Sequence[Playthrough]) -> Iterator[tuple[str, AppState]]:
    """Yield the name and the state of each screen to draw for a reader who plays `line`."""
    title = ScreenView("title")
    first = line[0]
    yield "title", replace(app, views=(title,))
    role = first.role or ""
    yield "content-note", replace(app, views=(title, ScreenView("content-note", role, f"begin:{role}")))
    met = set[str]()
    for p in line:
        ((page, reading),) = page_screens(app, [p])
        if not p.left:
            yield page, reading
        cards = {name: view for name, view in _cards(app, p) if name not in met}
        met |= cards.keys()
        yield from ((name, reading.pushed(view)) for name, view in cards.items())
    last = replace(app, playthrough=line[-1], views=(title, ScreenView("reading")))
    for name, focus in (("share", "back"), ("code", "field"), ("pause", "back"), ("settings", "setting:theme")):
        yield name, last.pushed(ScreenView(name, focus=focus))
    if len(line) > 1:
        if app.story.people:
            yield "people", last.pushed(ScreenView("people", focus="back"))
        if has_map(last):
            yield "map", last.pushed(ScreenView("map", focus="back"))
            yield "spot", open_screen(last.pushed(ScreenView("map")), "spot", map_of(line[-1]).spots[0].id)
        yield "so-far", last.pushed(ScreenView("so-far", focus="back"))
        yield "look-back", last.pushed(ScreenView("look-back", str(len(line[-1].past) - 1)))
    if line[-1].over:
        for at, talked in enumerate(talk_screens(line[-1])):
            yield f"debrief-{talked.id}", last.pushed(ScreenView("debrief", str(at)))
        if has_appendix(line[-1]):
            yield "appendix", last.pushed(ScreenView("debrief")).pushed(ScreenView("appendix"))
        yield from ((f"desk-{name}", last.pushed(view)) for name, view in _desk(app))


def _desk(app: AppState) -> Iterator[tuple[str, ScreenView]]:
    """Yield the name and the view of each screen of the source desk (tasks about documents), if there is one."""
    if not has_desk(app) or app.story.desk is None:
        return
    yield "list", ScreenView("desk", focus="back")
    kinds = {task.answering: task.id for task in reversed([*app.story.desk.tasks.values()])}
    for kind, task in kinds.items():
        yield kind, ScreenView("desk", task, f"compare:{task}")
        yield f"{kind}-compared", ScreenView("desk", task, f"compare:{task}", compared=frozenset({task, HELP, SIMPLY}))
    laid = [f"{LAID}{id}" for id in app.story.desk.documents][:MOST_BESIDE]
    yield "beside", ScreenView("desk", BESIDE, f"compare:{BESIDE}", compared=frozenset(laid))


def _cards(app: AppState, p: Playthrough) -> Iterator[tuple[str, ScreenView]]:
    if facts := _sources(app, p):
        yield "source", ScreenView("fact", facts[0], "back")
        yield "sources", ScreenView("sources", " ".join(p.page.sources), "back")
    terms = [s.target for par in p.page.paragraphs for s in par.spans if s.kind == "term" and s.target]
    if terms:
        yield "glossary", ScreenView("term", terms[0], "back")
    if p.page.new_people:
        yield "person", ScreenView("person", p.page.people[0].id, "back")


def kiosk_screens(app: AppState, line: Sequence[Playthrough]) -> Iterator[tuple[str, AppState]]:
    """Yield the name and the state of each screen of a kiosk whose visitor plays `line`."""
    home, offer = app.home, app.current_visit.offer
    yield "attract", app
    if len(offer.editions) > 1:
        yield "language", replace(app, views=(home, ScreenView("visit-language")))
    yield "door", replace(app, views=(home, ScreenView("visit-door")))
    for p in (p for p in line if not p.left):
        name = f"page-{(p.page.node or 'end').replace('.', '-')}"
        reading, first = show_page(replace(app, playthrough=p)), show_reading(replace(app, playthrough=p))
        if first.top.screen != "reading":
            yield f"{name}-before", first
        yield name, reading
        if p.page.brief and p.page.paragraphs:
            yield f"{name}-full", reading.replaced(replace(reading.top, other_version=True))
    sourced = next((p for p in line if _sources(app, p)), None)
    if sourced is not None:
        under = replace(app, playthrough=sourced, views=(home, ScreenView("reading")))
        yield "sources", open_screen(under, "sources", " ".join(sourced.page.sources))
    last = line[-1] if line[-1].over else line[-1].leave()
    read = replace(
        app, playthrough=last, views=(home, ScreenView("reading")), visit=KioskVisit(offer, 20, _made_up(last))
    )
    yield "still-there", open_screen(replace(read, playthrough=line[0]), "still-there")
    yield "card", open_screen(read, "visit-card")
    yield "quiet", open_screen(replace(read, views=(home,)), "visit-quiet")
    then, now = datetime(2026, 11, 29, 10), datetime(2026, 11, 25)
    opens = (future_in_words(then, now, edition.words) for edition in offer.editions)
    yield "closed", show_closed(app, "\n".join(opens), replace(app.settings, theme="night"))
    yield "staff-pin", app.pushed(ScreenView("staff-pin", focus="field", line=LineEdit("47", 2)))
    health = (app.words("staff.well"), app.words("staff.visits", n=12, ever=3456))
    yield "staff", with_default_focus(app.pushed(ScreenView("staff", "\n".join(health))))


def _sources(app: AppState, p: Playthrough) -> list[str]:
    """Return the ids of the facts that are the sources for how the last choice changed the variables."""
    return [fact for change in p.page.changes for fact in change.facts if fact in app.story.facts]


def _made_up(p: Playthrough) -> dict[str, dict[str, int]]:
    return {
        at.page.node: {option.id: 210 + 173 * number for number, option in enumerate(at.page.choices)}
        for at in p.history
        if at.page.node
    }


class ShotRenderer:
    """Draws screens, each `size` pixels large."""

    def __init__(self, fonts: Fonts, size: tuple[int, int]) -> None:
        self._fonts, self._size, self._pictures = fonts, size, ImmediatePictures()

    def pictures(self, name: str, app: AppState) -> Iterator[tuple[str, pygame.Surface]]:
        """Yield a name and a picture for each view of a screen: as many as it takes to scroll to its end."""
        session = Session(app, self._size, self._fonts, self._pictures, NoEffects(), lambda: 0.0)
        session.show(app)  # from its top
        scroll, count = 0, 0
        while True:
            surface = pygame.Surface(self._size)
            session.invalidate()
            session.render(surface)
            yield (f"{name}-{count}" if count else name), surface
            plan = session.view_state().plan
            if scroll >= plan.max_scroll:
                return
            scroll, count = plan.clamped(scroll + plan.main.view.h - plan.scale.em(2)), count + 1
            session.show(app.replaced(replace(app.top, scroll=scroll)))


GENERATOR = "weight-of-grain shots"  # marks our PNG files, so that the program never replaces another file
HEADED = 33  # length in bytes of a PNG's signature and first chunk


def encode_png(surface: pygame.Surface) -> bytes:
    """Return a surface as PNG, with a text chunk that names this program (GENERATOR)."""
    stream = io.BytesIO()
    pygame.image.save(surface, stream, "picture.png")
    png = stream.getvalue()
    text = b"Software\0" + GENERATOR.encode()
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    return png[:HEADED] + chunk + png[HEADED:]


def write_png(folder: Path, name: str, png: bytes, replace: bool = False) -> Path:
    """Write a picture to a file without waiting for the disk, and return its path.

    Raises OSError if the file cannot be written, or if another program's file has that name and `replace` is False.
    """
    prepare_output_in(folder, name, kind_by_marker("a picture of ours", GENERATOR), replace).write(png, flush=False)
    return folder / name
