"""A class at its first vote, which is open."""

from __future__ import annotations

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.state import initial_state
from game.story import Story

CODE = "K7QP"


def class_at_first_vote(story: Story, log: Log, cut: str, role: str | None = None, name: str = "") -> Host:
    begun = ev.Begun(story.pack, story.version, cut, role, CODE, name=name)
    log.write([begun])
    host = Host(initial_state(story, begun), log)
    while not host.state.can_vote:
        host.execute(commands.go_on)
    host.execute(commands.open_vote)
    return host
