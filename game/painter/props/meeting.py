"""Meeting: draws the hall's benches and the people on them, the front, and the posters of 1966."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from game.core.values import frozen
from game.painter.canvas import Brush, Origin, Part, Perspective, Shape, mix, scale, shapes
from game.painter.props import figures

_STROKES = (
    ((-0.9, 0.5), (0.95, 0.75)), ((-0.8, -0.25), (0.8, 0.0)), ((0.1, 1.1), (-0.1, -1.1)),
    ((0.0, 0.3), (-0.95, -1.05)), ((0.0, 0.2), (1.0, -0.95)), ((-0.7, -1.0), (0.75, -0.85)),
)  # fmt: skip
NAVE, BEAM, EAVES = 24.0, 55.0, 44.0  # in units: from the middle to the first posts; the heights from which sheets hang


def front(brush: Brush) -> None:
    """Draw the hall's front: in 1962 the work team at its table; before 1962 and with the posters only a bench."""
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    z = 30.0
    wood = mix(tones.far, tones.near, 0.5)
    k = v.k(z)
    if state.year < 1962 or state.posters:
        legs = [v.face(x - 0.6, 0, x + 0.6, 9, z) for x in (-6.4, 6.4)]
        cross = [v.face(-6.4, 3.4, 6.4, 4.4, z)]
        brush.stain([v.flat(-7, 7, z - 14, z)], colours.shadow, 90)
        brush.cut([*legs, *cross, v.flat(-8, 8, z - 2, z + 2, 9.6), v.face(-8, 8.6, 8, 9.8, z - 2)], wood, 0.8 * v.u)
        return
    rng = random.Random("work team")
    sitters: tuple[tuple[float, figures.Kind], ...] = ((-7.6, "cap"), (0.6, "bun"), (8.4, "cropped"))
    cuts = [figures.bust(rng, v.at(x, 0, z)[0], v.at(0, 14, z)[1], 1.25 * k, kind) for x, kind in sitters]
    dark = mix(tones.near, colours.ink, 0.4)
    figures.group(brush, cuts, dark, scale(dark, 0.8), tones.edge, 1.2 * k)
    top = v.flat(-15, 15, z - 5, z + 1, 14)
    outlines = [v.face(-15, 11.8, 15, 14, z - 5), *(v.face(x - 0.8, 0, x + 0.8, 12, z - 5) for x in (-13.5, 13.5)), top]
    brush.cut(outlines, wood, 1.0 * v.u)
    papers = [v.flat(x, x + 4, z - 4, z - 1, 14) for x in (-9, -2.4, 4.6)]
    brush.cut(papers, mix(colours.rim, tones.wall, 0.2), 0.2 * v.u)


def sheets(brush: Brush, z: float, near: float) -> None:
    """Draw the unreadable posters of 1966. They hang from the roof frame at the depth `z`. The greater `near`, the
    shorter the posters and the larger their shadows."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    rng = random.Random(f"sheets {z}")
    pale = mix(mix(colours.rim, tones.wall, 0.3), tones.near, 0.12)
    hung: list[Shape] = []
    writing: list[Shape] = []
    left, right = max(-150.0, v.x_at(0, z)), min(150.0, v.x_at(brush.frame.w, z))
    x = left
    while x < right:
        wide, long = rng.uniform(4.4, 7.4), rng.uniform(14, 24) * (1.1 - 0.3 * near)
        head = (BEAM - 5 if abs(x + wide / 2) < NAVE - 3 else EAVES - 5) + rng.uniform(-1.4, 0.4)
        clear = abs(x + wide / 2) > (17 if z > 40 else 19)
        if clear and rng.random() < 0.86:
            sway = rng.uniform(-0.6, 0.6)
            curl = shapes.smooth(
                v.points(
                    (x + wide + sway, head - long, z),
                    (x + wide / 2, head - long - 0.9, z),
                    (x + sway, head - long + rng.uniform(-0.5, 1.4), z),
                ),
                4,
            )
            hung.append([v.at(x, head, z), v.at(x + wide, head, z), *curl])
            brush.parts.add(Part(f"sheet {z} {len(hung)}", (hung[-1],), away=(0.0, -long * v.k(z))))  # from its beam
            for column in range(int(wide / 2.4)):
                cx = x + wide - 1.6 - 2.4 * column
                y = head - 2.2
                while y > head - long + rng.uniform(2, 6):
                    writing += _character(rng, v, cx, y, z)
                    y -= 2.5
        x += wide + rng.uniform(0.2, 5)
    brush.cut(hung, pale, (0.6 + near) * v.u, dark=0.82)
    if v.u > 3:
        brush.stain(writing, mix(colours.ink, pale, 0.25), 190)


def _character(rng: random.Random, v: Perspective, x: float, y: float, z: float) -> list[Shape]:
    """Return three broad brush strokes around (x, y) at depth `z`: a character too far away to read."""
    k = v.k(z)
    strokes: list[Shape] = []
    for (ax, ay), (bx, by) in rng.sample(_STROKES, 3):
        strokes.append(shapes.lens(v.at(x + ax, y + ay, z), v.at(x + bx, y + by, z), rng.uniform(0.34, 0.6) * k))
    return strokes


@frozen
class BenchRow:
    """A row of benches with an aisle in the middle, in units of the room.

    Attributes:
        inner: the distance from the room's middle to the first bench.
        pitch: the distance from the beginning of a bench to the beginning of the next.
        count, seats: the number of benches on each side, and of seats on each bench.
        low, high, seat: the heights of the board's lower edge, of the board's upper edge, and of the people's seat.
        legs: each leg's distance from the bench's left end.
    """

    inner: float
    pitch: float
    wide: float
    count: int
    seats: int
    low: float
    high: float
    legs: tuple[float, ...]
    seat: float


HALL_BENCHES = BenchRow(8, 15.2, 14, 4, 2, 7.6, 9, (1, 12), 9.2)
Sits = Callable[[random.Random, float], figures.FigureOutlines]


def sitters(name: str, places: Iterable[float], share: float, sway: float, sits: Sits) -> list[figures.FigureOutlines]:
    """Return people on about the fraction `share` (0 to 1) of the seats of the bench `name`. A smaller share leaves out
    people and moves nobody. `places` has the seats' x; `sits` gets a person's x, at most `sway` from the seat's."""
    found = []
    for number, x in enumerate(places):
        if rng := figures.sitter(f"{name} {number}", share):
            found.append(sits(rng, x + rng.uniform(-sway, sway)))
    return found


