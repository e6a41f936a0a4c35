"""Draw the README's pictures, without a screen.

    python assets/screenshots/make.py [--out FOLDER] [NAME ...]

Writes NAME.png, each of them where none is named, beside this file or into FOLDER: 1440 x 810 pixels with a palette of
256 colours, a third of the size of true colour. The same bytes come out each time. Look at them before they are
committed: a page of the story that was changed may break elsewhere now.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
from PIL import Image

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.state import ClassState, apply_event, initial_state
from game.classroom.wall_view import build_class_view
from game.desktop.export.shots import ShotRenderer
from game.desktop.render.fonts import Fonts
from game.play import Playthrough, begin, follow
from game.resources import assets_folder, story_folder
from game.story import Story, load
from game.ui.class_state import JoinInfo
from game.ui.handlers.classroom import class_changed, start_class
from game.ui.i18n import Catalogue
from game.ui.state import AppState, ScreenView

HERE = Path(__file__).resolve().parent
SIZE = (1440, 810)  # pixels
COLOURS = 256
HER_WAY = "full-bowls,myself,bury,at-dusk,give-wok,slip-away,press,turnips"
HIS_WAY = "modest,short,blind-eye,one,scrap-only"
BALLOTS = ((2, 4, 4), (4, 1, 4))  # of each door, for its first, second and third choice


def reading(role: str, takes: str, node: str) -> Callable[[Story, Catalogue], AppState]:
    """The window on a node's page, after a list of choices."""

    def state(story: Story, words: Catalogue) -> AppState:
        line: list[Playthrough] = [begin(story, role, "full")]
        for take in takes.split(","):
            line += follow(line[-1], take)
        while not line[-1].over:
            line.append(line[-1].choose(line[-1].page.choices[0].id))
        page = next(p for p in line if p.page.node == node)
        return AppState(story, words, playthrough=page, views=(ScreenView("title"), ScreenView("reading")))

    return state


def wall(story: Story, words: Catalogue) -> AppState:
    """A class's wall with the result of its first vote; seven phones did not vote."""
    state = initial_state(story, ev.Begun(story.pack, story.version, "class", None, "K7QP"))
    joining = JoinInfo("192.168.1.20:8765/K7QP", "K7QP", ("192.168.1.20",))

    def then(events: commands.Events) -> ClassState:
        now = state
        for event in events:
            now = apply_event(now, event)
        return now

    seats = [f"seat-{number}" for number in range(26)]
    for seat in seats:
        state = then(commands.join(state, seat))
    while not state.can_vote:
        state = then(commands.go_on(state))
    state = then(commands.open_vote(state))
    for track, ballots in zip(state.tracks, BALLOTS, strict=True):
        own = (seat for seat in seats if state.track_of(seat) == track)
        for choice, number in zip(track.page.choices, ballots, strict=True):
            for seat in islice(own, number):
                state = then(commands.vote(state, seat, state.number, choice.id))
    app = start_class(story, words, build_class_view(state, joining, left=0.0))
    return class_changed(app, build_class_view(then(commands.reveal(state)), joining, left=0.0))


# name: the state of the interface, and which of the pictures of a page that scrolls
PICTURES: dict[str, tuple[Callable[[Story, Catalogue], AppState], int]] = {
    "reservoir": (reading("villager", HER_WAY, "v-reservoir.third-house"), 0),
    "reading": (reading("villager", HER_WAY, "v-pots-into-iron.collectors"), -1),
    "county": (reading("official", HIS_WAY, "o-the-number.bench"), 0),
    "winter": (reading("villager", HER_WAY, "v-the-ladle.bowls"), -1),
    "wall": (wall, 0),
}


def palette_png(surface: pygame.Surface) -> bytes:
    """Return a surface as PNG with a palette."""
    picture = Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))
    coarse = picture.point([min(255, (value + 4) // 8 * 8) for value in range(256)] * 3)  # half the bytes
    data = io.BytesIO()
    coarse.quantize(COLOURS, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the README's pictures.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PICTURES))
    parser.add_argument("--out", type=Path, default=HERE, metavar="FOLDER")
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(PICTURES)):
        parser.error(f"there is no picture {unknown[0]}: there are {', '.join(PICTURES)}")
    pygame.display.init()
    story, words = load(story_folder()), Catalogue(assets_folder() / "locale")
    renderer = ShotRenderer(Fonts(assets_folder() / "fonts"), SIZE)
    for name in options.names or PICTURES:
        state, which = PICTURES[name]
        pictures = [surface for _, surface in renderer.pictures(name, state(story, words))]
        file = options.out / f"{name}.png"
        file.write_bytes(palette_png(pictures[which]))
        sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
