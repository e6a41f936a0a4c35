"""What rooms have in common."""

from __future__ import annotations

from game.window.painter import shapes
from game.window.painter.colour import mix, scale
from game.window.painter.palette import Palette, Room
from game.window.painter.paper import Shape, Sheet, Table, lay


def lattice(left: float, top: float, width: float, height: float, columns: int, rows: int, bar: float) -> list[Shape]:
    """The panes of a lattice window, `bar` pixels of wood between them."""
    w, h = width / columns, height / rows
    return [
        shapes.box(left + c * w + bar / 2, top + r * h + bar / 2, w - bar, h - bar)
        for c in range(columns)
        for r in range(rows)
    ]


def coats(on: Table, colours: Palette, tones: Room, left: float, y: float, u: float, count: int) -> None:
    """Six pegs on a board whose middle is at `y`: a coat on each, or a bare peg; 40 `u` broad, 19 high."""
    wood = mix(tones.far, tones.near, 0.35)
    lay(
        on,
        Sheet(
            [shapes.box(left - 2 * u, y - 1.4 * u, 42 * u, 2.8 * u)],
            mix(wood, tones.edge, 0.12),
            scale(wood, 0.8),
            1.0 * u,
            rim=mix(wood, tones.edge, 0.6),
            rim_width=0.2 * u,
        ),
    )
    pegs: list[Shape] = []
    dyes = (
        mix(colours.roof, colours.sky_top, 0.12),
        mix(colours.wood, colours.wall, 0.2),
        mix(colours.roof, colours.wood, 0.5),
    )
    for i in range(6):
        x = left + (2 + 7.2 * i) * u
        pegs.append(
            shapes.ribbon([(x, y - 0.5 * u), (x, y + 1.0 * u), (x + 0.9 * u, y + 0.6 * u)], [0.8 * u, 0.8 * u, 0.6 * u])
        )
    for i in range(count):
        x = left + (2 + 7.2 * i) * u
        k = (0.74 if i in (2, 5) else 1.0) * u
        top = y + 0.5 * u
        side = [
            *shapes.smooth(
                [
                    (0.8 * k, top),
                    (2.2 * k, top + 1.2 * k),
                    (3.3 * k, top + 5 * k),
                    (3.6 * k, top + 12 * k),
                    (2.5 * k, top + 12.5 * k),
                ],
                4,
            ),
            (2.1 * k, top + 6.5 * k),
            (2.7 * k, top + 17 * k),
        ]
        coat = [*((x + dx, cy) for dx, cy in side), *((x - dx, cy) for dx, cy in reversed(side))]
        cuts = [
            shapes.lens((x, top + 1.2 * k), (x + 0.2 * k, top + 16 * k), 0.2 * k),
            *(shapes.ellipse(x + 0.7 * k, top + (3.6 + 2.8 * b) * k, 0.2 * k, 0.2 * k, 10) for b in range(4)),
            shapes.lens((x - 1.0 * k, top + 0.4 * k), (x, top + 2.4 * k), 0.2 * k),
            shapes.lens((x + 1.0 * k, top + 0.4 * k), (x, top + 2.4 * k), 0.2 * k),
        ]
        dye = mix(dyes[i % 3], tones.near, 0.25)
        lay(
            on,
            Sheet(
                [coat],
                mix(dye, tones.edge, 0.14),
                scale(dye, 0.75),
                1.3 * u,
                holes=cuts,
                rim=mix(dye, tones.edge, 0.6),
                rim_width=0.22 * u,
            ),
        )
    lay(on, Sheet(pegs, mix(wood, tones.edge, 0.3), wood, 0.6 * u, rim=mix(wood, tones.edge, 0.8), rim_width=0.16 * u))
