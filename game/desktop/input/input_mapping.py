"""Input mapping: turns keys, mouse, touch and gamepad into intents.

A press takes effect when the pointer is released, if it is still over the node that was pressed. Two names can replace
a node's id. STATUS is the line at a sheet's foot that says how much text is below. OUTSIDE is the area beside a card.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import pygame

from game.desktop.input.gamepad import DPAD
from game.ui.driver import DEBOUNCE
from game.ui.intents import Back, Intent, Press, SwitchVoice, Type
from game.ui.key_bindings import Held, ViewState, key_intents
from game.ui.tree import TreeNode, field_of, find

ACTS = frozenset(
    {pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL, pygame.FINGERDOWN, pygame.CONTROLLERBUTTONDOWN}
)  # the events by which a person acts: they end a picture's change, and speech
FINGER_TIMEOUT = 10.0  # seconds until a finger that does not move is ignored: somebody leans, or its end was lost
STATUS = "below"
OUTSIDE = "outside"
PAD_KEYS: dict[int, str] = {  # a button, by its place on the pad, and the key that does the same
    pygame.CONTROLLER_BUTTON_A: "return", pygame.CONTROLLER_BUTTON_B: "escape",
    pygame.CONTROLLER_BUTTON_X: "f2", pygame.CONTROLLER_BUTTON_Y: "f3",
    pygame.CONTROLLER_BUTTON_BACK: "l", pygame.CONTROLLER_BUTTON_START: "start",
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: "page up", pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: "page down",
    DPAD[-1, 0]: "left", DPAD[1, 0]: "right", DPAD[0, -1]: "up", DPAD[0, 1]: "down",
}  # fmt: skip


class InputMapper:
    """Turns events into intents, and remembers which node is pressed and which is hovered. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ignore_until = float("-inf")
        self._screen_since = float("-inf")
        self.hover: str | None = None
        self.device = "keyboard"  # the last device: "keyboard", "mouse", "touch" or "gamepad"
        self._pressed_id: str | None = None
        self._is_over = False
        self._finger: int | None = None
        self._finger_time = 0.0  # when it touched the screen or last moved
        self._drag_start: tuple[float, int] | None = None  # row of the pointer, and scroll, in pixels when it went down
        self._dragging = False

    @property
    def keyboard_used(self) -> bool:
        """Whether the last input came from the keyboard or a gamepad. If so, the focused node shows a ring."""
        return self.device in ("keyboard", "gamepad")

    @property
    def pressed(self) -> str | None:
        """The id of the node that would be pressed if the pointer were released now, or STATUS or OUTSIDE, or None."""
        return self._pressed_id if self._is_over else None

    def start_debounce(self, seconds: float = DEBOUNCE) -> None:
        """Ignore presses for `seconds`, and cancel a pending press, because another page is shown."""
        self._ignore_until = self._clock() + seconds
        self.reset_pointer()

    def reset_pointer(self) -> None:
        """Cancel a pending press and the hover, because another screen is shown."""
        self._release()
        self.hover = None
        self._screen_since = self._clock()

    @property
    def _debouncing(self) -> bool:
        return self._clock() < self._ignore_until

    def intents(self, event: pygame.event.Event, view: ViewState) -> list[Intent]:
        """Return the intents of an event, in order. The list is empty if the event has no effect."""
        kind = event.type
        if view.any_key_starts_voice and _is_key(event):
            self.device = "keyboard"
            return [SwitchVoice()]
        if kind == pygame.KEYDOWN:
            self.device = "keyboard"
            return key_intents(_key_name(event.key), view, _held(event.mod), self._debouncing)
        if kind == pygame.TEXTINPUT:
            return [Type(event.text)] if field_of(view.tree) is not None else []
        if kind == pygame.CONTROLLERBUTTONDOWN:
            self.device = "gamepad"
            key = PAD_KEYS.get(event.button)
            return key_intents(key, view, None, self._debouncing) if key is not None else []
        if getattr(event, "touch", False):  # SDL sends a mouse event for every finger too
            return []
        if kind == pygame.MOUSEMOTION:
            return self._move(event, view)
        if kind == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.device = "mouse"
            self._down(event.pos, view)
        elif kind == pygame.MOUSEBUTTONUP and event.button == 1:
            return self._up(event.pos, view)
        elif kind == pygame.MOUSEWHEEL:
            step = view.plan.scale.em(2.2) * getattr(event, "precise_y", event.y)
            return view.scrolled(view.scroll - round(step))
        elif kind in (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP):
            self.device = "touch"
            return self._touch(event, view)
        return []

    # Pointers

    def _hit_test(self, pos: tuple[float, float], view: ViewState) -> str | None:
        """Return the id of the node at a pixel, or STATUS; else the screen's id if it can be pressed; else None."""
        status = view.plan.status
        if status and view.scroll < view.plan.max_scroll and status.holds(*pos):
            return STATUS
        return view.plan.hit(*pos, view.scroll) or (view.tree.id if view.tree.action is not None else None)

    def _move(self, event: pygame.event.Event, view: ViewState) -> list[Intent]:
        """Follow the mouse, or a finger that SDL reports as a mouse: hover, or scroll if the mouse button is down."""
        if self._drag_start is None or self._finger is not None:
            self.hover = self._hit_test(event.pos, view)
            return []
        if not event.buttons[0]:  # the button was released outside the window
            self._release()
            return self._move(event, view)
        dragged = self._drag(event.pos, view)
        self.hover = None if self._dragging else self._hit_test(event.pos, view)
        return dragged

    def _press_test(self, pos: tuple[float, float], view: ViewState) -> str | None:
        """Return the result of `_hit_test`, or OUTSIDE where nothing is hit beside a card that a press closes. Just
        after the card has opened, return None there: otherwise the second half of a double tap would close the card."""
        hit = self._hit_test(pos, view)
        opened = self._clock() - self._screen_since >= DEBOUNCE
        beside = not any(panel.rect.holds(*pos) for panel in view.plan.panels)
        return OUTSIDE if hit is None and beside and opened and _closes_by_press(view.tree) else hit

    def _down(self, pos: tuple[float, float], view: ViewState) -> None:
        self._pressed_id = None if self._debouncing else self._press_test(pos, view)
        self._is_over = self._pressed_id is not None
        self._drag_start, self._dragging = (pos[1], view.scroll), False

    def _release(self) -> None:
        self._pressed_id, self._is_over, self._drag_start, self._dragging = None, False, None, False

    def _up(self, pos: tuple[float, float], view: ViewState) -> list[Intent]:
        pressed_id = self._pressed_id
        self._release()
        if pressed_id is None or self._press_test(pos, view) != pressed_id:
            return []
        if pressed_id == OUTSIDE:
            return [Back()]
        if pressed_id == STATUS:
            return view.scrolled(view.paged(1))
        return [Press(pressed_id)]

    def _touch(self, event: pygame.event.Event, view: ViewState) -> list[Intent]:
        pos = event.x * view.plan.size[0], event.y * view.plan.size[1]
        now = self._clock()
        free = self._finger is None or now - self._finger_time > FINGER_TIMEOUT
        if event.type == pygame.FINGERDOWN and free:
            self._finger, self._finger_time = event.finger_id, now
            self._down(pos, view)
            return []
        if event.finger_id != self._finger:
            return []
        if event.type == pygame.FINGERMOTION:
            dragged = self._drag(pos, view)
            self._finger_time = now if self._dragging else self._finger_time
            return dragged
        self._finger, self.hover = None, None
        return self._up(pos, view)

    def _drag(self, pos: tuple[float, float], view: ViewState) -> list[Intent]:
        """Scroll with a pointer that moves more than 24 px at 1080p, and cancel its press."""
        if self._drag_start is None:
            return []
        y, scroll = self._drag_start
        if abs(pos[1] - y) > view.plan.scale.px(24) and view.plan.max_scroll:
            self._dragging, self._pressed_id, self._is_over = True, None, False
        if self._dragging:
            return view.scrolled(scroll + round(y - pos[1]))
        self._is_over = self._pressed_id is not None and self._press_test(pos, view) == self._pressed_id
        return []


