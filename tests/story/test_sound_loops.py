"""An author's sound may be any file: it becomes a loop like ours, or is refused in a few words."""

from __future__ import annotations

import struct
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from game.core.files import FileRefused
from game.story import sound_loops
from game.story.sound_loops import RATE, read_loop, wav_file
from tests.small_stories.packs import tone


def samples(folder: Path, name: str = "a.wav") -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.frombuffer(read_loop(folder, name), "<i2") / 32768


def written(folder: Path, frames: bytes) -> None:
    with wave.open(str(folder / "a.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(frames)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
def test_any_rate_and_either_number_of_channels_becomes_a_loop_without_a_seam(
    rate: int, channels: int, tmp_path: Path
) -> None:
    """A tone goes on behind its end as within it, where each sample follows from the two before."""
    tone(tmp_path / "a.wav", 440, 2.0, rate, channels)
    found = samples(tmp_path)
    assert found.size == 2 * RATE
    assert np.sqrt(np.mean(found**2)) == pytest.approx(0.08, rel=0.01)
    twice = np.tile(found, 2)
    bend = np.abs(twice[2:] - 2 * np.cos(2 * np.pi * 440 / RATE) * twice[1:-1] + twice[:-2])
    within, seam = bend[RATE // 2 : RATE].max(), bend[found.size - 50 : found.size + 50].max()
    assert within < 0.003 and seam < 1.2 * within


@pytest.mark.parametrize("loudest", [200, 32767])
def test_soft_and_loud_recordings_become_equally_loud(loudest: int, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).uniform(-loudest, loudest / 2, 2 * RATE)
    written(tmp_path, noise.astype("<i2").tobytes())
    found = samples(tmp_path)
    assert np.sqrt(np.mean(found**2)) == pytest.approx(0.08, rel=0.02)
    assert abs(np.mean(found)) < 0.001


def test_rare_peaks_are_not_cut(tmp_path: Path) -> None:
    knocks = np.zeros(2 * RATE)
    knocks[::4000] = 3000
    written(tmp_path, knocks.astype("<i2").tobytes())
    assert np.abs(samples(tmp_path)).max() == pytest.approx(0.6, abs=0.01)


def test_a_wav_file_of_a_loop_has_its_samples(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav")
    loop = read_loop(tmp_path, "a.wav")
    (tmp_path / "b.wav").write_bytes(wav_file(loop))
    with wave.open(str(tmp_path / "b.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.readframes(file.getnframes()) == loop


def header(kind: int = 1, channels: int = 1, rate: int = RATE, width: int = 2, length: int = 2 * RATE) -> bytes:
    """A WAV file of a second that claims other things than it has."""
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * width, width, 8 * width)
    noise = bytes(range(1, 251)) * (2 * RATE // 250)
    data = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", length) + noise
    return b"RIFF" + struct.pack("<I", len(data)) + data


REFUSED: list[tuple[str, Callable[[Path], object]]] = [
    ("there is no such file", lambda file: None),
    ("there is no such file", Path.mkdir),
    ("no WAV file that can be read", lambda file: file.write_bytes(b"")),
    ("no WAV file that can be read", lambda file: file.write_bytes(b"ID3\x04" + bytes(5000))),
    ("no WAV file that can be read", lambda file: file.write_bytes(b"OggS" + bytes(5000))),
    ("no WAV file that can be read", lambda file: file.write_bytes(header()[:30])),
    ("no WAV file that can be read", lambda file: file.write_bytes(header(kind=3, width=4))),
    ("no WAV file that can be read", lambda file: file.write_bytes(header(channels=0))),
    ("24 bits a sample", lambda file: file.write_bytes(header(width=3))),
    ("6 channels", lambda file: file.write_bytes(header(channels=6))),
    ("0 samples a second", lambda file: file.write_bytes(header(rate=0))),
    ("96,000 samples a second", lambda file: file.write_bytes(header(rate=96_000))),
    ("0.5 s; a loop has 1 to 120 s", lambda file: tone(file, seconds=0.5)),
    ("121.0 s; a loop has 1 to 120 s", lambda file: written(file.parent, bytes(121 * 2 * RATE))),
    ("silent", lambda file: written(file.parent, bytes(4 * RATE))),
    ("silent", lambda file: written(file.parent, b"\x00\x40" * 2 * RATE)),
]


@pytest.mark.parametrize(("why", "make"), REFUSED)
def test_any_other_file_is_refused_in_a_few_words(why: str, make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / "a.wav")
    with pytest.raises(FileRefused, match=why):
        read_loop(tmp_path, "a.wav")


@pytest.mark.parametrize("claimed", [0xFFFFFFFF, 2 * RATE + 1])
def test_a_file_with_a_wrong_length_has_what_is_there(claimed: int, tmp_path: Path) -> None:
    """As a recorder leaves it that was switched off."""
    (tmp_path / "a.wav").write_bytes(header(length=claimed))
    assert samples(tmp_path).size == RATE


def test_a_large_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_loops, "MOST_BYTES", 1000)
    tone(tmp_path / "a.wav")
    with pytest.raises(FileRefused, match="more than"):
        read_loop(tmp_path, "a.wav")


def test_nothing_outside_the_pack_is_read(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    tone(tmp_path / "a.wav")
    (pack / "link.wav").symlink_to(tmp_path / "a.wav")
    for name in ("../a.wav", str(tmp_path / "a.wav"), "link.wav"):
        with pytest.raises(FileRefused, match="not below"):
            read_loop(pack, name)
