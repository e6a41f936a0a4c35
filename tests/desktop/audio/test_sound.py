"""Sound listener: follows the page, starts after the first frame, and is silent in a hidden window."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.desktop.audio.audio_process import AudioCommand
from game.desktop.audio.sound import PLACE_FADE, VOLUME_FADE, SoundListener
from game.story.model import Story
from game.ui import intents
from game.ui.settings import Settings
from game.ui.soundscape import ambience
from tests.desktop.session_driver import SessionDriver

Seat = Callable[..., SessionDriver]


class Desk:
    """A mixer that notes what it is told; `failed` as it is set."""

    def __init__(self) -> None:
        self.commands: list[AudioCommand | None] = []
        self.failed = False

    def send(self, command: AudioCommand | None) -> None:
        self.commands.append(command)

    @property
    def last(self) -> AudioCommand:
        command = self.commands[-1]
        assert command is not None, "silence"
        return command


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def driver(seat: Seat, mill: Story, desk: Desk) -> SessionDriver:
    """Before the title, whose sound has begun."""
    driver = seat(mill, listeners=(SoundListener(lambda: desk),))
    driver.session.poll_changes()
    return driver


def sent(driver: SessionDriver, kind: int) -> None:
    """The window is told something by the system."""
    driver.session.handle_event(pygame.event.Event(kind))


def test_no_sound_starts_before_the_first_frame(seat: Seat, mill: Story, desk: Desk) -> None:
    """It is drawn before anything is ordered; then the place behind the title comes up slowly."""
    driver = seat(mill, listeners=(SoundListener(lambda: desk),))
    assert not desk.commands
    driver.session.poll_changes()
    assert len(desk.commands) == 1 and desk.last.loops and not desk.last.once and desk.last.seconds == PLACE_FADE


def test_page_turn_fades_to_its_place(driver: SessionDriver, desk: Desk) -> None:
    """The new place's loops over a second or two, and the leaf at once."""
    driver.press("new:miller", "begin:miller")
    assert desk.last.once.keys() == {"page"}
    title = desk.last.loops
    while desk.last.loops.keys() == title.keys():
        driver.key(pygame.K_1)
    assert desk.last.seconds == PLACE_FADE and desk.last.once


def test_occasional_sounds_of_the_place_are_ordered(seat: Seat, shipped: Story, desk: Desk) -> None:
    """With the loops, at the level that is set; where the voice speaks, lower."""
    driver = seat(shipped, listeners=(SoundListener(lambda: desk),))
    driver.press("new:villager", "begin:villager")
    driver.session.poll_changes()
    place = ambience(driver.session.app).occasional
    assert place and desk.last.occasional == place
    driver.session.dispatch(intents.VoiceSaying("One bowl."))
    name = next(iter(place))
    assert desk.last.occasional[name][0] < place[name].level / 2


def test_unchanged_sound_sends_no_command(driver: SessionDriver, desk: Desk) -> None:
    """Moving the focus, a menu and a card leave all as it was."""
    driver.press("new:miller", "begin:miller")
    ordered = len(desk.commands)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_ESCAPE)
    driver.session.poll_changes()
    assert len(desk.commands) == ordered


def test_m_mutes_and_unmutes(driver: SessionDriver, desk: Desk) -> None:
    """Silence is ordered once, and holds while pages turn; then the place comes up again."""
    driver.press("new:miller", "begin:miller")
    driver.key(pygame.K_m)
    ordered = len(desk.commands)
    assert desk.commands[-1] is None
    driver.key(pygame.K_1)
    assert len(desk.commands) == ordered
    driver.key(pygame.K_m)
    assert desk.last.loops and desk.last.seconds == PLACE_FADE and not desk.last.once


@pytest.mark.parametrize(
    ("gone", "back"),
    [(pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED), (pygame.WINDOWHIDDEN, pygame.WINDOWSHOWN)],
)
def test_hidden_window_is_silent(driver: SessionDriver, desk: Desk, gone: int, back: int) -> None:
    """Minimised or hidden; as soon as it is back, so is the place."""
    before = desk.last.loops
    sent(driver, gone)
    assert desk.commands[-1] is None
    sent(driver, back)
    assert desk.last.loops == before


def test_unfocused_window_goes_on_playing(driver: SessionDriver, desk: Desk) -> None:
    """It lost the keyboard, and can still be seen."""
    ordered = len(desk.commands)
    sent(driver, pygame.WINDOWFOCUSLOST)
    assert len(desk.commands) == ordered


def test_speech_lowers_the_ambience(driver: SessionDriver, desk: Desk) -> None:
    """While it says something all is lower, and quickly so."""
    before = sum(desk.last.loops.values())
    driver.session.dispatch(intents.VoiceSaying("One bowl."))
    assert sum(desk.last.loops.values()) < before / 2 and desk.last.seconds == VOLUME_FADE
    driver.session.dispatch(intents.VoiceSaying(""))
    assert sum(desk.last.loops.values()) == pytest.approx(before)


def test_the_settings_say_when_nothing_can_be_heard(driver: SessionDriver, desk: Desk) -> None:
    """One line under Sound, which goes once there is a device; nothing else is in the way of reading."""
    driver.press("settings")
    assert "sound-trouble" not in str(driver.tree)
    desk.failed = True
    driver.session.poll_changes()
    assert "sound-trouble" in str(driver.tree)
    assert not driver.session.poll_changes(), "it is news once"
    desk.failed = False
    driver.session.poll_changes()
    assert "sound-trouble" not in str(driver.tree)


def test_ambience_and_single_sounds_have_settings_of_their_own(driver: SessionDriver, desk: Desk) -> None:
    """Without what lies behind the page, a turned leaf is heard all the same; without single sounds, the reverse."""
    driver.session.dispatch(intents.Adjust(-4, "ambience"))
    driver.press("new:miller", "begin:miller")
    assert not desk.last.loops and desk.last.once
    driver.session.dispatch(intents.Adjust(4, "ambience"))
    driver.session.dispatch(intents.Adjust(-4, "effects"))
    ordered = len(desk.commands)
    driver.key(pygame.K_1)
    assert desk.last.loops and not any(command.once for command in desk.commands[ordered:] if command is not None)


def test_muted_settings_start_no_process(seat: Seat, mill: Story, desk: Desk) -> None:
    """Nothing is ordered, and so no process is started."""
    driver = seat(mill, settings=Settings(volume=0), listeners=(SoundListener(lambda: desk),))
    driver.session.poll_changes()
    driver.press("new:miller", "begin:miller")
    assert not desk.commands


def test_a_closed_window_is_silent(driver: SessionDriver, desk: Desk) -> None:
    """It is ordered last."""
    driver.session.close()
    assert desk.commands[-1] is None
