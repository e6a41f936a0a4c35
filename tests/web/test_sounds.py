"""A site's sounds: small, as loud as the game's, and loops that a browser repeats without a seam."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.desktop.audio.audio_process import RATE
from game.resources import assets_folder
from game.story import load
from game.story.places import sounds_of
from game.ui.soundscape import LOOPS
from game.web.sounds import PAD, loop_seconds, pack_loops, sound_files
from tests.small_stories.packs import haelsey_with_files
from tests.sound_measures import Samples, read

FOLDER = assets_folder() / "sounds"
NAMES = sorted(path.stem for path in FOLDER.glob("*.wav"))
MOST_BYTES = 900_000  # of all together; the WAV files have 5 MB
MOST_UNLIKE = 0.5  # the power of what differs; of two stretches that have nothing in common it is 2
SOFTER = (-1.0, 0.2)  # dB: the encoder takes 0.4 off each


@pytest.fixture(scope="module")
def encoded() -> Mapping[str, bytes]:
    return dict(sound_files(FOLDER, {}))


@pytest.fixture(scope="module")
def decoded(encoded: Mapping[str, bytes]) -> Iterator[Mapping[str, Samples]]:
    """Their samples, as SDL decodes them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SDL_AUDIODRIVER", "dummy")
        pygame.mixer.init(RATE, -16, 1, allowedchanges=0)
        yield {
            name.removesuffix(".mp3"): np.frombuffer(pygame.mixer.Sound(io.BytesIO(content)).get_raw(), "<i2") / 32768
            for name, content in encoded.items()
        }
        pygame.mixer.quit()


def test_every_sound_is_there_and_all_are_small(encoded: Mapping[str, bytes]) -> None:
    assert set(encoded) == {f"{name}.mp3" for name in NAMES}
    assert sum(map(len, encoded.values())) < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_as_loud_as_the_game_s(name: str, decoded: Mapping[str, Samples]) -> None:
    ours, theirs = read(FOLDER / f"{name}.wav"), decoded[name]
    if name in LOOPS:
        theirs = theirs[round(PAD * RATE) :][: ours.size]
        assert theirs.size == ours.size
    difference = 10 * np.log10(np.sum(theirs**2) / np.sum(ours**2))
    assert SOFTER[0] < difference < SOFTER[1]


@pytest.mark.parametrize("name", sorted(LOOPS))
def test_a_loop_goes_on_behind_its_end_as_it_began(name: str, decoded: Mapping[str, Samples]) -> None:
    """So that a browser that shifts it by some hundredths of a second repeats it without a seam too."""
    seconds, sound, tenth = loop_seconds(FOLDER, {})[name], decoded[name], RATE // 10
    assert seconds == pytest.approx(read(FOLDER / f"{name}.wav").size / RATE)
    for start in (PAD - 0.11, PAD, PAD + 0.11):
        first, again = (sound[round(at * RATE) :][:tenth] for at in (start, start + seconds))
        assert np.sum((first - again) ** 2) < MOST_UNLIKE * np.sum(first**2)


def test_a_pack_s_loop_is_encoded_as_ours_are(tmp_path: Path) -> None:
    island = load(haelsey_with_files(tmp_path))
    own = pack_loops(island)
    (name,) = own
    assert name == sounds_of(island.places.values())[name].name and "harbour" not in name
    seconds = loop_seconds(FOLDER, own)[name]
    assert seconds == pytest.approx(3.0)
    made = dict(sound_files(FOLDER, own))
    assert set(made) == {f"{known}.mp3" for known in (*NAMES, name)}
    assert len(made[f"{name}.mp3"]) == pytest.approx((seconds + 2 * PAD) * 5000, rel=0.1), "40 kilobits a second"


def test_a_pack_s_file_that_cannot_be_played_is_left_out(tmp_path: Path) -> None:
    pack = haelsey_with_files(tmp_path)
    (pack / "sounds" / "harbour.wav").write_bytes(b"RIFF")
    assert pack_loops(load(pack)) == {}
