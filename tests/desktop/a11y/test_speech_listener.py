"""Speech listener: the voice speaks every text of a page, in order, and any input stops it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polib
import pygame
import pytest

from game.desktop.a11y.speech_listener import SpeechListener
from game.desktop.input.input_mapping import ACTS
from game.desktop.render.item_painter import PointerState
from game.play.talk import talk_screens
from game.resources import assets_folder
from game.speech.engines import Espeak
from game.speech.utterances import chunks, in_words
from game.speech.voice import Voice
from game.speech.voice_process import ProcessEnded, SystemProcesses
from game.story.model import Story
from game.ui import intents
from game.ui.layout.geometry import Run
from game.ui.layout.layout_model import in_sight
from game.ui.settings import Settings
from game.ui.tree import OPENING_SPANS, TreeNode, choices, find, walk
from tests.contrast import contrast
from tests.desktop.session_driver import Seat, SessionDriver
from tests.painter.pictures import channels
from tests.speech.stand_ins import System, at_once

SPEAKING = Settings(voice="on")
HAN = re.compile(r"[\u4e00-\u9fff]")
WINDOWS = [((1280, 720), 100), ((1920, 1080), 200), ((1080, 1920), 150), ((640, 480), 200)]
LONG = (
    "I had Xiaomai on my foot, and I did the sum. Five of us, three full bowls a day, for a year. Five thousand "
    "four hundred and seventy-five. I liked that man, for a while; 大喇叭 said so."
)


def aloud(system: SystemProcesses, speak: bool = False) -> SpeechListener:
    """A listener whose system speaks everything at once."""
    return SpeechListener(Voice([Espeak("espeak-ng")], system, lambda: 0.0, at_once, reading=0), speak)


@pytest.fixture
def system() -> System:
    return System()


def words_of(text: str) -> str:
    """The letters and figures of a text, which a voice says."""
    return "".join(re.findall(r"\w+", text.lower().replace("19 ", "19")))


def texts(node: TreeNode) -> Iterator[str]:
    """Every text of a screen, in the tree's order, without tools, which the voice says at the focus, and marks."""
    if node.style in ("tools", "key"):
        return
    said = ("paragraph", "heading", "date", "image", "row", "choice", "setting")
    if node.role in said or node.style in ("entry", "entry-below", "sources"):
        yield node.label
    for child in node.children:
        if child.style not in OPENING_SPANS:
            yield from texts(child)


def test_a_whole_playthrough_by_keyboard_is_heard(seat: Seat, shipped: Story, system: System) -> None:
    """Every text of every page and no other, apart from the interface's few words for a voice."""
    driver = seat(shipped, settings=SPEAKING, listeners=[aloud(system)])
    own = frame_words()
    screens = 0
    for _ in range(400):
        if not (thing := driver.onward()):
            break
        while driver.view.focus != thing:
            driver.key(pygame.K_TAB)
        standing = driver.tree
        for _ in range(30):  # what goes on below the edge is shown first, and each press says what it leads to
            said_before = len(system.programs)
            driver.key(pygame.K_RETURN)
            assert len(system.programs) > said_before
            if driver.tree != standing:
                break
        assert driver.tree != standing
        heard = system.said[said_before:]
        all_in_order(driver, standing, heard)
        nothing_else(driver, own, heard)
        screens += 1
    assert driver.tree.label == talk_screens(driver.session.app.current)[-1].title
    assert screens > 40


def all_in_order(driver: SessionDriver, before: TreeNode, heard: list[str]) -> None:
    spoken, place = words_of(" ".join(heard)), 0
    still = {node for node in before.children if node.role in ("date", "image")}
    rank = {"date": 0, "heading": 1}
    # the voice gives the progress in other words
    shown = [node for node in driver.tree.children if node not in still and node.style != "progress"]
    shown.sort(key=lambda node: 1 if node.style == "eyebrow" else rank.get(node.role, 2))
    for text in (text for node in shown for text in texts(node)):
        for breath in chunks(in_words(text, driver.session.app.words)):
            found = spoken.find(words_of(HAN.sub("", breath)), place)
            assert found >= 0, f"not heard, or not in its place: {breath!r} in {driver.tree.label!r}"
            place = found


def nothing_else(driver: SessionDriver, own: list[str], heard: list[str]) -> None:
    """Check that each part of a sentence stands in the tree, except the interface's own words and numbers."""
    whole = words_of(" ".join(text for node in walk(driver.tree) for text in (node.label, node.value, node.hint)))
    for sentence in (part for line in heard for part in re.split(r"(?<=[.!?:,;])\s+", line)):
        plain = words_of(sentence)
        if plain not in whole:
            for word in own:
                plain = plain.replace(word, "")
            assert not plain or plain.isdigit() or plain in whole, f"said, and not in the tree: {sentence!r}"


