"""Picture change: the pictures between two paintings, in which parts (named things) go, come and move.

Everything else cross-fades. Nothing is painted again: a part is cut out of its painting along its outlines, and the
area that it leaves shows the other painting. So the first and the last picture are exactly the two paintings. A
vanishing part shrinks until it is gone; only a part that has fallen over becomes transparent.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pygame

from game.painter.canvas.colour import opacity
from game.painter.canvas.cutout import Cutout, bounding_box, cut_light, cut_out, differing_area, tone_around, with_alpha
from game.painter.canvas.paper import Point
from game.painter.canvas.part import Part

if TYPE_CHECKING:
    from game.painter import Painting

GOING = 0.75  # things go in this share of the change, at its beginning; things come in an equal share at its end
REPLACED = 0.5  # the same share, if one thing replaces another
SHRINKING = 0.6  # share of a part's way, at its end, in which it shrinks; falling takes the same share
LASTS = 0.62  # share of the change that each of several parts takes; they start one after another
MANY, LASTS_OF_MANY = 8, 0.32  # with more than MANY parts each takes this shorter share, so that few move at a time
MOST = 90  # at most so many parts move; smaller ones cross-fade, which nobody notices
# From so many pixels on, of one cutout or of all together, cutouts are turned without smoothing, in a fourth of the
# time.
LARGE, LARGE_TOGETHER = 150_000, 1_500_000
SMALLEST = 24  # least area of a part's box, in pixels; smaller parts cross-fade
SAME_LIGHT = 12  # levels by which the colours around a part may differ between both paintings, because of other parts


class _PartChanges(NamedTuple):
    """How the parts of two paintings differ. A pair is one part as it is in the first and in the second painting.
    `front` has the pairs that are drawn in front of the parts that go or come."""

    gone: list[Part]
    come: list[Part]
    moved: list[tuple[Part, Part]]
    front: list[tuple[Part, Part]]


class ChangeBuffers:
    """Three surfaces of the window's size (8 MB each at 1920 by 1080), in which each change is composed. Reusing them
    saves some milliseconds, and keeps a process's peak memory the same."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._before, self._after, self._frame = (pygame.Surface(size, 0, 32) for _ in range(3))

    def before(self, of: pygame.Surface) -> pygame.Surface:
        """Return a copy of the first picture, `of`, in a buffer. It is valid until the next call."""
        return _copied(of, self._before)

    def after(self, of: pygame.Surface) -> pygame.Surface:
        """Return a copy of the second picture, `of`, in a buffer. It is valid until the next call."""
        return _copied(of, self._after)

    def frame(self, size: tuple[int, int]) -> pygame.Surface:
        """Return the buffer for composed frames, cut to `size` pixels. It still has old pixels."""
        return self._frame.subsurface((0, 0, *size))


def _copied(picture: pygame.Surface, into: pygame.Surface) -> pygame.Surface:
    part = into.subsurface(picture.get_rect())
    part.blit(picture, (0, 0))
    return part


