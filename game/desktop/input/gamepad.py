"""Gamepads: turns the input of every pad into CONTROLLERBUTTONDOWN events.

It reads a pad through SDL's layout if SDL knows the pad, otherwise by the button numbers that most pads share. Sticks
and hats count as the D-pad.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from pygame._sdl2.controller import Controller

PRESS_AT, RELEASE_AT = 0.6, 0.4  # shares of its way at which a stick counts as pressed and as released: its dead zone
AXIS_MAX = 32767  # SDL's value for a stick at the end of its way

DPAD: dict[tuple[int, int], int] = {  # (right, down)
    (-1, 0): pygame.CONTROLLER_BUTTON_DPAD_LEFT,
    (1, 0): pygame.CONTROLLER_BUTTON_DPAD_RIGHT,
    (0, -1): pygame.CONTROLLER_BUTTON_DPAD_UP,
    (0, 1): pygame.CONTROLLER_BUTTON_DPAD_DOWN,
}
BUTTON_NUMBERS: dict[int, int] = {
    0: pygame.CONTROLLER_BUTTON_A, 1: pygame.CONTROLLER_BUTTON_B, 2: pygame.CONTROLLER_BUTTON_X,
    3: pygame.CONTROLLER_BUTTON_Y, 4: pygame.CONTROLLER_BUTTON_LEFTSHOULDER,
    5: pygame.CONTROLLER_BUTTON_RIGHTSHOULDER, 6: pygame.CONTROLLER_BUTTON_BACK, 7: pygame.CONTROLLER_BUTTON_START,
}  # fmt: skip
RAW_EVENTS = frozenset({pygame.JOYBUTTONDOWN, pygame.JOYHATMOTION, pygame.JOYAXISMOTION})
PAD_EVENTS = RAW_EVENTS | frozenset({
    pygame.JOYDEVICEADDED, pygame.JOYDEVICEREMOVED, pygame.JOYBUTTONUP, pygame.JOYBALLMOTION,
    pygame.CONTROLLERDEVICEADDED, pygame.CONTROLLERDEVICEREMOVED, pygame.CONTROLLERDEVICEREMAPPED,
    pygame.CONTROLLERBUTTONDOWN, pygame.CONTROLLERBUTTONUP,
    pygame.CONTROLLERAXISMOTION,
})  # fmt: skip


class Gamepads:
    """The connected gamepads. SDL's events open and close them, also those that are connected at the start."""

    def __init__(self) -> None:
        from pygame._sdl2 import controller  # imported late: it takes 15 ms, which the first frame need not wait for

        pygame.joystick.init()
        controller.init()
        self._controller = controller
        self._known: dict[int, Controller] = {}
        self._raw: dict[int, pygame.joystick.JoystickType] = {}
        self._pressed: dict[tuple[int, int], int] = {}  # (pad, axis) -> -1 or 1, while a stick is past PRESS_AT

    def translate(self, event: pygame.event.Event) -> pygame.event.Event | None:
        """Return the button press that a gamepad's event means, if any, else None. Return other events unchanged."""
        if event.type not in PAD_EVENTS:
            return event
        if event.type == pygame.JOYDEVICEADDED:
            self._open(event.device_index)
        elif event.type == pygame.JOYDEVICEREMOVED:
            self._close(event.instance_id)
        elif event.type == pygame.CONTROLLERBUTTONDOWN:
            return event
        elif event.type == pygame.CONTROLLERAXISMOTION:
            return self._stick(event.instance_id, event.axis, event.value / AXIS_MAX)
        elif event.type in RAW_EVENTS and event.instance_id not in self._known:  # a known pad sends both kinds
            return self._translate_raw(event)
        return None

    def _open(self, index: int) -> None:
        with suppress(pygame.error):  # fails if the pad is disconnected again already
            if self._controller.is_controller(index):
                pad = self._controller.Controller(index)
                self._known[pad.as_joystick().get_instance_id()] = pad
            else:
                stick = pygame.joystick.Joystick(index)
                self._raw[stick.get_instance_id()] = stick

    def _close(self, pad: int) -> None:
        self._known.pop(pad, None)
        self._raw.pop(pad, None)
        self._pressed = {place: direction for place, direction in self._pressed.items() if place[0] != pad}

    def _translate_raw(self, event: pygame.event.Event) -> pygame.event.Event | None:
        if event.type == pygame.JOYBUTTONDOWN and event.button in BUTTON_NUMBERS:
            return _down(event.instance_id, BUTTON_NUMBERS[event.button])
        if event.type == pygame.JOYHATMOTION:
            across, up = event.value
            direction = (across, 0) if across else (0, -up)
            return _down(event.instance_id, DPAD[direction]) if direction in DPAD else None
        if event.type == pygame.JOYAXISMOTION:
            return self._stick(event.instance_id, event.axis, event.value)
        return None

    def _stick(self, pad: int, axis: int, value: float) -> pygame.event.Event | None:
        """Return a press of the D-pad if the left stick is moved past PRESS_AT, after a return below RELEASE_AT."""
        if axis not in (pygame.CONTROLLER_AXIS_LEFTX, pygame.CONTROLLER_AXIS_LEFTY):
            return None
        before = self._pressed.get((pad, axis), 0)
        if abs(value) < RELEASE_AT:
            self._pressed.pop((pad, axis), None)
        direction = 1 if value > 0 else -1
        if abs(value) < PRESS_AT or direction == before:
            return None
        self._pressed[pad, axis] = direction
        return _down(pad, DPAD[(direction, 0) if axis == pygame.CONTROLLER_AXIS_LEFTX else (0, direction)])


def _down(pad: int, button: int) -> pygame.event.Event:
    return pygame.event.Event(pygame.CONTROLLERBUTTONDOWN, instance_id=pad, button=button)
