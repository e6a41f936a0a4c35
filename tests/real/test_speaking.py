"""The real program's speech, through a stand-in for the system's voice."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.real.screen import MISSING, Screen, game_on, screen, until

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}")

PATIENCE = 20  # seconds; a busy machine may be slow
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
        return [pid for pid in self.texts if running(pid)]

    def one_voice_stays(self) -> bool:
        """Whether a single voice speaks, and the same one a moment later."""
        before = self.speaking
        time.sleep(0.3)
        return len(before) == 1 and self.speaking == before

    def holding(self, text: str) -> int | None:
        """The process that speaks a text with this in it, once there is one."""
        return next((pid for pid, said in self.texts.items() if text in said), None)


def running(pid: int) -> bool:
    """Whether a process exists; a zombie counts, since none may be left behind."""
    return Path(f"/proc/{pid}").exists()


@contextmanager
def speaking_game(display: Screen, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, Said]]:
    """`weight-of-grain play --speak` with its window's id and the stand-in as the system's voice."""
    voice, said = folder / "bin" / "espeak-ng", folder / "said"
    voice.parent.mkdir()
    said.mkdir()
    voice.write_text(VOICE, encoding="utf-8")
    voice.chmod(0o755)
    service = voice.with_name("spd-say")  # or the machine's own would speak, where it has a better voice
    service.write_text(NO_SERVICE, encoding="utf-8")
    service.chmod(0o755)
    own = display.environment()
    environment = {**own, "PATH": f"{voice.parent}{os.pathsep}{own['PATH']}", "SAID": str(said)}
    with game_on(display, "--speak", environment=environment) as (playing, window):
        yield playing, window, Said(said)


def test_key_stops_speech_and_closing_leaves_no_process(home: Path, tmp_path: Path) -> None:
    """It speaks from the first screen; a key interrupts it; quick keys leave one voice; a closed window leaves none."""
    with screen() as display, speaking_game(display, tmp_path) as (playing, window, said):
        first = until(lambda: said.holding("The voice is on"), PATIENCE, "the first words")
        assert said.speaking == [first]
        display.press("x")
        until(lambda: not said.speaking, PATIENCE, "silence")
        display.hand("key", "--delay", "15", *["Tab"] * 25)
        display.press("r")
        until(said.one_voice_stays, PATIENCE, "one voice")
        display.press("v")
        until(lambda: said.holding("The voice is off"), PATIENCE, "the last words")
        display.close(window)
        assert playing.wait(PATIENCE) == 0
        until(lambda: not said.speaking, PATIENCE, "everybody to be gone")
