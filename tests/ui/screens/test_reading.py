"""The picture of a page alone: its text, and the screens that offer it."""

from __future__ import annotations

from game.play import begin
from game.speech.announcer import announce_changes
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.settings import DEFAULT, Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import find, walk
from game.ui.update import update
from tests.ui.app_driver import at_page


def page(mill: Story, words: Catalogue, settings: Settings = DEFAULT) -> AppState:
    return at_page(words, begin(mill, role="miller", cut="full"), settings=settings)


def test_the_picture_shows_without_the_page(mill: Story, words: Catalogue) -> None:
    app = page(mill, words)
    for look in (intents.LookAtPicture(), intents.Press("look")):
        looked, effects = update(app, look)
        assert looked.top.screen == "picture" and not effects
    tree = render_top(looked)
    assert [node.id for node in walk(tree) if node.focusable] == ["back"]
    assert not [node for node in walk(tree) if node.role in ("paragraph", "heading", "choice")]
    for way in (intents.LookAtPicture(), intents.Back(), intents.Press(tree.id), intents.Press("back")):
        assert update(looked, way)[0].top.screen == "reading"


def test_voice_says_what_the_picture_shows(mill: Story, words: Catalogue) -> None:
    app = page(mill, words, Settings(voice="on"))
    assert app.current.page.picture is not None
    alt = app.current.page.picture.alt
    looked, _ = update(app, intents.LookAtPicture())
    heard, _ = announce_changes(None, render_top(app), None, app)
    _, said = announce_changes(heard, render_top(looked), None, looked)
    assert any(alt.rstrip(".") in line for line in said)


def test_only_pages_show_their_picture_alone(mill: Story, words: Catalogue) -> None:
    app = page(mill, words)
    back = at_page(words, app.current.choose("continue"), ScreenView("look-back", "0"))
    looked, _ = update(back, intents.LookAtPicture())
    shown = find(render_top(looked), "shown")
    first = app.current.page.picture
    assert shown is not None and first is not None and shown.label == first.alt
    title = AppState(mill, words, Settings(), (ScreenView("title"),))
    assert update(title, intents.LookAtPicture())[0] == title
    paused, _ = update(app, intents.Back())
    assert update(paused, intents.LookAtPicture())[0].top.screen == "pause"


def test_terminal_has_no_picture_to_look_at(mill: Story, words: Catalogue) -> None:
    app, _ = update(page(mill, words), intents.DeviceUsed("terminal"))
    assert find(render_top(app), "look") is None
