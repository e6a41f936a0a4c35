"""Another history is another folder: a pack that shares no word with the shipped one shows none of that one's words."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pygame
import pytest

from game.classroom.record.class_record import class_record
from game.classroom.record.record_csv import record_csv
from game.classroom.record.record_html import record_html
from game.classroom.record.record_wording import RecordWording
from game.classroom.wall_view import build_class_view
from game.desktop import api as desktop
from game.desktop.export.shots import kiosk_screens, screens
from game.kiosk.app import offer_of, settings_of
from game.kiosk.config.configuration import Config
from game.lint.explain import codes
from game.play import Playthrough, begin
from game.play.save_files import save_text
from game.play.voting import Round
from game.resources import assets_folder
from game.story import Story, load
from game.story.story_json import to_lines
from game.ui.handlers.classroom import start_class
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import catalogue_for
from game.ui.layout.geometry import Box
from game.ui.layout.page_layout import layout
from game.ui.screens import phone
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, walk
from game.web.messages import view_message
from game.web.picture_names import PaintedPictures
from game.web.pyodide_runtime import FILES
from game.web.site_maker import SiteSources, site_files
from tests.classroom.logged_class import LoggedClass
from tests.classroom.wall_states import JOIN_INFO
from tests.commands.typed import Command
from tests.small_stories.packs import HAELSEY, RED, haelsey_with_files
from tests.ui.stand_ins import Ruler

OURS = re.compile(
    r"\b(chin(a|ese)|anhui|villag\w*|official|guilan|guo|shen|mao|wok|sack\w*|bowl\w*|film\w*|commune\w*|grain|rice"
    r"|19[56]\d|great leap|quota|across the country|MIT)\b",
    re.IGNORECASE,
)
# The program's name, which each pack runs under, the painter's scenes and parameters, and the letters of its fonts.
ALLOWED = re.compile(
    r"the weight of grain|weight-of-grain[a-z-]*|grain\.example\.org"
    r"|scene `village`|bowls: 3|no bowls|wok: oars|chinese characters",
    re.IGNORECASE,
)


# The interface's own words for a harvest, in whose place the pack names its count.
HARVEST = re.compile(
    r"in the fields|Brought in|never came in|it was made up|were made up|of them came back|next year.s seed"
    r"|If all of it|usual part had|What there was|The weighing|(?:less|more) (?:grew|came in)|than usual was",
)
TYPED = "as-last-year\ncontinue\nload\n"


def ours(text: str) -> list[str]:
    """The shipped story's words in a text, each with what stands around it."""
    text = ALLOWED.sub("", text)
    return [text[max(0, found.start() - 40) : found.end() + 40] for found in OURS.finditer(text)]


@pytest.fixture(scope="module")
def island() -> Story:
    return load(HAELSEY)


def walked(story: Story, role: str, cut: str = "full") -> list[Playthrough]:
    """A playthrough to the end, entry by entry."""
    line = [begin(story, role, cut)]
    while not line[-1].over:
        line.append(line[-1].choose(line[-1].page.choices[0].id))
    return line


def said(tree: TreeNode) -> Iterator[str]:
    for node in walk(tree):
        yield from (node.label, node.value, node.hint)
        yield from (span.text for span in node.spans)


@pytest.mark.parametrize("role", ["shepherd", "factor"])
def test_no_screen_of_a_window_has_our_words(island: Story, role: str) -> None:
    words = catalogue_for(assets_folder() / "locale", island)
    shown = dict(screens(AppState(island, words), walked(island, role)))
    shown["about"] = AppState(island, words).pushed(ScreenView("about"))
    assert {"map", "debrief-counted", "settings"} <= shown.keys()
    texts = {name: "\n".join(said(render_top(state))) for name, state in shown.items()}
    assert {name: found for name, text in texts.items() if (found := ours(text))} == {}
    everything = "\n".join(texts.values())
    assert HARVEST.findall(everything) == []
    for own in ("The count", "Into the barn", "80 rotted in the rain", "After the ship", "shipped beyond custom"):
        assert own in everything, own
    for own in ("520 barrels", "Over the sea", "plates", "the island", "Letters from the Harbour", "CC BY-SA 4.0"):
        assert own in everything, own


def test_no_screen_of_a_kiosk_has_our_words(island: Story) -> None:
    offer = offer_of([island], Config(cut="short", longer_cut="full"))
    app = start_kiosk(offer, settings_of(Config(cut="short")))
    shown = kiosk_screens(app, walked(island, "factor", "short"))
    texts = {name: "\n".join(said(render_top(state))) for name, state in shown}
    assert {name: found for name, text in texts.items() if (found := ours(text))} == {}
    assert any("Two wet summers, one ship." in text for text in texts.values())


