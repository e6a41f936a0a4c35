"""Sounds of a site: WAV files as MP3, which every browser decodes, in a seventh of their bytes.

An encoder puts some silence before and after a sound, and browsers differ in how much of it they take away. So the file
of a loop begins with the loop's last `PAD` seconds and ends with its first `PAD` seconds. A browser starts `PAD`
seconds into the file and repeats a stretch as long as the loop. This stretch has no seam, even if silence shifts it.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from game.core.files import FileRefused
from game.story.model import Story
from game.story.places import sounds_of
from game.story.sound_loops import RATE, read_loop
from game.ui.soundscape import LOOPS

PAD = 0.25  # seconds; MP3 decoders shift a sound of 16,000 samples a second by up to 0.11. sound.js has it too
KBPS = 40  # all are 0.4 dB softer, as LAME has it; at 32 the octave from 4,000 Hz on loses up to 3 dB more


def pack_loops(story: Story) -> dict[str, bytes]:
    """Return the samples of a story's own loops, by name, without files that cannot be played (`check` reports
    them)."""
    found = {}
    for name, sound in sounds_of(story.places.values()).items():
        with suppress(FileRefused):
            found[name] = read_loop(Path(story.folder), sound.file)
    return found


def sound_files(folder: Path, own: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the game's sounds and the story's `own` loops as MP3, by name. Raises ImportError without lameenc."""
    for file in sorted(folder.glob("*.wav")):
        samples, rate = _samples(file)
        yield f"{file.stem}.mp3", _mp3(samples, rate, file.stem in LOOPS)
    for name, samples in own.items():
        yield f"{name}.mp3", _mp3(samples, RATE, True)


def loop_seconds(folder: Path, own: Mapping[str, bytes]) -> Mapping[str, float]:
    """Return the length of each loop in seconds, by name: of the game's loops, and of the story's `own`."""
    found = {name: _samples(folder / f"{name}.wav") for name in sorted(LOOPS)}
    found |= {name: (samples, RATE) for name, samples in own.items()}
    return {name: len(samples) / 2 / rate for name, (samples, rate) in found.items()}


def _mp3(samples: bytes, rate: int, loop: bool) -> bytes:
    """Return samples of one channel and two bytes each as MP3. A loop gets `PAD` seconds more at both ends."""
    import lameenc  # an extra, which only this command needs

    if loop:
        pad = 2 * round(PAD * rate)
        samples = samples[-pad:] + samples + samples[:pad]
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate(KBPS)
    encoder.set_quality(2)
    return bytes(encoder.encode(samples) + encoder.flush())


def _samples(file: Path) -> tuple[bytes, int]:
    """Return the samples of a WAV file, of one channel and two bytes each, and the number of samples in a second."""
    with wave.open(str(file), "rb") as sound:
        return sound.readframes(sound.getnframes()), sound.getframerate()
