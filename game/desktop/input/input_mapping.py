"""Input mapping: keys, mouse, touch and gamepad to intents.

Pointers act on release; sliding off cancels; one tap acts once.
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
)  # the events of a person's actions: they end a picture's change, and speech
FINGER_TIMEOUT = 10.0  # seconds until a resting finger is ignored: somebody leans, or its end was lost
STATUS = "below"
OUTSIDE = "outside"  # a press beside a card that such a press closes
PAD_KEYS: dict[int, str] = {  # buttons by their place on the pad -> the key that does the same
    pygame.CONTROLLER_BUTTON_A: "return", pygame.CONTROLLER_BUTTON_B: "escape",
    pygame.CONTROLLER_BUTTON_X: "f2", pygame.CONTROLLER_BUTTON_Y: "f3",
    pygame.CONTROLLER_BUTTON_BACK: "l", pygame.CONTROLLER_BUTTON_START: "start",
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: "page up", pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: "page down",
    DPAD[-1, 0]: "left", DPAD[1, 0]: "right", DPAD[0, -1]: "up", DPAD[0, 1]: "down",
}  # fmt: skip


class InputMapper:
    """Maps events to intents, and keeps the nodes under the press and the pointer. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ignore_until = float("-inf")
        self._screen_since = float("-inf")
        self.hover: str | None = None
        self.device = "keyboard"  # the last device: "keyboard", "mouse", "touch" or "gamepad"
        self._pressed_id: str | None = None
        self._is_over = False
        self._finger: int | None = None
        self._finger_time = 0.0  # the time of its touch or its last drag
        self._drag_start: tuple[float, int] | None = None  # y and scroll in pixels at pointer-down
        self._dragging = False

    @property
    def keyboard_used(self) -> bool:
        """Whether the last input came from keys or buttons and not from a pointer: then the focus has a ring."""
        return self.device in ("keyboard", "gamepad")

    @property
    def pressed(self) -> str | None:
        """The node that a release of the pointer would press now."""
        return self._pressed_id if self._is_over else None

    def start_debounce(self, seconds: float = DEBOUNCE) -> None:
        """Ignore presses for `seconds`, and cancel a pending press, since another page has come."""
        self._ignore_until = self._clock() + seconds
        self.reset_pointer()

    def reset_pointer(self) -> None:
        """Cancel a pending press and the hover, since another screen has come."""
        self._release()
        self.hover = None
        self._screen_since = self._clock()

    @property
    def _debouncing(self) -> bool:
        return self._clock() < self._ignore_until

    def intents(self, event: pygame.event.Event, view: ViewState) -> list[Intent]:
        """The intents of an event, in order; empty if it has no meaning."""
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
        if getattr(event, "touch", False):  # SDL also sends a mouse event for every finger
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
        """Hit test: the node at a pixel, or else the screen itself if it has an action."""
        status = view.plan.status
        if status and view.scroll < view.plan.max_scroll and status.holds(*pos):
            return STATUS
        return view.plan.hit(*pos, view.scroll) or (view.tree.id if view.tree.action is not None else None)

    def _move(self, event: pygame.event.Event, view: ViewState) -> list[Intent]:
        """Hover, or drag while the button is down: some touch screens report a finger as a mouse."""
        if self._drag_start is None or self._finger is not None:
            self.hover = self._hit_test(event.pos, view)
            return []
        if not event.buttons[0]:  # released outside the window
            self._release()
            return self._move(event, view)
        dragged = self._drag(event.pos, view)
        self.hover = None if self._dragging else self._hit_test(event.pos, view)
        return dragged

    def _press_test(self, pos: tuple[float, float], view: ViewState) -> str | None:
        """The node at a pixel; OUTSIDE beside a card that closes by a press, except for a double tap's second half."""
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
        """Scroll with a finger that moves more than 24 px at 1080p; after that it presses nothing."""
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
    """A key's name for `key_intents`."""
    return chr(key) if pygame.K_DELETE < key <= 0x10FFFF else pygame.key.name(key).lower()


def _held(mod: int) -> Held:
    control, meta = bool(mod & pygame.KMOD_CTRL), bool(mod & pygame.KMOD_META)
    return Held(bool(mod & pygame.KMOD_SHIFT), control, control or meta, bool(mod & pygame.KMOD_ALT))


def _is_key(event: pygame.event.Event) -> bool:
    """Whether this is the press of a key or of a gamepad's button, except the staff's key."""
    return event.type == pygame.CONTROLLERBUTTONDOWN or (event.type == pygame.KEYDOWN and event.key != STAFF_KEY)


def _closes_by_press(tree: TreeNode) -> bool:
    """Whether a press beside this screen closes it: that is so for a card to read, not for a question."""
    return tree.role == "dialog" and tree.id != "confirm" and find(tree, "back") is not None


STAFF_KEY = pygame.K_F12


class Touch(NamedTuple):
    """A finger went `down` or `up`, or there was `other` input; `x` and `y` are 0 to 1 from the upper left.

    The staff's key counts as a finger of its own (`STAFF`). Its position has no meaning, and neither has the finger of
    other input.
    """

    kind: Literal["down", "up", "other"]
    finger: int = 0
    x: float = 0.5
    y: float = 0.5


STAFF = -1  # the finger id of the staff's key


def touch_of(event: pygame.event.Event) -> Touch | None:
    """The touch of an event; None if the event is not input."""
    kind = event.type
    if kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        return Touch("down" if kind == pygame.FINGERDOWN else "up", event.finger_id, event.x, event.y)
    if kind in (pygame.KEYDOWN, pygame.KEYUP) and event.key == STAFF_KEY:
        return Touch("down" if kind == pygame.KEYDOWN else "up", STAFF)
    return Touch("other") if kind in _OTHER_INPUT else None


_OTHER_INPUT = ACTS | {pygame.MOUSEMOTION, pygame.FINGERMOTION}
