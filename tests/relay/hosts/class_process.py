"""A class as a host's process, without a window: it prints its relay's state, and reads the teacher's presses.

Run as `python -m tests.relay.hosts.class_process LOG RELAY [PORT]`. A line on standard input is a command's name, or
`state`; a line of JSON answers each.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from game.classroom import commands
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.server.http_server import ClassServer, ListenAddress
from game.classroom.server.phone_service import phone_view
from game.classroom.server.relay_link import RelayUse
from game.core.addresses import CLASS_PORT
from game.resources import assets_folder, story_folder
from game.story import load
from game.ui.class_state import RelayInfo
from game.ui.i18n import Catalogue
from tests.classroom.logged_class import begun

CODE = "K7QP"
COMMANDS = {"open": commands.open_vote, "close": commands.close_vote, "reveal": commands.reveal}


def main(log_file: Path, relay: str, port: int = CLASS_PORT) -> None:
    story = load(story_folder())
    with Log(log_file, time.time) as log:
        host = class_host(story, log, begun(story, "one-door", next(iter(story.roles)), name=log_file.stem))
        while not host.state.can_vote:
            host.execute(commands.go_on)
        view = phone_view(host, Catalogue(assets_folder() / "locale"), assets_folder() / "web")

        def report(info: RelayInfo) -> None:
            say({"relay": asdict(info)})

        with ClassServer(host, view, ListenAddress(port), relay=RelayUse(relay, report)):
            for line in sys.stdin:
                if line.strip() in COMMANDS:
                    host.execute(COMMANDS[line.strip()])
                state = host.state
                say({
                    "phase": state.phase, "number": state.number, "ballots": dict(state.ballots),
                    "seats": list(state.seats), "choices": [choice.id for choice in state.tracks[0].page.choices],
                })  # fmt: skip


def say(data: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(data)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
