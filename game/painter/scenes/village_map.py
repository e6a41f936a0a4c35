"""Scene `map`: the village on a sheet of paper, seen from a hill: ridge, creek, fields, and the places met so far.

The parameter `spots` lists the places, separated by semicolons: `scene x y met`. x and y are hundredths of the map from
its left and upper edge; met is 1 if the reader has been there. Other places are not drawn, but nothing grows there.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from game.painter.canvas import SNOW, Brush, Colour, Frame, Palette, Point, SceneState, Shape, mix, scale, shapes
from game.painter.props.landmarks import LANDMARKS, Landmark, houses
from game.scene_table import map_point

WATER = frozenset({"reservoir", "furnaces", "dike"})  # scenes that lie by the creek
SIGN = 1.22  # the size of a place's sign, as a factor
ROOM = 0.085  # share of the map's size around a place in which nothing else grows


class MapSpot(NamedTuple):
    """A place on the map in pixels. `scene` is the scene's name. `met`: the reader has been there."""

    scene: str
    x: float
    y: float
    met: bool


def spots(frame: Frame, state: SceneState) -> list[MapSpot]:
    """Return the places on the map, in pixels. Entries of `spots` that cannot be read are left out."""
    found: list[MapSpot] = []
    for part in state.spots.split(";"):
        words = part.split()
        if len(words) == 4 and all(word.isdecimal() for word in words[1:]):
            x, y = map_point((min(100, int(words[1])) / 100, min(100, int(words[2])) / 100))
            found.append(MapSpot(words[0], frame.x(x), frame.y(y), words[3] != "0"))
    return found


def village_map(brush: Brush) -> None:
    """Paint the map."""
    frame, colours = brush.frame, brush.colours
    table = mix(mix(colours.wood, colours.ink, 0.45), colours.earth, 0.15)
    brush.backing(frame.h, mix(table, colours.rim, 0.06), scale(table, 0.75))
    _sheet(brush)
    all_spots = spots(frame, brush.state)
    _fields(brush, all_spots)
    _ridges(brush)
    _creek(brush, all_spots)
    _paths(brush, [spot for spot in all_spots if spot.met])
    _trees(brush, all_spots)
    for spot in sorted((place for place in all_spots if place.met), key=lambda place: place.y):
        draw = LANDMARKS.get(spot.scene, houses)
        draw(Landmark(spot.x, spot.y, SIGN * brush.u, brush))
    brush.finish((frame.x(0.5), frame.y(0.5)), 0.2)


def _inside(frame: Frame, x: float, y: float) -> Point:
    """Return the pixel of a point on the turned sheet. `x` and `y` are shares of the map's width and height."""
    turn = math.radians(-0.7)
    dx, dy = (x - 0.5) * frame.width, (y - 0.5) * frame.height
    return (
        frame.x(0.5) + dx * math.cos(turn) - dy * math.sin(turn),
        frame.y(0.5) + dx * math.sin(turn) + dy * math.cos(turn),
    )


def _outline(frame: Frame, inset: float, seed: str) -> list[Point]:
    """Return the torn edge of a sheet. `inset` is its distance from the map's edges, a fraction of width and height."""
    rng = random.Random(seed)
    a, b, steps = inset, 1 - inset, 26
    sides = (((a, a), (b, a)), ((b, a), (b, b)), ((b, b), (a, b)), ((a, b), (a, a)))
    return [
        _inside(
            frame,
            x0 + (x1 - x0) * k / steps + rng.uniform(-0.0022, 0.0022),
            y0 + (y1 - y0) * k / steps + rng.uniform(-0.0022, 0.0022),
        )
        for (x0, y0), (x1, y1) in sides
        for k in range(steps)
    ]


def _land(colours: Palette, state: SceneState) -> Colour:
    paper = mix(colours.wall, colours.rim, 0.5)
    return mix(paper, SNOW, 0.55) if state.snow else mix(paper, colours.field, 0.16)


