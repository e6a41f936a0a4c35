"""Audio process: its output, which SDL writes to a file in place of a loudspeaker."""

from __future__ import annotations

import array
import math
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from queue import Queue

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop.audio import audio_process
from game.desktop.audio.audio_client import AudioClient, system_audio_client
from game.desktop.audio.audio_process import RATE, AudioCommand, LevelFade, Occasions, drop_stale
from game.desktop.audio.pack_loops import PackFile
from game.resources import assets_folder
from game.story import sound_loops
from tests import sound_measures as measure
from tests.real.screen import until
from tests.small_stories.packs import tone

PATIENCE = 20  # seconds; a busy machine may be slow
SOUNDS = assets_folder() / "sounds"
WIND, HUM = AudioCommand({"wind": 1.0}, {}, 0.3), AudioCommand({"hum": 1.0}, {}, 0.3)
rests = st.dictionaries(st.sampled_from(("pole", "basket")), st.tuples(st.floats(0.1, 1), st.floats(2, 30)))
levels = st.dictionaries(st.sampled_from(("wind", "hum", "fire")), st.floats(0, 1))


class Tape:
    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def all(self) -> array.array[int]:
        data = self.file.read_bytes() if self.file.exists() else b""
        return array.array("h", data[: len(data) // 2 * 2])

    def seconds(self) -> float:
        return len(self.all) / RATE

    def grown(self, by: float) -> None:
        end = self.seconds() + by
        until(lambda: self.seconds() >= end, PATIENCE, f"{by} s more of sound")

    def last(self, seconds: float = 0.4) -> array.array[int]:
        return self.all[-round(seconds * RATE) :]


def loud(part: array.array[int]) -> float:
    return math.sqrt(sum(x * x for x in part) / len(part)) if part else 0.0


def share_of(part: array.array[int], hz: float) -> float:
    """The share of a tone of `hz` in a sound, up to 1."""
    angle = 2 * math.pi * hz / RATE
    real = sum(x * math.cos(angle * i) for i, x in enumerate(part))
    imaginary = sum(x * math.sin(angle * i) for i, x in enumerate(part))
    return math.hypot(real, imaginary) * math.sqrt(2) / (len(part) * loud(part) or 1.0)


@pytest.fixture
def tape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tape:
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(tmp_path / "mix.raw"))
    return Tape(tmp_path / "mix.raw")


@pytest.fixture
def client() -> Iterator[AudioClient]:
    client = system_audio_client(SOUNDS)
    yield client
    client.send(None)


@given(levels, levels, st.floats(0, 3), st.floats(0, 4))
def test_fade_goes_from_one_set_of_levels_to_the_other(
    before: dict[str, float], after: dict[str, float], seconds: float, now: float
) -> None:
    fade = LevelFade(before, after, 0.0, seconds)
    assert fade.is_over(seconds)
    for name, level in fade.levels(now).items():
        ends = before.get(name, 0.0), after.get(name, 0.0)
        assert min(ends) - 1e-9 <= level <= max(ends) + 1e-9
    if seconds:
        assert all(level == pytest.approx(before.get(name, 0.0)) for name, level in fade.levels(0).items())
    assert all(level == after.get(name, 0.0) for name, level in fade.levels(seconds).items())


def test_two_loops_in_the_middle_of_a_fade_are_as_loud_as_one() -> None:
    middle = LevelFade({"wind": 0.6}, {"hum": 0.6}, 0.0, 2.0).levels(1.0)
    assert sum(level**2 for level in middle.values()) == pytest.approx(0.6**2)


@given(levels, levels, st.floats(0, 3), rests)
def test_command_survives_the_pipe(
    loops: dict[str, float], once: dict[str, float], s: float, occasional: dict[str, tuple[float, float]]
) -> None:
    command = AudioCommand(loops, once, s, occasional, {"pack-1": bytes(range(256))})
    line = command.line()
    assert line.count(b"\n") == 1 and audio_process.parse_command(line) == command


def heard_times(seed: int, sounds: dict[str, tuple[float, float]], seconds: float) -> dict[str, list[float]]:
    occasions, heard = Occasions(random.Random(seed)), {name: list[float]() for name in sounds}
    occasions.change(sounds, 0.0)
    while (now := occasions.wait(0.0)) < seconds:
        due = occasions.due(now)
        assert due
        for name, level in due.items():
            assert 0.6 * sounds[name][0] <= level <= sounds[name][0]
            heard[name].append(now)
    return heard


@given(st.integers(0, 1000), rests)
def test_occasional_sounds_come_at_their_own_times(seed: int, sounds: dict[str, tuple[float, float]]) -> None:
    heard = heard_times(seed, sounds, 400.0)
    for name, times in heard.items():
        every = sounds[name][1]
        assert times[0] >= audio_process.FIRST_OCCASION
        assert all(0.49 * every <= after - before <= 1.51 * every for before, after in pairwise(times))
        assert 0.6 <= len(times) * every / 400 <= 1.6
    assert heard == heard_times(seed, sounds, 400.0)
    assert not sounds or heard != heard_times(seed + 1, sounds, 400.0)


def test_occasional_sounds_stay_and_go_with_their_place() -> None:
    occasions = Occasions(random.Random(1))
    assert occasions.change({"pole": (1.0, 5.0), "basket": (1.0, 5.0)}, 0.0) == set()
    due = occasions.wait(0.0)
    assert occasions.change({"pole": (0.5, 5.0)}, 1.0) == {"basket"}
    assert occasions.change({}, 2.0) == {"pole"} and occasions.wait(2.0) == math.inf and due > 0
    assert occasions.due(100.0) == {}


def test_loop_plays_and_fades_to_the_next(tape: Tape, client: AudioClient) -> None:
    client.send(WIND)
    until(lambda: loud(tape.last()) > 200, PATIENCE, "wind")
    assert share_of(tape.last(), 100) < 0.3
    client.send(HUM)
    until(lambda: share_of(tape.last(), 100) > 0.7, PATIENCE, "the mains")
    client.send(None)
    until(lambda: loud(tape.last(0.02)) < 60 and _still(tape), PATIENCE, "the end of it, faded out")
    assert not client.failed


def _still(tape: Tape) -> bool:
    before = tape.seconds()
    time.sleep(0.3)
    return tape.seconds() == before


def test_fades_have_no_clicks(tape: Tape, client: AudioClient) -> None:
    for loops in ({"wind": 0.7, "room": 0.5}, {"murmur": 0.6, "room": 0.4}, {"wind": 0.7}, {"line": 0.5, "hum": 0.4}):
        client.send(AudioCommand(loops, {}, 0.8))
        tape.grown(0.6)
    client.send(None)
    until(lambda: _still(tape), PATIENCE, "the end of it")
    played = np.frombuffer(tape.all.tobytes(), "<i2") / 32768
    assert measure.clicks(played) == 0 and abs(played[0]) < 0.001
    cut = played.copy()
    cut[np.argmax(np.abs(cut)) :] = 0.0
    assert measure.clicks(cut) > 0, "a loop that is cut is found"


def test_occasional_sound_comes_by_itself_and_fades_with_its_place(tape: Tape, client: AudioClient) -> None:
    client.send(AudioCommand({}, {}, 0.2, {"clapping": (1.0, 2.0)}))
    until(lambda: max(tape.all, default=0) > 1000, PATIENCE, "the hall that claps")
    client.send(None)
    until(lambda: loud(tape.last(0.02)) < 60 and _still(tape), PATIENCE, "the end of it, faded out")
    assert max(abs(after - before) for before, after in pairwise(tape.last(0.05))) < 300


def test_single_sound_plays_once(tape: Tape, client: AudioClient) -> None:
    client.send(AudioCommand({}, {"ladle": 1.0}, 0.0))
    until(lambda: max(tape.all, default=0) > 2000, PATIENCE, "the ladle")
    tape.grown(2.0)
    assert loud(tape.last()) == 0


def test_lost_device_is_retried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: AudioClient) -> None:
    """A pipe stands for the device; nobody reads it any more, as if it were unplugged."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs a pipe with a name, which Windows has not")
    pipe = tmp_path / "device"
    os.mkfifo(pipe)
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(pipe))
    client.send(WIND)
    with pipe.open("rb") as heard:
        heard.read(20000)
        assert not client.failed
    until(lambda: client.failed or None, PATIENCE, "the loss to be noticed")
    client.send(HUM)
    assert client.failed, "no other is started at once"


@pytest.mark.parametrize("driver", ["no-such-driver", "disk"])
def test_without_a_device_the_process_ends_with_its_status(driver: str, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "no-such-folder" / "mix.raw")
    ended = subprocess.run(
        [sys.executable, "-P", audio_process.__file__, str(SOUNDS)],
        env={**os.environ, "SDL_AUDIODRIVER": driver, "SDL_DISKAUDIOFILE": nowhere},
        input=WIND.line(), capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    assert ended.returncode == audio_process.NO_DEVICE and b"Traceback" not in ended.stderr


def test_process_that_cannot_start_gives_silence() -> None:
    client = AudioClient(["no-such-program-anywhere"], time.monotonic)
    client.send(WIND)
    until(lambda: client.failed or None, PATIENCE, "the news")
    client.send(HUM)


def test_unresponsive_device_blocks_nobody() -> None:
    client = AudioClient([sys.executable, "-c", "import time; time.sleep(2); raise SystemExit(3)"], time.monotonic)
    for _ in range(5000):
        client.send(WIND)
    assert not client.failed
    until(lambda: client.failed or None, PATIENCE, "its end")


def test_hanging_process_is_killed_on_silence(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(15)"
    client = AudioClient([sys.executable, "-c", script], time.monotonic)
    client.send(WIND)
    first = until(lambda: note.exists() and note.read_text(), PATIENCE, "its start")
    client.send(None)
    client.send(HUM)
    until(lambda: note.read_text() not in (first, ""), PATIENCE, "another one instead of it")
    client.send(None)


def test_failed_start_is_retried_after_a_pause(tmp_path: Path) -> None:
    tries, now = tmp_path / "tries", [100.0]
    script = f"open({str(tries)!r}, 'a').write('x'); raise SystemExit(3)"
    client = AudioClient([sys.executable, "-c", script], lambda: now[0])

    def tried(times: int) -> Callable[[], bool]:
        return lambda: tries.exists() and len(tries.read_text()) == times and client.failed

    client.send(WIND)
    until(tried(1), PATIENCE, "the first try")
    client.send(HUM)
    now[0] += 3.0
    client.send(WIND)
    time.sleep(0.5)
    assert len(tries.read_text()) == 1
    now[0] += 10.0
    client.send(HUM)
    until(tried(2), PATIENCE, "the second try")


def test_stale_commands_are_dropped_after_a_slow_start() -> None:
    commands: Queue[AudioCommand | None] = Queue()
    for sent, kept in (((WIND, AudioCommand({}, {"page": 1.0}, 0.0), HUM), [HUM]), ((HUM, None), [HUM, None])):
        for command in sent:
            commands.put(command)
        drop_stale(commands)
        assert [commands.get() for _ in range(commands.qsize())] == kept


OWN = AudioCommand({"pack-harbour": 0.8}, {}, 0.3)


@pytest.fixture
def harbour(tmp_path: Path) -> dict[str, PackFile]:
    """The files of OWN: a tone of 440 Hz, as a sound editor saves it."""
    tone(tmp_path / "pack" / "sounds.wav", 440, seconds=1.5)
    return {"pack-harbour": (str(tmp_path / "pack"), "sounds.wav")}


def _sounds(tape: Tape, hz: float) -> bool:
    part = tape.last()  # read once: a mixer that starts again empties the file
    return loud(part) > 200 and share_of(part, hz) > 0.95


def test_rate_of_a_pack_s_loop_is_the_device_s() -> None:
    assert sound_loops.RATE == RATE


def test_loop_of_a_pack_plays_without_a_seam(tape: Tape, client: AudioClient, harbour: dict[str, PackFile]) -> None:
    client.send(OWN, harbour)
    until(lambda: _sounds(tape, 440), PATIENCE, "the pack's tone")
    tape.grown(4.5)  # the fade before it has a test of its own
    assert measure.clicks(np.frombuffer(tape.last(4.0).tobytes(), "<i2") / 32768) == 0
    client.send(None)
    until(lambda: _still(tape), PATIENCE, "the end of it")
    client.send(OWN, harbour)
    until(lambda: _sounds(tape, 440), PATIENCE, "the pack's tone again")
    client.send(HUM)
    until(lambda: share_of(tape.last(), 100) > 0.7, PATIENCE, "the mains")
    assert not client.failed


def test_changed_file_is_heard_with_the_next_command(
    tape: Tape, client: AudioClient, harbour: dict[str, PackFile], tmp_path: Path
) -> None:
    client.send(OWN, harbour)
    until(lambda: _sounds(tape, 440), PATIENCE, "the pack's tone")
    (tmp_path / "pack" / "sounds.wav").write_bytes(b"RIFF")
    client.send(OWN, harbour)
    until(lambda: loud(tape.last()) == 0, PATIENCE, "silence")
    tone(tmp_path / "pack" / "sounds.wav", 660)
    client.send(OWN, harbour)
    until(lambda: _sounds(tape, 660), PATIENCE, "the other tone")
    assert not client.failed


def test_samples_of_a_stale_command_are_kept() -> None:
    commands: Queue[AudioCommand | None] = Queue()
    samples: dict[str, bytes] = {}
    audio_process.read_commands([OWN._replace(samples={"pack-harbour": b"1234"}).line(), HUM.line()], commands, samples)
    drop_stale(commands)
    assert (commands.get(), samples) == (HUM, {"pack-harbour": b"1234"})


def test_process_that_reads_nothing_does_not_keep_the_program(harbour: dict[str, PackFile], tmp_path: Path) -> None:
    """A loop is longer than a pipe holds. The program's end does not wait for a device that opens for a minute."""
    tone(tmp_path / "pack" / "sounds.wav", seconds=8.0)
    script = f"""
import sys, time
from game.desktop.audio.audio_client import AudioClient
from game.desktop.audio.audio_process import AudioCommand
client = AudioClient([sys.executable, "-c", "import time; time.sleep(60)"], time.monotonic)
client.send(AudioCommand({{"pack-harbour": 0.8}}, {{}}, 0.3), {harbour!r})
time.sleep(1.5)
print(time.monotonic())
"""
    found = subprocess.run([sys.executable, "-c", script], check=True, timeout=40, capture_output=True, text=True)
    assert time.monotonic() - float(found.stdout.split()[-1]) < PATIENCE / 2
