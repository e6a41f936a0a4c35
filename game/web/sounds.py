"""Sounds of a site: the game's WAV files as MP3, which every browser decodes, in a seventh of their bytes.

An encoder puts some silence before a sound and behind it, and browsers differ in how much of it they take away. So a
loop is encoded with `PAD` seconds of its end before it and of its beginning behind it, and a browser repeats a stretch
of its own length from `PAD` on: wherever that stretch lies in the file, it has no seam.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator, Mapping
from pathlib import Path

from game.ui.soundscape import LOOPS

PAD = 0.25  # seconds; MP3 decoders shift a sound of 16,000 samples a second by up to 0.11. sound.js has it too
KBPS = 40  # all are 0.4 dB softer, as LAME has it; at 32 the octave from 4,000 Hz on loses up to 3 dB more


def sound_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The game's sounds as MP3, by name. Raises ImportError without lameenc."""
    import lameenc  # an extra, which only this command needs

    for file in sorted(folder.glob("*.wav")):
        samples, rate = _samples(file)
        if file.stem in LOOPS:
            pad = 2 * round(PAD * rate)
            samples = samples[-pad:] + samples + samples[:pad]
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_channels(1)
        encoder.set_in_sample_rate(rate)
        encoder.set_bit_rate(KBPS)
        encoder.set_quality(2)
        yield f"{file.stem}.mp3", bytes(encoder.encode(samples) + encoder.flush())


def loop_seconds(folder: Path) -> Mapping[str, float]:
    """How long each loop is, by name."""
    found = {name: _samples(folder / f"{name}.wav") for name in sorted(LOOPS)}
    return {name: len(samples) / 2 / rate for name, (samples, rate) in found.items()}


def _samples(file: Path) -> tuple[bytes, int]:
    """The samples of a WAV file, of one channel and two bytes each, and how many there are in a second."""
    with wave.open(str(file), "rb") as sound:
        return sound.readframes(sound.getnframes()), sound.getframerate()