def _sheet(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    paper = mix(colours.wall, colours.rim, 0.62)
    rim = mix(paper, (255, 255, 255), 0.5)
    brush.lay([_outline(frame, 0.02, "map edge")], paper, scale(paper, 0.93), 1.6 * u, edge=(rim, 0.2 * u))
    land = _land(colours, brush.state)
    border = mix(land, colours.ink, 0.3), 0.12 * u
    brush.lay([_outline(frame, 0.04, "map land")], land, scale(land, 0.94), 0.25 * u, edge=border, shade=0.25)


def _ridges(brush: Brush) -> None:
    """Draw Tiger Ridge along the upper edge: two crests, each with the wood that is left."""
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.edge
    for row, (top, foot, nearness, tall) in enumerate(((0.085, 0.135, 0.3, 4.2), (0.125, 0.185, 0.55, 5.4))):
        rng = random.Random(f"map ridge {row}")
        crest = shapes.profile(rng, frame.y(top), 1.7 * u, 40 * u)
        left, right, low = frame.x(0.045), frame.x(0.955), frame.y(foot)
        count = 40
        xs = [left + (right - left) * k / count for k in range(count + 1)]
        # it becomes lower at both ends
        lift = [min(1.0, 6 * k / count, 6 * (count - k) / count) for k in range(count + 1)]
        upper = [(x, low + (crest(x) - low) * part) for x, part in zip(xs, lift, strict=True)]
        lower = [(x, low + 0.7 * u * math.sin(x / (7 * u))) for x in reversed(xs)]
        standing, faces = _wood(rng, upper, tall * u, state)
        tone = mix(colours.hill(nearness), colours.rim, 0.08)
        border = mix(tone, edge[0], 0.5), edge[1]
        brush.lay([[*upper, *lower], *standing], tone, mix(tone, _land(colours, state), 0.5), 0.7 * u, edge=border)
        if faces:
            brush.lay(faces, mix((232, 200, 150), tone, 0.25))


def _wood(
    rng: random.Random, crest: Sequence[Point], tall: float, state: SceneState
) -> tuple[list[Shape], list[Shape]]:
    """Return the trees and stumps on a crest, and the stumps' pale tops. `tall` is about a tree's height."""
    count = 34
    ranks = [(i + 0.5) / count for i in range(count)]
    rng.shuffle(ranks)
    standing: list[Shape] = []
    faces: list[Shape] = []
    for i, rank in enumerate(ranks):
        along = (0.06 + 0.88 * (i + rng.uniform(0.1, 0.9)) / count) * (len(crest) - 1)
        at, share = int(along), along % 1
        x = crest[at][0] + (crest[at + 1][0] - crest[at][0]) * share
        y = crest[at][1] + (crest[at + 1][1] - crest[at][1]) * share + 0.25 * tall
        height = tall * rng.uniform(0.8, 1.2)
        tree = shapes.broadleaf(rng, x, y, height)
        if rank < state.forest / 10:
            standing.append(tree)
        else:
            size = 0.17 * height
            standing.append(shapes.stump(x, y, size))
            faces.append(shapes.ellipse(x, y - size, 0.34 * size, 0.15 * size, 12))
    return standing, faces


def _creek(brush: Brush, all_spots: Sequence[MapSpot]) -> None:
    """Draw the creek from the ridge past the places that lie by the water, then down and out of the map."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    by_water = sorted((spot for spot in all_spots if spot.scene in WATER), key=lambda spot: spot.y)
    if not by_water:
        return
    first, last = by_water[0], by_water[-1]
    aside = [(spot.x + 4.5 * u, spot.y + 2.6 * u) for spot in by_water]
    start, end = (first.x - 3 * u, frame.y(0.16)), (frame.x(0.045), min(frame.y(0.955), last.y + 7 * u))
    rng = random.Random("map creek")
    bends: list[Point] = [start, (first.x, first.y)]
    for a, b in pairwise(aside):
        bends += [((a[0] + b[0]) / 2 + rng.uniform(-3, 3) * u, (a[1] + b[1]) / 2), b]
    curve = shapes.smooth([*bends, end], 10)
    broad = [(1.0 + 1.5 * k / len(curve)) * u for k in range(len(curve))]
    bank = mix(colours.water, colours.ink, 0.4)
    brush.lay(
        [shapes.ribbon(curve, broad)], colours.water, mix(colours.water, colours.ink, 0.12), edge=(bank, 0.16 * u)
    )
    light: list[Shape] = [
        shapes.lens(curve[k], (curve[k + 3][0], curve[k + 3][1]), 0.26 * u) for k in range(4, len(curve) - 4, 7)
    ]
    brush.slit(light, mix(colours.water, (255, 255, 255), 0.5), mix(colours.water, (255, 255, 255), 0.3))


def _fields(brush: Brush, all_spots: Sequence[MapSpot]) -> None:
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    rng = random.Random("map fields")
    kinds = {
        "ripe": colours.ear,
        "standing": colours.field,
        "young": mix(colours.field, colours.leaf, 0.4),
        "rotting": mix(colours.ear, colours.earth, 0.55),
        "bare": mix(colours.earth, colours.wall, 0.35),
    }
    grown, soil = kinds[state.crops], mix(colours.earth, colours.wall, 0.5)
    rows: list[Shape] = []
    for down in range(5):
        y = 0.45 + 0.103 * down
        x = 0.06 + 0.01 * down
        while x < 0.88:
            wide, deep = rng.uniform(0.08, 0.15), rng.uniform(0.06, 0.085)
            a, b = _inside(frame, x, y), _inside(frame, min(0.945, x + wide), y)
            c, d = _inside(frame, min(0.95, x + wide + 0.012), min(0.95, y + deep)), _inside(frame, x - 0.01, y + deep)
            middle = (a[0] + c[0]) / 2, (a[1] + c[1]) / 2
            kept, tone = rng.random() < 0.72, mix(grown, soil, rng.uniform(0.1, 0.5))
            if kept and not _taken(frame, all_spots, middle):
                tone = mix(tone, SNOW, 0.55) if state.snow else tone
                border = mix(tone, colours.rim, 0.4), 0.12 * u
                brush.lay([[a, b, c, d]], tone, scale(tone, 0.94), 0.12 * u, edge=border, shade=0.3)
                for k in range(1, 5):
                    t = k / 5
                    p = (a[0] + (d[0] - a[0]) * t + 0.4 * u, a[1] + (d[1] - a[1]) * t)
                    q = (b[0] + (c[0] - b[0]) * t - 0.4 * u, b[1] + (c[1] - b[1]) * t)
                    rows.append(shapes.lens(p, q, 0.2 * u))
            x += wide + 0.012
    brush.slit(rows, mix(grown, colours.ink, 0.42), mix(grown, colours.rim, 0.3))


def _paths(brush: Brush, met: Sequence[MapSpot]) -> None:
    """Draw footpaths: each met place is joined to the nearest place that is joined already."""
    u, colours = brush.u, brush.colours
    if len(met) < 2:
        return
    cx, cy = sum(place.x for place in met) / len(met), sum(place.y for place in met) / len(met)
    waiting = sorted(met, key=lambda place: math.hypot(place.x - cx, place.y - cy))
    joined = [waiting.pop(0)]
    ways: list[Shape] = []
    for number, spot in enumerate(waiting):
        near = min(joined, key=lambda place: math.hypot(place.x - spot.x, place.y - spot.y))
        rng = random.Random(f"map path {number}")
        middle = ((spot.x + near.x) / 2 + rng.uniform(-2, 2) * u, (spot.y + near.y) / 2 + rng.uniform(-1, 2) * u)
        ways.append(shapes.ribbon(shapes.smooth([(near.x, near.y), middle, (spot.x, spot.y)], 10), 0.75 * u))
        joined.append(spot)
    tone = mix(colours.earth, colours.rim, 0.55)
    brush.lay(ways, tone, edge=(mix(tone, colours.ink, 0.25), 0.1 * u))


def _trees(brush: Brush, all_spots: Sequence[MapSpot]) -> None:
    """Draw round trees, but not near a place of the map. They are felled together with the wood on the ridge."""
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.edge
    rng = random.Random("map trees")
    crowns: list[Shape] = []
    trunks: list[Shape] = []
    places = [(rng.uniform(0.08, 0.92), rng.uniform(0.22, 0.93)) for _ in range(64)]
    for number, (px, py) in enumerate(sorted(places, key=lambda place: place[1])):
        x, y = _inside(frame, px, py)
        tall = (2.6 + 1.4 * rng.random()) * u
        chance = random.Random(f"map tree {number}")
        if _taken(frame, all_spots, (x, y - tall / 2)):
            continue
        if (number * 7) % 10 >= state.forest:
            trunks.append(shapes.stump(x, y, 0.22 * tall))
        elif state.season == "winter":
            trunks += shapes.bare(chance, x, y, tall * 1.1)
        else:
            trunks.append(shapes.ribbon([(x, y), (x, y - 0.5 * tall)], [0.3 * u, 0.2 * u]))
            crowns.append(shapes.crown(chance, x, y - 0.72 * tall, 0.42 * tall, 0.38 * tall, 7))
    brush.cut(trunks, mix(colours.wood, colours.ink, 0.3), 0.15 * u, edge=edge)
    brush.cut(crowns, mix(colours.leaf, colours.hill(0.8), 0.4), 0.4 * u, edge=edge)


def _taken(frame: Frame, all_spots: Sequence[MapSpot], at: Point) -> bool:
    """Return whether a place of the map is so near to the pixel `at` that nothing else grows there."""
    return any(
        abs(spot.x - at[0]) < ROOM * frame.width and abs(spot.y - 2 * frame.u - at[1]) < ROOM * frame.height
        for spot in all_spots
    )
