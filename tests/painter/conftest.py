"""Has SDL use no display before pygame is imported."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
