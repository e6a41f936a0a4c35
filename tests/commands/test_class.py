"""`class` lists the stored classes, writes their records, and deletes them."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest

from game.classroom import class_store, commands
from game.classroom import events as ev
from game.classroom.class_expiry import ANNOUNCED, DAY
from game.classroom.class_store import interrupted_class, new_log, record_paths, stored_class
from game.classroom.commands import CastBallot
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.commands import class_
from game.commands.support import class_archive
from game.commands.support.class_archive import describe_class
from game.core.paths import classes_folder, documents_folder
from game.core.sqlite import Database, SqliteError
from game.story import Story, load
from game.ui.effects import EffectRunner, WriteClassRecord
from game.ui.i18n import Catalogue
from game.ui.intents import ClassChanged
from tests.classroom.logged_class import LoggedClass, logged_events
from tests.classroom.test_class_reader import raw_lines
from tests.classroom.test_log import execute
from tests.commands.typed import Command, Terminal, refused
from tests.full_disk import full_disk
from tests.play.readers import edited
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")
Keep = Callable[..., Path]


@pytest.fixture
def keep(shipped: Story, home: Path) -> Keep:
    """A function that stores a class of the shipped story, last written `days` ago, with its record."""

    def keep(name: str = "2026-11-25-0912", days: float = 0, folder: Path | None = None) -> Path:
        logged = LoggedClass(shipped)
        logged.run_at_random(Random(3), ["a", "b", "c"])
        path = (folder or classes_folder()) / f"{name}.class"
        with Log(path, lambda: time.time() - days * 86_400) as log:
            log.write([event for _, event in logged.log])
        for file in record_paths(path):
            file.write_text("a record", encoding="utf-8")
        return path

    return keep


def test_classes_are_listed_newest_first(keep: Keep, run: Command) -> None:
    older, newer = keep("older", days=2), keep("newer")
    head, *lines = run("class", "--list").printed.splitlines()
    assert head.split() == ["BEGAN", "STORY", "CUT", "DOORS", "DECISIONS", "PHONES", "FILE"]
    assert [line.split()[-1] for line in lines] == [str(newer), str(older)]
    assert lines[0].split()[2:5] == ["weight-of-grain", "class", "both"]
    assert lines[0].split()[6] == "3"


def test_without_a_stored_class_each_option_prints_one_line(run: Command) -> None:
    for option in ("--list", "--delete=all"):
        assert run("class", option).printed == "No class is kept.\n"
    for options in (["--record", "."], ["--resume"], ["--delete"]):
        assert "no class is kept" in refused(run("class", *options))


def test_list_goes_on_after_a_damaged_log(keep: Keep, run: Command) -> None:
    sound, damaged = keep("sound"), keep("damaged")
    damaged.write_bytes(damaged.read_bytes()[:100] + b"\xff" * 5000)
    status, out, err = run("class", "--list")
    assert status == 0
    assert str(sound) in out and str(damaged) not in out and str(damaged) in err


def test_the_record_is_written_as_page_and_sheet(keep: Keep, tmp_path: Path, run: Command) -> None:
    keep()
    for _ in range(2):
        page, sheet = map(Path, run("class", "--record", tmp_path).printed.splitlines())
    assert page == tmp_path / "weight-of-grain-2026-11-25-0912.html"
    assert "A class with The Weight of Grain" in page.read_text(encoding="utf-8")
    assert ".halves" in page.read_text(encoding="utf-8")
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfRow,Time,")


@pytest.mark.parametrize("name", ["first", "first.class", None])
def test_an_older_class_can_be_named_as_in_the_list(run: Command, name: str | None, keep: Keep, tmp_path: Path) -> None:
    first = keep("first", days=1)
    keep("second")
    assert run("class", "--record", tmp_path, "--log", name or first).status == 0
    assert (tmp_path / "weight-of-grain-first.csv").exists()


def test_record_does_not_replace_a_foreign_file(keep: Keep, tmp_path: Path, run: Command) -> None:
    keep()
    page, sheet = (tmp_path / f"weight-of-grain-2026-11-25-0912.{end}" for end in ("html", "csv"))
    sheet.write_text("name,mark\n")
    assert str(sheet) in refused(run("class", "--record", tmp_path))
    assert sheet.read_text() == "name,mark\n" and not page.exists()
    sheet.unlink()
    page.write_text("<p>mine</p>")
    assert str(page) in refused(run("class", "--record", tmp_path))
    assert page.read_text() == "<p>mine</p>" and not sheet.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--record", "nowhere"], "there is no folder nowhere"),
        (["--record", ".", "--log", "other"], "there is no class other"),
        (["--resume", "--log", "other"], "there is no class other"),
        (["--delete", "other", "--yes"], "there is no class other"),
        (["--delete"], "add --yes"),
        (["--log", "2026-11-25-0912"], "--log names the class for --record and --resume"),
        (["--yes"], "--yes is for --delete"),
        (["--resume", "--cut", "full"], "leave out --cut and --role"),
        (["--resume", "--role", "villager"], "leave out --cut and --role"),
        (["--list", "--resume"], "not allowed with"),
        (["--cut", "clas"], "Did you mean `class`?"),
        (["--cut", "full"], "name it with --role"),
        (["--cut", "class", "--role", "villager"], "through both doors"),
        (["--cut", "full", "--role", "viliger"], "Did you mean `villager`?"),
        (["--port", "80"], "1024 to 65535"),
        (["--address", "my-laptop"], "192.168.1.20"),
        (["--web-address", "school.example"], "https://school.example/grain/"),
        (["--relay", "grain.example.org"], "write it as https://grain.example.org"),
        (["--new", "--relay", "https://grain.example.org", "--relay-token", "/nowhere"], "/nowhere: No such file"),
        (["--new", "--relay-token", "/nowhere"], "--relay-token is for --relay"),
        (["--keep-days", "0"], "1 to 3650"),
        (["--open"], "--open is for --wall-in-browser"),
        (["--wall-in-browser", "--size", "1280x720"], "opens no window"),
        (["--wall-in-browser", "--fullscreen"], "opens no window"),
        (["--wall-in-browser", "--speak"], "opens no window"),
        (["--record", ".", "--story", str(THE_MILL)], "name its own story with --story"),
        (["--resume", "--story", str(THE_MILL)], "name its own story with --story"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_one_line(
    options: list[str], message: str, keep: Keep, run: Command
) -> None:
    kept = keep()
    assert message in refused(run("class", *options))
    assert all(file.exists() for file in (kept, *record_paths(kept)))


def mill_log(*events: ev.Event, version: int = 3) -> Path:
    """The log `old` of a class of the mill."""
    with Log(classes_folder() / "old.class", lambda: 0.0) as log:
        log.write([ev.Begun("the-mill", version, "class", None), *events])
        return log.path


def test_class_of_another_version_of_the_story_is_opened(tmp_path: Path, run: Command) -> None:
    """An older log has no save: one message says that the story has changed, and the class goes on."""
    mill_log(ev.Joined("s1", "miller"), version=2)
    resume = ["--resume", "--first-frame"]
    for options, is_said in ((["--record", str(tmp_path)], True), (resume, True), (resume, False)):
        found = run("class", "--story", THE_MILL, *options)
        assert found.status == 0
        assert ("The story has changed since you were last here" in found.err) is is_said


def test_log_with_a_removed_choice_is_opened_up_to_there(tmp_path: Path, run: Command) -> None:
    """The removed choice and all later events are left out with a message; the file keeps every line."""
    joined = ev.Joined("s1", "")
    path = mill_log(joined, ev.Decided({"": "no-such"}, {"": "most"}), ev.Opened(1))
    assert "leaves the last 2 events out" in run("class", "--record", tmp_path, "--story", THE_MILL).err
    for left_out in (True, False):
        status, _, said = run("class", "--resume", "--log", "old", "--story", THE_MILL, "--first-frame")
        assert status == 0
        assert ("the last 2 events of this class are left out" in said) is left_out
        assert ("was changed since" in said) is left_out
    lines = [json.loads(line)["event"] for line in raw_lines(path)]
    assert lines[:4] == ["begun", "joined", "decided", "opened"]
    assert logged_events(path)[1] == joined


def test_class_over_an_edited_story_is_resumed_and_recorded(tmp_path: Path, run: Command) -> None:
    story = tmp_path / "story"
    with Log(classes_folder() / "old.class", time.time) as log:
        host = class_host(load(THE_MILL), log, ev.Begun("the-mill", 3, "class", None, session=1))
        for number in range(4):
            host.execute(partial(commands.join, seat=f"s{number}"))
        host.execute(commands.go_on)
        host.execute(commands.open_vote)
        for seat, door in host.state.seats.items():
            host.execute(CastBallot(seat, host.state.number, "hide" if door == "miller" else "double"))
        host.execute(commands.reveal)
        host.execute(commands.decide)
    edited(story, ("m-gate", "id: hide, say: I hid the grain.", "id: bury, was: [hide], say: I buried it."))
    for is_said in (True, False):
        status, _, said = run("class", "--resume", "--log", "old", "--story", story, "--first-frame")
        assert status == 0
        assert ("a choice that you made in “The Gate” has new words" in said) is is_said and "left out" not in said
    assert run("class", "--record", tmp_path, "--log", "old", "--story", story).status == 0
    record = next(tmp_path.glob("*.csv")).read_text(encoding="utf-8")
    assert "The Gate,I buried it.," in record and "The Desk,I doubled it.,2,2,0," in record


def test_question_before_a_class_names_the_events_left_out(words: Catalogue) -> None:
    story, path = load(THE_MILL), mill_log(ev.Joined("s1", ""))
    assert not any("left out" in line for line in describe_class(story, words, stored_class(path)))
    with Log(path, lambda: 0.0) as log:
        log.write([ev.WentBack(), ev.Ended()])
    *_, last = describe_class(story, words, stored_class(path))
    assert last.startswith("2 steps at the end of this class could not be read")


def test_foreign_file_as_log_is_refused_and_unchanged(tmp_path: Path, run: Command) -> None:
    text, base = tmp_path / "notes.class", tmp_path / "base.class"
    text.write_text("my notes")
    execute(base, "PRAGMA journal_mode = WAL", "CREATE TABLE theirs (x)")
    before = [file.read_bytes() for file in (text, base)]
    for file in (text, base):
        for options in (["--record", str(tmp_path), "--log"], ["--resume", "--log"], ["--yes", "--delete"]):
            assert f"{file} is not a log of a class" in refused(run("class", *options, file))
    assert [file.read_bytes() for file in (text, base)] == before


def test_delete_asks_and_deletes_log_and_record(keep: Keep, monkeypatch: pytest.MonkeyPatch, run: Command) -> None:
    kept = keep()
    for answer in ("\n", "n\n", ""):
        monkeypatch.setattr(sys, "stdin", Terminal(answer))
        assert "Nothing was deleted." in run("class", "--delete").printed and kept.exists()
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert f"deleted {kept}" in run("class", "--delete").printed
    assert list(classes_folder().iterdir()) == []


def test_delete_takes_one_class_or_all(keep: Keep, run: Command) -> None:
    keep("one"), keep("two"), keep("three")
    theirs = classes_folder() / "theirs.class"
    theirs.write_text("their own")
    assert run("class", "--delete", "two", "--yes").status == 0
    assert sorted(file.stem for file in classes_folder().glob("*.html")) == ["one", "three"]
    assert run("class", "--delete", "all", "--yes").status == 0
    assert list(classes_folder().iterdir()) == [theirs]


def test_class_in_use_is_neither_deleted_nor_resumed(keep: Keep, run: Command) -> None:
    kept = keep()
    with Log(kept, lambda: 0.0) as log:
        log.write([ev.Paused(False)])
        for options in (["--delete", "--yes"], ["--resume"]):
            assert "a class is being held on" in refused(run("class", *options))
        assert run("class", "--list").status == 0
    assert kept.exists()


def test_class_that_another_process_resumed_meanwhile_is_refused(
    keep: Keep, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep()
    before = logged_events(kept)
    with ExitStack() as other_process:
        monkeypatch.setattr(
            class_archive, "delete_expired_classes", lambda *_, **__: other_process.enter_context(Log(kept, time.time))
        )
        assert f"a class is being held on {kept}" in refused(run("class", "--resume", "--first-frame"))
    assert logged_events(kept) == before


def test_two_new_classes_begun_at_once_have_a_log_each(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = new_log(classes_folder(), datetime.now())
    with Log(taken, time.time) as other_process:
        names = iter([taken])
        monkeypatch.setattr(class_store, "new_log", lambda *of: next(names, None) or new_log(*of))
        assert run("class", "--new", "--first-frame").status == 0
        assert other_process.read().entries == ()
    assert list(classes_folder().iterdir()) == [taken]  # an untouched class is deleted


def test_all_but_a_class_in_use_are_deleted(keep: Keep, run: Command) -> None:
    first, running, last = keep("first"), keep("running"), keep("last")
    with Log(running, time.time):
        status, out, err = run("class", "--delete", "all", "--yes")
    assert status == 2
    assert sorted(out.splitlines()) == [f"deleted {first}", f"deleted {last}"]
    assert err == f"weight-of-grain: a class is being held on {running}: end it first\n"
    assert running.exists() and not first.exists() and not last.exists()


def announced_yesterday() -> None:
    """Set the announcements of old classes a day back."""
    file = classes_folder() / ANNOUNCED
    at = {name: at - DAY for name, at in json.loads(file.read_text(encoding="utf-8")).items()}
    file.write_text(json.dumps(at), encoding="utf-8")


def test_expired_classes_are_announced_and_deleted_another_day(keep: Keep, run: Command) -> None:
    old, week, new = keep("old", days=31), keep("week", days=8), keep("new")
    assert f"{old} is older than 30 days" in run("class", "--list").err and old.exists()
    announced_yesterday()
    assert f"deleted {old}" in run("class", "--list").err
    assert not any(file.exists() for file in (old, *record_paths(old)))
    assert run("class", "--list", "--keep-days", "7").status == 0
    announced_yesterday()
    status, out, err = run("class", "--list", "--keep-days", "7")
    assert status == 0
    assert str(week) in err and str(week) not in out and str(new) in out


def test_named_class_is_used_before_it_expires(keep: Keep, tmp_path: Path, run: Command) -> None:
    old = keep("old", days=31)
    run("class", "--list")
    announced_yesterday()
    assert run("class", "--record", tmp_path).status == 0
    assert (tmp_path / "weight-of-grain-old.html").exists() and not old.exists()
    older, old = keep("older", days=40), keep("old", days=31)
    run("class", "--list")
    announced_yesterday()
    assert run("class", "--resume", "--log", "old", "--first-frame").status == 0
    assert old.exists() and not older.exists()


def interrupted_log(name: str, session: int, *events: ev.Event, port: int = 8765) -> Path:
    """The log of a class of the shipped story with this session's number."""
    with Log(classes_folder() / f"{name}.class", time.time) as log:
        log.write([ev.Begun("weight-of-grain", 1, "class", None, "K7QP", name, "09:05", port, session), *events])
        return log.path


