"""Two small stories for tests, as folders beside this file.

Mill Lane is what the interface, the window and the kiosk are tested with (the fixture `mill`): few pages, with each
part that a screen can have. The Mill is what playing, saving and exporting are tested with (in tests/play the fixture
`the_mill`): it uses every part of the language, and has a Chinese translation.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from game.story import Story, load

MILL_LANE = Path(__file__).parent / "mill_lane"
THE_MILL = Path(__file__).parent / "the_mill"


@cache
def load_the_mill() -> Story:
    """The Mill, for tests whose report must not hold all of it."""
    return load(THE_MILL)
