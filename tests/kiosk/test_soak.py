"""Random touches on the real session and visit controller, for hours of a simulated clock, and the memory they take.

`tests.benchmarks.kiosk_hour` takes an hour in real time.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pygame
import pytest

from game.desktop.audio.audio_client import AudioClient
from game.desktop.audio.audio_process import AudioCommand
from game.desktop.audio.pack_loops import NO_FILES, PackFile
from game.desktop.audio.sound import SoundListener
from game.desktop.process_memory import trim_memory
from game.desktop.render import fonts
from game.desktop.render.picture_cache import ImmediatePictures, PictureCache, PictureRequest
from game.kiosk.app import offer_of, settings_of
from game.kiosk.config.configuration import Config
from game.painter import Painting
from game.play import Playthrough
from game.resources import assets_folder
from game.speech.engines import SpeechCommand
from game.speech.voice_process import OUTPUT_TIMEOUT, SystemProcesses
from game.story.model import Story
from game.ui.kiosk_state import IdleTimeout
from tests.benchmarks.harness import bytes_held
from tests.benchmarks.test_memory_soak import glibc, soaked
from tests.clock import Clock
from tests.desktop.a11y.test_speech_listener import aloud
from tests.desktop.session_driver import Album, middle
from tests.kiosk.kiosk_driver import InMemoryCounts, kiosk_window
from tests.speech.stand_ins import ESPEAK_VOICES, WELL, Program

SIZE = 405, 720  # a small upright screen, so that hours are drawn in half a minute
CONFIG = Config(longer_cut="one-door")
LONGEST = 600.0  # seconds after which no visit can be open
GROWTH = 5_000_000  # bytes
# Bytes of two pictures: one more or less may be painted or cut at the peak. Before the pictures had one budget and
# large blocks were mapped, growth was 59 MB.
PEAK_GROWTH = 2 * 4 * 1080 * 1920


class Sheet(Album):
    """The same painting for all requests, so that nothing is kept of them."""

    def get(self, what: PictureRequest) -> Painting | None:
        return super().get(PictureRequest("", (), SIZE, (0, 0, 0, 0)))


class InstantAudio(SystemProcesses, AudioClient):
    """A voice's programs and a mixer that obey at once and keep nothing."""

    failed = False

    def __init__(self) -> None:
        """Start nothing."""

    def start(self, call: SpeechCommand) -> Program:
        return Program(call, WELL)

    def output(self, call: SpeechCommand, timeout: float = OUTPUT_TIMEOUT) -> str:
        return ESPEAK_VOICES

    def send(self, command: AudioCommand | None, files: Mapping[str, PackFile] = NO_FILES) -> None:
        """Accept the command."""