def test_resume_takes_the_interrupted_class_and_not_a_later_class(run: Command) -> None:
    wanted = interrupted_log("first", 1, ev.Joined("s1", "villager"), port=18_766)
    interrupted_log("second", 2, ev.Joined("s1", "villager"), ev.Stopped())
    status, out, err = run("class", "--resume", "--first-frame", "--address", "127.0.0.1")
    assert status == 0
    assert f"going on with {wanted}" in err and ":18766/" in out
    assert logged_events(wanted)[-1] == ev.Stopped()
    assert interrupted_class(classes_folder()) is None


def test_untouched_class_is_deleted_by_its_starter_and_never_by_resume(run: Command) -> None:
    untouched = interrupted_log("untouched", 1)
    assert run("class", "--resume", "--log", "untouched", "--first-frame").status == 0
    assert untouched.exists()
    assert run("class", "--new", "--first-frame").status == 0
    assert list(classes_folder().glob("*.class")) == [untouched]


def test_class_asks_before_it_begins_another_after_an_interrupted_class(run: Command) -> None:
    interrupted = interrupted_log("first", 1, ev.Joined("s1", "villager"))
    assert "phones come in" not in run("class", "--first-frame").printed
    assert "phones" in run("class", "--new", "--first-frame", "--address", "127.0.0.1").printed
    assert list(classes_folder().glob("*.class")) == [interrupted]


