"""The public API: the names in `__all__` of `game.story`, `game.play` and `game.explore`, with types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import explore, play, story
from tests.small_stories.packs import THE_FERRY, THE_MILL

PROMISED = {
    story: {"Finding", "Story", "StoryErrors", "check", "languages", "load"},
    play: {
        *("Change", "Entry", "Item", "LedgerRow", "Note", "NothingToUndo", "Option", "Page", "Paragraph", "Picture"),
        *("Playthrough", "Record", "RestoreError", "Section", "Span", "UnavailableChoice", "UnknownChoice"),
        *("begin", "debrief", "follow", "restore", "save"),
    },
    explore: {"MOST_STATES", "ProgressReport", "Report", "Sample", "explore", "report_text"},
}


def test_the_public_names_are_the_promised_names() -> None:
    for module, names in PROMISED.items():
        assert set(module.__all__) == names
        assert all(hasattr(module, name) for name in names)


def test_the_public_api_is_enough_to_play_a_story(tmp_path: Path) -> None:
    mill = story.load(str(THE_MILL))
    p = play.begin(mill, role="miller", cut="full", earlier=None)
    with pytest.raises(play.NothingToUndo):
        p.undo()
    with pytest.raises(play.UnknownChoice):
        p.choose("no-such-choice")
    while "skip" not in p.page.offers:
        assert p.page.paragraphs[0].text and p.page.picture is not None
        p = p.choose(p.page.choices[0].id)
    assert p.skip().undo().entries == p.entries
    assert p.leave().over
    data = json.loads(json.dumps(play.save(p)))
    again, notes = play.restore(mill, data)
    assert (again.entries, again.page.as_json(), notes) == (p.entries, p.page.as_json(), ())
    while not again.over:
        again = again.choose(again.page.choices[0].id)
    assert all(section.title for section in play.debrief(again))
    report = explore.explore(mill)
    assert again.page.ending in report.as_json()["endings"]
    assert report.missing_nodes == [] or set(report.missing_nodes) < set(mill.nodes)


def test_closed_choices_and_broken_packs_are_errors(tmp_path: Path) -> None:
    mill = story.load(THE_MILL)
    p = play.begin(mill, "miller")
    while p.page.node != "m-gate.gate":
        p = p.choose(p.page.choices[0].id)
    shut = {choice.id for choice in mill.nodes["m-gate.gate"].choices} - {option.id for option in p.page.choices}
    for id in shut:
        with pytest.raises(play.UnavailableChoice):
            p.choose(id)
    assert shut
    with pytest.raises(play.RestoreError):
        play.restore(story.load(THE_FERRY), play.save(p))
    (tmp_path / "pack.yaml").write_text("pack: p\n", encoding="utf-8")
    with pytest.raises(story.StoryErrors) as raised:
        story.load(tmp_path)
    assert all(isinstance(finding, story.Finding) for finding in raised.value.findings)