@pytest.mark.parametrize("command", [["guide"], ["journal", "--role", "shepherd", "--take", "hide,slaughter"]])
def test_no_document_has_our_words(command: list[str], tmp_path: Path, run: Command) -> None:
    name, *more = command
    run(name, tmp_path / "made.html", "--story", HAELSEY, *more).printed  # noqa: B018 (it must succeed)
    text = (tmp_path / "made.html").read_text("utf-8")
    text = re.sub(r"<style>.*?</style>|data:[^\"]*|class=\"[^\"]*\"", "", text, flags=re.S)
    assert ours(text) == [] and HARVEST.findall(text) == []
    assert name == "guide" or "Into the barn" in text
    assert "CC BY-SA 4.0" in text and re.search(r"Letters from the Harbour(, p\.\s| · Page )12", text)


def test_no_screen_of_a_class_and_no_record_has_our_words(island: Story) -> None:
    words, texts = catalogue_for(assets_folder() / "locale", island), list[str]()
    led = LoggedClass(island, "pair").join("s1", "s2", "s3")
    more = True
    while more:
        view = build_class_view(led.state, JOIN_INFO, left=None, saved=True)
        texts += said(render_top(start_class(island, words, view)))
        page = led.state.track_of("s1").page
        texts += said(phone.phone(page, Round(1), "s1", story=island, words=words))
        more = led.play_on(Random(1))
    record = RecordWording(class_record(island, led.log), words, datetime.fromtimestamp)
    kept = record_html(record, "") + record_csv(record)
    assert [found for text in (*texts, kept) for found in ours(text)] == []
    assert "The Inquiry" in kept or "Inquiry into the Northern Isles, §" in kept


def test_no_page_of_a_site_or_a_phone_has_our_words(island: Story) -> None:
    nothing = dict.fromkeys(FILES, b"stand-in")
    sources = SiteSources({"en": island}, (), (), assets_folder(), nothing, (), "", sizes={"laptop": (4, 3)})
    made = dict(site_files(sources, lambda pictures, size, beside_sheet: iter(()), lambda done, of: None))
    texts = {name: content.decode() for name, content in made.items() if name.endswith((".html", ".webmanifest"))}
    texts |= {name: (assets_folder() / "web" / name).read_text("utf-8") for name in ("index.html", "relay.html")}
    shown = {
        name: re.sub(r"<style>.*?</style>|<!--.*?-->|class=\"[^\"]*\"", "", text, flags=re.S)
        for name, text in texts.items()
    }
    assert {name: found for name, text in shown.items() if (found := ours(text))} == {}
    assert not [name for name, text in shown.items() if "The Weight of Grain" in text]


def test_an_author_s_images_are_drawn_everywhere(tmp_path: Path, run: Command) -> None:
    pack = haelsey_with_files(tmp_path)
    assert "WG635" not in run("check", "--quick", "--story", pack).out
    run("shots", tmp_path / "shots", "--story", pack, "--size", "1280x720", "--take", "hide")
    (shot,) = (tmp_path / "shots").glob("*page-s-quay-quay.png")
    drawn = pygame.image.load(shot)
    assert pygame.mask.from_threshold(drawn, RED, (40, 40, 40, 255)).count() > 100
    island = load(pack)
    p = begin(island, "shepherd")
    assert p.page.picture is not None and str(tmp_path) not in save_text(p, datetime(2026, 1, 1))
    app = AppState(island, catalogue_for(assets_folder() / "locale", island), playthrough=p)
    assert "By P. Ahlgren, 1811, in the public domain" in said(render_top(app.pushed(ScreenView("picture"))))
    phone_picture = pygame.image.load(io.BytesIO(desktop.jpeg_picture(p.page.picture, (640, 360))), "a.jpg")
    assert pygame.mask.from_threshold(phone_picture, RED, (60, 60, 60, 255)).count() > 100
    run("journal", tmp_path / "made.html", "--story", pack, "--role", "shepherd", "--take", "hide,slaughter")
    journal = (tmp_path / "made.html").read_text("utf-8")
    assert "data:image/jpeg" in journal and "By P. Ahlgren, 1811" in journal
    own = begin(island, "factor").page.picture
    assert own is not None and (own.params["file"], own.params["x"], own.params["y"]) == ("pictures/letter.png", 60, 40)
    assert own.alt == "A letter with a seal. A goat looks in." and own.credit == "From the harbour’s chest"
    run("journal", tmp_path / "hers.html", "--story", pack, "--role", "factor", "--take", "less")
    assert 'alt="A letter with a seal. A goat looks in."' in (tmp_path / "hers.html").read_text("utf-8")
    lines = to_lines(island, "key")
    assert str(tmp_path) not in lines and "pictures/harbour.jpg" in lines


