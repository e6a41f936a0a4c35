"""Window and event loop, with the dummy video driver."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from itertools import product
from pathlib import Path
from typing import Any

import pygame
import pytest

from game.core.stores import FolderStore
from game.desktop import loop
from game.desktop.errors import NoDisplay, WindowError
from game.desktop.listeners import Listener
from game.desktop.loop import IdleWaiter, OutputSurface, mirror_edges, run
from game.desktop.pupils_window import NoEffects
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import ImmediatePictures
from game.desktop.session import Session
from game.desktop.session_factory import reader_session
from game.desktop.window_placement import WindowPlacement
from game.kiosk.pixel_shift import STEPS
from game.play.save_files import SaveFiles
from game.story.model import Story
from game.ui import intents
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import KioskEdition, KioskOffer
from game.ui.settings import Settings, SettingsFile
from tests.clock import Clock
from tests.desktop.virtual_pad import VirtualPad, pads_work_in_the_background
from tests.painter.pictures import noise


@contextmanager
def somebody(*deeds: Callable[[], object]) -> Iterator[None]:
    """A person who does these things at the open window, one after another."""

    def do() -> None:
        for _ in range(500):
            if pygame.display.get_init() and pygame.display.get_surface():
                break
            time.sleep(0.01)
        for deed in deeds:
            time.sleep(0.4)
            deed()

    person = threading.Thread(target=do, daemon=True)
    person.start()
    yield
    person.join(10)


def key(code: int) -> Callable[[], object]:
    event = pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode="", scancode=0)
    return lambda: pygame.event.post(event)


def close() -> object:
    return pygame.event.post(pygame.event.Event(pygame.QUIT))


def play(story: Story, folder: Path, *deeds: Callable[[], object], **how: Any) -> int:
    """Run the window while somebody does these things, and return its exit status."""
    sessions = reader_session(story, SaveFiles(FolderStore(folder)), SettingsFile(FolderStore(folder)))
    with somebody(*deeds) if deeds else nullcontext():
        return run(story.title, sessions, **{"placement": WindowPlacement(), **how})


def test_window_opens_and_closes(mill: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mapped: list[bool] = []
    monkeypatch.setattr(loop, "map_large_blocks", lambda: mapped.append(True))
    assert play(mill, tmp_path, close) == 0
    assert mapped == [True]
    assert list(tmp_path.iterdir()) == []
    assert not pygame.display.get_init()


def taken(folder: Path) -> list[str]:
    kept = json.loads((folder / "current.json").read_text(encoding="utf-8"))
    return [entry["take"] for entry in kept["save"]["entries"]]


def test_closing_loses_nothing_after_full_screen_and_back(mill: Story, tmp_path: Path) -> None:
    full, enter = key(pygame.K_F11), key(pygame.K_RETURN)
    assert play(mill, tmp_path, full, full, enter, enter, enter, close) == 0
    assert taken(tmp_path) == ["continue"]


def test_a_gamepad_may_be_plugged_in_and_out_meanwhile(mill: Story, tmp_path: Path) -> None:
    pads: list[VirtualPad] = []

    def plug_in() -> None:
        if not pads:
            pads_work_in_the_background()
        pads.append(VirtualPad())

    def press(button: int) -> Callable[[], object]:
        def deed() -> None:
            pads[-1].hold(button, True)
            time.sleep(0.1)
            pads[-1].hold(button, False)

        return deed

    a, start = press(pygame.CONTROLLER_BUTTON_A), press(pygame.CONTROLLER_BUTTON_START)
    assert play(mill, tmp_path, plug_in, a, a, start, start, lambda: pads[-1].pull_out(), plug_in, a, close) == 0
    pads[-1].pull_out()
    assert taken(tmp_path) == ["continue"]


def test_ceaseless_events_do_not_starve_listeners(mill: Story, tmp_path: Path) -> None:
    """A kiosk's heartbeat is such a listener, and a child may rub the glass for a minute."""
    motion = pygame.event.Event(pygame.MOUSEMOTION, pos=(300, 300), rel=(1, 0), buttons=(0, 0, 0))

    class Rubbing(Listener):
        """After each answered touch there is another."""

        left, looks, meanwhile = 300, 0, -1

        def on_event(self, event: pygame.event.Event) -> None:
            if event.type == pygame.MOUSEMOTION and self.left:
                self.looks = 0 if self.left == 300 else self.looks
                self.left, self.meanwhile = self.left - 1, self.looks
                pygame.event.post(motion)

        def poll(self) -> None:
            self.looks += 1

    hand = Rubbing()

    def rub() -> None:
        pygame.event.post(motion)
        patience = time.monotonic() + 30
        while hand.left and time.monotonic() < patience:
            time.sleep(0.05)

    assert play(mill, tmp_path, rub, close, listeners=[hand]) == 0
    assert hand.left == 0 and hand.meanwhile > 200


