"""The worker's side of a reading: the screens, saves and codes of a window, through messages alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.stores import FolderStore
from game.play import begin
from game.play.save_files import SaveFiles, save_text
from game.play.share_code import to_code
from game.resources import assets_folder
from game.story import Story, load
from game.ui.editions import Edition
from game.ui.screens.registry import render_top
from game.ui.state import AppState
from game.ui.tree import to_json
from game.web.messages import step_messages, without_hidden
from game.web.picture_names import picture_name
from game.web.site_data import SiteData
from tests.play.readers import read, read_on
from tests.small_stories.packs import THE_MILL, load_the_mill
from tests.web.web_reader import NOW, WebReader, data_in, labels, nodes

TO_THE_PAGE = ("new:miller", "begin:miller")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    return data_in(tmp_path_factory.mktemp("site"), [load_the_mill()])


@pytest.fixture(scope="module")
def the_mill() -> Story:
    return load_the_mill()


@pytest.fixture
def reader(data: SiteData) -> WebReader:
    return WebReader(data)


def take_first(reader: WebReader) -> None:
    reader.press(next(node["id"] for node in nodes(reader.tree) if node["role"] == "choice"))


def test_the_title_is_shown_first(reader: WebReader, the_mill: Story) -> None:
    assert (reader.screen, reader.view["page"], reader.view["depth"]) == ("title", "", 1)
    assert labels(reader.tree, "heading") == [the_mill.title]
    assert {f"new:{role}" for role in the_mill.roles} <= reader.ids
    assert "quit" not in reader.ids


def test_a_reading_has_the_pages_of_the_engine(reader: WebReader, the_mill: Story) -> None:
    reader.press(*TO_THE_PAGE)
    p = begin(the_mill, "miller")
    while p.page.choices:
        assert reader.view["page"] == p.page.node
        assert labels(reader.tree, "heading")[0] == p.page.title
        shown = [node for node in nodes(reader.tree) if node["role"] == "choice"]
        assert [node["action"]["target"] for node in shown] == [option.id for option in p.page.choices]
        prose = [node["label"] for node in nodes(reader.tree) if re.fullmatch(r"prose-\d+", node.get("id", ""))]
        assert prose == [paragraph.text for paragraph in p.page.shown_paragraphs(False)]
        take_first(reader)
        p = p.choose(p.page.choices[0].id)
    assert p.over
    assert reader.view["page"] == (p.page.node or p.page.chapter)
    reader.press("debrief")
    assert reader.screen == "debrief"


def test_the_tree_is_the_window_s(reader: WebReader) -> None:
    for id in (*TO_THE_PAGE, "choice:continue", "pause", "settings"):
        reader.press(id)
        assert reader.tree == to_json(without_hidden(render_top(reader.session.app)))


def test_a_card_comes_with_the_screen_that_it_lies_on(reader: WebReader) -> None:
    reader.press(*TO_THE_PAGE)
    link = next(
        node for node in nodes(reader.tree) if node.get("action", {}).get("verb") in ("term", "sources", "fact")
    )
    reader.press(link["id"])
    assert [screen["card"] for screen in reader.view["screens"]] == [False, True]
    assert reader.view["screens"][0]["screen"] == "reading"
    reader.send("back")
    assert reader.screen == "reading"
    assert reader.view["focus"] == link["id"]


def test_each_choice_is_written_for_the_browser_to_keep(reader: WebReader, the_mill: Story) -> None:
    reader.press(*TO_THE_PAGE, "choice:continue")
    assert set(reader.files) >= {"current.json", "settings.json"}
    assert json.loads(reader.files["current.json"])["label"]["when"] == "2024-05-06T07:08:09"
    assert len(json.loads(reader.files["current.json"])["save"]["entries"]) == 1
    again = WebReader(reader.data, reader.files)
    assert again.screen == "title"
    again.press("continue")
    assert again.view["page"] == read(the_mill, "miller", "continue").page.node


def test_saves_cross_between_browser_and_desktop(reader: WebReader, the_mill: Story, tmp_path: Path) -> None:
    reader.press(*TO_THE_PAGE, "choice:continue")
    folder = tmp_path / "saves"
    folder.mkdir()
    (folder / "current.json").write_text(reader.files["current.json"], encoding="utf-8")
    saves = SaveFiles(FolderStore(folder))
    found = saves.resume(the_mill)
    assert found is not None
    p, changed = found
    assert (p.page.node, changed) == (reader.view["page"], ())
    after = p.choose(p.page.choices[0].id)
    saves.autosave(after)
    there = WebReader(reader.data, {"current.json": (folder / "current.json").read_text(encoding="utf-8")})
    there.press("continue")
    assert there.view["page"] == after.page.node


def test_a_slot_is_kept_and_fetched(reader: WebReader) -> None:
    reader.press(*TO_THE_PAGE, "choice:continue")
    there = reader.view["page"]
    reader.press("pause", "slots-store", "store:2")
    assert "slot-2.json" in reader.files
    reader.send("back")
    while reader.screen != "reading":
        reader.send("back")
    take_first(reader)
    reader.press("pause", "slots-fetch", "fetch:2")
    if reader.screen == "confirm":
        reader.press("yes")
    while reader.screen != "reading":
        reader.send("back")
    assert reader.view["page"] == there


def test_a_refused_write_is_said_once(reader: WebReader) -> None:
    for id in (*TO_THE_PAGE, "choice:continue"):
        reader.session.handle({"do": "press", "id": id})
        for write in reader.said("write"):
            reader.session.handle({"do": "refused", "number": write["number"], "why": "this window is private"})
        if reader.screen == "message":
            assert "this window is private" in " ".join(labels(reader.tree, "paragraph"))
            reader.session.handle({"do": "back"})
    messages = [view for view in reader.said("view") if view["screens"][-1]["screen"] == "message"]
    assert len(messages) == 1
    assert reader.screen == "reading"


def test_a_reason_with_a_full_stop_of_its_own_ends_in_one(reader: WebReader) -> None:
    for id in TO_THE_PAGE:
        reader.session.handle({"do": "press", "id": id})
    reader.session.handle({"do": "refused", "number": reader.said("write")[0]["number"], "why": "It is closing."})
    assert labels(reader.tree, "paragraph")[-1].endswith("not being saved: It is closing.")
    reader.send("back")
    reader.send("journal-failed", why="It is closing.")
    assert "It is closing. Nothing" in labels(reader.tree, "paragraph")[-1]


def test_what_another_tab_wrote_is_kept_and_said(data: SiteData, the_mill: Story) -> None:
    mine = WebReader(data)
    mine.press(*TO_THE_PAGE)
    other = WebReader(data)
    other.press("new:clerk", "begin:clerk")
    theirs = other.files["current.json"]
    mine.session.handle({"do": "press", "id": "choice:continue"})
    write = [message for message in mine.said("write") if message["name"] == "current.json"][-1]
    mine.files["current.json"] = theirs
    mine.session.handle({"do": "conflict", "number": write["number"], "name": "current.json", "text": theirs})
    mine.store()
    assert mine.screen == "message"
    assert "current.kept-1.json" in " ".join(labels(mine.tree, "paragraph"))
    assert mine.files["current.kept-1.json"] == theirs
    assert json.loads(mine.files["current.json"])["save"]["entries"] != json.loads(theirs)["save"]["entries"]


def test_what_another_tab_announced_is_kept_too(data: SiteData) -> None:
    mine = WebReader(data)
    mine.press(*TO_THE_PAGE)
    other = WebReader(data)
    other.press("new:clerk", "begin:clerk")
    mine.send("changed", name="current.json", text=other.files["current.json"])
    take_first(mine)
    assert mine.files["current.kept-1.json"] == other.files["current.json"]


def test_a_code_in_the_address_opens_its_reading(data: SiteData, the_mill: Story) -> None:
    p = read(the_mill, "clerk", "double")
    reader = WebReader(data, code=to_code(p))
    assert reader.view["page"] == p.page.node
    reader.send("code", code=to_code(read(the_mill, "miller", "continue")))
    reader.store()
    assert reader.view["page"] == read(the_mill, "miller", "continue").page.node
    assert "aside.json" in reader.files


@pytest.mark.parametrize("code", ["x", "!!", "0" * 40, "<script>alert(1)</script>", "A" * 5000])
def test_a_wrong_code_is_said_and_changes_nothing(code: str, data: SiteData) -> None:
    reader = WebReader(data, code=code)
    assert reader.screen == "message"
    reader.send("back")
    assert reader.screen == "title"


DEEP = "[" * 200_000


@pytest.mark.parametrize("name", ["current.json", "aside.json", "settings.json", "slot-1.json"])
def test_a_deeply_nested_text_in_the_store_is_passed_over(name: str, data: SiteData) -> None:
    reader = WebReader(data, {name: DEEP})
    if name == "current.json":
        assert reader.screen == "message"
        reader.send("back")
    reader.press("slots-fetch")
    while reader.screen != "title":
        reader.send("back")
    reader.press(*TO_THE_PAGE, "choice:continue")
    assert len(json.loads(reader.files["current.json"])["save"]["entries"]) == 1


def reported(reader: WebReader) -> list[tuple[Any, ...]]:
    """The messages to a learning platform: pages with choices, and ends."""
    said = [message for message in reader.messages if message["do"] in ("chose", "finished")]
    return [(message["page"], message["choice"]) if message["do"] == "chose" else ("finished",) for message in said]


def test_the_end_is_reported_to_the_reader_who_read_it(reader: WebReader, the_mill: Story) -> None:
    reader.press(*TO_THE_PAGE)
    p, expected = begin(the_mill, "miller"), list[tuple[str, ...]]()
    while not p.over:
        take = p.page.choices[0].id
        expected += [(str(p.page.node), take)] if take != "continue" else []
        reader.send("number", number=1)
        p = p.choose(take)
    assert len(expected) > 1
    assert reported(reader) == [*expected, ("finished",)]
    reader.press("debrief")
    assert len(reported(reader)) == len(expected) + 1


def test_the_end_that_somebody_else_read_is_not_reported(reader: WebReader, the_mill: Story) -> None:
    p = read_on(begin(the_mill, "miller"))
    found = WebReader(reader.data, {"current.json": save_text(p, NOW)})
    found.press("continue")
    reader.send("code", code=to_code(p))
    other = WebReader(reader.data)
    other.send("imported", text=save_text(p, NOW))
    assert [reported(reading) for reading in (found, reader, other)] == [[], [], []]


def test_a_reader_who_leaves_has_finished(reader: WebReader) -> None:
    """The platform does not force anybody to read a heavy page."""
    reader.press(*TO_THE_PAGE)
    before = reader.session.app.playthrough
    assert before is not None
    assert list(step_messages(before, before.leave())) == [{"do": "finished"}]


def test_a_typed_code_is_opened(reader: WebReader, the_mill: Story) -> None:
    p = read(the_mill, "clerk", "double")
    reader.press("code")
    reader.send("fill", text="WRONG")
    reader.send("fill", text=to_code(p).lower())
    reader.press("paste")
    field = next(node for node in nodes(reader.tree) if node["role"] == "field")
    assert field["value"] == to_code(p)
    reader.press("open-code")
    assert reader.view["page"] == p.page.node


def test_a_setting_is_pressed_and_kept(reader: WebReader) -> None:
    reader.press("settings", "set:theme=night")
    assert reader.view["settings"]["theme"] == "night"
    assert json.loads(reader.files["settings.json"])["theme"] == "night"
    assert "section:voice" not in reader.ids
    reader.send("adjust", name="text_scale", by=1)
    assert reader.view["settings"]["text_scale"] == 120
    assert WebReader(reader.data, reader.files).view["settings"]["theme"] == "night"


@pytest.mark.parametrize(("name", "by"), [("no-such-setting", 1), ("text_scale", 2), ("text_scale", 0)])
def test_an_unknown_setting_or_step_changes_nothing(name: str, by: int, reader: WebReader) -> None:
    count = len(reader.messages)
    reader.send("adjust", name=name, by=by)
    assert len(reader.messages) == count


@pytest.mark.parametrize(
    ("first", "device"),
    [({"device": "touch"}, "touch"), ({"device": "keyboard"}, "keyboard"), ({"device": 3}, "keyboard")],
)
def test_the_page_says_what_the_reader_uses(first: dict[str, Any], device: str, data: SiteData) -> None:
    assert WebReader(data, **first).session.app.device == device


def test_first_settings_follow_the_system(data: SiteData) -> None:
    reader = WebReader(data, prefers={"theme": "night", "motion": "reduced", "font": "sans", "volume": "loud"})
    settings = reader.view["settings"]
    assert (settings["theme"], settings["motion"], settings["font"]) == ("night", "reduced", "serif")
    assert WebReader(data, prefers={"theme": "pink"}).view["settings"]["theme"] == "paper"


def test_a_copied_code_is_the_page_s_to_copy(reader: WebReader) -> None:
    reader.press(*TO_THE_PAGE, "choice:continue", "pause", "share", "copy")
    (copied,) = reader.said("copy")
    assert copied["text"] == to_code(read(load_the_mill(), "miller", "continue"))
    assert reader.screen == "share"
    reader.send("not-copied")
    assert reader.screen == "message"


def test_a_link_is_shared_where_the_page_has_an_address(data: SiteData) -> None:
    reader = WebReader(data, link=True)
    reader.press(*TO_THE_PAGE, "choice:continue", "pause", "share", "link")
    (shared,) = reader.said("share")
    assert shared["code"] == to_code(read(load_the_mill(), "miller", "continue"))
    reader.send("copied")
    assert labels(reader.tree, "status") == [reader.session.app.words("share.copied")]
    alone = WebReader(data)
    alone.press(*TO_THE_PAGE, "pause", "share")
    assert "link" not in alone.ids


def test_pictures_are_named_where_they_are_painted(tmp_path: Path, the_mill: Story) -> None:
    first = begin(the_mill, "miller").page
    assert first.picture is not None
    reader = WebReader(data_in(tmp_path, [the_mill], [first.picture]))
    assert reader.view["picture"] == picture_name(first.picture)
    reader.press(*TO_THE_PAGE)
    assert reader.view["picture"] == picture_name(first.picture)
    assert WebReader(data_in(tmp_path / "bare", [the_mill])).view["picture"] == ""


def test_a_language_is_chosen_by_the_reader_s_preference(tmp_path: Path) -> None:
    english, chinese = load(THE_MILL), load(THE_MILL, language="zh-Hans")
    minutes = {"full": {"miller": 5, "clerk": 5}}
    editions = [Edition(story.language, story.language, minutes) for story in (english, chinese)]
    data = data_in(tmp_path, [english, chinese], editions=editions)
    assert WebReader(data).view["language"] == "en"
    assert WebReader(data, languages=["de-AT", "zh-CN", "en"]).view["language"] == "zh-Hans"
    reader = WebReader(data, languages=["fr"])
    reader.press("set:language=zh-Hans")
    assert reader.view["language"] == "zh-Hans"
    assert WebReader(data, reader.files, languages=["en"]).view["language"] == "zh-Hans"


def test_sounds_are_played_by_the_page(reader: WebReader) -> None:
    reader.press(*TO_THE_PAGE)
    assert {message["sound"] for message in reader.said("play")} >= {"page"}
    assert all(0 < message["level"] <= 1 for message in reader.said("play"))
    assert reader.view["loops"]
    assert all(0 < level <= 1 < every for level, every in reader.view["occasional"].values())


def test_the_same_view_is_not_sent_twice(reader: WebReader) -> None:
    count = len(reader.messages)
    reader.send("other")
    reader.send("stored", number=77)
    assert len(reader.messages) == count


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from(
    ["press", "number", "back", "people", "map", "look", "mute", "adjust", "fill", "code", "stored", "refused",
     "conflict", "changed", "not-copied", "other"]
)  # fmt: skip


@given(messages=st.lists(st.tuples(KINDS, st.dictionaries(st.sampled_from(
    ["id", "number", "name", "by", "text", "code", "why"]), JSON, max_size=4)), max_size=6))  # fmt: skip
def test_no_message_breaks_a_session(data: SiteData, messages: list[tuple[str, dict[str, Any]]]) -> None:
    reader = WebReader(data)
    for kind, rest in messages:
        reader.send(kind, **rest)
    assert isinstance(reader.session.app, AppState)


def test_damaged_data_is_an_error_and_no_other_story(tmp_path: Path) -> None:
    """A mix of two versions in a browser's cache does not start half a story."""
    data_in(tmp_path, [load_the_mill()])
    file = tmp_path / "story-en.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"key": "', '"key": "0.'), encoding="utf-8")
    with pytest.raises(ValueError, match="another version"):
        WebReader(SiteData(tmp_path, assets_folder() / "locale"))


