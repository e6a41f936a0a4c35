"""The real program's sound, which SDL writes to a file in place of a loudspeaker, and its speech, with a stand-in."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from tests.desktop.audio.test_audio_process import Tape, loud, share_of
from tests.real.screen import Screen, game_on, until
from tests.small_stories.packs import HARBOUR_HZ, haelsey_with_files

PATIENCE = 20  # seconds; a busy machine may be slow


def game(display: Screen, *options: str, **sound: str) -> AbstractContextManager[tuple[subprocess.Popen[bytes], str]]:
    """`play` with its window's id, on a sound device of its own."""
    return game_on(display, *options, environment={**display.environment(), **sound}, stderr=subprocess.PIPE)


def muted(home: Path) -> bool:
    """Whether the stored settings mute the sound."""
    return any('"volume": 0' in file.read_text(encoding="utf-8") for file in home.rglob("settings.json"))


def children(pid: int) -> list[int]:
    """The running processes that a process started."""
    found: list[str] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            found += thread.read_text(encoding="utf-8").split()
    return list(map(int, found))


def grows(tape: Tape) -> bool:
    before = tape.seconds()
    time.sleep(0.4)
    return tape.seconds() > before


@pytest.fixture
def tape(tmp_path: Path) -> Tape:
    return Tape(tmp_path / "mix.raw")


def test_place_plays_until_muted(display: Screen, tape: Tape) -> None:
    """M ends it and its process, and brings it back; a minimised window is silent."""
    with game(display, SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=str(tape.file)) as (playing, window):
        until(lambda: loud(tape.last()) > 100, PATIENCE, "the place behind the title")
        display.press("m")
        until(lambda: not grows(tape), PATIENCE, "silence")
        display.press("m")
        until(lambda: grows(tape) and loud(tape.last()) > 100, PATIENCE, "the place again")
        display.hand("windowunmap", window)
        until(lambda: not grows(tape), PATIENCE, "a hidden window's silence")
        display.hand("windowmap", window)
        until(lambda: grows(tape), PATIENCE, "the place of a window that is back")
        display.end(playing, window)
    until(lambda: not grows(tape), PATIENCE, "the end of it")


def test_without_a_device_the_game_runs(display: Screen) -> None:
    with game(display, SDL_AUDIODRIVER="no-such-driver") as (playing, window):
        until(lambda: children(playing.pid), PATIENCE, "a mixer that tries")
        until(lambda: not children(playing.pid), PATIENCE, "a mixer that gave up")
        display.press("Return")
        display.end(playing, window)
        assert playing.stderr is not None and playing.stderr.read() == b""


def test_unresponsive_sound_server_blocks_nobody(display: Screen, home: Path, tmp_path: Path) -> None:
    """It accepts the connection and answers nothing: a key works and is saved all the same, and the window closes."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "server"))
        server.listen()
        server.settimeout(PATIENCE)
        place = f"unix:{tmp_path / 'server'}"
        with game(display, SDL_AUDIODRIVER="pulseaudio", PULSE_SERVER=place) as (playing, window):
            call, _ = server.accept()
            (mixer,) = children(playing.pid)
            display.press("m")
            until(lambda: muted(home), PATIENCE, "an answer")
            display.end(playing, window)
            call.close()
        assert not Path(f"/proc/{mixer}").exists(), "nobody is left behind"


def test_an_author_s_sound_plays_in_a_window(display: Screen, tape: Tape, tmp_path: Path) -> None:
    pack = haelsey_with_files(tmp_path)
    options, driver = ("--story", str(pack)), {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(tape.file)}
    with game(display, *options, **driver) as (playing, window):
        until(lambda: loud(tape.last()) > 100, PATIENCE, "the harbour")
        until(lambda: share_of(tape.last(), HARBOUR_HZ) > 0.95, PATIENCE, "its tone alone")
        display.press("m")
        until(lambda: not grows(tape), PATIENCE, "silence")
        display.press("m")
        until(lambda: grows(tape) and loud(tape.last()) > 100, PATIENCE, "the harbour again")
        display.end(playing, window)
    (pack / "sounds" / "harbour.wav").unlink()
    tape.file.unlink()
    with game(display, *options, **driver) as (playing, window):
        until(lambda: grows(tape), PATIENCE, "an open device")
        assert max(tape.all, default=0) == 0
        display.end(playing, window)


VOICE = """\
#!/bin/sh
if [ "$1" = --voices ]; then
  echo "Pty Language       Age/Gender VoiceName          File                 Other Languages"
  echo " 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)"
  exit
fi
cat > "$SAID/$$.part"
mv "$SAID/$$.part" "$SAID/$$"
exec sleep 600
"""
NO_SERVICE = """\
#!/bin/sh
echo "Failed to connect to Speech Dispatcher" >&2
exit 1
"""


class Said:
    """The stand-in's texts, and those that it still speaks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def texts(self) -> dict[int, str]:
        files = [file for file in self.folder.iterdir() if not file.suffix]
        return {int(file.name): file.read_text(encoding="utf-8") for file in files}

    @property
    def speaking(self) -> list[int]:
        """The processes that still exist; a zombie counts, since none may be left behind."""
        return [pid for pid in self.texts if Path(f"/proc/{pid}").exists()]

    def one_voice_stays(self) -> bool:
        """Whether a single voice speaks, and the same one a moment later."""
        before = self.speaking
        time.sleep(0.3)
        return len(before) == 1 and self.speaking == before

    def holding(self, text: str) -> int | None:
        """The process that speaks a text with this in it, once there is one."""
        return next((pid for pid, said in self.texts.items() if text in said), None)


@contextmanager
def speaking_game(display: Screen, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, Said]]:
    """`weight-of-grain play --speak` with its window's id and the stand-in as the system's voice."""
    programs, said = folder / "bin", folder / "said"
    programs.mkdir()
    said.mkdir()
    # without a service of its own the machine's would speak, where it has a better voice
    for name, script in (("espeak-ng", VOICE), ("spd-say", NO_SERVICE)):
        (programs / name).write_text(script, encoding="utf-8")
        (programs / name).chmod(0o755)
    own = display.environment()
    environment = {**own, "PATH": f"{programs}{os.pathsep}{own['PATH']}", "SAID": str(said)}
    with game_on(display, "--speak", environment=environment) as (playing, window):
        yield playing, window, Said(said)


def test_key_stops_speech_and_closing_leaves_no_process(display: Screen, tmp_path: Path) -> None:
    """It speaks from the first screen; a key interrupts it; quick keys leave one voice; a closed window leaves none."""
    with speaking_game(display, tmp_path) as (playing, window, said):
        first = until(lambda: said.holding("The voice is on"), PATIENCE, "the first words")
        assert said.speaking == [first]
        display.press("x")
        until(lambda: not said.speaking, PATIENCE, "silence")
        display.hand("key", "--delay", "15", *["Tab"] * 25)
        display.press("r")
        until(said.one_voice_stays, PATIENCE, "one voice")
        display.press("v")
        until(lambda: said.holding("The voice is off"), PATIENCE, "the last words")
        display.end(playing, window)
        until(lambda: not said.speaking, PATIENCE, "everybody to be gone")
