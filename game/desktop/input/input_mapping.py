"""Input mapping: keys, mouse, touch and gamepad to intents.

Pointers act on release; sliding off cancels; one tap acts once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pygame

from game.desktop.input.gamepad import DPAD
from game.desktop.input.kiosk_input import STAFF_KEY
from game.desktop.input.text_field_keys import edit_intents
from game.ui.intents import (
    Activate,
    Adjust,
    Back,
    Focus,
    FocusStep,
    Fullscreen,
    Intent,
    LookAtPicture,
    Mute,
    PickNumber,
    Press,
    SayAgain,
    Scroll,
    ShowMap,
    ShowPeople,
    SwitchVoice,
    Type,
)
from game.ui.layout.layout_model import Layout
from game.ui.layout.scrolling import arrow_key_intent, in_sight, next_focus, reveal, scrolled_by_page
from game.ui.tree import TreeNode, at_number, choices, field_of, find

MODIFIERS = frozenset(
    {pygame.K_LSHIFT, pygame.K_RSHIFT, pygame.K_LCTRL, pygame.K_RCTRL, pygame.K_LALT, pygame.K_RALT, pygame.K_NUMLOCK,
     pygame.K_CAPSLOCK, pygame.K_LGUI, pygame.K_RGUI}
)  # fmt: skip
FINGER_TIMEOUT = 10.0  # seconds after which a resting finger is ignored: somebody leans, or its end was lost
DEBOUNCE = 0.3  # seconds after a page turn in which nothing is pressed, as by the second half of a double tap
STATUS = "below"
OUTSIDE = "outside"  # of a card that a press beside it closes
DPAD_STEPS = {way: step for step, way in DPAD.items()}


# keys that mean the same on every screen; a numeric keypad alone has 0, its signs and the point
SIMPLE_KEYS: dict[int, Intent] = {
    pygame.K_ESCAPE: Back(),
    pygame.K_F11: Fullscreen(),
    pygame.K_l: LookAtPicture(),
    pygame.K_m: Mute(),
    pygame.K_p: ShowPeople(),
    pygame.K_w: ShowMap(),
    **dict.fromkeys((pygame.K_v, pygame.K_F2, pygame.K_0, pygame.K_KP_0), SwitchVoice()),
    **dict.fromkeys((pygame.K_PERIOD, pygame.K_KP_PERIOD), SayAgain(False)),
    **dict.fromkeys((pygame.K_ASTERISK, pygame.K_KP_MULTIPLY), SayAgain(True)),
    **dict.fromkeys((pygame.K_PLUS, pygame.K_KP_PLUS), Adjust(1, "volume")),
    **dict.fromkeys((pygame.K_MINUS, pygame.K_KP_MINUS), Adjust(-1, "volume")),
}


SAY_AGAIN = (pygame.K_r, pygame.K_F3)  # letters are typed where there is a field: F2 and F3 do the same


class ViewState(NamedTuple):
    """The topmost screen as it is laid out (`plan`), focused and scrolled (`scroll` in pixels).

    voiced: it is read aloud, so arrow keys go from node to node, visible or not. presses_unseen: nor need a node be
    visible to be pressed, as with a kiosk's keypad, whose user listens. any_key_starts_voice: every key does nothing
    but turn the voice on, as on a kiosk that nobody uses.
    """

    plan: Layout
    tree: TreeNode
    focus: str | None
    scroll: int
    voiced: bool = False
    presses_unseen: bool = False
    any_key_starts_voice: bool = False


class InputMapper:
    """Maps events to intents, and keeps what is pressed and hovered. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ignore_until = float("-inf")
        self._screen_since = float("-inf")
        self.hover: str | None = None
        self.device = "keyboard"  # that was used last: "keyboard", "mouse", "touch" or "gamepad"
        self._pressed_id: str | None = None
        self._is_over = False
        self._finger: int | None = None
        self._finger_time = 0.0  # when it came down or last dragged the page
        self._drag_start: tuple[float, int] | None = None  # y and scroll in pixels at pointer-down
        self._dragging = False

    @property
    def keyboard_used(self) -> bool:
        """Whether keys or buttons were used last rather than a pointer: then the focus ring is drawn."""
        return self.device in ("keyboard", "gamepad")

    @property
    def pressed(self) -> str | None:
        """The node that would be pressed if the pointer were released now."""
        return self._pressed_id if self._is_over else None

    def start_debounce(self, seconds: float = DEBOUNCE) -> None:
        """Ignore presses for `seconds`, and cancel the one under way: another page came up."""
        self._ignore_until = self._clock() + seconds
        self.reset_pointer()

    def reset_pointer(self) -> None:
        """Cancel a press under way and the hover: another screen came up."""
        self._release()
        self.hover = None
        self._screen_since = self._clock()

    @property
    def _debouncing(self) -> bool:
        return self._clock() < self._ignore_until

    def intents(self, event: pygame.event.Event, view: ViewState) -> list[Intent]:
        """The intents of an event, in order; empty where it has no meaning."""
        kind = event.type
        if view.any_key_starts_voice and _is_key(event):
            self.device = "keyboard"
            return [SwitchVoice()]
        if kind == pygame.KEYDOWN:
            self.device = "keyboard"
            return self._key(event, view)
        if kind == pygame.TEXTINPUT:
            return [Type(event.text)] if field_of(view.tree) is not None else []
        if kind == pygame.CONTROLLERBUTTONDOWN:
            self.device = "gamepad"
            return self._pad(event.button, view)
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
            return self._scroll(view, view.scroll - round(step))
        elif kind in (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP):
            self.device = "touch"
            return self._touch(event, view)
        return []

    # Keys

    def _key(self, event: pygame.event.Event, view: ViewState) -> list[Intent]:
        key, held = event.key, event.mod
        field = field_of(view.tree)
        edited = edit_intents(event, field, view.focus) if field is not None else None
        if edited is not None:
            return edited
        if view.tree.style == "picture":
            again = SayAgain(whole=bool(held & pygame.KMOD_SHIFT))
            return self._from_picture(again if key in SAY_AGAIN else SIMPLE_KEYS.get(key), key in MODIFIERS)
        if held & pygame.KMOD_CTRL:
            by = {pygame.K_PLUS: 1, pygame.K_EQUALS: 1, pygame.K_KP_PLUS: 1,
                  pygame.K_MINUS: -1, pygame.K_KP_MINUS: -1}.get(key)  # fmt: skip
            return [Adjust(by, "text_scale")] if by else []
        if held & pygame.KMOD_ALT:
            return [Fullscreen()] if key == pygame.K_RETURN else []
        if key == pygame.K_TAB:
            return [FocusStep(-1 if held & pygame.KMOD_SHIFT else 1)]
        if key in (pygame.K_DOWN, pygame.K_UP):
            by = 1 if key == pygame.K_DOWN else -1
            return [self._step(view, by)]
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            return [self._step_across(view, 1 if key == pygame.K_RIGHT else -1)]
        if key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self._choose(view)
        if pygame.K_1 <= key <= pygame.K_9:
            return self._pick(key - pygame.K_0, view)
        if pygame.K_KP_1 <= key <= pygame.K_KP_9:
            return self._pick(key - pygame.K_KP_1 + 1, view)
        if key == pygame.K_BACKSPACE:
            return [Press("undo")] if not self._debouncing else []
        target = {
            pygame.K_PAGEDOWN: scrolled_by_page(view.plan, view.scroll, 1),
            pygame.K_PAGEUP: scrolled_by_page(view.plan, view.scroll, -1),
            pygame.K_HOME: 0,
            pygame.K_END: view.plan.max_scroll,
        }.get(key)
        if target is not None:
            return self._scroll(view, target)
        if key in SAY_AGAIN:
            return [SayAgain(whole=bool(held & pygame.KMOD_SHIFT))]
        return [SIMPLE_KEYS[key]] if key in SIMPLE_KEYS else []

    def _from_picture(self, meaning: Intent | None, modifier: bool = False) -> list[Intent]:
        """Where the picture alone is seen, every key shows the page again, but for those of voice, sound and window."""
        if isinstance(meaning, (SwitchVoice, SayAgain, Adjust, Mute, Fullscreen)):
            return [meaning]
        return [] if modifier else [Back()]

    def _step(self, view: ViewState, by: int) -> Intent:
        if view.voiced:
            return Focus(next_focus(view.tree, view.focus, by))
        return arrow_key_intent(view.plan, view.tree, view.focus, view.scroll, by)

    def _choose(self, view: ViewState) -> list[Intent]:
        """Enter and Space press the focus if it is visible, else scroll towards it; without a focus they page down, and
        at the choices focus the first one."""
        if view.focus is None:
            return self._focus_first_choice(view)
        if not view.presses_unseen and (further := self._further(view, view.focus)) is not None:
            # with self-voicing each key says something: what it leads to
            return [Scroll(further), SayAgain(False)] if view.voiced else [Scroll(further)]
        return [] if self._debouncing else [Activate()]

    def _further(self, view: ViewState, node_id: str) -> int | None:
        """The scroll, in pixels, that shows more of the text before a node can be pressed; None where it can be."""
        plan, scroll = view.plan, view.scroll
        page_on = scrolled_by_page(plan, scroll, 1)
        if not in_sight(plan, scroll, node_id):
            further = reveal(plan, scroll, node_id)
            if further != scroll:
                return min(further, page_on)
        focused = find(view.tree, node_id)
        if focused and focused.style in ("main", "continue") and plan.is_pinned(focused.id):
            # `continue` stays visible below a longer text: the text comes first
            return page_on if page_on != scroll else None
        return None

    def _focus_first_choice(self, view: ViewState) -> list[Intent]:
        """Where nothing has the focus: the rest of the text first, then the focus on the first choice."""
        first = next(iter(choices(view.tree)), None)
        page_on = scrolled_by_page(view.plan, view.scroll, 1)
        pinned = first is not None and view.plan.is_pinned(first.id) and page_on != view.scroll
        if first is None or (not view.voiced and (pinned or not in_sight(view.plan, view.scroll, first.id))):
            return self._scroll(view, page_on)
        return [Focus(first.id)]

    def _pick(self, number: int, view: ViewState) -> list[Intent]:
        """A number presses its choice if that is visible, and focuses it otherwise; a class has read its options."""
        option = at_number(view.tree, number)
        if self._debouncing or option is None:
            return []
        pressable = view.presses_unseen or option.style == "option" or in_sight(view.plan, view.scroll, option.id)
        if pressable:
            return [PickNumber(number)]
        # a focus that does not move is said all the same, for it is scrolled to
        return [Focus(option.id), *([SayAgain(False)] if view.voiced and view.focus == option.id else [])]

    def _pad(self, button: int, view: ViewState) -> list[Intent]:
        """Buttons by their place on the pad: the lower one chooses, the right one goes back."""
        simple: dict[int, Intent] = {
            pygame.CONTROLLER_BUTTON_B: Back(),
            pygame.CONTROLLER_BUTTON_BACK: LookAtPicture(),
            pygame.CONTROLLER_BUTTON_X: SwitchVoice(),
            pygame.CONTROLLER_BUTTON_Y: SayAgain(),
        }
        if view.tree.style == "picture":
            return self._from_picture(simple.get(button))
        if button == pygame.CONTROLLER_BUTTON_A:
            return self._choose(view)
        if button in DPAD_STEPS:
            across, down = DPAD_STEPS[button]
            return [self._step(view, down)] if down else [self._step_across(view, across)]
        if button == pygame.CONTROLLER_BUTTON_START:
            # opens and closes the pause without moving the focus
            return [Back()] if find(view.tree, "pause") is not None else []
        if button == pygame.CONTROLLER_BUTTON_LEFTSHOULDER:
            return self._scroll(view, scrolled_by_page(view.plan, view.scroll, -1))
        if button == pygame.CONTROLLER_BUTTON_RIGHTSHOULDER:
            return self._scroll(view, scrolled_by_page(view.plan, view.scroll, 1))
        return [simple[button]] if button in simple else []

    def _step_across(self, view: ViewState, by: int) -> Intent:
        """Right and left change a setting, and else walk the focus; without one they begin at the choices."""
        focused = find(view.tree, view.focus)
        if focused is None and (page_choices := choices(view.tree)):
            return Focus(page_choices[0 if by > 0 else -1].id)
        return Adjust(by) if focused and focused.role == "setting" else FocusStep(by)

    # Pointers

    def _hit_test(self, pos: tuple[float, float], view: ViewState) -> str | None:
        """Hit test: the node at a pixel; where there is none, the screen itself if it has an action."""
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
        """The node at a pixel; beside a card that closes so, OUTSIDE, but not for the second half of a double tap."""
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
            return self._scroll(view, scrolled_by_page(view.plan, view.scroll, 1))
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
        """Scroll with a finger that moves more than 24 px at 1080p; from there on it presses nothing."""
        if self._drag_start is None:
            return []
        y, scroll = self._drag_start
        if abs(pos[1] - y) > view.plan.scale.px(24) and view.plan.max_scroll:
            self._dragging, self._pressed_id, self._is_over = True, None, False
        if self._dragging:
            return self._scroll(view, scroll + round(y - pos[1]))
        self._is_over = self._pressed_id is not None and self._press_test(pos, view) == self._pressed_id
        return []

    def _scroll(self, view: ViewState, to: int) -> list[Intent]:
        to = view.plan.clamped(to)
        return [Scroll(to)] if to != view.scroll else []


def _is_key(event: pygame.event.Event) -> bool:
    """Whether this is a key or a gamepad's button going down, other than the staff's key."""
    return event.type == pygame.CONTROLLERBUTTONDOWN or (event.type == pygame.KEYDOWN and event.key != STAFF_KEY)


def _closes_by_press(tree: TreeNode) -> bool:
    """Whether a press beside this screen closes it: a card to read, but no question, which is to be answered."""
    return tree.role == "dialog" and tree.id != "confirm" and find(tree, "back") is not None
