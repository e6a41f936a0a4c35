"""The HTTP server of a class over real sockets, on loopback."""

from __future__ import annotations

import asyncio
import errno
import json
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Command, Host
from game.classroom.join_codes import seat_of
from game.classroom.log import Log, read_log
from game.classroom.server.http_app import SCRIPTS
from game.classroom.server.http_server import ClassServer, ListenAddress
from game.classroom.state import replay
from game.classroom.write_batcher import WriteBatcher
from game.core.join_codes import ALPHABET
from game.play import Page
from game.play.voting import Round
from game.story import Story
from game.ui.tree import TreeNode
from tests.classroom.phone_client import (
    CODE,
    HERE,
    QUICK,
    PhoneClient,
    choices_of,
    chosen_on,
    phone_view,
    serve_class,
    status_of,
    wait_until,
)


async def test_a_phone_joins_reads_votes_and_its_ballot_is_on_disk(shipped: Story, tmp_path: Path) -> None:
    """From the code on the wall to a ballot in the log, and the page then says which is its own."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            choice = choices_of(phone.pages[0])[0]
            assert status_of(phone.pages[0]) == "open"
            assert await phone.vote(choice, 1) == {"voted": choice, "round": 1}
            events = [event for _, event in read_log(tmp_path / "a.class")]
            assert replay(shipped, events).ballots == {seat_of(phone.token): choice}
            page = await phone.until(lambda page: chosen_on(page) == [choice])
            assert page["version"] > phone.pages[0]["version"] and page["round"] == 1
    assert list(host.state.ballots.values()) == [choice]


async def test_seats_are_given_by_the_door_asked_for_or_the_one_with_fewer(shipped: Story, tmp_path: Path) -> None:
    """A phone is told which door it got, and a door that there is not is refused."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            first, second = shipped.roles
            for _ in range(2):
                assert (await PhoneClient(session, server.port).join(door=second)).door == second
            assert (await PhoneClient(session, server.port).join()).door == first
            status, answer = await PhoneClient(session, server.port).post("/join", {"code": CODE, "door": "cellar"})
            assert (status, answer) == (400, {"refused": "unknown-door"})
            status, answer = await PhoneClient(session, server.port).post("/join", {"code": CODE})
            role = shipped.roles[first]
            assert answer["door"] == {"id": role.id, "name": role.name} and answer["welcome"]["value"] == role.name
            assert len(answer["token"]) == 43 and len(host.state.seats) == 4


async def test_the_code_is_compared_without_case_and_spaces(shipped: Story, tmp_path: Path) -> None:
    """What a pupil types on a phone is taken as it is meant; another code gives no seat."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = PhoneClient(session, server.port)
            await phone.join(" k7 qp ")
            status, answer = await phone.post("/join", {"code": "K7QQ"})
            assert (status, answer) == (403, {"refused": "wrong-code"}) and len(host.state.seats) == 1


async def test_phones_connect_beyond_the_files_that_a_program_may_open_at_first(shipped: Story, tmp_path: Path) -> None:
    """macOS begins at 256, and each phone takes one; here both ends of a connection do."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(Path("/dev/fd").iterdir())) + 30, before[1]))
    try:
        with serve_class(shipped, tmp_path) as (host, server):
            async with aiohttp.ClientSession() as session:
                phones = [await (await PhoneClient(session, server.port).join()).open() for _ in range(25)]
                assert host.state.seats.keys() == {seat_of(phone.token) for phone in phones}
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


async def test_a_change_of_mind_counts_once_and_a_repeat_is_acknowledged(shipped: Story, tmp_path: Path) -> None:
    """The last ballot holds; the same one again is taken without a second line in the log."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            first, second = choices_of(phone.pages[0])[:2]
            for choice in (first, second, second):
                assert await phone.vote(choice, 1) == {"voted": choice, "round": 1}
            assert host.state.ballots == {seat_of(phone.token): second}
            assert sum(type(event).__name__ == "Voted" for _, event in read_log(tmp_path / "a.class")) == 2


async def test_what_does_not_fit_the_vote_is_refused_with_its_reason(shipped: Story, tmp_path: Path) -> None:
    """Late, of another round, of the other door, unknown, or no ballot: each is told why, and nothing changes."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            mine, seat = choices_of(phone.pages[0]), seat_of(phone.token)
            assert (await phone.vote(mine[0], 1))["voted"] == mine[0]
            other = next(track for track in host.state.tracks if track.door != host.state.seats[seat])
            theirs = other.page.choices[0].id
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