def test_first_frame_only_ends_after_one_frame(mill: Story, tmp_path: Path) -> None:
    assert play(mill, tmp_path, first_frame_only=True) == 0


def test_missing_display_is_one_clear_line(mill: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoDisplay, match=r"^.*display.*$"):
        play(mill, tmp_path)


def test_the_old_pygame_is_named(mill: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(pygame, "IS_CE")
    with pytest.raises(WindowError, match="pip uninstall pygame"):
        play(mill, tmp_path)


def test_picture_follows_the_pixel_shift(mill: Story, tmp_path: Path) -> None:
    at, seen = [(0, 0)], []

    def look() -> None:
        window = pygame.display.get_surface()
        assert window is not None
        seen.append(window.copy())

    deeds = look, lambda: at.__setitem__(0, (12, 0)), look, lambda: at.__setitem__(0, (0, 0)), look, close
    play(mill, tmp_path, *deeds, placement=WindowPlacement((1280, 720)), pixel_shift=lambda: at[0])
    width, height = seen[0].get_size()
    for x, y in product(range(760, 1140, 3), range(300, 420, 7)):  # on the sheet: the picture may still be coming up
        assert seen[0].get_at((x, y)) == seen[1].get_at((x + 12, y)) == seen[2].get_at((x, y))
    for x, y in product(range(12), range(0, height, 7)):
        assert seen[1].get_at((x, y)) == seen[1].get_at((23 - x, y))
        assert seen[2].get_at((width - 1 - x, y)) == seen[2].get_at((width - 24 + x, y))


def test_pointer_hits_the_shifted_picture(mill: Story, tmp_path: Path) -> None:
    heard: list[tuple[float, float]] = []

    class Feels(Listener):
        def on_event(self, event: pygame.event.Event) -> None:
            if event.type in (pygame.MOUSEBUTTONDOWN, pygame.FINGERDOWN):
                heard.append(event.pos if event.type == pygame.MOUSEBUTTONDOWN else (event.x * 788, event.y * 588))

    mouse = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(112, 106), button=1, touch=False)
    finger = pygame.event.Event(pygame.FINGERDOWN, x=112 / 800, y=106 / 600, dx=0, dy=0, finger_id=1, touch_id=1)
    deeds = lambda: pygame.event.post(mouse), lambda: pygame.event.post(finger), close
    how = {"placement": WindowPlacement((800, 600)), "pixel_shift": lambda: (12, 6), "listeners": [Feels()]}
    play(mill, tmp_path, *deeds, **how)
    assert heard == [(100, 100), pytest.approx((100, 100))]


class Ends(Listener):
    requested = False

    def poll(self) -> intents.Intent | None:
        return intents.EndRequested(3) if self.requested else None


@pytest.mark.parametrize("closes", [True, False])
def test_only_a_kiosk_has_no_pointer(mill: Story, tmp_path: Path, closes: bool) -> None:
    seen: list[bool] = []
    ends = Ends()
    deeds = lambda: seen.append(pygame.mouse.get_visible()), close, lambda: setattr(ends, "requested", True)
    assert play(mill, tmp_path, *deeds, closable=closes, listeners=[ends]) == (0 if closes else 3)
    assert seen == [closes]


WIDE, HIGH = 90, 60


@pytest.mark.parametrize("at", STEPS)
def test_margin_mirrors_the_picture(at: tuple[int, int]) -> None:
    window, picture = pygame.Surface((WIDE, HIGH)), noise((WIDE - 12, HIGH - 12), 1)
    window.blit(picture, at)
    changed = mirror_edges(window, picture.get_rect(topleft=at), [picture.get_rect(topleft=at)])
    for x, y in product(range(WIDE), range(HIGH)):
        assert window.get_at((x, y)) == picture.get_at((within(x - at[0], WIDE - 12), within(y - at[1], HIGH - 12)))
        assert any(part.collidepoint(x, y) for part in changed), "and it is said that it changed"


def within(place: int, long: int) -> int:
    """A place beyond a picture's edge, counted back from that edge."""
    return -1 - place if place < 0 else 2 * long - 1 - place if place >= long else place


