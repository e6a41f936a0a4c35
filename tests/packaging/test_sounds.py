"""The shipped sounds: made by their script, without a seam, small, and at their set loudness."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from game.desktop.audio.audio_process import RATE
from game.play.page import Picture
from game.resources import assets_folder
from game.story.model import Story
from game.ui import soundscape
from game.ui.settings import DEFAULT
from game.ui.soundscape import ONCE, WORK, PlaceSounds, place_sounds
from tests import sound_measures as measure

FOLDER = assets_folder() / "sounds"
NAMES = sorted(path.stem for path in FOLDER.glob("*.wav"))
OCCASIONAL = {name for work in WORK.values() for name in work.occasional} | {"sparrow", "sparrow-2", "cricket", "beans"}
LOOPS = sorted(set(NAMES) - ONCE.keys() - OCCASIONAL)
LOOP_LUFS = -22.0  # of each loop at its full level
HIGHEST_PEAK = -0.5  # dBTP of any file alone
USUAL = (DEFAULT.volume / 100 * DEFAULT.ambience / 100) ** 2  # the level at the default settings
PLACE_LUFS = (-32.0, -28.0)  # of each place at the default settings
EVENT_SHORT_TERM = -24.0  # LUFS over three seconds of a single sound, at the default settings
MOST_ALIKE = 0.8  # correlation of the envelope with itself after its period, at most 1
PLACE_PEAK = -3.0  # dBTP of a place with single sounds at the loudest settings


@cache
def sounds() -> dict[str, measure.Samples]:
    return {name: measure.read(FOLDER / f"{name}.wav") for name in NAMES}


def decibels(part: measure.Samples) -> float:
    return float(10 * np.log10(np.mean(part**2)))


def pictures(story: Story) -> dict[str, Picture]:
    """A picture of each place of a story, without computed parameters."""
    return {
        place.id: Picture(place.scene, {name: at for name, at in place.params.items() if isinstance(at, int | str)})
        for place in story.places.values()
    }


def at_usual_level(place: PlaceSounds) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """The loops and the occasional sounds of a place, at the default settings."""
    loops = {name: USUAL * level for name, level in place.loops.items()}
    return loops, {name: (USUAL * level, every) for name, (level, every) in place.occasional.items()}


def test_the_game_knows_which_sounds_are_loops() -> None:
    assert sorted(soundscape.LOOPS) == LOOPS


@pytest.mark.full
def test_the_script_makes_the_same_sounds(tmp_path: Path) -> None:
    """Every third sound has the same bytes; all sounds would take a minute."""
    some = NAMES[::3]
    make = [sys.executable, str(FOLDER / "make.py"), "--out", str(tmp_path), *some]
    subprocess.run(make, check=True, capture_output=True)
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.wav" for name in some}
    for name in some:
        assert (tmp_path / f"{name}.wav").read_bytes() == (FOLDER / f"{name}.wav").read_bytes(), name


def test_the_script_refuses_unknown_names(tmp_path: Path) -> None:
    refused = subprocess.run(
        [sys.executable, str(FOLDER / "make.py"), "--out", str(tmp_path), "wind", "thunder"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert refused.returncode == 2 and "thunder" in refused.stderr and "gusts" in refused.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_has_no_seam(name: str) -> None:
    """Of all steps and bends, one of 200 is at least as large as that from its last sample to its first."""
    sound = sounds()[name]
    before, after, n = np.roll(sound, 1), np.roll(sound, -1), sound.size
    steps, bends = abs(after - sound), abs(after - 2 * sound + before)
    assert steps[-1] <= np.sort(steps)[-n // 200]
    assert max(bends[0], bends[-1]) <= np.sort(bends)[-n // 200]


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_as_loud_at_its_seam_as_beside_it(name: str) -> None:
    sound, length = sounds()[name], RATE // 20
    least = min(decibels(sound[i : i + 2 * length]) for i in range(0, sound.size - 2 * length, length))
    assert least - 1 <= decibels(np.roll(sound, length)[: 2 * length])


@pytest.mark.parametrize("name", NAMES)
def test_no_sound_has_a_constant_part(name: str) -> None:
    """A constant part would knock at the beginning."""
    assert abs(sounds()[name].mean()) < 0.0005


@pytest.mark.parametrize("name", NAMES)
def test_no_file_is_clipped(name: str) -> None:
    assert measure.true_peak(sounds()[name]) < HIGHEST_PEAK


@pytest.mark.parametrize("name", LOOPS)
def test_loops_are_equally_loud(name: str) -> None:
    assert measure.loudness(np.tile(sounds()[name], 2)) == pytest.approx(LOOP_LUFS, abs=0.5)


def test_each_place_has_the_same_loudness(shipped: Story) -> None:
    """At the default settings every place of the story is within two LUFS of -30."""
    for picture in pictures(shipped).values():
        loops, occasional = at_usual_level(place_sounds(picture))
        found = measure.loudness(measure.mix(sounds(), loops, 20, occasional))
        assert PLACE_LUFS[0] <= found <= PLACE_LUFS[1], picture


@pytest.mark.parametrize("name", sorted(ONCE))
def test_a_single_sound_is_no_louder_than_a_place(name: str) -> None:
    level = (DEFAULT.volume / 100 * DEFAULT.effects / 100) ** 2 * ONCE[name]
    assert measure.loudest(level * sounds()[name], 3) <= EVENT_SHORT_TERM
    assert measure.loudest(level * sounds()[name], 0.4) > PLACE_LUFS[0] - 2


@pytest.mark.full
def test_nothing_is_clipped_at_the_loudest(shipped: Story) -> None:
    for picture in pictures(shipped).values():
        place = place_sounds(picture)
        mixed = measure.mix(sounds(), place.loops, 20, place.occasional)
        mixed[: sounds()["scales"].size] += sounds()["scales"]
        assert measure.true_peak(mixed) < PLACE_PEAK, picture


@pytest.mark.full
def test_no_place_repeats_audibly(shipped: Story) -> None:
    """In two minutes of each place no part is too similar to a later part."""
    for picture in {
        (picture.scene, picture.params.get("season")): picture for picture in pictures(shipped).values()
    }.values():
        place = place_sounds(picture)
        period, alike = measure.repeat(measure.mix(sounds(), place.loops, 120, place.occasional))
        assert alike < MOST_ALIKE, (picture, period)


@pytest.mark.parametrize("name", sorted({*ONCE} | OCCASIONAL))
def test_single_sounds_begin_and_end_in_silence(name: str) -> None:
    assert max(abs(sounds()[name][[0, -1]])) < 0.001


def test_sounds_are_small_and_have_a_licence() -> None:
    assert sum((FOLDER / f"{name}.wav").stat().st_size for name in NAMES) < 6_000_000
    assert (FOLDER / "LICENSE.txt").read_text(encoding="utf-8").startswith("MIT License")


def test_the_readme_of_the_sounds_names_each_sound() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}.wav`" in readme for name in NAMES)
