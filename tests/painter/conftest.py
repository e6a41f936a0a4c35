"""The painter needs no screen: SDL is told so before pygame is imported."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