async def test_a_phone_that_comes_back_has_its_seat_and_ballot_and_two_sockets_are_one(
    shipped: Story, tmp_path: Path
) -> None:
    """Reloading keeps everything; a second tab is the same voter, who stays present while one of the two is left."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            choice, seat = choices_of(phone.pages[0])[0], seat_of(phone.token)
            await phone.vote(choice, 1)
            await phone.close()
            await wait_until(lambda: seat not in host.state.present)
            first = await PhoneClient(session, server.port, phone.token).open()
            await first.until(lambda page: chosen_on(page) == [choice])
            second = await PhoneClient(session, server.port, phone.token).open()
            await wait_until(lambda: seat in host.state.present)
            await first.close()
            await asyncio.sleep(QUICK.reconnect_grace * 3)
            assert seat in host.state.present
            await second.close()
            await wait_until(lambda: seat not in host.state.present)
            assert len(host.state.seats) == 1 and host.state.ballots == {seat: choice}


async def test_a_phone_that_returns_within_a_moment_is_not_written_down(shipped: Story, tmp_path: Path) -> None:
    """Dropping out and coming back before the moment is over is no event at all, however often somebody looks."""
    limits = replace(QUICK, reconnect_grace=60.0, poll_grace=60.0)
    with serve_class(shipped, tmp_path, limits) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            await wait_until(lambda: seat_of(phone.token) in host.state.present)
            before = read_log(tmp_path / "a.class")
            for _ in range(3):
                await phone.close()
                await asyncio.sleep(QUICK.presence_interval * 3)
                await phone.open()
            await asyncio.sleep(QUICK.presence_interval * 3)
            assert read_log(tmp_path / "a.class") == before and host.state.present


async def test_a_phone_is_here_from_the_moment_that_it_has_joined(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looks that fall between the writing of its seat and the answer to it do not write it down as gone."""
    execute = WriteBatcher.execute

    async def execute_slowly(self: WriteBatcher, command: Command) -> None:
        await execute(self, command)
        await asyncio.sleep(QUICK.presence_interval * 5)

    monkeypatch.setattr(WriteBatcher, "execute", execute_slowly)
    with serve_class(shipped, tmp_path, replace(QUICK, poll_grace=60.0)) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await PhoneClient(session, server.port).join()
            assert seat_of(phone.token) in host.state.present
            assert not any(isinstance(event, ev.Went) for _, event in read_log(tmp_path / "a.class"))


async def test_every_change_of_the_class_reaches_every_phone(shipped: Story, tmp_path: Path) -> None:
    """Closed, revealed, the next page: versions grow, and a page that stays as it is comes only once."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phones = [await (await PhoneClient(session, server.port).join()).open() for _ in range(4)]
            node = phones[0].pages[0]["page"]["label"]
            await phones[0].vote(choices_of(phones[0].pages[0])[0], 1)
            for command, status in (
                (commands.close_vote, "closed"),
                (commands.reveal, "revealed"),
                (commands.open_vote, "open"),
            ):
                host.execute(command)
                for phone in phones:
                    page = await phone.until(lambda page, status=status: status_of(page) == status)  # type: ignore[misc]
                    assert page["page"]["label"] in {track.page.node for track in host.state.tracks}
            assert all(phone.pages[-1]["round"] == 2 for phone in phones)
            for phone in phones:
                versions = [page["version"] for page in phone.pages]
                assert versions == sorted(set(versions))
                assert all(one["page"] != two["page"] for one, two in zip(phone.pages, phone.pages[1:], strict=False))
            host.execute(commands.close_vote)
            picks = {track.door: track.page.choices[0].id for track in host.state.tracks}
            host.execute(lambda state: commands.decide(state, picks, "to go on"))
            await phones[0].until(lambda page: page["page"]["label"] != node)


async def test_what_was_voted_reaches_no_phone_before_the_reveal(shipped: Story, tmp_path: Path) -> None:
    """A phone's page knows its own ballot only, until the teacher shows how it went."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            door = next(iter(shipped.roles))
            voter, other = [await (await PhoneClient(session, server.port).join(door=door)).open() for _ in range(2)]
            choice = choices_of(voter.pages[0])[0]
            await voter.vote(choice, 1)
            host.execute(commands.close_vote)
            closed = await other.until(lambda page: status_of(page) == "closed")
            assert all(child["role"] != "row" for child in closed["page"]["children"])
            host.execute(commands.reveal)
            revealed = await other.until(lambda page: status_of(page) == "revealed")
            assert [child["value"] for child in revealed["page"]["children"] if child["role"] == "row"] == ["1"]


