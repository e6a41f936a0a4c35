"""Measures of sound: loudness to EBU R128, true peak, spectrum, loop seams, jumps and audible repeats."""

from __future__ import annotations

import random
import wave
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyloudnorm
from scipy import signal

from game.desktop.audio.audio_process import RATE, Occasions

Samples = npt.NDArray[np.float64]  # one channel, from -1 to 1

SILENCE = -99.0  # what stands for minus infinity, in LUFS and dBTP
BANDS = ((20, 125), (125, 500), (500, 2000), (2000, 8000))  # Hz: rumble, body, speech, air
LEAST_STEP = 10 ** (-50 / 20)  # -50 dBFS
ENVELOPE_RATE = 20  # values a second
SHORTEST_PERIOD = 1.5  # seconds: quicker repeats are a rhythm, as of crickets and bellows
VOLUME_STEPS = 128  # SDL's mixer knows no finer levels


def read(file: Path) -> Samples:
    """A WAV file's samples: 16 bits, one channel, RATE."""
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float64) / 32768


def mix(
    sounds: Mapping[str, Samples],
    loops: Mapping[str, float],
    seconds: float,
    occasional: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    seed: int = 1,
) -> Samples:
    """What the mixer plays at a place: loops from their beginnings, occasional sounds as `seed` has them come."""
    whole = np.zeros(round(seconds * RATE))
    for name, level in loops.items():
        whole += _step(level) * np.resize(sounds[name], whole.size)
    occasions = Occasions(random.Random(seed))
    occasions.change(occasional, 0.0)
    while (now := occasions.wait(0.0)) < seconds:
        for name, level in occasions.due(now).items():
            start = round(now * RATE)
            part = sounds[name][: whole.size - start]
            whole[start : start + part.size] += _step(level) * part
    return whole


def _step(level: float) -> float:
    """The level that SDL makes of it."""
    return int(level * VOLUME_STEPS) / VOLUME_STEPS


def loudness(sound: Samples, block: float = 0.4) -> float:
    """Integrated loudness in LUFS, gated, over blocks of `block` seconds; what is shorter is filled with silence."""
    least = round(block * RATE)
    if sound.size < least:
        sound = np.pad(sound, (0, least - sound.size))
    found = float(pyloudnorm.Meter(RATE, block_size=block).integrated_loudness(sound))
    return found if np.isfinite(found) else SILENCE


def loudest(sound: Samples, seconds: float) -> float:
    """The loudest stretch of `seconds` in LUFS: momentary with 0.4, short-term with 3."""
    length, hop = round(seconds * RATE), round(0.1 * RATE)
    sound = np.pad(sound, (0, max(0, length - sound.size)))
    starts = range(0, sound.size - length + 1, hop)
    return max(loudness(sound[start : start + length], seconds) for start in starts)


def true_peak(sound: Samples) -> float:
    """The peak between the samples too, oversampled four times, in dBTP."""
    highest = float(np.max(np.abs(signal.resample_poly(sound, 4, 1))))
    return 20 * float(np.log10(highest)) if highest > 0 else SILENCE


def crest(sound: Samples) -> float:
    """Peak above the root mean square, in dB."""
    return 20 * float(np.log10(np.max(np.abs(sound)) / np.sqrt(np.mean(sound**2))))


def spectrum(sound: Samples) -> tuple[Samples, Samples]:
    """Frequencies in Hz and the power at each."""
    hz, power = signal.welch(sound, RATE, nperseg=min(4096, sound.size))
    return hz, power


def band_shares(sound: Samples) -> tuple[float, ...]:
    """The share of the power in each of BANDS, of 1."""
    hz, power = spectrum(sound)
    whole = float(power[hz >= BANDS[0][0]].sum())
    return tuple(float(power[(hz >= low) & (hz < high)].sum()) / whole for low, high in BANDS)


def centroid(sound: Samples) -> float:
    """The middle of the spectrum in Hz."""
    hz, power = spectrum(sound)
    return float((hz * power).sum() / power.sum())


def flatness(sound: Samples) -> float:
    """Spectral flatness from 40 to 7,000 Hz: 1 is white noise, 0 a tone."""
    hz, power = spectrum(sound)
    heard = power[(hz > 40) & (hz < 7000)] + 1e-20
    return float(np.exp(np.mean(np.log(heard))) / np.mean(heard))


def seam(loop: Samples) -> tuple[float, float]:
    """How the step and the bend from a loop's end to its beginning compare with the largest usual ones (1: as large).

    The usual is the 99.9th percentile of all steps between samples, and of all bends.
    """
    round_it = np.concatenate((loop, loop[:2]))
    steps, bends = np.abs(np.diff(round_it)), np.abs(np.diff(round_it, 2))
    at_seam = steps[loop.size - 1], max(bends[loop.size - 2], bends[loop.size - 1])
    return float(at_seam[0] / np.quantile(steps, 0.999)), float(at_seam[1] / np.quantile(bends, 0.999))


def clicks(sound: Samples, factor: float = 12.0) -> int:
    """How many samples bend away from their neighbours `factor` times more than is usual in the 20 ms beside them.

    What is less than a step of LEAST_STEP is not counted: nobody hears it under a place.
    """
    bends = np.abs(np.diff(sound, 4))
    window = round(0.02 * RATE) | 1
    usual = np.sqrt(signal.fftconvolve(bends**2, np.ones(window) / window, "same").clip(1e-12))
    beside = np.maximum(np.roll(usual, window), np.roll(usual, -window))
    return int(np.sum(bends > factor * beside + 3 * LEAST_STEP))


def envelope(sound: Samples) -> Samples:
    """Its loudness over time, ENVELOPE_RATE values a second, in dB."""
    hop = RATE // ENVELOPE_RATE
    power = (sound[: sound.size // hop * hop] ** 2).reshape(-1, hop).mean(axis=1)
    return np.asarray(10 * np.log10(power + 1e-9), dtype=np.float64)


def repeat(sound: Samples, longest: float = 60.0) -> tuple[float, float]:
    """The most audible repeat: its period in seconds, and how alike the envelope is to itself after it (1: the same).

    Periods under SHORTEST_PERIOD are not looked at.
    """
    shape = envelope(sound)
    best = (0.0, 0.0)
    for lag in range(round(SHORTEST_PERIOD * ENVELOPE_RATE), min(round(longest * ENVELOPE_RATE), shape.size // 2)):
        alike = float(np.corrcoef(shape[:-lag], shape[lag:])[0, 1])
        if alike > best[1]:
            best = lag / ENVELOPE_RATE, alike
    return best
