"""The real program's sound, which SDL writes to a file in place of a loudspeaker."""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest

from tests.desktop.audio.test_audio_process import Tape, loud, share_of
from tests.real.screen import MISSING, Screen, game_on, screen, until
from tests.small_stories.packs import HARBOUR_HZ, haelsey_with_files

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}")
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


def test_place_plays_until_muted(home: Path, tmp_path: Path) -> None:
    """M ends it and its process, and brings it back; a minimised window is silent."""
    tape = Tape(tmp_path / "mix.raw")
    with screen() as display:
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
            display.close(window)
            assert playing.wait(PATIENCE) == 0
        until(lambda: not grows(tape), PATIENCE, "the end of it")


def test_without_a_device_the_game_runs(home: Path) -> None:
    with screen() as display, game(display, SDL_AUDIODRIVER="no-such-driver") as (playing, window):
        until(lambda: children(playing.pid), PATIENCE, "a mixer that tries")
        until(lambda: not children(playing.pid), PATIENCE, "a mixer that gave up")
        display.press("Return")
        display.close(window)
        assert playing.wait(PATIENCE) == 0
        assert playing.stderr is not None and playing.stderr.read() == b""


def test_unresponsive_sound_server_blocks_nobody(home: Path, tmp_path: Path) -> None:
    """It accepts the connection and answers nothing: a key works and is saved all the same, and the window closes."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "server"))
        server.listen()
        server.settimeout(PATIENCE)
        place = f"unix:{tmp_path / 'server'}"
        with screen() as display, game(display, SDL_AUDIODRIVER="pulseaudio", PULSE_SERVER=place) as (playing, window):
            call, _ = server.accept()
            (mixer,) = children(playing.pid)
            display.press("m")
            until(lambda: muted(home), PATIENCE, "an answer")
            display.close(window)
            assert playing.wait(PATIENCE) == 0
            call.close()
        assert not Path(f"/proc/{mixer}").exists(), "nobody is left behind"


def test_an_author_s_sound_plays_in_a_window(home: Path, tmp_path: Path) -> None:
    pack, tape = haelsey_with_files(tmp_path), Tape(tmp_path / "mix.raw")
    driver = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(tape.file)}
    with screen() as display:
        with game(display, "--story", str(pack), **driver) as (playing, window):
            until(lambda: loud(tape.last()) > 100, PATIENCE, "the harbour")
            until(lambda: share_of(tape.last(), HARBOUR_HZ) > 0.95, PATIENCE, "its tone alone")
            display.press("m")
            until(lambda: not grows(tape), PATIENCE, "silence")
            display.press("m")
            until(lambda: grows(tape) and loud(tape.last()) > 100, PATIENCE, "the harbour again")
            display.close(window)
            assert playing.wait(PATIENCE) == 0
        (pack / "sounds" / "harbour.wav").unlink()
        tape.file.unlink()
        with game(display, "--story", str(pack), **driver) as (playing, window):
            until(lambda: grows(tape), PATIENCE, "an open device")
            assert max(tape.all, default=0) == 0
            display.close(window)
            assert playing.wait(PATIENCE) == 0