class PictureChange:
    """The pictures between two paintings of one size, for a progress of 0 to 1. With `same_scene`, parts go, come and
    move. `buffers` are those of an earlier change that is no longer shown."""

    def __init__(
        self, before: Painting, after: Painting, same_scene: bool, buffers: ChangeBuffers | None = None
    ) -> None:
        self.before, self.after = before, after
        size = after.surface.get_size()
        self.buffers = buffers if buffers is not None and buffers.size == size else ChangeBuffers(size)
        names = {part.name: part for part in before.parts}, {part.name: part for part in after.parts}
        front = [(names[0][part.name], part) for part in after.parts if part.in_front and part.name in names[0]]
        gone = [part for part in before.parts if part.name not in names[1]] if same_scene else []
        come = [part for part in after.parts if part.name not in names[0]] if same_scene else []
        moved = [part for part in after.parts if part.name in names[0] and part.moved_from(names[0][part.name])]
        pairs = [(names[0][part.name], part) for part in moved] if same_scene else []
        self._parts = _PartChanges(_largest(gone), _largest(come), pairs, front)
        self._layers = _Layers(before, after, self._parts, same_scene, self.buffers)
        self._frame: tuple[float, pygame.Surface] | None = None  # the picture composed last, with its progress

    @property
    def has_parts(self) -> bool:
        """True if a part goes, comes or moves, so that the change is more than a cross-fade."""
        return any(self._parts[:3])

    @property
    def area(self) -> pygame.Rect:
        """The area, in pixels, in which the two paintings differ or a part moves."""
        return self._prepared().area

    def prepare(self) -> bool:
        """Do one step of the preparation, some milliseconds long. Return True when everything is ready."""
        return self._layers.step()

    def draw(self, target: pygame.Surface, part: pygame.Rect, progress: float) -> None:
        """Draw the rectangle `part` of the picture at `progress` on `target`. `progress` is 0 (before) to 1 (after)."""
        if progress <= 0 or progress >= 1:
            target.blit((self.before if progress <= 0 else self.after).surface, part, part)
            return
        area = self.area
        if not area.contains(part):
            target.blit(self.after.surface, part, part)
        seen = part.clip(area)
        if seen.w and seen.h:
            if self._frame is None or self._frame[0] != progress:
                self._frame = progress, self._compose(progress)
            target.blit(self._frame[1], seen, seen.move(-area.x, -area.y))

    def _prepared(self) -> _Layers:
        while not self._layers.step():
            pass
        return self._layers

    def _compose(self, progress: float) -> pygame.Surface:
        layers = self._prepared()
        frame = self._frame[1] if self._frame is not None else self.buffers.frame(layers.area.size)
        frame.blit(layers.base_before, (0, 0))
        layers.base_after.set_alpha(opacity(_smooth(progress)))
        frame.blit(layers.base_after, (0, 0))
        layers.base_after.set_alpha(None)
        lasts = REPLACED if layers.replaced else GOING
        gone = list(_in_turn(layers.gone, progress / lasts))
        for (_, share), light in zip(gone, layers.light, strict=True):
            if light is not None:  # a part's shadow goes with it, faster than the rest changes
                _place(frame, layers.area, light, (0, 0), 0.0, _smooth(share * 1.5))
        for light in layers.light_of_moved:
            _place(frame, layers.area, light, (0, 0), 0.0, _smooth(progress * 2))
        for cutout, share in gone:
            part = cutout.part
            way = _smooth(share)
            by = part.away[0] * way, part.away[1] * way
            left = 1 - _smooth((share - 1 + SHRINKING) / SHRINKING)
            if part.fall:
                fall = part.fall * min(1.0, share / SHRINKING) ** 2
                seen = 1 - _smooth((share - SHRINKING) / (1 - SHRINKING))
                _place(frame, layers.area, cutout, by, fall, seen, layers.large)
            else:
                _place(frame, layers.area, _scaled(cutout, left), by, 0.0, float(left > 0))
        for cutout, share in _in_turn(layers.come, (progress - 1 + lasts) / lasts):
            dx, dy = cutout.part.away
            way = 1 - _smooth(share)
            whole = _scaled(cutout, _smooth(share / SHRINKING))
            _place(frame, layers.area, whole, (dx * way, dy * way), 0.0, float(share > 0))
        for before, after in layers.front:
            _place(frame, layers.area, before, (0, 0), 0.0, 1.0)
            _place(frame, layers.area, after, (0, 0), 0.0, _smooth(progress))
        for old, new in layers.moved:
            way = _smooth(progress)
            (x0, y0), (x1, y1) = old.part.at, new.part.at
            turn = new.part.angle - old.part.angle
            _place(frame, layers.area, old, ((x1 - x0) * way, (y1 - y0) * way), turn * way, 1.0)
            _place(frame, layers.area, new, ((x0 - x1) * (1 - way), (y0 - y1) * (1 - way)), -turn * (1 - way), way)
        return frame


