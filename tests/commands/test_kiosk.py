"""`kiosk` checks its configuration, sets the staff's PIN, and prints the files for a technician."""

from __future__ import annotations

import getpass
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.core.exit_status import BY_STAFF, RESTART
from game.core.paths import kiosk_file, kiosk_folder, kiosk_state_folder
from game.kiosk.config.configuration import Config, object_warnings
from game.kiosk.config.last_good_config import copy_path, save_copy
from game.kiosk.staff.pin import verify_pin
from game.kiosk.supervisor.process_supervisor import SupervisorOptions
from tests.commands.typed import Command, Terminal, refused
from tests.full_disk import full_disk
from tests.real.screen import until
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")
Type = Callable[..., None]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Type:
    """A function that types these hidden lines at a terminal, and then ends the input."""

    def types(*lines: str) -> None:
        left: Iterator[str] = iter(lines)

        def ask(prompt: str = "") -> str:
            try:
                return next(left)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(getpass, "getpass", ask)

    return types


def at_home(text: str) -> Path:
    """Write a configuration in the usual place."""
    kiosk_file().parent.mkdir(parents=True, exist_ok=True)
    kiosk_file().write_text(text, encoding="utf-8")
    return kiosk_file()


def test_without_a_configuration_the_defaults_are_sound(run: Command) -> None:
    said = f"There is no {kiosk_file()}, and none is needed: the defaults hold.\n"
    assert run("kiosk", "--check-config").printed == said


def test_the_example_is_printed_and_sound(tmp_path: Path, run: Command) -> None:
    printed = run("kiosk", "--example").printed
    assert "[villager, official]" in printed and "$" not in printed
    file = tmp_path / "k.yaml"
    file.write_text(printed, encoding="utf-8")
    assert run("kiosk", "--check-config", "--config", file).printed == f"{file} is sound.\n"


def test_check_config_prints_every_fault(run: Command) -> None:
    file = at_home("roles: [viliger]\ncut: class\nlanguages: [xx]\n")
    status, out, err = run("kiosk", "--check-config")
    assert status == 1
    assert [line.split(": ")[0] for line in out.splitlines()] == [f"{file}:1:9", f"{file}:2:6", f"{file}:3:13"]
    assert "Did you mean `villager`?" in out and "no cut for one reader `class`" in out and err == ""


def test_check_config_prints_the_opening_hours(run: Command) -> None:
    """A staff member who forgot a day would find a dark screen in the morning."""
    file = at_home("hours: {mon-sun: closed}\n")
    assert run("kiosk", "--check-config").printed == f"{file} is sound.\nClosed, with no day on which it opens.\n"


