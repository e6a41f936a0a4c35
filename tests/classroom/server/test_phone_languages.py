"""Phones of one class, each in its own language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from game.classroom import commands
from game.classroom.host import Host
from game.classroom.server.phone_service import phone_view
from game.classroom.server.phone_view import PhoneView
from game.commands.support.editions import translations_of
from game.resources import assets_folder, story_folder
from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.classroom.phone_client import CODE, PhoneClient, served_class

CHINESE = "zh-Hans"


@asynccontextmanager
async def a_class(story: Story, words: Catalogue, folder: Path) -> AsyncIterator[tuple[Host, PhoneClient, PhoneClient]]:
    """A class at its first vote, with two phones behind the same door: one in English and one in Chinese."""

    def view_of(host: Host) -> PhoneView:
        return phone_view(host, words, assets_folder() / "web", translations_of(story_folder(), story, "class"))

    async with served_class(story, folder, view_of=view_of) as (host, server, session):
        door = next(iter(story.roles))
        english = await PhoneClient(session, server.port).enter(door=door)
        chinese = await PhoneClient(session, server.port).enter(door=door, language=CHINESE)
        yield host, english, chinese


async def test_each_phone_reads_and_votes_in_its_own_language(shipped: Story, words: Catalogue, tmp_path: Path) -> None:
    async with a_class(shipped, words, tmp_path) as (host, english, chinese):
        host.execute(commands.close_vote)  # and opened again, so that the pages below are pushed to the phones
        for phone in (english, chinese):
            await phone.until(lambda page: page["page"]["children"][0]["style"] == "closed")
        host.execute(commands.open_vote)
        for phone in (english, chinese):
            await phone.until(lambda page: page["page"]["children"][0]["style"] == "open")
        page, translated = english.pages[-1]["page"], chinese.pages[-1]["page"]
        assert page["children"][0]["style"] == translated["children"][0]["style"] == "open"
        assert page["id"] == translated["id"] and page["label"].isascii() and not translated["label"].isascii()
        options = [next(part for part in of["children"] if part["id"] == "choices") for of in (page, translated)]
        ids = [[choice["action"]["target"] for choice in of["children"]] for of in options]
        assert ids[0] == ids[1] and options[0] != options[1]
        for phone in (english, chinese):
            await phone.vote(ids[0][0], host.state.number)
        assert list(host.state.ballots.values()) == [ids[0][0]] * 2


async def test_the_way_in_offers_each_language_in_its_own_words(
    shipped: Story, words: Catalogue, tmp_path: Path
) -> None:
    async with a_class(shipped, words, tmp_path) as (_, english, _):
        async with english.session.get(english.url("/hello")) as response:
            hello = await response.json()
        assert (hello["language"], hello["name"]) == ("en", "English")
        (other,) = hello["others"]
        assert (other["language"], other["name"]) == (CHINESE, "中文")
        assert other["words"].keys() == hello["words"].keys() and len(other["doors"]) == len(hello["doors"])
        door = next(iter(shipped.roles))
        welcomes = [
            (await english.post("/join", {"code": CODE, "door": door, "language": tag}))[1]["welcome"]
            for tag in ("en", CHINESE)
        ]
        assert welcomes[0]["label"] == shipped.title != welcomes[1]["label"]


async def test_a_phone_changes_its_language_while_it_reads(shipped: Story, words: Catalogue, tmp_path: Path) -> None:
    async with a_class(shipped, words, tmp_path) as (_, english, chinese):
        before = english.pages[-1]
        await english.close()
        await english.open(language=CHINESE)
        assert english.pages[-1]["page"] == chinese.pages[-1]["page"]
        assert english.pages[-1]["version"] > before["version"]
        asked = {"token": english.token, "version": english.pages[-1]["version"]}
        _, again = await english.post("/poll", {**asked, "language": CHINESE})
        assert again == {"version": asked["version"]}
        _, back = await english.post("/poll", {**asked, "language": "en"})
        assert back["page"] == before["page"] and back["version"] > asked["version"]


@pytest.mark.parametrize("language", ["", "fr", "zh"])
async def test_a_language_that_is_not_here_gives_the_classs_own(
    shipped: Story, words: Catalogue, tmp_path: Path, language: str
) -> None:
    async with a_class(shipped, words, tmp_path) as (_, english, _):
        before = english.pages[-1]["page"]
        await english.close()
        await english.open(language=language)
        assert english.pages[-1]["page"] == before