def test_change_in_the_middle_leaves_the_margin_alone() -> None:
    window, middle = noise((WIDE, HIGH), 2), pygame.Rect(40, 25, 8, 8)
    before = window.copy()
    picture = pygame.Rect(6, 12, WIDE - 12, HIGH - 12)
    assert mirror_edges(window, picture, [middle]) == [middle]
    assert window.get_buffer().raw == before.get_buffer().raw
    assert len(mirror_edges(window, picture, [pygame.Rect(6, 12, 2, 20)])) > 1


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("size", [(270, 480), (480, 270)])
def test_no_offset_leaves_a_black_edge(
    mill: Story, words: Catalogue, fonts: Fonts, theme: str, size: tuple[int, int]
) -> None:
    window, at = pygame.display.set_mode(size), [STEPS[0]]
    screen = OutputSurface(window, WindowPlacement(size), lambda: at[0])
    settings = Settings(targets="large", theme=theme)
    app = start_kiosk(KioskOffer((KioskEdition(mill, words, "Come in."),), ("miller", "clerk"), "kiosk"), settings)
    clock = Clock()
    session = Session(app, screen.size, fonts, ImmediatePictures(), NoEffects(), clock)
    ways = (
        intents.Press("come-in"), intents.Press("enter:miller/kiosk"), intents.IdleCountdown(20),
        intents.IdleCountdown(None), intents.Press("stop"), intents.Press("yes"), intents.Press("visit-over"),
        intents.MuseumClosed("10:00", settings),
    )  # fmt: skip
    for way in (None, *ways):
        if way is not None:
            session.dispatch(way)
        for at[0] in STEPS:
            clock.now += 5
            screen.show(session)
            clock.now += 5  # what fades has come up
            screen.show(session)
            edge = [(x, y) for x in range(size[0]) for y in (0, 5, size[1] - 6, size[1] - 1)]
            edge += [(x, y) for y in range(size[1]) for x in (0, 5, size[0] - 6, size[0] - 1)]
            assert not [place for place in edge if window.get_at(place)[:3] == (0, 0, 0)], (app.top.screen, at)


class Resting:
    """A session without frames, with an intent at certain looks. Time passes while the loop sleeps."""

    transitioning, seconds_to_frame, looks, now = False, None, 0, 0.0
    news: Collection[int] = ()

    def poll_changes(self) -> bool:
        self.looks += 1
        return self.looks in self.news

    def prefetch_page(self) -> bool:
        return False

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> Any:
    session = Resting()
    monkeypatch.setattr(time, "sleep", session.sleep)
    monkeypatch.setattr(pygame.display, "get_active", lambda: True)
    return session


@pytest.mark.parametrize(("hidden", "woken"), [(False, []), (True, ["key"])])
def test_hidden_window_draws_no_frames(
    resting: Any, monkeypatch: pytest.MonkeyPatch, hidden: bool, woken: list[Any]
) -> None:
    looks: Iterator[list[Any]] = iter([[], [], [], ["key"]])
    monkeypatch.setattr(pygame.display, "get_active", lambda: not hidden)
    monkeypatch.setattr(pygame.event, "get", lambda: next(looks))
    resting.seconds_to_frame = 0.0  # a frame is always due
    assert IdleWaiter(resting).events() == woken


LOOKS = {200, 230, 600}  # of 0.016 or 0.04 s each: two seconds, one, and many


@pytest.mark.parametrize(("touches", "news"), [(LOOKS, ()), ((), LOOKS)], ids=["a hand", "news"])
def test_memory_is_trimmed_once_when_idle(
    resting: Any, monkeypatch: pytest.MonkeyPatch, touches: Collection[int], news: Collection[int]
) -> None:
    resting.news = news
    given: list[int] = []
    waiting = IdleWaiter(resting, on_idle=lambda: given.append(resting.looks))
    monkeypatch.setattr(pygame.event, "get", lambda: [1] * (resting.looks in touches))
    for _ in LOOKS:
        waiting.events()
    first, second = given
    assert first < 200 and 230 < second < 600


def test_memory_is_trimmed_now_and_then_where_touches_never_pause(
    resting: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched, given = [0.0], list[float]()

    def events() -> list[int]:
        due = resting.now >= touched[-1] + 1
        touched.extend([resting.now] * due)
        return [1] * due

    waiting = IdleWaiter(resting, on_idle=lambda: given.append(resting.now))
    monkeypatch.setattr(pygame.event, "get", events)
    while resting.now < 120:
        waiting.events()
    assert given == pytest.approx([30 * n for n in range(1, len(given) + 1)], abs=2) and 3 <= len(given) <= 4