def test_class_begins_without_phones_on_a_full_disk(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Log, "write", full_disk)
    status, out, err = run("class", "--first-frame")
    assert status == 0
    assert "nothing of this class is saved" in err and "No space left" in err
    assert "make some room on the disk" in out and "is kept" not in out and "being held" not in out + err


def test_record_of_an_unsaved_class_is_written(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = list[object]()

    def display(app: object, runner: EffectRunner, *_: object) -> int:
        answers.append(runner.carry_out(WriteClassRecord()))
        return 0

    monkeypatch.setattr(Log, "write", full_disk)
    monkeypatch.setattr(class_, "window_display", lambda *_: display)
    assert run("class").status == 0
    assert [type(answer) for answer in answers] == [ClassChanged]
    (page,) = documents_folder().rglob("*.html")
    assert f"{datetime.now():%Y}" in page.read_text(encoding="utf-8")
    assert list(classes_folder().iterdir()) == []


def test_resume_that_cannot_write_names_its_log_once(keep: Keep, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keep()

    def full(self: Database, statement: str, rows: object) -> None:
        raise SqliteError("database or disk is full", damaged=False)

    monkeypatch.setattr(Database, "execute_many", full)
    said = refused(run("class", "--resume", "--first-frame"))
    assert said == f"weight-of-grain: {kept} cannot be written: database or disk is full"


def test_help_explains_windows_phones_and_stored_classes(run: Command) -> None:
    said = run("class", "--help").printed
    for part in ("projector", "phones", "hands", "8765", "--keep-days", "--list", "--record", "--resume"):
        assert part in said


def test_a_token_file_holds_one_token(tmp_path: Path, run: Command) -> None:
    empty, full = tmp_path / "empty", tmp_path / "token"
    empty.write_text("\n \n")
    full.write_text("\na-token-of-school-1\n")
    assert class_.relay_token(full) == "a-token-of-school-1"
    relay = ("--relay", "https://grain.example.org", "--relay-token")
    assert "it has no token" in refused(run("class", "--new", *relay, empty))
