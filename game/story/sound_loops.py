"""Sound loops of authors: WAV files that may hold anything. Each is converted to the form of the program's own loops.

The program's loops (assets/sounds) have one channel of 16,000 samples a second, and are equally loud. A loop of a pack
gets the same form, so that window, site and class play both kinds alike.
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from operator import mul
from pathlib import Path

from game.core.files import FileRefused, author_file

RATE = 16000  # samples a second
MOST_BYTES = 30_000_000
SECONDS = (1, 120)  # the shortest and the longest loop
RATES = (8000, 48000)  # samples a second that a file may have
LOUDNESS = 0.08  # root mean square, as a fraction of full scale: -22 dB, as the program's loops have in the mean
PEAK = 0.6  # the greatest sample, as a fraction of full scale: of the program's loops it is 0.63
SILENCE = 0.001  # a root mean square below it is silence: -60 dB
FULL_SCALE = 32768


def read_loop(folder: Path, name: str) -> bytes:
    """Return the loop in a WAV file below `folder`: samples of 16 bits, one channel, RATE a second.

    The samples can be repeated without a click: resampling treats the last and the first as neighbours. To convert two
    minutes in stereo takes 1.5 s.

    Raises FileRefused if the file cannot be used as a loop.
    """
    try:
        frames, channels, rate = _frames(author_file(folder, name, MOST_BYTES))
        return _levelled(_resampled(frames, channels, rate))
    except (OSError, EOFError, wave.Error, ValueError, RuntimeError, MemoryError) as error:
        raise FileRefused("it is no WAV file that can be read; save it as plain WAV (PCM) with 16 bits") from error


def wav_file(samples: bytes) -> bytes:
    """Return the WAV file of a loop's samples (see `read_loop`)."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    return stream.getvalue()


def _frames(path: Path) -> tuple[bytes, int, int]:
    """Return a file's frames, channels, and frames a second. Raises FileRefused for a form that is not supported."""
    with wave.open(str(path), "rb") as file:
        channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
        if width != 2:
            raise FileRefused(f"it has {8 * width} bits a sample; save it with 16")
        if channels > 2:
            raise FileRefused(f"it has {channels} channels; save it with one or two")
        if not RATES[0] <= rate <= RATES[1]:
            raise FileRefused(f"it has {rate:,} samples a second; save it with {RATES[0]:,} to {RATES[1]:,}")
        frames = file.readframes(MOST_BYTES)  # the file's own count may be wrong
    whole = len(frames) // (2 * channels)
    least, most = SECONDS
    if not least <= whole / rate <= most:
        raise FileRefused(f"it lasts {whole / rate:.1f} s; a loop has {least} to {most} s")
    return frames[: 2 * channels * whole], channels, rate


def _resampled(frames: bytes, channels: int, rate: int) -> array[float]:
    """Return the samples of frames at RATE, in one channel.

    Pillow resamples them, as an image with a column for each channel. It needs a few samples before the
    first and after the last: these are copied from the other end of the loop.
    """
    from PIL import Image  # 40 ms, which a story without sounds need not spend

    count, edge = len(frames) // (2 * channels), rate // 10
    around = frames[-2 * channels * edge :] + frames + frames[: 2 * channels * edge]
    image = Image.frombytes("F", (channels, count + 2 * edge), around, "raw", "F;16S")
    box = (0, edge, channels, edge + count)
    found = image.resize((1, round(count * RATE / rate)), Image.Resampling.LANCZOS, box)
    return array("f", found.tobytes())


def _levelled(samples: array[float]) -> bytes:
    """Return samples of 16 bits with the mean 0, as loud as LOUDNESS and PEAK allow. Raises FileRefused for silence."""
    mean = math.fsum(samples) / len(samples)
    power = sum(map(mul, samples, samples)) / len(samples) - mean**2
    loudness = math.sqrt(max(0.0, power)) / FULL_SCALE
    if loudness < SILENCE:
        raise FileRefused("it is silent")
    peak = max(max(samples) - mean, mean - min(samples)) / FULL_SCALE
    gain = min(LOUDNESS / loudness, PEAK / peak)
    return array("h", [round(gain * (sample - mean)) for sample in samples]).tobytes()
