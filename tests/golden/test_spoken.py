"""The speech of golden playthroughs: every line of the voice from the title to the end of the talk.

`pytest tests/golden --golden-update` writes them again after an intended change of the story or the interface's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.resources import assets_folder
from game.speech.announcer import announce_changes
from game.speech.utterances import Utterance, utterances
from game.story import Story
from game.ui import intents
from game.ui.i18n import catalogue_for
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import focus_order
from game.ui.update import start, update
from tests.golden.test_golden import played
from tests.golden.transcript import assert_golden, speech_block

HEARD = ["villager-the-bowls", "official-kiosk"]
VOICES = ("en-gb", "cmn")


def spoken(story: Story, folder: Path) -> Iterator[tuple[str, list[Utterance]]]:
    """Each action of a playthrough, with what is heard after it."""
    words = catalogue_for(assets_folder() / "locale", story)
    reading = played(story, folder)
    app = start(story, words, Settings(voice="on"), cut=reading.cut.id)
    known = None
    for deed, after in deeds(app, [entry.take for entry in reading.entries], reading.role or ""):
        known, said = announce_changes(known, render_top(after), after.top.focus, after)
        yield deed, [utterance for line in said for utterance in utterances(line, words, story.language, VOICES)]


def deeds(app: AppState, takes: list[str], role: str) -> Iterator[tuple[str, AppState]]:
    """The interface after each action: the door, each entry, a source's card and back, and the whole talk."""
    yield "the game opens", app
    taken = (take if take == "skip" else f"choice:{take}" for take in takes)
    presses = [f"new:{role}", f"begin:{role}", *taken, "debrief"]
    for press in presses:
        app, _ = update(app, intents.Press(press))
        yield press, app
        facts = [name for name in focus_order(render_top(app)) if name.startswith("fact:")]
        if facts and press == presses[8]:
            yield facts[0], (card := update(app, intents.Press(facts[0]))[0])
            yield "back", (app := update(card, intents.Back())[0])
    while onward := next(
        (name for name in focus_order(render_top(app)) if name == f"section:{int(app.top.argument) + 1}"), None
    ):
        app, _ = update(app, intents.Press(onward))
        yield onward, app


@pytest.mark.parametrize("name", HEARD)
def test_a_playthrough_s_speech_is_golden(name: str, shipped: Story, golden_update: bool) -> None:
    folder = Path(__file__).parent / name
    text = "\n".join(speech_block(deed, heard) for deed, heard in spoken(shipped, folder))
    assert_golden(folder / "spoken.txt", text, golden_update)


def test_every_text_of_the_pages_is_heard(shipped: Story) -> None:
    for name in HEARD:
        folder = Path(__file__).parent / name
        heard_text = " ".join(line.text for _, heard in spoken(shipped, folder) for line in heard)
        for page in played(shipped, folder).pages:
            for paragraph in page.brief if page.shows_brief else page.paragraphs:
                assert paragraph.text in heard_text
            for option in page.choices:
                assert option.say in heard_text
