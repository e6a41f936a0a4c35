"""Screens of reading: the current page, past pages, and the picture of a page alone."""

from __future__ import annotations

from game.play.debrief_sections import people_met
from game.play.page import Page
from game.ui.components.chart_trees import counted_link
from game.ui.components.citations import sources_link
from game.ui.components.met_parts import has_people
from game.ui.components.page_parts import choice_list, content_nodes, credit_lines, page_nodes
from game.ui.components.parts import button, button_list, plain, screen, toolbar, what_changed
from game.ui.scenery import picture_of, sound_of
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def reading(app: AppState, view: ScreenView) -> TreeNode:
    """Build the current page with its choices and tools."""
    page = app.current.page
    content = page_nodes(app.story, app.words, page, view.other_version)
    nodes = (*content, *_what_next(app, page), _tools(app, page))
    return screen("reading", page.title, "page", *nodes)


def look_back(app: AppState, view: ScreenView) -> TreeNode:
    """Build the past page number `view.argument` (from 0), with the choice that was taken and its outcome."""
    words, past = app.words, app.current.past
    at = int(view.argument)
    page = past[at]
    after = past[at + 1] if at + 1 < len(past) else app.current.page
    take = app.current.entries[at].take
    taken = next((option.say for option in page.choices if option.id == take), "") or words("look-back.went-on")
    page_buttons = [button("close", words("look-back.now"))]
    if at + 1 < len(past):
        page_buttons.insert(0, button("leaf", words("look-back.later"), str(at + 1)))
    if at > 0:
        page_buttons.insert(0, button("leaf", words("look-back.earlier"), str(at - 1)))
    return screen(
        "look-back", page.title, "page",
        plain(words("look-back.place", at=at + 1, of=len(past) + 1), "leaf", style="eyebrow"),
        *content_nodes(app.story, words, page),
        *counted_link(words, page.ledger, page.node),
        *sources_link(app.story, words, page.sources),
        plain(taken, "taken", style="taken"),
        *what_changed(words, after.marked().answer, after.changes),
        button_list(button("return", words("look-back.return"), str(at), value=words("look-back.return.hint"))),
        toolbar(*page_buttons),
    )  # fmt: skip


def _what_next(app: AppState, page: Page) -> tuple[TreeNode, ...]:
    words = app.words
    if page.choices:
        return choice_list(words, page)
    if app.current.over:  # an ending was read, or the last chapter was skipped
        return (
            TreeNode("ornament", "ending", words("page.ending"), style="" if app.story.ornament else "plain"),
            button_list(
                button("debrief", words("page.debrief"), style="main"),
                button("look-back", words("pause.look-back")),
                button("home", words("home")),
            ),
        )  # fmt: skip
    return ()


def _tools(app: AppState, page: Page) -> TreeNode:
    words, p = app.words, app.current
    tools = [button("pause", words("page.pause"), hint=words("page.pause.hint"))]
    if p.entries:
        tools.append(button("undo", words("page.undo")))
    if has_people(app) and people_met(p):
        tools.append(button("people", words("people"), hint=words("people.hint")))
    if page.picture is not None and app.device != "terminal":
        tools.append(button("look", words("look"), hint=words("look.hint")))
    if "leave" in page.offers:
        tools.append(button("leave", words("page.leave"), hint=words("page.leave.hint")))
    return toolbar(*tools)


def picture(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen with the picture alone, and its description for the voice. A press anywhere, and any key, leads
    back."""
    words, shown, sound = app.words, picture_of(app), sound_of(app)
    return screen(
        "picture", words("look"), "picture",
        TreeNode("image", "shown", shown.alt if shown is not None else ""),
        *((plain(shown.credit, "credit", style="small"),) if shown is not None and shown.credit else ()),
        *(credit_lines(words, "sound.credit", [sound]) if sound is not None else ()),
        toolbar(button("back", words("look.back"), hint=words("look.back.hint"))),
        action=Action("back"),
    )  # fmt: skip
