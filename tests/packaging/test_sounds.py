"""The shipped sounds: made by their script, without a seam, small, and as loud as is said of them."""

from __future__ import annotations

import array
import math
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from game.desktop.audio.audio_process import RATE
from game.resources import assets_folder
from game.ui.soundscape import ONCE

FOLDER = assets_folder() / "sounds"
NAMES = sorted(path.stem for path in FOLDER.glob("*.wav"))
LOOPS = sorted(set(NAMES) - ONCE.keys())
LOUDEST = {"loop": -29.0, "once": -26.0}  # decibels below full scale, over a loop or a thing's loudest half second
HIGHEST = -9.0  # of any sample


def read(name: str) -> list[float]:
    """A sound's samples, from -1 to 1."""
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        values = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        values.byteswap()
    return [value / 32768 for value in values]


def decibels(part: list[float]) -> float:
    return 10 * math.log10(sum(x * x for x in part) / len(part))


@pytest.mark.full
def test_the_script_makes_them_anew(tmp_path: Path) -> None:
    """The same bytes, all of them, and nothing else."""
    subprocess.run([sys.executable, str(FOLDER / "make.py"), "--out", str(tmp_path)], check=True, capture_output=True)
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.wav" for name in NAMES}
    for name in NAMES:
        assert (tmp_path / f"{name}.wav").read_bytes() == (FOLDER / f"{name}.wav").read_bytes(), name


def test_the_script_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    """With the names that there are, and without writing anything."""
    told = subprocess.run(
        [sys.executable, str(FOLDER / "make.py"), "--out", str(tmp_path), "wind", "thunder"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 2 and "thunder" in told.stderr and "gusts" in told.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_has_no_seam(name: str) -> None:
    """From its last sample to its first it steps and bends no more than it does ten thousand times on the way."""
    sound = read(name)
    n = len(sound)
    steps = [abs(sound[(i + 1) % n] - sound[i]) for i in range(n)]
    bends = [abs(sound[(i + 1) % n] - 2 * sound[i] + sound[i - 1]) for i in range(n)]
    assert steps[-1] <= sorted(steps)[-n // 200]
    assert max(bends[0], bends[-1]) <= sorted(bends)[-n // 200]


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_as_loud_at_its_seam_as_beside_it(name: str) -> None:
    """What is in it at its end goes on at its beginning: no breath is cut off."""
    sound, length = read(name), RATE // 20
    around = sound[-length:] + sound[:length]
    least = min(decibels(sound[i : i + 2 * length]) for i in range(0, len(sound) - 2 * length, length))
    assert least - 1 <= decibels(around)


@pytest.mark.parametrize("name", NAMES)
def test_no_sound_has_a_constant_part(name: str) -> None:
    """It would knock when it begins."""
    sound = read(name)
    assert abs(sum(sound) / len(sound)) < 0.0005


@pytest.mark.parametrize("name", NAMES)
def test_all_are_low(name: str) -> None:
    """Each may be heard with three others, over the words of a voice: none comes near to full scale."""
    sound, half = read(name), RATE // 2
    loudest = (
        decibels(sound)
        if name in LOOPS
        else max(decibels(sound[i : i + half]) for i in range(0, max(1, len(sound) - half), half // 4))
    )
    assert -45 < loudest < LOUDEST["loop" if name in LOOPS else "once"]
    assert 20 * math.log10(max(map(abs, sound))) < HIGHEST


@pytest.mark.parametrize("name", sorted(ONCE))
def test_what_sounds_once_ends_in_silence(name: str) -> None:
    """As it begins: nothing is cut."""
    sound = read(name)
    assert abs(sound[0]) < 0.001 and abs(sound[-1]) < 0.001


def test_they_are_small() -> None:
    """Less than a megabyte and a half of a download, with their licence beside them."""
    assert sum((FOLDER / f"{name}.wav").stat().st_size for name in NAMES) < 1_500_000
    assert (FOLDER / "LICENSE.txt").read_text(encoding="utf-8").startswith("MIT License")


def test_every_sound_is_told_of() -> None:
    """In the README beside them."""
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}.wav`" in told for name in NAMES)
