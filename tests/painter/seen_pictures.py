"""How every scene looked when a person last checked it. `python -m tests.painter.seen_pictures` paints the file
anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pygame

from game import scene_table
from game.core.parameters import WordParameter
from game.painter import SCENES, paint

FILE = Path(__file__).with_name("seen_pictures.png")
PAINTED, KEPT = (480, 270), (96, 54)  # pixels: the painted size, and the stored size
# A scene ignores parameters that it does not know.
STATES: tuple[dict[str, int | bool | str], ...] = (
    {
        "year": 1958, "season": "summer", "hour": "day", "crops": "ripe", "forest": 8, "furnaces": 4, "glow": True,
        "orchard": True, "smoke": True, "snow": False, "lamps": 6, "jar": 7, "wok": True, "bowls": 5, "coats": 4,
        "steam": True, "sacks": 9, "queue": True, "lamp": True, "people": 8, "leaves": 9, "pears": 7,
    },
    {
        "year": 1960, "season": "winter", "hour": "dusk", "crops": "bare", "forest": 2, "furnaces": 1, "glow": False,
        "orchard": False, "smoke": False, "snow": True, "lamps": 1, "jar": 1, "wok": False, "bowls": 1, "coats": 1,
        "steam": False, "sacks": 1, "queue": False, "lamp": False, "people": 1, "leaves": 2, "pears": 1,
    },
    {
        "year": 1962, "season": "spring", "hour": "night", "crops": "young", "forest": 0, "smoke": True, "lamps": 3,
        "jar": 0, "bowls": 0, "coats": 0, "sacks": 0, "people": 0, "posters": True, "rebuilt": True,
    },
)  # fmt: skip


def states(scene: str) -> list[Mapping[str, int | bool | str]]:
    """The painted states of a scene: each state, and the first one with each `thing`."""
    thing = scene_table.SCENES[scene].props.get("thing")
    things = thing.words if isinstance(thing, WordParameter) else ()
    return [*STATES, *({**STATES[0], "thing": shown} for shown in things if shown != scene_table.NOTHING)]


def small_pictures(scene: str) -> Iterator[bytes]:
    for params in states(scene):
        small = pygame.transform.smoothscale(paint(scene, params, PAINTED).convert(24), KEPT)
        yield pygame.image.tobytes(small, "RGB")


def places() -> Iterator[tuple[str, int, pygame.Rect]]:
    """The place of each scene and state in the file: ten in a row."""
    every = ((scene, state) for scene in sorted(SCENES) for state, _ in enumerate(states(scene)))
    for number, (scene, state) in enumerate(every):
        yield scene, state, pygame.Rect((number % 10 * KEPT[0], number // 10 * KEPT[1]), KEPT)


def main() -> None:
    pictures = {(scene, state): picture for scene in SCENES for state, picture in enumerate(small_pictures(scene))}
    sheet = pygame.Surface((10 * KEPT[0], -(-len(pictures) // 10) * KEPT[1]), depth=24)
    for scene, state, place in places():
        sheet.blit(pygame.image.frombytes(pictures[scene, state], KEPT, "RGB"), place)
    pygame.image.save(sheet, FILE)


if __name__ == "__main__":
    main()
