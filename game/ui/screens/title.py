"""The title screen, the content note, and what the game is about."""

from __future__ import annotations

from game.ui.components.parts import button, content_note_nodes, heading, plain
from game.ui.screens.slots import place_of
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode


def title(app: AppState, view: ScreenView) -> TreeNode:
    """The title with the two doors, and the way back in where there is one."""
    words, p = app.words, app.playthrough
    doors = []
    if p is not None:
        label = words("title.afterwards" if p.left else "title.continue")
        doors.append(button("continue", label, value=place_of(app, p), style="main"))
    doors += [role_button(app, role.id) for role in app.story.roles.values()]
    return TreeNode(
        "screen", "title", app.story.title, style="title",
        children=(
            TreeNode("heading", "heading-1", app.story.title, level=1, style="title"),
            TreeNode("ornament", "grain", style="grain"),
            TreeNode("list", "choices", children=tuple(doors)),
            TreeNode("list", "more", style="row", children=(
                button("slots-fetch", words("title.fetch")),
                button("code", words("code")),
                button("settings", words("settings")),
                button("about", words("about")),
                *((button("credits", words("credits")),) if "credits" in app.offers else ()),
                button("quit", words("title.quit")),
            )),
        ),
    )  # fmt: skip


def role_button(app: AppState, role: str) -> TreeNode:
    """The way in at a role's door; where the other one's reading is finished, with what that one fixed."""
    words, p, found = app.words, app.playthrough, app.story.roles[role]
    about = found.about
    if unread_role(app) == role:
        assert p is not None and p.role is not None
        about = f"{about} {words('title.second', name=app.story.roles[p.role].name)}"
    return button("new", words("title.new", name=found.name), role, value=about)


def unread_role(app: AppState) -> str | None:
    """The role whose reading would meet what a finished one fixed; None where there is none yet."""
    p = app.playthrough
    if p is None or not p.finished or p.role is None:
        return None
    return next((role for role in app.story.roles if role != p.role), None)


def about(app: AppState, view: ScreenView) -> TreeNode:
    """What this is, in the story's own words."""
    words = app.words
    return TreeNode(
        "screen", "about", words("about"), style="sheet",
        children=(
            heading(words("about")),
            *(plain(text, f"about-{i}") for i, text in enumerate(app.story.about)),
            plain(words("about.keys"), "keys", style="small"),
            *((plain(words("about.reader"), "reader", style="small"),) if "reader" in app.offers else ()),
            TreeNode("group", "tools", style="tools", children=(button("back", words("back")),)),
        ),
    )  # fmt: skip


def content_note(app: AppState, view: ScreenView) -> TreeNode:
    """What is in it, before the first page; `view.argument` is the role whose door is about to open."""
    words = app.words
    return TreeNode(
        "screen", "content-note", words("content-note"), style="sheet",
        children=(
            *content_note_nodes(app.story, words),
            TreeNode("list", "choices", children=(
                button("begin", words("content-note.begin"), view.argument, style="main"),
            )),
            TreeNode("group", "tools", style="tools", children=(
                button("back", words("back")),
                button("settings", words("settings")),
            )),
        ),
    )  # fmt: skip