class Day:
    """Visitors who touch anywhere; some leave in the middle."""

    def __init__(self, story: Story, pictures: PictureCache, chance: Random) -> None:
        self.counts, self.clock, self._chance = InMemoryCounts(), Clock(), chance
        self._settings, self._pictures = settings_of(CONFIG), pictures
        self.session = kiosk_window(
            offer_of([story], CONFIG), fonts.Fonts(assets_folder() / "fonts"), SIZE, self._settings, clock=self.clock,
            counts=self.counts, idle_timeout=IdleTimeout(CONFIG.idle, CONFIG.warn), pictures=pictures,
            listeners=[aloud(InstantAudio()), SoundListener(InstantAudio)],
        ).session  # fmt: skip
        self._screen = pygame.Surface(SIZE)
        self._fresh = self.session.app
        self._away = False  # has left the attract screen
        self.touches = self.resets = 0

    def go_on(self, touches: int) -> None:
        for _ in range(touches):
            self.wait(self._chance.choice((0.4, 0.8, 3.0)))
            self.touch(*self._somewhere())
            if self._chance.random() < 0.01:
                self.leave()
            self._see_to_resets()

    def leave(self) -> None:
        gone = self.clock.now
        while self.where != "attract" or self.session.app.settings != self._settings:
            self.wait(2)
            self._look()
            assert self.clock.now - gone < LONGEST, self.where
        self._see_to_resets()

    def look_ahead(self) -> None:
        while self.session.prefetch_page():
            pass

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    def touch(self, x: float, y: float) -> None:
        self.touches += 1
        for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
            place: dict[str, Any] = {"x": x / SIZE[0], "y": y / SIZE[1], "dx": 0, "dy": 0}
            self.session.handle_event(pygame.event.Event(kind, finger_id=1, touch_id=7, pressure=1, **place))
        self._look()

    @property
    def where(self) -> str:
        return self.session.app.top.screen

    @property
    def open(self) -> int:
        """Visits without a counted end."""
        return self.counted("visits") - self.counted("left")

    def counted(self, kind: str) -> int:
        return sum(n for (its, _), n in self.counts.n.items() if its == kind)

    def _look(self) -> None:
        self.session.render(self._screen)
        self.session.flush_effects()
        self.session.request_pictures()
        self.session.poll_changes()

    def _somewhere(self) -> tuple[float, float]:
        """A point on a control, or anywhere, more often in reach of the hands."""
        sight = self.session.view_state()
        targets = sight.plan.targets(sight.scroll)
        if targets and self._chance.random() < 0.25:
            return middle(self._chance.choice(targets)[1])
        return self._chance.randrange(SIZE[0]), SIZE[1] * self._chance.random() ** 0.6

    def _beside_the_tools(self) -> tuple[float, float]:
        """A point anywhere except on controls for volume, size, voice, and the rest."""
        sight = self.session.view_state()
        tools = [rect for name, rect in sight.plan.targets(sight.scroll) if name in ("voice", "volume", "type")]
        tools += [sight.plan.status] if sight.plan.status is not None else []
        while True:
            place = self._somewhere()
            if not any(rect.holds(*place) for rect in tools):
                return place

    def _see_to_resets(self) -> None:
        """After each reset everything is as at first, and the next touch starts a visit."""
        back, self._away = self._away and self.where == "attract", self.where != "attract"
        if back:
            self.resets += 1
            app = self.session.app  # the invitation scrolls on so small a screen
            # these belong to the machine
            known = replace(self._fresh, speech=app.speech, sound_trouble=app.sound_trouble)
            assert app.replaced(replace(app.top, scroll=0)) == known and self.open == 0
            self.wait(0.4)
            self.touch(*self._beside_the_tools())
            assert self.where == "visit-door", self.where
            self._away = True


def held() -> int:
    """Bytes that this process holds after garbage collection."""
    gc.collect()
    trim_memory()
    return bytes_held()


def test_playthrough_is_freed_after_its_visit(shipped: Story) -> None:
    """Not only when the next visitor comes as far: a whole playthrough, with any screens over it."""
    day = Day(shipped, Sheet(), Random(1958))
    while (reading := day.session.app.playthrough) is None or not reading.entries:
        day.go_on(1)
        day.look_ahead()
    its = reading.engine
    del reading
    day.leave()
    day.look_ahead()
    gc.collect()
    assert not [kept for kept in gc.get_objects() if isinstance(kept, Playthrough) and kept.engine is its]


tells = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process holds")


def grown(day: Day, first: int, then: int) -> int:
    """Growth in bytes, at most, after the first touches; measured between visits."""
    sizes = []
    for touches in (first, *[then // 5] * 5):
        day.go_on(touches)
        day.leave()
        sizes.append(held())
    return max(sizes) - sizes[0]


def test_some_minutes_of_fingers(shipped: Story) -> None:
    day = Day(shipped, Sheet(), Random(1957))
    day.go_on(600)
    day.leave()
    assert day.resets >= day.counted("visits") > 5


@pytest.mark.full
@tells
def test_hours_of_random_touches(shipped: Story) -> None:
    day = Day(shipped, Sheet(), Random(1958))
    growth = grown(day, 1_000, 1_500)
    assert day.touches >= 2_500 and day.resets >= day.counted("visits") > 25
    assert growth <= GROWTH, growth


@pytest.mark.full
@tells
def test_random_touches_with_painted_pictures(shipped: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "RENDERED", 5_000_000)
    growth = grown(Day(shipped, ImmediatePictures(), Random(1959)), 600, 600)
    assert growth <= GROWTH, growth


@pytest.mark.full
@glibc
def test_kiosk_holds_no_more_after_its_third_visit() -> None:
    """At 1080x1920, with the invitation's whole cycle between visits: the peak."""
    weights = soaked("kiosk_visits", "6", "1958")
    highest = [weight.highest for weight in weights]
    assert len(highest) == 6
    assert max(highest[3:]) - max(highest[:3]) <= PEAK_GROWTH, [str(weight) for weight in weights]