def _key_name(key: int) -> str:
    """Return the name of SDL's key code, as `key_intents` expects it."""
    return chr(key) if pygame.K_DELETE < key <= 0x10FFFF else pygame.key.name(key).lower()


def _held(mod: int) -> Held:
    control, meta = bool(mod & pygame.KMOD_CTRL), bool(mod & pygame.KMOD_META)
    return Held(bool(mod & pygame.KMOD_SHIFT), control, control or meta, bool(mod & pygame.KMOD_ALT))


def _is_key(event: pygame.event.Event) -> bool:
    return event.type == pygame.CONTROLLERBUTTONDOWN or (event.type == pygame.KEYDOWN and event.key != STAFF_KEY)


def _closes_by_press(tree: TreeNode) -> bool:
    """Return whether a press beside this screen closes it. It closes a card to read, but no question and no page."""
    return tree.role == "dialog" and tree.id != "confirm" and find(tree, "back") is not None


STAFF_KEY = pygame.K_F12


class Touch(NamedTuple):
    """An input at a kiosk: a finger (or the staff's key, as the finger `STAFF`) went down or up at the place `x`, `y`,
    or there was any other input. The screen's upper left is 0, 0, its lower right 1, 1."""

    kind: Literal["down", "up", "other"]
    finger: int = 0  # SDL's number
    x: float = 0.5
    y: float = 0.5


STAFF = -1  # stands for the staff's key as a finger


def touch_of(event: pygame.event.Event) -> Touch | None:
    """Return an event as a touch; None if it is not input."""
    kind = event.type
    if kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        return Touch("down" if kind == pygame.FINGERDOWN else "up", event.finger_id, event.x, event.y)
    if kind in (pygame.KEYDOWN, pygame.KEYUP) and event.key == STAFF_KEY:
        return Touch("down" if kind == pygame.KEYDOWN else "up", STAFF)
    return Touch("other") if kind in _OTHER_INPUT else None


_OTHER_INPUT = ACTS | {pygame.MOUSEMOTION, pygame.FINGERMOTION}