def frame_words() -> list[str]:
    """The interface's words around the texts, without the filled-in parts; the longest first."""
    source = polib.pofile(str(assets_folder() / "locale/en/LC_MESSAGES/game.po"))
    entries = [entry for entry in source if entry.msgid.startswith("speech.")]
    strings = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    parts = [part for text in strings for part in re.split(r"\{\w+\}", text)]
    said = {words_of(part) for text in parts for part in [text, *re.split(r"(?<=[.!?:,;])\s+", text)]}
    return sorted(filter(None, said), key=len, reverse=True)


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_any_input_interrupts_the_voice(seat: Seat, mill: Story, kind: int) -> None:
    what: dict[str, Any] = {
        "key": pygame.K_x, "mod": 0, "unicode": "", "scancode": 0, "pos": (2, 2), "button": 9, "touch": False,
        "x": 0.001, "y": 0.001, "dx": 0.0, "dy": 0.0, "finger_id": 1, "value": (0, 0), "precise_y": 0.0,
    }  # fmt: skip
    voice = Noted()
    driver = seat(mill, settings=SPEAKING, listeners=[SpeechListener(voice)])  # type: ignore[arg-type]
    before = voice.hushed
    driver.send(kind, **what)
    assert voice.hushed == before + 1


class Noted:
    trouble = speaker = ""
    voices = ()

    def __init__(self, saying: str = "") -> None:
        self.saying, self.hushed, self.speeches = saying, 0, 0

    def list_voices(self) -> None: ...

    def say(self, *_: object) -> None:
        self.speeches += 1

    def stop(self) -> None:
        self.hushed += 1


def test_key_release_and_mouse_motion_do_not_interrupt(seat: Seat, mill: Story) -> None:
    voice = Noted()
    driver = seat(mill, settings=SPEAKING, listeners=[SpeechListener(voice)])  # type: ignore[arg-type]
    driver.do(pygame.KEYUP, key=pygame.K_x, mod=0, unicode="", scancode=0)
    driver.move((3, 3))
    assert voice.hushed == 0
    driver.session.close()
    assert voice.hushed == 1, "closing the window ends it"


def test_v_turns_the_voice_on_and_off_from_any_screen(seat: Seat, mill: Story, system: System) -> None:
    driver = seat(mill, listeners=[aloud(system)])
    for key in (0, pygame.K_RETURN, pygame.K_RETURN, pygame.K_ESCAPE):
        if key:
            driver.key(key)
        count = len(system.programs)
        driver.key(pygame.K_v)
        assert "V turns it off" in " ".join(system.said[count:])
        assert words_of(driver.tree.label) in words_of(" ".join(system.said[count:]))
        driver.key(pygame.K_v)
        assert system.said[-1] == "The voice is off."
    driver.key(pygame.K_v)
    assert seat(mill).session.app.settings.speaks


def test_r_repeats_the_screen(seat: Seat, mill: Story, system: System) -> None:
    driver = seat(mill, settings=SPEAKING, listeners=[aloud(system)])
    driver.key(pygame.K_TAB)
    label = label_of(driver, driver.view.focus)
    count = len(system.programs)
    driver.key(pygame.K_r)
    assert label in system.said[count] and driver.tree.label not in " ".join(system.said[count:])
    count = len(system.programs)
    driver.key(pygame.K_r, pygame.KMOD_SHIFT)
    assert system.said[count] == f"{driver.tree.label}."
    driver.key(pygame.K_v)
    count = len(system.programs)
    driver.key(pygame.K_r)
    assert len(system.programs) == count


def test_f2_and_f3_work_on_a_text_field(seat: Seat, mill: Story, system: System) -> None:
    driver = seat(mill, settings=SPEAKING, listeners=[aloud(system)])
    driver.session.dispatch(intents.Press("code"))
    assert find(driver.tree, driver.view.focus).role == "field"  # type: ignore[union-attr]
    assert any("F3" in line for line in system.said)
    count = len(system.programs)
    driver.key(pygame.K_F3)
    assert system.said[count].startswith("Text field")
    driver.key(pygame.K_F2)
    assert system.said[-1] == "The voice is off."
    driver.key(pygame.K_F2)
    assert driver.session.app.settings.speaks


def test_with_speech_keys_scroll_before_they_pass_text(seat: Seat, shipped: Story, system: System) -> None:
    driver = seat(shipped, size=(640, 480), settings=Settings(voice="on", text_scale=200), listeners=[aloud(system)])
    silent_scrolls = 0
    for key in (pygame.K_RETURN, pygame.K_1):
        until = driver.entries + 3
        for _ in range(200):
            if driver.entries >= until:
                break
            view, where, entries, said = driver.view, driver.where, driver.entries, len(system.programs)
            hidden = view.focus is not None and not in_sight(view.plan, view.scroll, view.focus)
            driver.key(key)
            assert not hidden or (driver.where, driver.entries) == (where, entries)
            silent_scrolls += len(system.programs) == said
        assert driver.entries >= until
    assert not silent_scrolls
    while len(choices(driver.tree)) < 2:
        driver.key(pygame.K_1)
    driver.key(pygame.K_DOWN)
    assert driver.view.focus == choices(driver.tree)[0].id
    before = driver.entries
    driver.key(pygame.K_DOWN)
    driver.key(pygame.K_RETURN)
    assert driver.entries == before + 1