class _Layers:
    """The layers of the pictures between two paintings, made step by step.

    `base_before` and `base_after` are the two paintings without the parts that go, come or move, cut to `area`. `light`
    has an entry for each part of `gone`: what the second painting shows in the area of the part and its shadow. The
    entry is None if the light differs there or another part comes there. `light_of_moved` has such entries for the
    parts whose new place does not overlap their old place. `replaced` is True if a part comes where another part goes
    without falling over. A cutout of `large` pixels or more is turned without smoothing.
    """

    def __init__(
        self, before: Painting, after: Painting, parts: _PartChanges, same_scene: bool, buffers: ChangeBuffers
    ) -> None:
        self._buffers = buffers
        self.area = after.surface.get_rect()
        self.base_before, self.base_after = before.surface, after.surface
        self.gone: list[Cutout] = []
        self.come: list[Cutout] = []
        self.moved: list[tuple[Cutout, Cutout]] = []
        self.light: list[Cutout | None] = []
        self.light_of_moved: list[Cutout] = []
        self.front: list[tuple[Cutout, Cutout]] = []
        self.large = LARGE
        self.replaced = False
        self._steps: Iterator[None] | None = self._make(before.surface, after.surface, parts, same_scene)

    def step(self) -> bool:
        """Take one step. Return True when all layers are made."""
        if self._steps is not None and next(self._steps, self) is self:
            self._steps = None
        return self._steps is None

    def _make(self, old: pygame.Surface, new: pygame.Surface, parts: _PartChanges, same_scene: bool) -> Iterator[None]:
        for part in parts.gone:
            self.gone.append(cut_out(old, part, new))
            yield
        for part in parts.come:
            self.come.append(cut_out(new, part, old))
            yield
        for pair in parts.moved:
            self.moved.append((cut_out(old, pair[0]), cut_out(new, pair[1])))
            yield
        coming = [shape.box for shape in self.come]
        self.replaced = any(shape.box.collidelist(coming) >= 0 for shape in self.gone if not shape.part.fall)
        falling = sum(shape.box.w * shape.box.h for shape in self.gone if shape.part.fall)
        self.large = LARGE if falling < LARGE_TOGETHER else 0
        # Two scenes differ everywhere, so skip the search.
        differing = differing_area(old, new) if same_scene else new.get_rect()
        yield
        ways = [*(_reach(shape) for shape in (*self.gone, *self.come)), *(_way(*pair) for pair in self.moved)]
        self.area = differing.unionall(ways).clip(new.get_rect())
        self.base_before, self.base_after = old.subsurface(self.area), new.subsurface(self.area)
        if self.gone or self.moved:  # parts that go or move are painted over in the copy
            self.base_before = self._buffers.before(self.base_before)
        if self.come or self.moved:
            self.base_after = self._buffers.after(self.base_after)
        yield
        for cutout in self.gone:
            lit_alike = self._fill(self.base_before, cutout, old, new, with_alpha(new, cutout.box), self.come)
            replaced = cutout.box.collidelist(coming) >= 0
            self.light.append(cut_light(new, cutout) if lit_alike and not replaced else None)
            yield
        for cutout in self.come:
            behind = with_alpha(self.base_before, cutout.box.move(-self.area.x, -self.area.y))
            self._fill(self.base_after, cutout, new, old, behind)
            yield
        for as_it_was, as_it_will_be in self.moved:
            lit_alike = self._fill(self.base_before, as_it_was, old, new, with_alpha(new, as_it_was.box))
            if lit_alike and not as_it_was.box.colliderect(as_it_will_be.box):
                self.light_of_moved.append(cut_light(new, as_it_was))
            self._fill(self.base_after, as_it_will_be, new, old, with_alpha(old, as_it_will_be.box))
            yield
        for shape, other in parts.front if self.gone or self.come else []:
            self.front.append((cut_out(old, shape), cut_out(new, other)))
            yield

    def _fill(
        self,
        base: pygame.Surface,
        cutout: Cutout,
        own: pygame.Surface,
        other: pygame.Surface,
        behind: pygame.Surface,
        come: Iterable[Cutout] = (),
    ) -> bool:
        """Hide a part in `base`: paint `behind` over it. Return True if both paintings have the same light there.

        `base` is a copy of the painting `own`, out of which the part's `cutout` was cut. `behind` is the same area of
        the painting `other`, without the part. If the light there differs, adapt `behind` to the light in `own`. Where
        a part of `come` overlaps the cutout's box, paint the mean colour of the surroundings, because neither painting
        shows what is under both parts.
        """
        tone = tone_around(own, cutout.box)
        shift = [here - there for here, there in zip(tone, tone_around(other, cutout.box), strict=True)]
        alike = max(map(abs, shift)) <= SAME_LIGHT
        if not alike:
            behind.fill([max(0, round(tone)) for tone in shift], special_flags=pygame.BLEND_RGB_ADD)
            behind.fill([max(0, round(-tone)) for tone in shift], special_flags=pygame.BLEND_RGB_SUB)
        for shape in come:
            if shape.box.colliderect(cutout.box):
                behind.blit(_silhouette(shape, tone), shape.box.move(-cutout.box.x, -cutout.box.y))
        patch = _silhouette(cutout, (255, 255, 255))
        patch.blit(behind, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        base.blit(patch, cutout.box.move(-self.area.x, -self.area.y))
        return alike


def _silhouette(cutout: Cutout, tone: Sequence[float]) -> pygame.Surface:
    shape = cutout.image.copy()
    shape.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)  # changes every channel but the alpha
    shape.fill((*(round(channel) for channel in tone), 255), special_flags=pygame.BLEND_RGBA_MULT)
    return shape


