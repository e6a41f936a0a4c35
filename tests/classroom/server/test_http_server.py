"""The HTTP server of a class over real sockets, on loopback."""

from __future__ import annotations

import asyncio
import errno
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Command, Host
from game.classroom.join_codes import seat_of
from game.classroom.log import Log
from game.classroom.server.http_app import SCRIPTS
from game.classroom.write_batcher import WriteBatcher
from game.core.join_codes import ALPHABET
from game.play import Page
from game.play.voting import Round
from game.story import Story
from game.ui.tree import TreeNode
from tests.classroom.logged_class import logged_events, replay
from tests.classroom.phone_client import CODE, QUICK, PhoneClient, new_server, serve_class, served_class, wait_until
from tests.full_disk import full_disk


async def test_a_phone_votes_changes_its_mind_and_its_last_ballot_is_on_disk(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        assert phone.pages[0].status == "open"
        choice = await phone.choose()
        events = logged_events(tmp_path / "a.class")
        assert replay(shipped, events).ballots == {seat_of(phone.token): choice}
        page = await phone.until(lambda page: page.chosen == [choice])
        assert page["version"] > phone.pages[0]["version"] and page["round"] == 1
        for _ in range(2):  # a repeat is acknowledged, and not logged
            other = await phone.choose(1)
        assert host.state.ballots == {seat_of(phone.token): other}
        assert sum(isinstance(event, ev.Voted) for event in logged_events(tmp_path / "a.class")) == 2


async def test_seats_are_given_behind_the_wanted_door_or_the_door_with_fewer(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        first, second = shipped.roles
        for _ in range(2):
            assert (await PhoneClient(session, server.port).join(door=second)).door == second
        assert (await PhoneClient(session, server.port).join()).door == first
        phone = PhoneClient(session, server.port)
        assert await phone.post("/join", {"code": CODE, "door": "cellar"}) == (400, {"refused": "unknown-door"})
        _, answer = await phone.post("/join", {"code": CODE})
        role = shipped.roles[first]
        assert answer["door"] == {"id": role.id, "name": role.name} and answer["welcome"]["value"] == role.id
        assert len(answer["token"]) == 43 and len(host.state.seats) == 4


async def test_phones_connect_beyond_the_first_limit_of_open_files(shipped: Story, tmp_path: Path) -> None:
    """macOS begins with 256 files, and each phone takes one; in this test both ends of a connection do."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(Path("/dev/fd").iterdir())) + 30, before[1]))
    try:
        async with served_class(shipped, tmp_path) as (host, server, session):
            phones = [await PhoneClient(session, server.port).enter() for _ in range(25)]
            assert host.state.seats.keys() == {seat_of(phone.token) for phone in phones}
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


async def test_a_ballot_that_does_not_fit_the_vote_is_refused_with_its_reason(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        mine, seat = phone.pages[0].choices, seat_of(phone.token)
        await phone.choose()
        other_track = next(track for track in host.state.tracks if track.door != host.state.seats[seat])
        theirs = other_track.page.choices[0].id
        assert await phone.vote(mine[1], 7) == {"refused": "other-round", "round": 7}
        assert await phone.vote(theirs, 1) == {"refused": "other-door", "round": 1}
        assert await phone.vote("<script>", 1) == {"refused": "unknown-choice", "round": 1}
        assert await phone.send('{"vote": 3, "round": "1"}') == {"refused": "malformed"}
        assert await phone.send(b'{"vote": "x", "round": 1}') == {"refused": "malformed"}
        host.execute(lambda state: commands.pause(state, True))
        assert await phone.vote(mine[1], 1) == {"refused": "paused", "round": 1}
        host.execute(lambda state: commands.pause(state, False))
        host.execute(commands.close_vote)
        assert await phone.vote(mine[1], 1) == {"refused": "closed", "round": 1}
        assert await phone.post("/vote", {"token": phone.token, "vote": mine[1], "round": 1}) == (
            409, {"refused": "closed", "round": 1},
        )  # fmt: skip
        assert host.state.ballots == {seat: mine[0]}


async def test_a_returning_phone_has_its_seat_and_ballot_and_two_sockets_share_a_seat(
    shipped: Story, tmp_path: Path
) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        choice, seat = await phone.choose(), seat_of(phone.token)
        await phone.close()
        await wait_until(lambda: seat not in host.state.present)
        first = await PhoneClient(session, server.port, phone.token).open()
        await first.until(lambda page: page.chosen == [choice])
        second = await PhoneClient(session, server.port, phone.token).open()
        await wait_until(lambda: seat in host.state.present)
        await first.close()
        await asyncio.sleep(QUICK.reconnect_grace * 3)
        assert seat in host.state.present
        await second.close()
        await wait_until(lambda: seat not in host.state.present)
        assert len(host.state.seats) == 1 and host.state.ballots == {seat: choice}


async def test_a_phone_that_returns_within_the_grace_period_is_not_logged(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, reconnect_grace=60.0, poll_grace=60.0)
    async with served_class(shipped, tmp_path, limits) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        await wait_until(lambda: seat_of(phone.token) in host.state.present)
        before = logged_events(tmp_path / "a.class")
        for _ in range(3):
            await phone.close()
            await asyncio.sleep(QUICK.presence_interval * 3)
            await phone.open()
        await asyncio.sleep(QUICK.presence_interval * 3)
        assert logged_events(tmp_path / "a.class") == before and host.state.present


async def test_a_phone_is_present_as_soon_as_it_has_joined(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = WriteBatcher.execute

    async def execute_slowly(self: WriteBatcher, command: Command) -> None:
        await execute(self, command)
        await asyncio.sleep(QUICK.presence_interval * 5)

    monkeypatch.setattr(WriteBatcher, "execute", execute_slowly)
    async with served_class(shipped, tmp_path, replace(QUICK, poll_grace=60.0)) as (host, server, session):
        phone = await PhoneClient(session, server.port).join()
        assert seat_of(phone.token) in host.state.present
        assert not any(isinstance(event, ev.Went) for event in logged_events(tmp_path / "a.class"))


async def test_every_change_of_the_class_reaches_every_phone(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phones = [await PhoneClient(session, server.port).enter() for _ in range(4)]
        node = phones[0].pages[0]["page"]["label"]
        await phones[0].choose()
        for command, status in (
            (commands.close_vote, "closed"),
            (commands.reveal, "revealed"),
            (commands.open_vote, "open"),
        ):
            host.execute(command)
            for phone in phones:
                page = await phone.until(lambda page, status=status: page.status == status)  # type: ignore[misc]
                assert page["page"]["label"] in {track.page.node for track in host.state.tracks}
        assert all(phone.pages[-1]["round"] == 2 for phone in phones)
        for phone in phones:
            versions = [page["version"] for page in phone.pages]
            assert versions == sorted(set(versions))
            assert all(old["page"] != new["page"] for old, new in zip(phone.pages, phone.pages[1:], strict=False))
        host.execute(commands.close_vote)
        picks = {track.door: track.page.choices[0].id for track in host.state.tracks}
        host.execute(lambda state: commands.decide(state, picks, "to go on"))
        await phones[0].until(lambda page: page["page"]["label"] != node)


async def test_results_reach_no_phone_before_the_reveal(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        door = next(iter(shipped.roles))
        voter, watcher = [await PhoneClient(session, server.port).enter(door=door) for _ in range(2)]
        await voter.choose()
        host.execute(commands.close_vote)
        closed = await watcher.until(lambda page: page.status == "closed")
        assert all(child["role"] != "row" for child in closed["page"]["children"])
        host.execute(commands.reveal)
        revealed = await watcher.until(lambda page: page.status == "revealed")
        assert [child["value"] for child in revealed["page"]["children"] if child["role"] == "row"] == ["1"]


async def test_a_new_vote_on_the_same_page_has_its_number(shipped: Story, tmp_path: Path) -> None:
    """The page looks the same after a close and an open, but ballots belong to the new vote."""
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        host.execute(commands.close_vote)
        host.execute(commands.open_vote)
        await phone.until(lambda page: page["round"] == 2)
        await phone.choose()


async def test_polling_alone_is_enough(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, poll_grace=2.0)
    async with served_class(shipped, tmp_path, limits) as (host, server, session):
        phone = await PhoneClient(session, server.port).join()
        seat = seat_of(phone.token)
        status, page = await phone.poll()
        assert status == 200 and page.status == "open"
        assert await phone.poll(page["version"]) == (200, {"version": page["version"]})
        choice = page.choices[0]
        assert await phone.post("/vote", {"token": phone.token, "vote": choice, "round": 1}) == (
            200, {"voted": choice, "round": 1},
        )  # fmt: skip
        assert host.state.ballots == {seat: choice}

        async def asked_again() -> bool:
            return (await phone.poll())[1].chosen == [choice]

        while not await asked_again():
            await asyncio.sleep(0.01)
        for _ in range(5):  # for longer than it would count as present without polls
            await asyncio.sleep(limits.poll_grace / 4)
            await asked_again()
            assert seat in host.state.present
        await wait_until(lambda: seat not in host.state.present)
        await asked_again()
        await wait_until(lambda: seat in host.state.present)


async def test_after_a_crash_phones_return_by_their_tokens_and_missing_phones_are_absent(
    shipped: Story, tmp_path: Path
) -> None:
    limits = replace(QUICK, reconnect_grace=60.0, poll_grace=60.0)
    async with served_class(shipped, tmp_path, limits) as (_, server, session):
        back, gone = [await PhoneClient(session, server.port).enter() for _ in range(2)]
        await back.choose()
        old = back.pages[0]["version"]
    with Log(tmp_path / "a.class", lambda: 0.0) as log:
        host = Host(replay(shipped, logged_events(log.path)), log)
        assert {seat_of(back.token), seat_of(gone.token)} == host.state.present
        with new_server(host, tmp_path) as server:
            async with aiohttp.ClientSession() as session:
                again = await PhoneClient(session, server.port, back.token).open()
                assert again.pages[0].chosen and again.pages[0]["version"] > old
                await wait_until(lambda: host.state.present == {seat_of(back.token)})
                assert host.state.round(host.state.track_of(seat_of(gone.token))).awaited == 0


async def test_log_and_output_have_no_token_and_no_address(
    shipped: Story, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "aiohttp")
    async with served_class(shipped, tmp_path) as (_, server, session):
        phone = await PhoneClient(session, server.port).enter()
        await phone.choose()
        await phone.post("/vote", {"token": phone.token, "vote": "x", "round": 1})
        kept = b"".join(file.read_bytes() for file in tmp_path.glob("a.class*"))
        assert seat_of(phone.token).encode() in kept
        out, err = capfd.readouterr()
        for secret in (phone.token, "127.0.0.1"):
            assert secret.encode() not in kept and secret not in out + err + caplog.text


async def test_internal_error_is_one_line_to_the_phone_and_is_logged(
    shipped: Story, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(page: Page, round: Round, seat: str) -> TreeNode:
        raise RuntimeError("no such page")

    async with served_class(shipped, tmp_path, render=broken) as (_, server, session):
        phone = await PhoneClient(session, server.port).join()
        assert await phone.poll() == (500, {"refused": "broken"})
        assert any(record.exc_info for record in caplog.records)
        assert (await phone.post("/join", {"code": CODE}))[0] == 200


async def test_a_full_disk_refuses_the_ballot_and_the_class_goes_on(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        choice = phone.pages[0].choices[0]
        with monkeypatch.context() as full:
            full.setattr(Log, "write", full_disk)
            assert await phone.vote(choice, 1) == {"refused": "not-kept", "round": 1}
            assert await phone.post("/join", {"code": CODE}) == (503, {"refused": "not-kept"})
            assert host.state.ballots == {}
        await phone.choose()


async def test_stop_closes_sockets_and_keeps_acknowledged_ballots(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (host, server, session):
        phones = [await PhoneClient(session, server.port).enter() for _ in range(20)]
        answers = [asyncio.create_task(phone.choose()) for phone in phones]
        await answers[0]
        await asyncio.to_thread(server.stop)
        said = await asyncio.gather(*answers, return_exceptions=True)
        acknowledged = {
            seat_of(phone.token) for phone, answer in zip(phones, said, strict=True) if isinstance(answer, str)
        }
        assert acknowledged and acknowledged <= host.state.ballots.keys()
        late = await phones[0].socket.receive()
        while late.type is aiohttp.WSMsgType.TEXT:
            late = await phones[0].socket.receive()
        assert late.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)
        with pytest.raises(aiohttp.ClientConnectionError):
            await PhoneClient(session, server.port).post("/join", {"code": CODE})
        host.execute(commands.close_vote)  # the class goes on without its server
        with new_server(host, tmp_path, server.port):
            pass


async def test_every_phone_gets_the_end_of_the_class(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, poll_grace=60.0, farewell=1.0)
    async with served_class(shipped, tmp_path, limits) as (host, server, session):
        listening = [await PhoneClient(session, server.port).enter() for _ in range(20)]
        asking, returning = [await PhoneClient(session, server.port).join() for _ in range(2)]
        version = (await asking.poll())[1]["version"]
        before = host.state
        ending = asyncio.create_task(asyncio.to_thread(server.stop, True))
        for phone in listening:
            await phone.until_over()
        assert await asking.poll(version) == (200, {"over": True})
        assert await (await returning.hail()).socket.receive_json() == {"over": True}
        await ending
        assert host.state.ballots == before.ballots and host.state.seats == before.seats


async def test_class_without_phones_ends_at_once(shipped: Story, tmp_path: Path) -> None:
    """The farewell waits only for phones without a socket."""
    with serve_class(shipped, tmp_path, replace(QUICK, farewell=60.0)) as (_, server):
        async with asyncio.timeout(10):
            await asyncio.to_thread(server.stop, True)


def test_taken_port_raises_error_with_its_number(shipped: Story, tmp_path: Path) -> None:
    with serve_class(shipped, tmp_path) as (host, server):
        again = new_server(host, tmp_path, server.port)
        with pytest.raises(OSError, match=str(server.port)) as caught:
            again.start()
        assert caught.value.errno == errno.EADDRINUSE
        again.stop()


def test_missing_page_file_raises_error_at_start(shipped: Story, tmp_path: Path) -> None:
    with serve_class(shipped, tmp_path) as (host, _):
        server = new_server(host, tmp_path)
        (tmp_path / "web" / "renderer.js").unlink()
        with pytest.raises(FileNotFoundError, match=r"renderer\.js"):
            server.start()


async def test_the_pages_files_are_served_and_nothing_else(shipped: Story, tmp_path: Path) -> None:
    async with served_class(shipped, tmp_path) as (_, server, session):
        phone = PhoneClient(session, server.port)

        async def got(path: str, method: str = "GET") -> tuple[int, str, str]:
            async with session.request(method, phone.url(path)) as response:
                return response.status, response.content_type, await response.text()

        for path in ("/", f"/{CODE}", f"/{CODE.lower()}", f"/{ALPHABET[:4]}", "/host", "/open"):  # may be codes
            assert await got(path) == (200, "text/html", "<!DOCTYPE html><title>Stand-in</title>")
        for name in SCRIPTS:
            assert (await got(f"/web/{name}"))[:2] == (200, "text/javascript")
        assert (await got("/web/style.css"))[:2] == (200, "text/css")
        assert (await got("/hello"))[:2] == (200, "application/json")
        for path in ("/web/", "/web/index.html", "/web/../phone.js", "/web/%2e%2e/a.class", "/favicon.ico",
                     "/K7QPX", "/close", "/reveal", "/web/phone.js/", "//", "/a.class"):  # fmt: skip
            assert await got(path) == (404, "application/json", '{"refused":"not-found"}'), path
        for path, method in (("/join", "GET"), ("/vote", "GET"), ("/poll", "GET"), ("/", "POST"),
                             ("/hello", "PUT"), ("/socket", "POST"), (f"/{CODE}", "DELETE"),
                             ("/web/phone.js", "OPTIONS")):  # fmt: skip
            assert await got(path, method) == (405, "application/json", '{"refused":"not-allowed"}'), path