def test_settings_offer_the_system_voices(seat: Seat, mill: Story, system: System) -> None:
    driver = seat(mill, settings=SPEAKING, listeners=[aloud(system)])
    assert driver.session.poll_changes()
    english = tuple(f"English ({place}) · eSpeak NG" for place in ("Great Britain", "Caribbean", "Scotland"))
    assert driver.session.app.speech.voices == english
    driver.click("settings")
    assert "English (Great Britain) · eSpeak NG" in label_of(driver, "voice-speaker")
    while driver.view.focus != "setting:voice_name":
        driver.key(pygame.K_TAB)
    for _ in range(3):
        driver.key(pygame.K_RIGHT)
    assert driver.session.app.settings.voice_name == english[2]
    assert system.programs[-1].call.command[4] == "en-gb-scotland"
    driver.poll()
    assert "Scotland" in label_of(driver, "voice-speaker")


def label_of(driver: SessionDriver, node_id: str | None) -> str:
    return next(node.label for node in walk(driver.tree) if node.id == node_id)


def test_the_settings_report_a_missing_voice(seat: Seat, mill: Story) -> None:
    system = System(ended=ProcessEnded(1, "no card"))
    driver = seat(mill, settings=SPEAKING, listeners=[aloud(system)])
    driver.poll()
    driver.click("settings")
    assert "loudspeaker" in label_of(driver, "voice-trouble")
    system.ended = ProcessEnded(0, "")
    driver.key(pygame.K_r)
    driver.poll()
    assert find(driver.tree, "voice-trouble") is None


def test_a_system_without_a_voice_says_what_to_install(seat: Seat, mill: Story) -> None:
    driver = seat(mill, listeners=[SpeechListener(Voice([], System(), lambda: 0.0, at_once, reading=0))])
    assert driver.session.poll_changes()
    driver.click("settings")
    assert "espeak-ng" in label_of(driver, "voice-trouble")


def test_speak_option_speaks_from_the_first_screen(seat: Seat, mill: Story, system: System) -> None:
    driver = seat(mill, listeners=[aloud(system, speak=True)])
    assert driver.session.poll_changes()
    assert driver.session.app.settings.speaks
    assert mill.title in " ".join(system.said)
    driver.key(pygame.K_v)
    driver.poll()
    assert not driver.session.app.settings.speaks


def captions(driver: SessionDriver) -> list[list[Run]]:
    """The text of each caption in sight."""
    panels = driver.session._layers(PointerState())[-1].plan.panels
    return [[item for item in panel.fixed if isinstance(item, Run)] for panel in panels if panel.kind == "caption"]


@pytest.mark.parametrize("theme", ["paper", "night", "contrast"])
@pytest.mark.parametrize(("size", "scale"), WINDOWS)
def test_caption_covers_no_text(seat: Seat, shipped: Story, theme: str, size: tuple[int, int], scale: int) -> None:
    settings = Settings(voice="on", voice_shown="on", theme=theme, text_scale=scale, motion="reduced")
    listener = SpeechListener(Noted(LONG))  # type: ignore[arg-type]
    driver = seat(shipped, size=size, settings=settings, role="villager", listeners=[listener])
    driver.key(pygame.K_RETURN)
    driver.poll()
    driver.look()
    plan = driver.view.plan
    strip = plan.caption
    assert strip is not None and strip.bottom == size[1] and strip.w == size[0]
    assert all(panel.rect.bottom <= strip.y for panel in plan.panels)
    targets = [rect for scroll in (0, plan.max_scroll) for _, rect in plan.targets(scroll)]
    assert targets and not any(rect.overlaps(strip) for rect in targets)
    (runs,) = captions(driver)
    assert words_of("".join(run.text for run in runs)) == words_of(LONG)
    for run in runs:
        assert run.rect.x >= 0 and run.rect.right <= size[0]
        assert run.rect.y >= strip.y - 2 and run.rect.bottom <= strip.bottom + 2
        assert run.style.size >= 18
        top = max(strip.y, run.rect.y)
        colours = channels(driver.screen.subsurface((run.rect.x, top, run.rect.w, strip.bottom - top - 1)))
        assert contrast(min(colours), max(colours)) >= 7


def test_the_caption_stays_until_the_next_text(seat: Seat, mill: Story) -> None:
    driver = seat(mill, settings=Settings(voice="on", voice_shown="on"))
    assert captions(driver) == []
    for said, stands in (("One bowl.", "One bowl."), ("", "One bowl."), ("Two bowls.", "Two bowls.")):
        driver.session.dispatch(intents.VoiceSaying(said))
        assert ["".join(run.text for run in runs) for runs in captions(driver)] == [stands]