async def test_a_new_vote_on_the_same_page_tells_its_number(shipped: Story, tmp_path: Path) -> None:
    """Closed and opened again at once, the page looks the same; ballots then belong to the new vote."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            host.execute(commands.close_vote)
            host.execute(commands.open_vote)
            page = await phone.until(lambda page: page["round"] == 2)
            choice = choices_of(page)[0]
            assert await phone.vote(choice, 2) == {"voted": choice, "round": 2}


async def test_polling_alone_is_enough(shipped: Story, tmp_path: Path) -> None:
    """Where sockets are blocked a phone reads, votes, is present while it asks, and absent once it stops."""
    limits = replace(QUICK, poll_grace=2.0)
    with serve_class(shipped, tmp_path, limits) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await PhoneClient(session, server.port).join()
            seat = seat_of(phone.token)
            status, page = await phone.post("/poll", {"token": phone.token, "version": 0})
            assert status == 200 and status_of(page) == "open"
            assert await phone.post("/poll", {"token": phone.token, "version": page["version"]}) == (
                200, {"version": page["version"]},
            )  # fmt: skip
            choice = choices_of(page)[0]
            assert await phone.post("/vote", {"token": phone.token, "vote": choice, "round": 1}) == (
                200, {"voted": choice, "round": 1},
            )  # fmt: skip
            assert host.state.ballots == {seat: choice}

            async def asked_again() -> bool:
                _, page = await phone.post("/poll", {"token": phone.token, "version": 0})
                return chosen_on(page) == [choice]

            while not await asked_again():
                await asyncio.sleep(0.01)
            for _ in range(5):  # for longer than it counts as present without
                await asyncio.sleep(limits.poll_grace / 4)
                await asked_again()
                assert seat in host.state.present
            await wait_until(lambda: seat not in host.state.present)
            await asked_again()
            await wait_until(lambda: seat in host.state.present)


async def test_after_a_crash_phones_come_back_by_their_tokens_and_the_others_are_absent(
    shipped: Story, tmp_path: Path
) -> None:
    """A class that goes on in a new process knows its seats; whoever does not return within a moment is not awaited."""
    with serve_class(shipped, tmp_path, replace(QUICK, reconnect_grace=60.0, poll_grace=60.0)) as (_, server):
        async with aiohttp.ClientSession() as session:
            back, gone = [await (await PhoneClient(session, server.port).join()).open() for _ in range(2)]
            await back.vote(choices_of(back.pages[0])[0], 1)
            old = back.pages[0]["version"]
    with Log(tmp_path / "a.class", lambda: 0.0) as log:
        host = Host(replay(shipped, [event for _, event in log]), log)
        assert {seat_of(back.token), seat_of(gone.token)} == host.state.present
        with ClassServer(host, CODE, phone_view(tmp_path / "web"), ListenAddress(0, HERE), limits=QUICK) as server:
            async with aiohttp.ClientSession() as session:
                again = await PhoneClient(session, server.port, back.token).open()
                assert chosen_on(again.pages[0]) and again.pages[0]["version"] > old
                await wait_until(lambda: host.state.present == {seat_of(back.token)})
                assert host.state.round(host.state.track_of(seat_of(gone.token))).awaited == 0


async def test_what_is_kept_has_no_token_and_no_address(
    shipped: Story, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the log on disk, with all that lies beside it, nor anything printed tells who a phone is."""
    caplog.set_level("DEBUG", "aiohttp")
    with serve_class(shipped, tmp_path) as (_, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            await phone.vote(choices_of(phone.pages[0])[0], 1)
            await phone.post("/vote", {"token": phone.token, "vote": "x", "round": 1})
            kept = b"".join(file.read_bytes() for file in tmp_path.glob("a.class*"))
            assert seat_of(phone.token).encode() in kept
            out, err = capfd.readouterr()
            for secret in (phone.token, HERE):
                assert secret.encode() not in kept and secret not in out + err + caplog.text


async def test_internal_error_is_one_line_to_the_phone_and_is_logged(
    shipped: Story, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A page that cannot be made tells a phone nothing of how the program is built, and the developer everything."""

    def broken(page: Page, round: Round, seat: str) -> TreeNode:
        raise RuntimeError("no such page")

    with serve_class(shipped, tmp_path, render=broken) as (_, server):
        async with aiohttp.ClientSession() as session:
            phone = await PhoneClient(session, server.port).join()
            status, answer = await phone.post("/poll", {"token": phone.token, "version": 0})
            assert (status, answer) == (500, {"refused": "broken"})
            assert any(record.exc_info for record in caplog.records)
            assert (await phone.post("/join", {"code": CODE}))[0] == 200


async def test_a_full_disk_refuses_the_ballot_and_the_class_goes_on(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be written is not acknowledged; once there is room again, the same ballot is."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phone = await (await PhoneClient(session, server.port).join()).open()
            choice = choices_of(phone.pages[0])[0]
            with monkeypatch.context() as full:

                def no_space(log: Log, events: object, reading: object = None) -> None:
                    raise OSError(errno.ENOSPC, "no space left on phone")

                full.setattr(Log, "write", no_space)
                assert await phone.vote(choice, 1) == {"refused": "not-kept", "round": 1}
                status, answer = await phone.post("/join", {"code": CODE})
                assert (status, answer) == (503, {"refused": "not-kept"}) and host.state.ballots == {}
            assert await phone.vote(choice, 1) == {"voted": choice, "round": 1}


async def test_stop_closes_sockets_and_keeps_acknowledged_ballots(shipped: Story, tmp_path: Path) -> None:
    """Phones are told that the server goes; it stops while they are connected, and its port is free again."""
    with serve_class(shipped, tmp_path) as (host, server):
        async with aiohttp.ClientSession() as session:
            phones = [await (await PhoneClient(session, server.port).join()).open() for _ in range(20)]
            answers = [
                asyncio.create_task(phone.vote(choices_of(phone.pages[0])[0], 1)) for phone in phones
            ]  # fmt: skip
            await answers[0]
            await asyncio.to_thread(server.stop)
            said = await asyncio.gather(*answers, return_exceptions=True)
            acknowledged = {
                seat_of(phone.token) for phone, answer in zip(phones, said, strict=True)
                if isinstance(answer, dict) and "voted" in answer
            }  # fmt: skip
            assert acknowledged and acknowledged <= host.state.ballots.keys()
            late = await phones[0].socket.receive()
            while late.type is aiohttp.WSMsgType.TEXT:
                late = await phones[0].socket.receive()
            assert late.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)
            with pytest.raises(aiohttp.ClientConnectionError):
                await PhoneClient(session, server.port).post("/join", {"code": CODE})
        host.execute(commands.close_vote)  # the class goes on without its server
        with ClassServer(host, CODE, phone_view(tmp_path / "web"), ListenAddress(server.port, HERE), limits=QUICK):
            pass


async def test_every_phone_learns_that_the_class_is_over(shipped: Story, tmp_path: Path) -> None:
    """By a socket, by the next request where it has none, and where its socket is just being opened again."""
    with serve_class(shipped, tmp_path, replace(QUICK, poll_grace=60.0, farewell=1.0)) as (host, server):
        async with aiohttp.ClientSession() as session:
            listening = [await (await PhoneClient(session, server.port).join()).open() for _ in range(20)]
            asking, returning = [await PhoneClient(session, server.port).join() for _ in range(2)]
            version = (await asking.post("/poll", {"token": asking.token, "version": 0}))[1]["version"]
            before = host.state
            ending = asyncio.create_task(asyncio.to_thread(server.end))
            for phone in listening:
                while (said := await phone.socket.receive_json()).get("over") is None:
                    pass
                assert said == {"over": True}
            assert await asking.post("/poll", {"token": asking.token, "version": version}) == (200, {"over": True})
            socket = await session.ws_connect(returning.url("/socket"))
            await socket.send_json({"token": returning.token})
            assert await socket.receive_json() == {"over": True}
            await ending
            assert host.state.ballots == before.ballots and host.state.seats == before.seats


async def test_class_that_nobody_asks_for_ends_at_once(shipped: Story, tmp_path: Path) -> None:
    """Where no phone is without a socket, nobody is waited for."""
    with serve_class(shipped, tmp_path, replace(QUICK, farewell=60.0)) as (_, server):
        async with asyncio.timeout(10):
            await asyncio.to_thread(server.end)


def test_taken_port_raises_error_with_its_number(shipped: Story, tmp_path: Path) -> None:
    """The error names the port, and the first server goes on."""
    with serve_class(shipped, tmp_path) as (host, server):
        again = ClassServer(host, CODE, phone_view(tmp_path / "web"), ListenAddress(server.port, HERE), limits=QUICK)
        with pytest.raises(OSError, match=str(server.port)) as caught:
            again.start()
        assert caught.value.errno == errno.EADDRINUSE
        again.stop()


def test_missing_page_file_raises_error_at_start(shipped: Story, tmp_path: Path) -> None:
    """A broken installation is noticed by the teacher, not by forty phones."""
    with serve_class(shipped, tmp_path) as (host, _):
        show = phone_view(tmp_path / "web")
        (tmp_path / "web" / "renderer.js").unlink()
        with pytest.raises(FileNotFoundError, match=r"renderer\.js"):
            ClassServer(host, CODE, show, ListenAddress(0, HERE), limits=QUICK).start()


async def test_the_pages_files_are_served_and_nothing_else(shipped: Story, tmp_path: Path) -> None:
    """The page by the bare address and by the code, its files, and a line that refuses whatever else is asked."""
    with serve_class(shipped, tmp_path) as (_, server):
        async with aiohttp.ClientSession() as session:
            phone = PhoneClient(session, server.port)

            async def got(path: str, method: str = "GET") -> tuple[int, str, str]:
                async with session.request(method, phone.url(path)) as response:
                    return response.status, response.content_type, await response.text()

            for path in ("/", f"/{CODE}", f"/{CODE.lower()}", f"/{ALPHABET[:4]}"):
                assert await got(path) == (200, "text/html", "<!DOCTYPE html><title>Stand-in</title>")
            for name in SCRIPTS:
                assert (await got(f"/web/{name}"))[:2] == (200, "text/javascript")
            assert (await got("/web/style.css"))[:2] == (200, "text/css")
            assert (await got("/hello"))[:2] == (200, "application/json")
            for path in ("/web/", "/web/index.html", "/web/../phone.js", "/web/%2e%2e/a.class", "/favicon.ico",
                         "/K7QPX", "/host", "/open", "/close", "/reveal", "/web/phone.js/", "//",
                         "/a.class"):  # fmt: skip
                status, kind, text = await got(path)
                assert status == 404 or path in ("/host", "/open"), path
                if status == 404:
                    assert (kind, json.loads(text)) == ("application/json", {"refused": "not-found"})
                else:
                    assert kind == "text/html"  # four letters may be a code
            for path, method in (("/join", "GET"), ("/vote", "GET"), ("/poll", "GET"), ("/", "POST"),
                                 ("/hello", "PUT"), ("/socket", "POST"), (f"/{CODE}", "DELETE"),
                                 ("/web/phone.js", "OPTIONS")):  # fmt: skip
                status, kind, text = await got(path, method)
                assert (status, kind, json.loads(text)) == (405, "application/json", {"refused": "not-allowed"}), path
