"""Small stories for tests, as folders beside this file.

Mill Lane is what the interface, the window and the kiosk are tested with (the fixture `mill`): few pages, with each
part that a screen can have. The Mill is what playing, saving and exporting are tested with (in tests/play the fixture
`the_mill`): its pages, effects and calendar use every part of the language, and it has a Chinese translation. The Ferry
has what stands around the pages: people, reasons, answers, lines, sources, measures and a map. Hælsey is another
history: it shares no word with the shipped story.
"""

from __future__ import annotations

import math
import wave
from array import array
from functools import cache
from pathlib import Path
from shutil import copytree

from PIL import Image, ImageDraw

from game.story import Story, load

MILL_LANE = Path(__file__).parent / "mill_lane"
THE_MILL = Path(__file__).parent / "the_mill"
THE_FERRY = Path(__file__).parent / "the_ferry"
HAELSEY = Path(__file__).parent / "haelsey"


RED, BLUE = (200, 30, 30), (40, 60, 160)
HARBOUR_HZ = 440


def haelsey_with_files(folder: Path) -> Path:
    """A copy of Hælsey in `folder`, with its images, a blue wall each with a red spot at the focus, and with the
    harbour's sound, a tone of HARBOUR_HZ."""
    copied = Path(copytree(HAELSEY, folder / "haelsey"))
    (copied / "pictures").mkdir()
    spotted((900, 600), (0.2, 0.3)).save(copied / "pictures" / "harbour.jpg", quality=95)
    spotted((400, 700), (0.5, 0.5)).save(copied / "pictures" / "loft.png")
    tone(copied / "sounds" / "harbour.wav")
    spotted((500, 500), (0.6, 0.4)).save(copied / "pictures" / "letter.png")
    return copied


def tone(file: Path, hz: int = HARBOUR_HZ, seconds: float = 3.0, rate: int = 44100, channels: int = 2) -> None:
    """Write a tone as a WAV file, into a folder that may be new."""
    file.parent.mkdir(exist_ok=True)
    wave_of = (round(9000 * math.sin(2 * math.pi * hz * i / rate)) for i in range(round(seconds * rate)))
    with wave.open(str(file), "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(array("h", (sample for sample in wave_of for _ in range(channels))).tobytes())


def spotted(size: tuple[int, int], at: tuple[float, float]) -> Image.Image:
    """A blue image with a red spot at a share of its width and height."""
    drawn = Image.new("RGB", size, BLUE)
    x, y, radius = at[0] * size[0], at[1] * size[1], min(size) / 20
    ImageDraw.Draw(drawn).ellipse((x - radius, y - radius, x + radius, y + radius), RED)
    return drawn


@cache
def load_the_mill() -> Story:
    """The Mill, for tests whose report must not hold all of it."""
    return load(THE_MILL)


@cache
def load_the_ferry(language: str = "") -> Story:
    """The Ferry, in its own language or translated."""
    return load(THE_FERRY, language=language)