@pytest.mark.parametrize("lacking", ["sqlalchemy", "psycopg"])
def test_a_database_whose_driver_is_not_installed_is_not_sound(
    lacking: str, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("game.kiosk.counts.postgres", reason="needs sqlalchemy and psycopg")
    file = at_home("database: postgresql+psycopg://kiosk:4711@db.museum/counts\n")
    assert run("kiosk", "--check-config").printed == f"{file} is sound.\n"
    for name in {name for name in sys.modules if name.partition(".")[0] == lacking} | {"game.kiosk.counts.postgres"}:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delattr("game.kiosk.counts.postgres", raising=False)
    monkeypatch.setitem(sys.modules, lacking, None)
    status, out, _ = run("kiosk", "--check-config")
    assert status == 1
    assert out.startswith(f"{file}: `database` cannot be used") and "weight-of-grain[museum]" in out
    assert out.count("\n") == 1 and "4711" not in out


def test_an_object_without_a_text_or_a_chapter_is_named(run: Command) -> None:
    """A language lacks its text, or no chapter of a visit has it; this may be intended, so the file is sound."""
    config = Config(languages=("en", "zh"), objects={"wok": {"en": "A wok."}, "cap": {"en": "A cap.", "zh": "帽"}})
    assert list(object_warnings(config, {"wok", "cap"})) == ["Of `wok` nothing is said in zh."]
    short = at_home("objects: {wok: {en: A wok.}, loudspeaker: {en: A loudspeaker.}}\n")
    said = "Of `loudspeaker` nothing is said: no chapter that is read here turns on it.\n"
    assert run("kiosk", "--check-config").printed == f"{short} is sound.\n{said}"
    both = at_home("longer_cut: full\nobjects: {wok: {en: A wok.}, loudspeaker: {en: A loudspeaker.}}\n")
    assert run("kiosk", "--check-config").printed == f"{both} is sound.\n"


def test_a_language_without_the_longer_cut_is_named(run: Command) -> None:
    file = at_home("languages: [en, zh-Hans]\nlonger_cut: full\n")
    sound, note = run("kiosk", "--check-config", "--story", THE_MILL).printed.splitlines()
    assert sound == f"{file} is sound."
    assert note.startswith("The longer way is not offered in `zh-Hans`: the cut `full` is not whole in `zh-Hans`")


def test_a_wrong_configuration_keeps_the_kiosk_from_starting(run: Command) -> None:
    file = at_home("idle: 1\nwarn: 1\n")
    for options in ([], ["--print-service"]):
        said = refused(run("kiosk", *options))
        assert f"{file}:1:7: `idle` cannot be `1`" in said and said.endswith(
            "(and 1 more: run `weight-of-grain kiosk --check-config`)"
        )


class Supervisor:
    """Replaces the supervisor: it records its arguments, and a function for each run gives the status."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *meanwhile: Callable[[SupervisorOptions], int]) -> None:
        self.given: list[SupervisorOptions] = []
        self._meanwhile = iter(meanwhile)
        monkeypatch.setattr("game.kiosk.supervisor.process_supervisor.supervise", self.keep)

    def keep(self, given: SupervisorOptions) -> int:
        self.given.append(given)
        return next(self._meanwhile)(given)


def test_without_a_configuration_a_kiosk_has_the_defaults(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor = Supervisor(monkeypatch, lambda given: BY_STAFF)
    assert run("kiosk").status == BY_STAFF
    (given,) = supervisor.given
    assert (given.port, given.data_folder) == (8766, kiosk_folder())
    assert (given.config_error(), given.outdated(), given.closed()) == ("", False, False)


def test_supervisor_restarts_for_changes_of_its_own_keys_only(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new data folder or port restarts it; other keys do not, and it follows new hours at once.

    It reports a file that breaks meanwhile, and does not restart.
    """
    file = at_home(f"data_folder: {tmp_path / 'one'}\n")
    times = iter(range(10**6))
    monkeypatch.setattr("time.monotonic", lambda: float(next(times)))

    def first(given: SupervisorOptions) -> int:
        assert not given.outdated()
        file.write_text(f"data_folder: {tmp_path / 'one'}\nidle: 70\nhours: {{2000-01-01: closed, daily: closed}}\n")
        assert not given.outdated()
        assert [given.config_error() for _ in range(3)] == [""] * 3 and given.closed()
        file.write_text("idle: 1\n")
        assert given.config_error() == "" and given.config_error().startswith(f"{file}:1:7:")
        file.write_text(f"data_folder: {tmp_path / 'two'}\nhealth_port: 9000\n")
        assert given.outdated()
        return RESTART

    supervisor = Supervisor(monkeypatch, first, lambda given: 0)
    assert run("kiosk").status == 0
    assert [(given.data_folder.name, given.port) for given in supervisor.given] == [("one", 8766), ("two", 9000)]


def test_supervisor_outlives_a_broken_file_without_a_copy(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    file = at_home("health_port: 9000\n")

    def breaks(given: SupervisorOptions) -> int:
        file.write_text("idle: 60\n- 70\n")
        assert not given.outdated()
        return BY_STAFF

    Supervisor(monkeypatch, breaks)
    assert run("kiosk").status == BY_STAFF


def test_kiosk_in_a_window_ends_for_a_changed_file(tmp_path: Path) -> None:
    file = tmp_path / "k.yaml"
    file.write_text(f"data_folder: {tmp_path / 'data'}\n", encoding="utf-8")
    command = [sys.executable, "-m", "game", "kiosk", "--windowed", "--story", str(THE_MILL), "--config", str(file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as game:
        until(lambda: [*tmp_path.glob("data/*.counts")] or game.poll() is not None, 30, "the counts of a kiosk")
        file.write_text(f"data_folder: {tmp_path / 'data'}\nidle: 70\n", encoding="utf-8")
        assert game.wait(30) == RESTART, game.communicate()[1]


def test_last_good_configuration_replaces_a_broken_one(monkeypatch: pytest.MonkeyPatch, run: Command) -> None:
    file = at_home("health_port: 9000\n")
    save_copy("health_port: 9000\n", copy_path(file, kiosk_state_folder()))
    for spoil in (lambda: file.write_text("idle: 1\n"), lambda: file.write_text("idle: 60\n- 70\n"), file.unlink):
        spoil()
        supervisor = Supervisor(monkeypatch, lambda given: 0)
        assert run("kiosk").status == 0
        assert supervisor.given[0].port == 9000
        assert supervisor.given[0].config_error().startswith(str(file))
    at_home("idle: 1\n")
    assert run("kiosk", "--check-config").out.startswith(f"{file}:1:7:")
    assert f"{file}:1:7:" in refused(run("kiosk", "--windowed"))


def test_another_story_has_its_own_roles_and_cuts(tmp_path: Path, run: Command) -> None:
    file = tmp_path / "k.yaml"
    file.write_text("cut: kiosk\nroles: [villager]\n", encoding="utf-8")
    found = run("kiosk", "--check-config", "--story", THE_MILL, "--config", file)
    assert found.status == 1 and "there is no role `villager`" in found.out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--config", "nowhere.yaml"], "there is no file nowhere.yaml"),
        (["--check-config", "--config", "nowhere.yaml"], "there is no file nowhere.yaml"),
        (["--check-config", "--example"], "not allowed with"),
        (["--size", "1080x1920"], "--size is for --windowed"),
        (["--windowed", "--size", "1080"], "not a size"),
        (["--story", "nowhere"], "nowhere"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_one_line(options: list[str], reason: str, run: Command) -> None:
    assert reason in refused(run("kiosk", *options))


def test_a_pin_is_written_into_its_line(types: Type, run: Command) -> None:
    file = at_home("")
    file.write_bytes("\ufeff# ours\r\nidle: 70  # long\r\npin:  # nobody's yet\r\nwarn: 25\r\n".encode())
    file.chmod(0o600)
    rights = file.stat().st_mode
    types("4711", "4711")
    assert run("kiosk", "--set-pin").printed == f"The PIN's hash stands in {file}.\n"
    match = re.fullmatch(
        "\ufeff# ours\r\nidle: 70  # long\r\npin: (\\S+)  # nobody's yet\r\nwarn: 25\r\n", file.read_bytes().decode()
    )
    assert match is not None
    assert verify_pin("4711", match[1]) and "4711" not in match[1].split("$")
    assert file.stat().st_mode == rights
    assert run("kiosk", "--check-config").status == 0
    first = match[1]
    types("4711", "4711")
    assert run("kiosk", "--set-pin").status == 0
    assert first not in file.read_text(encoding="utf-8")  # with a new salt


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives links to administrators only")
def test_set_pin_writes_the_file_behind_a_link(run: Command, types: Type, tmp_path: Path) -> None:
    file, link = tmp_path / "real.yaml", tmp_path / "k.yaml"
    file.write_text("idle: 70\n")
    link.symlink_to(file)
    types("123456", "123456")
    assert run("kiosk", "--set-pin", "--config", link).status == 0
    assert link.is_symlink() and file.read_text().startswith("idle: 70\npin: scrypt-1$")


def test_set_pin_prints_the_line_without_a_file(types: Type, tmp_path: Path, run: Command) -> None:
    file = tmp_path / "k.yaml"
    types("0000", "0000")
    status, out, err = run("kiosk", "--set-pin", "--config", file)
    assert status == 0
    assert not file.exists() and str(file) in err
    file.write_text(out)
    assert run("kiosk", "--check-config", "--config", file).status == 0


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (["123"], "4 to 12 digits"),
        (["abcd"], "4 to 12 digits"),
        (["4711", "4712"], "two different PINs"),
        ([], "nothing is changed"),
        (["4711"], "nothing is changed"),
    ],
)
def test_unfit_pin_changes_nothing(typed: list[str], reason: str, types: Type, run: Command) -> None:
    file = at_home("pin:\n")
    types(*typed)
    message = refused(run("kiosk", "--set-pin"))
    assert reason in message and not any(pin in message for pin in typed)
    assert file.read_text() == "pin:\n"


def test_set_pin_needs_a_terminal(run: Command) -> None:
    """A PIN from a pipe would be in the shell's history."""
    refused(run("kiosk", "--set-pin", typed="4711\n4711\n"), "needs a terminal")


@pytest.mark.parametrize("content", [b"- a\n", b"idle: {\n", b"\xff", b"pin: [a]\n"])
def test_set_pin_keeps_a_file_that_cannot_take_a_pin(content: bytes, types: Type, run: Command) -> None:
    file = at_home("")
    file.write_bytes(content)
    types("4711", "4711")
    said = refused(run("kiosk", "--set-pin"))
    assert f"{file} takes no PIN" in said and "the line is `pin: scrypt-1$" in said
    assert file.read_bytes() == content


def test_unwritable_file_is_unchanged(types: Type, monkeypatch: pytest.MonkeyPatch, run: Command) -> None:
    file = at_home("idle: 70\n")
    monkeypatch.setattr(os, "fsync", full_disk)
    types("4711", "4711")
    assert "No space left on device; the line is `pin: " in refused(run("kiosk", "--set-pin"))
    assert file.read_text() == "idle: 70\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals on Windows")
def test_a_real_terminal_does_not_show_the_pin(home: Path) -> None:
    """A pseudo-terminal asks for it twice, and never echoes it."""
    import pty

    at_home("# ours\n")
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "game", "kiosk", "--set-pin"])
    shown = b""

    def until(text: bytes) -> None:
        nonlocal shown
        while text not in shown:
            try:
                more = os.read(terminal, 1000)
            except OSError:  # Linux reports a closed other end in this way
                more = b""
            assert more, shown
            shown += more

    until(b"digits: ")
    os.write(terminal, b"471147\n")
    until(b"Once more: ")
    os.write(terminal, b"471147\n")
    until(b"stands in")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    assert b"4711" not in shown.replace(str(home).encode(), b"")
    assert verify_pin("471147", kiosk_file().read_text().removeprefix("# ours\npin: ").strip())


