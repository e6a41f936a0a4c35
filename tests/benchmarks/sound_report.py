"""Sound report: what is in each file and in each place's mix, and whether the mixer clicks when it fades.

    .venv/bin/python -m tests.benchmarks.sound_report [--seconds 120] [--fades]

Prints a row a file, a row a place of the shipped story (at the settings that a reader begins with), and with `--fades`
what the real mixer writes to a file instead of a loudspeaker while it fades from place to place.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from game.desktop.audio.audio_client import system_audio_client
from game.desktop.audio.audio_process import RATE, AudioCommand
from game.resources import story_folder
from game.story import load
from game.ui.soundscape import PlaceSounds, place_sounds
from tests import sound_measures as measure
from tests.packaging.test_sounds import FOLDER, at_usual_level, pictures, sounds

Places = dict[str, PlaceSounds]


def print_files(places: Places) -> None:
    print(f"{'file':12} {'s':>5} {'LUFS':>6} {'loudest':>7} {'dBTP':>6} {'crest':>5} {'Hz':>5} {'flat':>5}"
          "  20-125/-500/-2k/-8k   seam: step bend")  # fmt: skip
    loops = {loop for place in places.values() for loop in place.loops}
    for name, sound in sounds().items():
        shares = "/".join(f"{share:4.0%}" for share in measure.band_shares(sound))
        joint = "" if name not in loops else "{:5.2f} {:5.2f}".format(*measure.seam(sound))
        print(f"{name:12} {sound.size / RATE:5.1f} {measure.loudness(sound):6.1f} "
              f"{measure.loudest(sound, 0.4):7.1f} {measure.true_peak(sound):6.1f} {measure.crest(sound):5.1f} "
              f"{measure.centroid(sound):5.0f} {measure.flatness(sound):5.2f}  {shares}   {joint}")  # fmt: skip
    print(f"{sum(sound.nbytes // 4 for sound in sounds().values()):,} bytes\n")


def print_places(places: Places, seconds: float) -> None:
    print(f"{'place':22} {'LUFS':>6} {'3 s':>6} {'dBTP':>6} {'Hz':>5} {'flat':>5} {'repeat':>12}  what sounds")
    for name, place in places.items():
        levels, occasional = at_usual_level(place)
        sound = measure.mix(sounds(), levels, seconds, occasional)
        period, alike = measure.repeat(sound)
        heard = [f"{loop} {level:.2f}" for loop, level in levels.items()]
        heard += [f"{name} {level:.2f}/{every:.0f}s" for name, (level, every) in occasional.items()]
        print(f"{name:22} {measure.loudness(sound):6.1f} {measure.loudest(sound, 3):6.1f} "
              f"{measure.true_peak(sound):6.1f} {measure.centroid(sound):5.0f} {measure.flatness(sound):5.2f} "
              f"{period:5.1f} s {alike:4.2f}  {', '.join(heard)}")  # fmt: skip


def print_fades(places: Places) -> None:
    """Go through the places with the real mixer, two seconds at each, and look for jumps.

    Only with loops that have none of their own: a fire's crackling looks like a jump.
    """
    smooth = {name for name, sound in sounds().items() if measure.clicks(sound) == 0}
    with tempfile.TemporaryDirectory() as folder:
        tape = Path(folder) / "mix.raw"
        os.environ |= {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(tape)}
        client = system_audio_client(FOLDER)
        for place in places.values():
            client.send(AudioCommand({name: level for name, level in place.loops.items() if name in smooth}, {}, 1.6))
            time.sleep(2)
        client.send(None)
        time.sleep(2)
        played = np.frombuffer(tape.read_bytes()[: tape.stat().st_size // 2 * 2], "<i2").astype(np.float64) / 32768
    print(f"\nfades: {played.size / RATE:.0f} s played, {measure.clicks(played)} clicks, "
          f"{measure.loudness(played):.1f} LUFS, {measure.true_peak(played):.1f} dBTP")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120, help="of each place's mix (default: 120)")
    parser.add_argument("--fades", action="store_true", help="have the real mixer play too, which takes two minutes")
    given = parser.parse_args()
    places = {name: place_sounds(picture) for name, picture in pictures(load(story_folder())).items()}
    print_files(places)
    print_places(places, given.seconds)
    if given.fades:
        print_fades(places)


if __name__ == "__main__":
    main()
