"""Sound listener: follows the page, starts after the first frame, and is silent in a hidden window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.desktop.audio.audio_client import AudioClient
from game.desktop.audio.audio_process import AudioCommand
from game.desktop.audio.pack_loops import NO_FILES, PackFile
from game.desktop.audio.sound import PLACE_FADE, VOLUME_FADE, SoundListener
from game.play import begin
from game.story import load
from game.story.model import Story
from game.ui import intents
from game.ui.soundscape import ambience
from tests.desktop.session_driver import Seat, SessionDriver
from tests.small_stories.packs import haelsey_with_files


class FakePlayer(AudioClient):
    failed = False
    files: Mapping[str, PackFile] = NO_FILES

    def __init__(self) -> None:
        self.commands: list[AudioCommand | None] = []

    def send(self, command: AudioCommand | None, files: Mapping[str, PackFile] = NO_FILES) -> None:
        self.commands.append(command)
        self.files = files

    @property
    def last(self) -> AudioCommand:
        command = self.commands[-1]
        assert command is not None, "silence"
        return command


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


def heard(seat: Seat, story: Story, player: FakePlayer) -> SessionDriver:
    """A session with sound, after its first frame."""
    driver = seat(story, listeners=(SoundListener(lambda: player),))
    assert not player.commands, "a sound before the first frame"
    driver.session.poll_changes()
    return driver


@pytest.fixture
def driver(seat: Seat, mill: Story, player: FakePlayer) -> SessionDriver:
    return heard(seat, mill, player)


def test_no_sound_starts_before_the_first_frame(driver: SessionDriver, player: FakePlayer) -> None:
    (command,) = player.commands
    assert command is not None and command.loops and not command.once and command.seconds == PLACE_FADE


def test_page_turn_fades_to_its_place(driver: SessionDriver, player: FakePlayer) -> None:
    driver.press("new:miller", "begin:miller")
    assert player.last.once.keys() == {"page"}
    title = player.last.loops
    while player.last.loops.keys() == title.keys():
        driver.key(pygame.K_1)
    assert player.last.seconds == PLACE_FADE and player.last.once


def test_occasional_sounds_of_the_place_are_ordered(seat: Seat, shipped: Story, player: FakePlayer) -> None:
    driver = heard(seat, shipped, player).press("new:villager", "begin:villager")
    driver.session.poll_changes()
    place = ambience(driver.session.app).occasional
    assert place and player.last.occasional == place
    driver.session.dispatch(intents.VoiceSaying("One bowl."))
    name = next(iter(place))
    assert player.last.occasional[name][0] < place[name].level / 2


def test_unchanged_sound_sends_no_command(driver: SessionDriver, player: FakePlayer) -> None:
    driver.press("new:miller", "begin:miller")
    ordered = len(player.commands)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_ESCAPE)
    driver.session.poll_changes()
    assert len(player.commands) == ordered


def test_m_mutes_and_unmutes(seat: Seat, mill: Story, driver: SessionDriver, player: FakePlayer) -> None:
    driver.press("new:miller", "begin:miller")
    driver.key(pygame.K_m)
    ordered = len(player.commands)
    assert player.commands[-1] is None
    driver.key(pygame.K_1)
    assert len(player.commands) == ordered
    silent = FakePlayer()
    heard(seat, mill, silent).press("continue")  # at the next start
    assert not silent.commands
    driver.key(pygame.K_m)
    assert player.last.loops and player.last.seconds == PLACE_FADE and not player.last.once


@pytest.mark.parametrize(
    ("gone", "back"), [(pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED), (pygame.WINDOWHIDDEN, pygame.WINDOWSHOWN)]
)
def test_hidden_window_is_silent(driver: SessionDriver, player: FakePlayer, gone: int, back: int) -> None:
    before = player.last.loops
    driver.send(gone)
    assert player.commands[-1] is None
    driver.send(back)
    assert player.last.loops == before
    ordered = len(player.commands)
    driver.send(pygame.WINDOWFOCUSLOST)
    assert len(player.commands) == ordered, "it plays on without the focus"


def test_speech_lowers_the_ambience(driver: SessionDriver, player: FakePlayer) -> None:
    before = sum(player.last.loops.values())
    driver.session.dispatch(intents.VoiceSaying("One bowl."))
    assert sum(player.last.loops.values()) < before / 2 and player.last.seconds == VOLUME_FADE
    driver.session.dispatch(intents.VoiceSaying(""))
    assert sum(player.last.loops.values()) == pytest.approx(before)


def test_the_settings_report_a_missing_device(driver: SessionDriver, player: FakePlayer) -> None:
    driver.press("settings")
    assert "sound-trouble" not in str(driver.tree)
    player.failed = True
    driver.session.poll_changes()
    assert "sound-trouble" in str(driver.tree)
    assert not driver.session.poll_changes(), "it is news once"
    player.failed = False
    driver.session.poll_changes()
    assert "sound-trouble" not in str(driver.tree)


def test_a_closed_window_is_silent(driver: SessionDriver, player: FakePlayer) -> None:
    driver.session.close()
    assert player.commands[-1] is None


@pytest.fixture
def island(seat: Seat, player: FakePlayer, tmp_path: Path) -> SessionDriver:
    """In a story whose harbour and shore have the same sound of its own, and whose loft has none."""
    return heard(seat, load(haelsey_with_files(tmp_path)), player).press("new:shepherd", "begin:shepherd")


def test_an_author_s_sound_goes_on_from_page_to_page(island: SessionDriver, player: FakePlayer) -> None:
    (name,) = player.last.loops
    folder = island.session.app.current.story.folder
    assert player.files == {name: (folder, "sounds/harbour.wav")} and not player.last.occasional
    while island.session.app.current.page.chapter != "counted":
        island.key(pygame.K_1)
    assert player.last.loops.keys() == {name} and player.last.seconds == VOLUME_FADE
    assert all(command is not None and command.loops.keys() == {name} for command in player.commands)


def test_a_story_that_was_loaded_again_sends_its_sound_again(island: SessionDriver, player: FakePlayer) -> None:
    """Its file may have another content under the same name."""
    ordered, before = len(player.commands), island.session.app.current
    again = replace(before.story, title="Again")
    island.session.dispatch(intents.StoryReloaded(again, begin(again, "shepherd", before.cut.id)))
    assert len(player.commands) == ordered + 1 and player.files