def bench_row(
    brush: Brush,
    of: BenchRow,
    z: float,
    name: str,
    share: float,
    sits: Sits,
    empty: tuple[int, int, int] | None = None,
) -> tuple[list[Shape], list[figures.FigureOutlines]]:
    """Return the boards and legs of a row of benches at the depth `z`, and the people (arguments as for `sitters`).
    Nobody sits on the seat `empty`: side (-1 left, 1 right), bench and seat, counted from the aisle."""
    v, k = brush.view, brush.view.k(z)
    wood: list[Shape] = []
    people: list[figures.FigureOutlines] = []
    for sign in (-1, 1):
        for i in range(of.count):
            a = sign * (of.inner + of.pitch * i)
            left, right = min(a, a + sign * of.wide), max(a, a + sign * of.wide)
            if v.at(right, 0, z)[0] < -4 * k or v.at(left, 0, z)[0] > brush.frame.w + 4 * k:
                continue
            wood.append(v.face(left, of.low, right, of.high, z))
            wood += [v.face(left + d, 0, left + d + 1.1, of.low + 0.4, z) for d in of.legs]
            step = of.wide / of.seats
            seats = [a + sign * (seat + 0.5) * step for seat in range(of.seats) if (sign, i, seat) != empty]
            people += sitters(f"{name} {sign} {i}", seats, share, 0.08 * step, sits)
    return wood, people


def benches(brush: Brush, row: int) -> None:
    """Draw a row of benches with the backs of the people on it. Row 0 is the farthest."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    z = (23.0, 4.0, -14.0, -27.0)[row]
    near, k = row / 3, v.k(z)
    wood = mix(tones.far, tones.near, 0.4 + 0.6 * near)

    def back(rng: random.Random, x: float) -> figures.FigureOutlines:
        kind = rng.choice(figures.KINDS)
        return figures.bust(rng, *v.at(x, HALL_BENCHES.seat, z), 0.95 * k, kind, v.at(x, 0, z + 2)[1])

    bench, cuts = bench_row(brush, HALL_BENCHES, z, f"hall {row}", brush.state.people / 10 * 1.02, back)
    coat = mix(mix(colours.roof, tones.far, 0.4), tones.near, 0.3 + 0.65 * near)
    figures.legs(brush, cuts, coat)
    if bench:
        brush.cut(bench, wood, 0.8 * k)
    if cuts:
        figures.group(brush, cuts, coat, mix(colours.ink, tones.near, 0.4), tones.edge, k)


def cap_with_slip(brush: Brush, at: tuple[float, float, float], size: float = 1.0) -> None:
    """Draw a cap on a bench with a slip of paper in it; `at` is its foot in units of the room."""
    (px, py), k = brush.view.at(*at), size * brush.view.k(at[2])
    origin = Origin(px, py, k)
    cloth = mix(mix(brush.colours.roof, brush.colours.leaf, 0.3), brush.colours.ink, 0.3)
    slip = origin.points((-0.6, -1.4), (1.9, -2.6), (2.3, -1.6), (0.2, -0.8))
    crown = origin.curve((-2.6, -1), (-1.6, -2), (1.4, -2), (2.6, -1), (2.2, 0), (-2.2, 0))
    peak = origin.curve((-2.2, -0.4), (-3.9, -0.1), (-3.4, 0.4), (-1.2, 0), steps=4)
    white = mix(brush.colours.rim, brush.tones.wall, 0.1)
    brush.cut([peak], cloth, 0.4 * k)
    brush.cut([crown], cloth, 0.4 * k, rim=0.7)
    brush.cut([slip], white, 0.3 * k)