def _scaled(cutout: Cutout, share: float) -> Cutout:
    """Return a part scaled to `share` (0 to 1) of its size. The middle of its lower edge stays in place."""
    w, h = cutout.image.get_size()
    wide, high = max(1, round(w * share)), max(1, round(h * share))
    if high >= h:
        return cutout
    scaled = pygame.transform.smoothscale(cutout.image, (wide, high))
    return Cutout(cutout.part, scaled, (cutout.corner[0] + (w - wide) // 2, cutout.corner[1] + h - high))


def _largest(parts: list[Part]) -> list[Part]:
    """Return the largest parts, at most `MOST`, each of at least `SMALLEST` pixels, in the order of `parts`."""
    sizes = {part.name: box.w * box.h for part in parts if (box := bounding_box(part.outlines))}
    chosen = sorted((name for name, size in sizes.items() if size >= SMALLEST), key=lambda name: -sizes[name])[:MOST]
    kept = set(chosen)
    return [part for part in parts if part.name in kept]


def _in_turn(cutouts: list[Cutout], progress: float) -> Iterable[tuple[Cutout, float]]:
    """Yield each cutout with its own progress, 0 to 1. They start one after another, in random order."""
    order = sorted(range(len(cutouts)), key=lambda i: random.Random(cutouts[i].part.name).random())
    places = {which: place for place, which in enumerate(order)}
    lasts = LASTS_OF_MANY if len(cutouts) > MANY else LASTS if len(cutouts) > 1 else 1.0
    for i, cutout in enumerate(cutouts):
        start = (1 - lasts) * places[i] / max(1, len(cutouts) - 1)
        yield cutout, min(1.0, max(0.0, (progress - start) / lasts))


def _place(
    frame: pygame.Surface, area: pygame.Rect, cutout: Cutout, by: Point, turn: float, seen: float, large: int = LARGE
) -> None:
    """Draw a cutout on `frame`, moved by `by` pixels, turned by `turn` radians, with the opacity `seen`. `area` is what
    `frame` shows of the picture. A cutout of `large` pixels or more is turned without smoothing."""
    if seen <= 0:
        return
    image, (x, y) = cutout.image, cutout.corner
    if abs(turn) > 0.001:
        smooth = image.get_width() * image.get_height() < large
        degrees = -math.degrees(turn)
        image = pygame.transform.rotozoom(image, degrees, 1.0) if smooth else pygame.transform.rotate(image, degrees)
        px, py = cutout.part.at
        mx, my = x + cutout.image.get_width() / 2 - px, y + cutout.image.get_height() / 2 - py
        cos, sin = math.cos(turn), math.sin(turn)
        x = round(px + mx * cos - my * sin - image.get_width() / 2)
        y = round(py + mx * sin + my * cos - image.get_height() / 2)
    at = round(x + by[0]) - area.x, round(y + by[1]) - area.y
    image.set_alpha(opacity(seen) if seen < 1 else 255)  # None instead of 255 would ignore the image's own alpha
    frame.blit(image, at)


def _reach(cutout: Cutout) -> pygame.Rect:
    """Return the rectangle in which a cutout may be drawn while it goes or comes."""
    part, box = cutout.part, cutout.box
    moved = box.union(box.move(round(part.away[0]), round(part.away[1])))
    if not part.fall:
        return moved
    x, y = part.at
    far = max(math.dist(part.at, corner) for corner in (box.topleft, box.topright, box.bottomleft, box.bottomright))
    return moved.union(pygame.Rect(math.floor(x - far), math.floor(y - far), math.ceil(2 * far), math.ceil(2 * far)))


def _way(old: Cutout, new: Cutout) -> pygame.Rect:
    """Return the rectangle in which a part may be drawn while it moves from `old` to `new`."""
    both = old.box.union(new.box)
    spread = max(both.w, both.h) // 2 if abs(old.part.angle - new.part.angle) > 0.001 else 0
    return both.inflate(spread, spread)


def _smooth(share: float) -> float:
    """Ease a share of time (0 to 1) in and out: slow at first, then fast, then slow again."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)
