"""The real class: the program in a real window, real sockets, a teacher's keys, a killed process, and its record."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from game.core.paths import classes_folder
from game.resources import story_folder
from game.story import load
from tests.classroom.logged_class import logged_events, replay
from tests.real.screen import PATIENCE, Screen, game_on, until

AGAIN = 0.4  # seconds until a key is taken again


class Phone:
    """A phone that polls, on a network that blocks sockets. `base` is the address of a room."""

    def __init__(self, port: int, code: str, base: str = "") -> None:
        self._base = base or f"http://127.0.0.1:{port}"
        answer = self._post("join", {"code": code})
        self.token, self.door = answer["token"], answer["door"]["id"]

    def _post(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            urljoin(f"{self._base}/", path), json.dumps(data).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            if error.code != 307:
                raise
            return self._post(error.headers["Location"], data)  # as a browser does

    def look(self) -> dict[str, Any]:
        """Its present page."""
        return self._post("poll", {"token": self.token, "version": 0})

    def parts(self, node_id: str) -> list[dict[str, Any]]:
        """What a part of its page has in it; nothing without that part."""
        page = self.look()["page"]["children"]
        return next((part.get("children", []) for part in page if part.get("id") == node_id), [])

    def options(self) -> list[dict[str, Any]]:
        """The choices that it can press now."""
        return [slip for slip in self.parts("choices") if "action" in slip]

    def mine(self) -> str | None:
        """The choice that its page shows as its vote."""
        return next((slip["id"] for slip in self.options() if slip.get("chosen")), None)

    def vote(self, number: int) -> str:
        """Vote for the choice with that number, from 0; returns the choice's id."""
        slip = self.options()[number]
        choice: str = slip["action"]["target"]
        answer = self._post("vote", {"token": self.token, "vote": choice, "round": self.look()["round"]})
        assert answer["voted"] == choice
        name: str = slip["id"]
        return name


def way_in(process: subprocess.Popen[bytes], port: int) -> str:
    """The code, from the terminal's output."""
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    found = re.search(rf":{port}/(\w+)", line)
    assert found, line
    return found[1]


def room_of(process: subprocess.Popen[bytes]) -> tuple[str, str]:
    """The address of the class's room, which has a line of its own, and the code on the local network."""
    assert process.stdout is not None
    lines = [process.stdout.readline().decode().strip() for _ in range(3)]
    (room,) = [line for line in lines if re.fullmatch(r"http://[\d.:]+/\w{8}", line)]
    (code,) = [line[-4:] for line in lines if re.search(r":\d+/\w{4}$", line)]
    return room, code


def class_on(display: Screen, port: int, *options: str) -> Any:
    """The class on a screen; its standard output has the address and the code."""
    options = ("--port", str(port), "--address", "127.0.0.1", "--size", "1280x720", *options)
    return game_on(display, *options, mode="class", stdout=subprocess.PIPE)


def test_a_class_goes_on_after_a_flat_battery(display: Screen, port: int, tmp_path: Path) -> None:
    with class_on(display, port) as (process, _):
        code = way_in(process, port)
        phones = [Phone(port, code.lower()) for _ in range(4)]
        assert [phone.door for phone in phones].count("villager") == 2
        display.press_until("Return", lambda: all(phone.options() for phone in phones), "an open vote")
        voted = [phone.vote(number % 2) for number, phone in enumerate(phones[:3])]
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    with pytest.raises(urllib.error.URLError):
        phones[0].look()

    with class_on(display, port, "--resume") as (process, window):
        assert way_in(process, port) == code
        until(lambda: phones[0].options(), PATIENCE, "the same vote")
        assert [phone.mine() for phone in phones[:3]] == voted and phones[3].mine() is None
        phones[3].vote(0)
        phones[0].vote(1)
        display.press_until("Return", lambda: all(phone.parts("tally") for phone in phones), "the result")
        for phone in phones:
            assert sum(int(row["value"].split()[0]) for row in phone.parts("tally")) == 2
        display.end(process, window)

    made = subprocess.run(
        [sys.executable, "-m", "game", "class", "--record", str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert made.returncode == 0, made.stderr
    sheet = next(tmp_path.glob("*.csv"))
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows and not any(phone.token in cell for phone in phones for row in rows for cell in row)


def test_a_class_through_a_relay_has_its_room_again_after_a_crash(display: Screen, port: int) -> None:
    command = [sys.executable, "-m", "game", "relay", "--port", str(port + 1)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as relay:
        try:
            assert relay.stdout is not None and b"listens" in relay.stdout.readline()
            with class_on(display, port, "--relay", f"http://127.0.0.1:{port + 1}") as (process, _):
                room, code = room_of(process)
                phones = [Phone(port + 1, room[-8:], room), Phone(port, code)]
                display.press_until("Return", lambda: all(phone.options() for phone in phones), "an open vote")
                voted = [phone.vote(0) for phone in phones]
                os.kill(process.pid, signal.SIGKILL)
                process.wait(10)
            with class_on(display, port, "--resume") as (process, window):
                assert room_of(process) == (room, code)
                until(lambda: phones[0].options(), PATIENCE, "the same vote")
                assert [phone.mine() for phone in phones] == voted
                display.press_until("Return", lambda: all(phone.parts("tally") for phone in phones), "the result")
                display.end(process, window)
        finally:
            relay.kill()


def test_a_class_by_a_show_of_hands(display: Screen, port: int) -> None:
    """Without a phone: one half's page, a choice's number, the number of hands, Enter, and on."""
    with class_on(display, port, "--role", "villager") as (process, window):
        way_in(process, port)
        log = until(lambda: next(classes_folder().glob("*.class"), None), PATIENCE, "the log")

        def happened(kind: str) -> bool:
            return any(type(event).__name__ == kind for event in logged_events(log))

        def votes() -> bool:
            return replay(load(story_folder()), logged_events(log)).can_vote

        display.press_until("Return", votes, "the first vote")
        time.sleep(AGAIN)
        for key in ("2", "1", "4", "Return"):
            display.press(key)
            time.sleep(AGAIN)
        until(lambda: happened("Counted"), PATIENCE, "hands")
        display.press_until("Return", lambda: happened("Decided"), "a decision")
        display.end(process, window)


def test_nothing_is_left_of_a_class_that_nobody_came_to(display: Screen, port: int) -> None:
    with class_on(display, port) as (process, window):
        way_in(process, port)
        display.end(process, window)
    assert not list(classes_folder().glob("*.class*"))


def test_a_port_that_is_taken_still_lets_hands_be_counted(display: Screen, port: int) -> None:
    with socket.create_server(("0.0.0.0", port)), class_on(display, port) as (process, window):
        assert process.stdout is not None
        assert b"another --port" in process.stdout.readline()
        display.end(process, window)


def test_teacher_has_a_window_apart_from_the_wall(display: Screen, port: int) -> None:
    with class_on(display, port, "--teacher") as (process, _):
        code = way_in(process, port)
        until(lambda: len(display.windows(process.pid)) == 2, PATIENCE, "two windows")
        first, second = display.windows(process.pid)
        phone = Phone(port, code)
        for window in (first, second):  # keys count in either
            display.hand("windowfocus", "--sync", window)
            before = phone.look()["version"]
            display.press_until("Return", lambda before=before: phone.look()["version"] != before, "a step")  # type: ignore[misc]
        display.close(second)
        time.sleep(AGAIN)
        assert process.poll() is None, "the wall cannot be closed by itself"
        display.end(process, first)
