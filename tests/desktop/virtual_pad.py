"""A virtual gamepad, plugged in through the SDL that pygame ships."""

from __future__ import annotations

import ctypes
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygame

KNOWN, UNKNOWN = 1, 0  # SDL's types: a game controller, whose layout SDL knows, and some joystick
AXES, BUTTONS, HATS = 6, 15, 1


class VirtualPad:
    def __init__(self, kind: int = KNOWN) -> None:
        self._sdl = sdl = _sdl()
        self.index = sdl.SDL_JoystickAttachVirtual(kind, AXES, BUTTONS, HATS)
        assert self.index >= 0, "SDL has no virtual gamepad here"
        self._handle = ctypes.c_void_p(sdl.SDL_JoystickOpen(self.index))
        self.id: int = sdl.SDL_JoystickInstanceID(self._handle)

    def button(self, number: int) -> None:
        """Press a button, and release it after the game has seen it."""
        self.hold(number, True)
        self.hold(number, False)

    def hold(self, number: int, down: bool) -> None:
        self._sdl.SDL_JoystickSetVirtualButton(self._handle, number, int(down))
        self._sdl.SDL_JoystickUpdate()

    def axis(self, number: int, value: float) -> None:
        self._sdl.SDL_JoystickSetVirtualAxis(self._handle, number, round(value * 32767))
        self._sdl.SDL_JoystickUpdate()

    def hat(self, right: int, up: int) -> None:
        bits = {0: 0, 1: 1, -1: 4}[up] | {0: 0, 1: 2, -1: 8}[right]
        self._sdl.SDL_JoystickSetVirtualHat(self._handle, 0, bits)
        self._sdl.SDL_JoystickUpdate()

    def pull_out(self) -> None:
        if self._handle:
            self._sdl.SDL_JoystickClose(self._handle)
            indices = range(self._sdl.SDL_NumJoysticks())
            index = next(i for i in indices if self._sdl.SDL_JoystickGetDeviceInstanceID(i) == self.id)
            assert self._sdl.SDL_JoystickDetachVirtual(index) == 0
            self._handle = ctypes.c_void_p()


@contextmanager
def plugged_in(kind: int = KNOWN) -> Iterator[VirtualPad]:
    """A pad in a running game, pulled out at the end."""
    pad = VirtualPad(kind)
    try:
        yield pad
    finally:
        pad.pull_out()


def _sdl() -> ctypes.CDLL:
    """The SDL that this process has loaded, found through one of pygame's modules."""
    if sys.platform == "win32":  # there a part does not answer for what it needs
        sdl = ctypes.CDLL(str(Path(pygame.__file__).parent / "SDL2.dll"))
    else:
        sdl = ctypes.CDLL(importlib.import_module("pygame.joystick").__file__)
    sdl.SDL_JoystickOpen.restype = ctypes.c_void_p
    sdl.SDL_JoystickInstanceID.argtypes = sdl.SDL_JoystickClose.argtypes = [ctypes.c_void_p]
    sdl.SDL_JoystickSetVirtualButton.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint8]
    sdl.SDL_JoystickSetVirtualAxis.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int16]
    sdl.SDL_JoystickSetVirtualHat.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint8]
    return sdl


def pads_work_in_the_background() -> None:
    """A window without a screen never has the keyboard's focus, and SDL ignores pads without it."""
    pygame.joystick.init()
    sdl = _sdl()
    sdl.SDL_SetHint(b"SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", b"1")
