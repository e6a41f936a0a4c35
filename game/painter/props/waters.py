"""Waters: draws the creek as a strip or with bends, and its reeds. `u` is the number of pixels in a unit."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from game.painter.canvas import Brush, Point, Shape, mix, shapes


def water(brush: Brush, crest: shapes.Profile, thickness: float, sun_x: float) -> None:
    """Draw the river below `crest`, `thickness` pixels broad, with strokes of light around the column `sun_x`."""
    u, colours = brush.u, brush.colours
    step = max(4.0, u)
    count = math.ceil((brush.frame.w + 6 * u) / step)
    xs = [-3 * u + i * step for i in range(count + 1)]
    upper = [(x, crest(x)) for x in xs]
    lower = [(x, crest(x * 1.03 + 4 * u) + thickness * (1 + 0.3 * math.sin(x / (21 * u)))) for x in xs]
    outlines = [[*upper, *reversed(lower)]]
    rim = mix(colours.water, colours.ink, 0.35), 0.16 * u
    brush.lay(outlines, mix(colours.water, colours.sky_low, 0.5), colours.water, 0.5 * u, edge=rim, shade=0.3)
    rng = random.Random("ripples")
    cuts = []
    for _ in range(16):
        x = sun_x + rng.gauss(0, 13) * u
        y = crest(x) + thickness * rng.uniform(0.3, 0.85)
        half = rng.uniform(0.8, 2.6) * u
        cuts.append(shapes.lens((x - half, y), (x + half, y), 0.26 * u))
    brush.lay(cuts, mix(colours.sun, (255, 255, 255), 0.5), colours.sun, alpha=190)


def stream(brush: Brush, spine: Sequence[Point], widths: Sequence[float], lights: Sequence[Point] = ()) -> None:
    """Draw a river along the line `spine`, from far to near, and then straight to the picture's lower edge.
    `widths` has the river's width at each point of `spine`. Up to seven strokes reflect each of the `lights` (x, y)."""
    u, colours = brush.u, brush.colours
    spine, widths = [*spine], [*widths]
    while spine[-1][1] < brush.size[1] + 2 * u:
        (ax, ay), (bx, by) = spine[-2:]
        spine.append((bx + 0.9 * (bx - ax), by + 1.4 * max(u, by - ay)))
        widths.append(widths[-1] * 1.25)
    curve = shapes.smooth(spine, 8)
    broad = shapes.smooth([(float(i), width) for i, width in enumerate(widths)], 8)
    rng = random.Random("stream")
    wide = [max(0.3, width * rng.uniform(0.9, 1.12)) for _, width in broad]
    banks = [width * 1.06 + rng.uniform(0.5, 1.3) * u * min(1.0, width / (3 * u)) for width in wide]
    soil = mix(colours.hill(0.9), colours.earth, 0.2)
    brush.cut([shapes.ribbon(curve, banks)], soil, 0, lit=0.05, rim=0.25)
    deep = mix(colours.water, colours.ink, 0.12)
    border = mix(soil, colours.ink, 0.45), 0.34 * u
    brush.lay([shapes.ribbon(curve, wide)], mix(colours.water, colours.sky_low, 0.6), deep, edge=border)
    pale: list[Shape] = []
    for _ in range(70):
        i = rng.randrange(len(curve))
        half = wide[i] * rng.uniform(0.12, 0.4)
        x, y = curve[i][0] + rng.uniform(-0.3, 0.3) * wide[i], curve[i][1] + rng.uniform(-0.22, 0.22) * wide[i]
        pale.append(shapes.lens((x - half, y), (x + half, y), min(0.34 * u, 0.1 * wide[i])))
    brush.slit(pale, mix(deep, colours.rim, 0.6), deep)
    shine: list[Shape] = []
    for x, y in lights:
        near = [i for i, (px, py) in enumerate(curve) if abs(px - x) < 2.5 * u + wide[i] and py > y]
        for i in near[:7]:
            half = rng.uniform(0.12, 0.3) * wide[i]
            at = x + rng.uniform(-0.5, 0.5) * u
            shine.append(shapes.lens((at - half, curve[i][1]), (at + half, curve[i][1]), 0.3 * u))
    brush.lay(shine, mix(colours.light, (255, 255, 255), 0.3), colours.light, alpha=150)


def reeds(brush: Brush, crest: shapes.Profile) -> None:
    """Draw reeds along a near bank, dark against the background. In winter they are broken."""
    u, colours = brush.u, brush.colours
    rng = random.Random("furnace reeds")
    stems: list[Shape] = []
    x = rng.uniform(-4, 0) * u
    while x < brush.frame.w + 2 * u:
        for _ in range(rng.randint(2, 5)):
            x += rng.uniform(0.7, 1.6) * u
            y, tall = crest(x), rng.uniform(3.0, 7.0) * u
            sway = rng.uniform(-0.28, 0.34) * tall
            top = (x + sway, y - tall)
            spine = [(x, y + u), (x + sway * 0.35, y - tall * 0.55), top]
            stems.append(shapes.ribbon(spine, [0.36 * u, 0.3 * u, 0.08 * u]))
            if brush.state.season == "winter":
                stems.append(shapes.ribbon([top, (top[0] + 1.6 * u, top[1] + 1.3 * u)], [0.2 * u, 0.08 * u]))
            elif rng.random() < 0.6:
                stems.append(shapes.lens((x + sway * 0.9, y - tall * 0.9), (x + sway * 1.16, y - tall * 1.2), 0.7 * u))
        x += rng.uniform(5, 17) * u
    brush.cut(stems, mix(colours.hill(0.97), colours.ink, 0.4), 1.2 * u, lit=0.06)
