"""An AT-SPI client like a screen reader: reads a program's accessibility tree and presses its nodes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

jeepney = pytest.importorskip("jeepney", reason="D-Bus is a thing of Linux")
blocking = pytest.importorskip("jeepney.io.blocking")

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, Properties, new_method_call  # noqa: E402
from jeepney.bus_messages import message_bus  # noqa: E402

PATIENCE = 10  # seconds for one answer
HAS_AT_SPI = any(
    (Path(folder) / "dbus-1" / "services" / "org.a11y.Bus.service").exists()
    for folder in os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
)
NEEDED = {"dbus-daemon": shutil.which("dbus-daemon"), "at-spi2-core": HAS_AT_SPI}
MISSING = [package for package, found in NEEDED.items() if not found]

ROLES = {11: "combo box", 16: "dialog", 23: "frame", 27: "image", 29: "label", 39: "panel", 43: "button",
         62: "toggle button", 73: "paragraph", 79: "entry", 83: "heading", 88: "link"}  # fmt: skip
FOCUSED = 1 << 12  # the bit of AT-SPI's state
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")


class Gone(Exception):
    """The requested object no longer exists."""


@dataclass(frozen=True)
class AccessibleNode:
    reader: Reader
    at: tuple[str, str]

    def _ask(self, interface: str, method: str, signature: str | None = None, *body: object) -> Any:
        name, path = self.at
        address = DBusAddress(path, name, f"org.a11y.atspi.{interface}")
        return self.reader.ask(new_method_call(address, method, signature, body))

    def _property(self, name: str) -> Any:
        address = DBusAddress(self.at[1], self.at[0], "org.a11y.atspi.Accessible")
        return self.reader.ask(Properties(address).get(name))[1]

    @property
    def name(self) -> str:
        return str(self._property("Name"))

    @property
    def role(self) -> str:
        role = self._ask("Accessible", "GetRole")
        return ROLES.get(role, f"role {role}")

    @property
    def focused(self) -> bool:
        return bool(self._ask("Accessible", "GetState")[0] & FOCUSED)

    @property
    def extents(self) -> tuple[int, int, int, int]:
        """Left, top, width and height on the screen, in pixels."""
        x, y, width, height = self._ask("Component", "GetExtents", "u", 0)
        return x, y, width, height

    @property
    def children(self) -> list[AccessibleNode]:
        return [AccessibleNode(self.reader, (name, path)) for name, path in self._ask("Accessible", "GetChildren")]

    def press(self) -> None:
        assert self._ask("Action", "DoAction", "i", 0)

    def take_focus(self) -> None:
        assert self._ask("Component", "GrabFocus")


@dataclass(frozen=True)
class Reader:
    """A screen reader: `session` is the session bus, `bus` the accessibility bus."""

    address: str
    session: Any
    bus: Any

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        return {**own, "DBUS_SESSION_BUS_ADDRESS": self.address}

    def ask(self, message: Any) -> Any:
        """The single value of a reply. Raises Gone."""
        answer = self.bus.send_and_get_reply(message, timeout=PATIENCE)
        if answer.header.message_type != MessageType.method_return:
            raise Gone(answer.body)
        return answer.body[0]

    def announce_itself(self) -> None:
        """From here on programs know that a screen reader is active."""
        status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            self.session.send_and_get_reply(Properties(status).set(name, "b", True), timeout=PATIENCE)

    @property
    def programs(self) -> list[AccessibleNode]:
        return AccessibleNode(self, ROOT).children

    def everything(self) -> list[tuple[str, str, AccessibleNode]]:
        """Role, name and node of all that is in all programs; empty while anything comes or goes."""
        try:
            return [(thing.role, thing.name, thing) for program in self.programs for thing in _walk(program)]
        except Gone:
            return []

    def find(self, role: str, name: str) -> AccessibleNode | None:
        """The first node of a role whose name contains this text."""
        return next((met for its, called, met in self.everything() if its == role and name in called), None)

    def held(self) -> str:
        """The name of the focused node, or ""."""
        return next((name for _, name, met in self.everything() if met.focused), "")

    @contextmanager
    def hearing(self, signal: str) -> Iterator[deque[Any]]:
        """The signals of the programs meanwhile, such as `Announcement`."""
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member=signal)
        self.bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
        with self.bus.filter(rule, bufsize=100) as heard:
            yield heard


def _walk(met: AccessibleNode) -> Iterator[AccessibleNode]:
    yield met
    for child in met.children:
        yield from _walk(child)


def text_of(signal: Any) -> str:
    assert HeaderFields.member in signal.header.fields
    return str(signal.body[3][1])


@contextmanager
def session_with_bus(own: Mapping[str, str]) -> Iterator[Reader]:
    """A session bus of its own with an accessibility bus, which D-Bus starts as usual."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=dict(own))
    try:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        with blocking.open_dbus_connection(address) as session:
            where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            answer = session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=PATIENCE)
            with blocking.open_dbus_connection(answer.body[0]) as bus:
                yield Reader(address, session, bus)
    finally:
        daemon.terminate()  # what it started ends with it
        daemon.wait(PATIENCE)
        if daemon.stdout is not None:
            daemon.stdout.close()