def test_the_service_is_that_of_this_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Command
) -> None:
    file = tmp_path / "k.yaml"
    file.write_text("health_port: 9000\ncut: full\n")
    monkeypatch.chdir(tmp_path)
    out = run("kiosk", "--print-service", "--config", "k.yaml", "--story", THE_MILL).printed
    assert f"-- {sys.executable} -m game kiosk --story {THE_MILL} --config {file}\n" in out
    assert "http://127.0.0.1:9000/health" in out


def test_without_a_configuration_the_service_has_the_system_s_path(run: Command) -> None:
    assert "--config /etc/weight-of-grain/kiosk.yaml\n" in run("kiosk", "--print-service").printed


@pytest.mark.parametrize(("asks", "runs"), [("root", "kiosk"), ("anna", "anna")])
def test_the_service_never_runs_as_root(asks: str, runs: str, monkeypatch: pytest.MonkeyPatch, run: Command) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: asks)
    assert re.findall("^User=(.*)$", run("kiosk", "--print-service").printed, re.MULTILINE) == [runs]


@pytest.mark.parametrize("options", [["--check-config"], ["--example"], ["--print-service"]])
def test_configuration_options_need_no_pygame(options: list[str]) -> None:
    program = "import sys; sys.modules['pygame'] = None; from game.cli import main; sys.exit(main(sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", program, "kiosk", *options], check=True, timeout=60, capture_output=True)
