"""Small stories for tests, as folders beside this file.

Mill Lane is what the interface, the window and the kiosk are tested with (the fixture `mill`): few pages, with each
part that a screen can have. The Mill is what playing, saving and exporting are tested with (in tests/play the fixture
`the_mill`): its pages, effects and calendar use every part of the language, and it has a Chinese translation. The Ferry
has what stands around the pages: people, reasons, answers, lines, sources, measures and a map. Hælsey is another
history: it shares no word with the shipped story.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from game.story import Story, load

MILL_LANE = Path(__file__).parent / "mill_lane"
THE_MILL = Path(__file__).parent / "the_mill"
THE_FERRY = Path(__file__).parent / "the_ferry"
HAELSEY = Path(__file__).parent / "haelsey"


@cache
def load_the_mill() -> Story:
    """The Mill, for tests whose report must not hold all of it."""
    return load(THE_MILL)


@cache
def load_the_ferry(language: str = "") -> Story:
    """The Ferry, in its own language or translated."""
    return load(THE_FERRY, language=language)
