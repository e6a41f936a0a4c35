"""A phone's waiting time through two relays and a Valkey, beside a bare forwarder in the same places."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections import Counter
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.benchmarks.harness import Say, bytes_held, cpu, late_frames, middle_and_last, next_line, process
from tests.benchmarks.relay_phones import PUPILS
from tests.relay.valkey_server import ValkeyServer

PROMISED_RATIO = 2.0
VOTES, ROUNDS = 300, 3  # of each topology, at least
QUICKEST, LONGEST = 15.0, 10.0  # votes a second of one class: all in two seconds; and seconds of a round
WARM_UP = 1 / 3  # of a round's time
summed_up = partial(middle_and_last, method="inclusive")


def line(started: subprocess.Popen[str]) -> Any:
    text = next_line(started)
    return json.loads(text) if text[:1] in "[{0123456789" else text


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize("classes", [1, 12, 100])
def test_votes_through_two_relays(classes: int, tmp_path: Path, say: Say) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with ValkeyServer() as valkey, ExitStack() as stack:
        relays = [
            stack.enter_context(process("game", "relay", "--port", str(18_800 + number), "--store", valkey.url))
            for number in range(2)
        ]
        for relay in relays:
            assert "listens" in line(relay)
        empty = [bytes_held(relay.pid) for relay in relays]
        forwarders = [
            stack.enter_context(process("tests.benchmarks.relay_forwarder", f"f{number}", valkey.url))
            for number in range(2)
        ]
        urls = {
            "relay": [f"http://127.0.0.1:{18_800 + number}" for number in range(2)],
            "bare": [f"http://127.0.0.1:{line(process)}" for process in forwarders],
        }
        teachers = {
            kind: stack.enter_context(process("tests.benchmarks.relay_classes", what, str(classes), *urls[kind]))
            for kind, what in (("relay", "class"), ("bare", "stub"))
        }
        rooms = {kind: [line(teacher) for _ in range(classes)] for kind, teacher in teachers.items()}
        spec = tmp_path / "topologies.json"
        spec.write_text(json.dumps({kind: {"urls": urls[kind], "rooms": rooms[kind]} for kind in teachers}), "utf-8")
        with process("tests.benchmarks.relay_phones", str(spec)) as phones:
            assert phones.stdin is not None
            line(phones)
            held = [bytes_held(relay.pid) for relay in relays]
            count, took, dropped = classes * PUPILS, {kind: list[list[float]]() for kind in teachers}, {}
            carriers = {"relay": relays, "bare": forwarders}
            spent: dict[str, Counter[str]] = {kind: Counter() for kind in teachers}
            spread = min(LONGEST, count / QUICKEST)
            for round in range(1 + max(ROUNDS, VOTES // count)):  # the first one warms up
                for kind in teachers:  # in turn, so that both meet the same machine
                    parts = {
                        "carriers": [process.pid for process in carriers[kind]],
                        "teachers": [room["pid"] for room in rooms[kind]], "phones": [phones.pid],
                    }  # fmt: skip
                    before = {name: sum(map(cpu, pids)) for name, pids in parts.items()}
                    phones.stdin.write(f"{kind} {spread if round else spread * WARM_UP}\n")
                    phones.stdin.flush()
                    report = line(phones)
                    if round:
                        took[kind].append(report["took"])
                        spent[kind].update({name: sum(map(cpu, parts[name])) - was for name, was in before.items()})
                    dropped[kind] = report["dropped"]
        ended = {kind: json.loads(teacher.communicate(timeout=60)[0]) for kind, teacher in teachers.items()}
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    # a round of ours and the forwarders' right after it meet the same machine; of all such pairs, the middle one
    pairs = [(summed_up(ours), summed_up(bare)) for ours, bare in zip(*took.values(), strict=True)]
    ratios = [median(ours[part] / bare[part] for ours, bare in pairs) for part in range(2)]
    say(f"\n{count} phones in {classes} classes, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for kind, rounds in took.items():
        middle, last = summed_up([seconds for round in rounds for seconds in round])
        say(f"  {kind}: p50 {middle * 1e3:.1f}, p99 {last * 1e3:.1f} ms, {dropped[kind]} sockets closed")
        each = ", ".join(f"{name} {took / count / len(rounds) * 1e3:.2f}" for name, took in spent[kind].items())
        say(f"    a vote, in ms of a core: {each}")
    say(f"  of a bare forwarder's round: p50 {ratios[0]:.2f}, p99 {ratios[1]:.2f}, promised {PROMISED_RATIO}")
    (at,) = [number for number, room in enumerate(rooms["relay"]) if room["window"]]
    own = [seconds for round in took["relay"] for seconds in round[at * PUPILS : (at + 1) * PUPILS]]
    middle, last = summed_up(own)
    say(f"  the class with its window: p50 {middle * 1e3:.1f}, p99 {last * 1e3:.1f} ms")
    for name, part in (("by the clock", "busy"), ("of its own work", "worked")):
        say(f"    its frames {name}: {late_frames(ended['relay'][part], 5)}")
    a_room = (sum(held) - sum(empty)) / classes
    say(f"  memory: relays {sum(held) / 2**20:.0f} MB, {a_room / 1024:.0f} KB a room with its phones")
    for kind, kept in ended.items():
        assert list(kept["ballots"].values()) == [PUPILS] * classes, kind