def test_a_save_is_given_as_a_file_and_opened_again(reader: WebReader, the_mill: Story) -> None:
    reader.press(*TO_THE_PAGE, "choice:continue", "pause", "slots-store", "export")
    (given,) = reader.said("download")
    assert given["name"] == "the-mill-2024-05-06.json"
    assert given["text"] == reader.files["current.json"]
    other = WebReader(reader.data)
    other.press("new:clerk", "begin:clerk")
    take_first(other)
    other.press("pause", "slots-fetch", "import")
    assert other.said("import")
    other.send("imported", text=given["text"])
    assert other.view["page"] == read(the_mill, "miller", "continue").page.node
    assert "aside.json" in other.files


NO_SAVES = {
    "empty": "",
    "cut off": "{",
    "a list": "[]",
    "a number": '{"save": 3}',
    "of another story": '{"save": {"pack": "another", "format": 2}}',
    "long": "x" * 9_000_000,
    "deep": DEEP,
}


@pytest.mark.parametrize("text", NO_SAVES.values(), ids=NO_SAVES)
def test_a_file_that_is_not_a_save_is_refused_with_a_line(text: str, reader: WebReader) -> None:
    reader.send("imported", text=text)
    assert (reader.screen, reader.files) == ("message", {})
    assert labels(reader.tree, "paragraph") == [reader.session.app.words("save.damaged")]


def test_a_journal_is_rendered_with_places_for_its_pictures(tmp_path: Path, the_mill: Story) -> None:
    first = begin(the_mill, "miller").page.picture
    assert first is not None
    reader = WebReader(data_in(tmp_path, [the_mill], [first]))
    reader.press(*TO_THE_PAGE, "choice:continue", "pause", "journal")
    assert reader.screen == "journal"
    (made,) = reader.said("journal")
    assert made["name"] == "the-mill-miller-2024-05-06.html"
    assert f'"picture:{picture_name(first)}"' in made["html"]
    assert the_mill.title in made["html"]
    reader.send("journal-written", name=made["name"], size=1_500_000)
    said = " ".join(labels(reader.tree, "paragraph"))
    assert made["name"] in said and "downloads" in said
    reader.press("back")
    reader.press("journal")
    reader.send("journal-failed", why="the disk is full")
    assert "the disk is full" in " ".join(labels(reader.tree, "paragraph"))
