"""Test driver for a session: keyboard, mouse, touch and gamepad input as pygame events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import pygame

from game.desktop.render.picture_cache import PictureRequest
from game.desktop.session import Session
from game.painter import Painting
from game.painter.canvas.motion import Move
from game.ui.intents import Press
from game.ui.key_bindings import ViewState
from game.ui.layout.geometry import Rect
from game.ui.layout.layout_model import Layout
from game.ui.theme import Colour
from game.ui.tree import TreeNode, choices, find, focus_order
from tests.clock import Clock


class Album:
    """A picture cache that has a plain picture for each request at once, all with the same `moves` and `colour`."""

    def __init__(self, moves: tuple[Move, ...] = (), colour: Colour = (90, 100, 70)) -> None:
        self.moves, self.colour = moves, colour
        self.sheets: dict[PictureRequest, Painting] = {}

    def get(self, what: PictureRequest) -> Painting | None:
        if what not in self.sheets:
            self.sheets[what] = Painting(pygame.Surface(what.size), self.moves)
            self.sheets[what].surface.fill(self.colour)
        return self.sheets[what]

    def request(self, *requests: PictureRequest) -> None:
        """Does nothing: all pictures are ready."""

    def keep(self, requests: object) -> None:
        """Does nothing: all pictures stay."""


class SessionDriver:
    """Drives a session by input events; after each it draws the frame and runs the deferred effects."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock
        self.held = False  # the mouse's first button
        self.screen = pygame.Surface(session.size)
        self.look()

    # Output

    def look(self) -> bool:
        """Render a frame; returns whether anything changed."""
        if self.screen.get_size() != self.session.size:
            self.screen = pygame.Surface(self.session.size)
        return bool(self.session.render(self.screen))

    @property
    def view(self) -> ViewState:
        return self.session.view_state()

    @property
    def tree(self) -> TreeNode:
        return self.view.tree

    @property
    def where(self) -> str:
        return self.session.app.top.screen

    @property
    def entries(self) -> int:
        p = self.session.app.playthrough
        return len(p.entries) if p else 0

    def place(self, node_id: str) -> Rect:
        return dict(self.view.plan.targets(self.view.scroll))[node_id]

    def sees(self, node_id: str) -> bool:
        return node_id in dict(self.view.plan.targets(self.view.scroll))

    def onward(self) -> str:
        """The next control: a choice, a different one each time, or the next part of the talk; "" at its end."""
        if slips := choices(self.tree):
            return slips[self.entries % len(slips)].id
        doors = ["new:"] if self.where == "title" else []  # the other door stands open after the talk
        order = [node for name in focus_order(self.tree) if (node := find(self.tree, name)) is not None]
        for wish in ("debrief", *doors, "begin:", "section:"):
            for node in order:
                if node.id.startswith(wish) and (wish != "section:" or node.style == "main"):
                    return node.id
        return ""

    # Input

    def poll(self) -> None:
        """Dispatch the intents of the listeners until there are no more."""
        while self.session.poll_changes():
            pass

    def send(self, kind: int, **what: Any) -> None:
        """Send an event without drawing a frame."""
        self.session.handle_event(pygame.event.Event(kind, **what))

    def key_down(self, key: int) -> None:
        self.send(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0)

    def do(self, kind: int, **what: Any) -> None:
        self.send(kind, **what)
        self.settle()

    def settle(self) -> None:
        self.look()
        self.session.flush_effects()
        self.look()

    def press(self, *ids: str) -> Self:
        """Press these nodes one after another, wherever they are."""
        for node_id in ids:
            assert find(self.tree, node_id), f"{node_id} is not on {self.where}"
            self.session.dispatch(Press(node_id))
            self.settle()
        return self

    def wait(self, seconds: float = 1.0) -> None:
        self.clock.now += seconds

    def look_after(self, seconds: float) -> bool:
        """Wait, and render a frame; returns whether anything changed."""
        self.wait(seconds)
        return self.look()

    def rest(self) -> None:
        """Wait until every cross-fade has ended."""
        self.look_after(5)
        assert not self.session.transitioning

    def key(self, key: int, mod: int = 0) -> None:
        self.wait()
        self.do(pygame.KEYDOWN, key=key, mod=mod, unicode="", scancode=0)
        self.do(pygame.KEYUP, key=key, mod=mod, unicode="", scancode=0)

    def pad(self, button: int) -> None:
        self.wait()
        self.do(pygame.CONTROLLERBUTTONDOWN, button=button, instance_id=0)

    def move(self, pos: tuple[int, int]) -> None:
        self.do(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(int(self.held), 0, 0), touch=False)

    def down(self, pos: tuple[int, int], touch: bool = False) -> None:
        self.held = self.held or not touch
        self.do(pygame.MOUSEBUTTONDOWN, pos=pos, button=1, touch=touch)

    def up(self, pos: tuple[int, int], touch: bool = False) -> None:
        self.held = self.held and touch
        self.do(pygame.MOUSEBUTTONUP, pos=pos, button=1, touch=touch)

    def click(self, *ids: str) -> Self:
        for node_id in ids:
            self.wait()
            pos = middle(self.place(node_id))
            self.move(pos)
            self.click_at(pos)
        return self

    def click_at(self, pos: tuple[int, int]) -> None:
        self.down(pos)
        self.up(pos)

    def finger(self, kind: int, pos: tuple[float, float], finger: int = 1) -> None:
        w, h = self.session.size
        self.do(kind, x=pos[0] / w, y=pos[1] / h, dx=0, dy=0, finger_id=finger, touch_id=7, pressure=1)

    def tap(self, node_id: str) -> None:
        """A finger's tap, with the mouse events that SDL sends for it too."""
        self.wait()
        self.tap_at(middle(self.place(node_id)))

    def tap_at(self, pos: tuple[int, int]) -> None:
        self.finger(pygame.FINGERDOWN, pos)
        self.down(pos, touch=True)
        self.finger(pygame.FINGERUP, pos)
        self.up(pos, touch=True)


Seat = Callable[..., SessionDriver]  # the fixture `seat`
Lay = Callable[..., tuple[TreeNode, Layout]]  # the fixture `lay`


def middle(rect: Rect) -> tuple[int, int]:
    return rect.x + rect.w // 2, rect.y + rect.h // 2
