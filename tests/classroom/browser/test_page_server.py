"""The pages' server over real sockets: only this computer, tokens, host names, views and messages."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from game.classroom.browser.page_server import PageFiles, PageServer

TOKENS = {"wall": "w" * 22, "teacher": "t" * 22}
PATIENCE = 10.0


def picture(name: str, size: str) -> bytes:
    return {("hall", "large"): b"\xff\xd8\xff"}[name, size]


@asynccontextmanager
async def served_pages() -> AsyncIterator[tuple[PageServer, aiohttp.ClientSession]]:
    files = PageFiles(
        {page: f"<h1>{page}</h1>" for page in TOKENS}, {"app/a.js": (b"1", "text/javascript")}, picture, "no"
    )
    server = PageServer(files, TOKENS)
    server.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield server, session
    finally:
        server.stop()


async def test_page_its_files_and_pictures_are_below_its_token() -> None:
    async with served_pages() as (server, session):
        for page in TOKENS:
            address = server.address(page)
            answer = await session.get(address)
            assert answer.status == 200 and await answer.text() == f"<h1>{page}</h1>"
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "script-src 'self';" in policy
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert (await session.get(f"{address}app/a.js")).content_type == "text/javascript"
            assert (await session.get(f"{address}picture/large/hall.jpg")).content_type == "image/jpeg"
            for missing in ("app/b.js", "picture/huge/hall.jpg", "picture/large/other.jpg", "app/../a.js"):
                assert (await session.get(f"{address}{missing}")).status == 404


@pytest.mark.parametrize("path", [
    "/", "/wall", "/wall/", "/wall//", f"/wall/{'x' * 22}/", f"/teacher/{'w' * 22}/", f"/wall/{'t' * 22}/socket",
    f"/wall/{'w' * 21}/", f"/wall/{'w' * 23}/", f"/other/{'w' * 22}/", "/app/a.js", f"/wall/{'x' * 22}/app/a.js",
    f"/wall/{'x' * 22}/picture/large/hall.jpg", "/wall/%c3%a9/", "/wall/%ff%fe/", "//",
])  # fmt: skip
async def test_missing_and_wrong_tokens_are_refused(path: str) -> None:
    async with served_pages() as (server, session):
        answer = await session.get(f"http://127.0.0.1:{server.port}{path}")
        assert (answer.status, await answer.text()) == (403, "no")


@pytest.mark.parametrize(
    "host", ["evil.example", "192.168.1.5:{port}", "127.0.0.1", "127.0.0.1:1", "", "wall.localhost"]
)
async def test_foreign_host_is_refused_even_with_the_token(host: str) -> None:
    async with served_pages() as (server, session):
        headers = {"Host": host.format(port=server.port)}
        for path in ("", "socket", "app/a.js"):
            answer = await session.get(f"{server.address('wall')}{path}", headers=headers)
            assert answer.status == 421


async def test_foreign_origin_opens_no_socket() -> None:
    async with served_pages() as (server, session):
        for origin in ("http://evil.example", "null", f"http://127.0.0.1:{server.port + 1}"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{server.address('teacher')}socket", origin=origin)
            assert refused.value.status == 403


async def test_page_whose_view_cannot_be_sent_is_disconnected_and_may_connect_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with served_pages() as (server, session):
        async with session.ws_connect(f"{server.address('wall')}socket") as page:
            server.publish("wall", "\ud800")
            assert (await page.receive(PATIENCE)).type is not aiohttp.WSMsgType.TEXT
        server.publish("wall", "a view")
        async with session.ws_connect(f"{server.address('wall')}socket") as page:
            assert await page.receive_str(timeout=PATIENCE) == "a view"
    assert "`send to a page` failed: UnicodeEncodeError" in caplog.text


async def test_server_listens_on_this_computer_only() -> None:
    async with served_pages() as (server, _):
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
            assert connection.getpeername()[0] == "127.0.0.1"
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", server.port), PATIENCE):
            pass


async def test_every_open_page_gets_the_newest_view_and_so_does_a_later_page() -> None:
    async with served_pages() as (server, session):
        first = await session.ws_connect(f"{server.address('wall')}socket")
        server.publish("wall", "1")
        assert await first.receive_str(timeout=PATIENCE) == "1"
        second = await session.ws_connect(f"{server.address('wall')}socket")
        assert await second.receive_str(timeout=PATIENCE) == "1", "a page that comes back shows the present state"
        server.publish("teacher", "secret")
        server.publish("wall", "2")
        for page in (first, second):
            assert await page.receive_str(timeout=PATIENCE) == "2"


async def test_messages_come_in_order_and_bad_json_is_dropped() -> None:
    """A text with half a character is dropped, because it comes back in views."""
    async with served_pages() as (server, session):
        page = await session.ws_connect(f"{server.address('teacher')}socket", compress=15)
        assert not page.compress
        for text in ("{", "[" * 60_000, r'{"do":"fill","text":"\ud800"}', '{"do": 1}', '{"do": 2}'):
            await page.send_str(text)
        found: list[object] = []
        while len(found) < 2:
            found += await asyncio.to_thread(lambda: list(server.messages(PATIENCE)))
        assert found == [{"do": 1}, {"do": 2}]


async def test_stop_tells_the_pages_and_frees_the_port() -> None:
    async with served_pages() as (server, session):
        page = await session.ws_connect(f"{server.address('wall')}socket")
        await asyncio.to_thread(server.stop)
        assert json.loads(await page.receive_str(timeout=PATIENCE)) == {"do": "ended"}
        with socket.create_server(("127.0.0.1", server.port)):
            pass