def test_an_author_s_pictures_are_credited_on_the_page_about_the_story(tmp_path: Path) -> None:
    island = load(haelsey_with_files(tmp_path))
    app = AppState(island, catalogue_for(assets_folder() / "locale", island))
    about = render_top(app.pushed(ScreenView("about")))
    assert [text for text in said(about) if text.startswith("Picture: ")] == [
        "Picture: By P. Ahlgren, 1811, in the public domain", "Picture: By P. Ahlgren",
        "Picture: From the harbour’s chest",
    ]  # fmt: skip


def test_an_ear_of_grain_is_drawn_where_the_pack_asks_for_it(shipped: Story) -> None:
    island, words = load(HAELSEY), catalogue_for(assets_folder() / "locale", load(HAELSEY))

    def ears(story: Story) -> list[int]:
        p = begin(story, next(iter(story.roles)))
        while not p.over:
            p = p.choose(p.page.choices[0].id)
        over = AppState(story, words, playthrough=p).pushed(ScreenView("reading"))
        config = Config(cut=next(iter(story.cuts)))
        kiosk = start_kiosk(offer_of([story], config), settings_of(config))
        shown = (AppState(story, words), kiosk, over)
        return [drawn_ears(render_top(app)) for app in shown]

    assert ears(island) == [0, 0, 0]
    assert ears(shipped) == [1, 1, 1]


def drawn_ears(tree: TreeNode) -> int:
    """How many ears of grain a window draws of a screen."""
    panels = layout(tree, (1280, 720), Settings(), Ruler()).panels
    return sum(
        isinstance(item, Box) and item.kind == "grain" for panel in panels for item in (*panel.items, *panel.fixed)
    )


def test_an_author_s_sound_is_credited_and_its_place_on_the_disk_is_sent_nowhere(tmp_path: Path, run: Command) -> None:
    pack = haelsey_with_files(tmp_path)
    assert "WG643" not in run("check", "--quick", "--story", pack).out
    island, credit = load(pack), "Sound: By I. Holm, CC BY 4.0"
    p = begin(island, "shepherd")
    app = AppState(island, catalogue_for(assets_folder() / "locale", island), playthrough=p)
    for screen in ("about", "picture"):
        assert credit in said(render_top(app.pushed(ScreenView("reading")).pushed(ScreenView(screen))))
    run("journal", tmp_path / "made.html", "--story", pack, "--role", "shepherd", "--take", "hide,slaughter")
    assert credit in (tmp_path / "made.html").read_text("utf-8")
    own = island.places["harbour"].sound
    assert own is not None
    sent = json.dumps(
        [view_message(app, PaintedPictures(())), save_text(p, datetime(2026, 1, 1)), to_lines(island, "")]
    )
    assert own.name in sent and str(tmp_path) not in sent


def test_no_page_of_a_terminal_has_our_words(run: Command) -> None:
    printed = run("read", "--story", HAELSEY, "--role", "factor", "--json", typed=TYPED).printed
    assert "The Second Ship" in printed
    assert ours(printed) == []
    shown = run("read", "--story", HAELSEY, "--role", "factor", "--take", "as-last-year", typed="").printed
    assert "Into the barn" in shown and HARVEST.findall(shown) == []


def test_a_kiosk_without_a_cut_of_that_name_is_drawn(tmp_path: Path, run: Command) -> None:
    run("shots", tmp_path / "shots", "--kiosk", "--story", HAELSEY, "--size", "600x900").printed  # noqa: B018
    assert len(list((tmp_path / "shots").glob("*.png"))) > 10


def test_no_help_and_no_explanation_has_our_words(run: Command) -> None:
    texts = [run("check", "--explain", code).printed for code in codes(assets_folder() / "catalogue")]
    texts += [run("kiosk", "--example", "--story", HAELSEY).printed]
    for command in ("play", "read", "check", "class", "kiosk", "guide", "journal", "shots", "web", "graph", "explore"):
        texts.append(run(command, "--help").out)
    assert [found for text in texts for found in ours(text)] == []
