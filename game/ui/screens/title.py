"""Before the story: its title, what it is, and what is in it."""

from __future__ import annotations

from game.ui.app import App, View
from game.ui.screens.parts import button, heading, plain
from game.ui.tree import Node


def title(app: App, view: View) -> Node:
    """The title with the two doors, and the way back in where there is one."""
    words, p = app.words, app.playthrough
    doors = []
    if p is not None:
        name = app.story.roles[p.role].name if p.role else ""
        doors.append(
            button(
                "continue",
                words("title.continue"),
                value=words("title.continue.place", name=name, title=p.page.title, date=p.page.when or ""),
                style="main",
            )
        )
    for role in app.story.roles.values():
        # what the other door's finished reading fixed holds behind this one
        second = p is not None and p.finished and p.role not in (None, role.id)
        about = f"{role.about} {words('title.second')}" if second else role.about
        doors.append(button("new", words("title.new", name=role.name), role.id, value=about))
    return Node(
        "screen", "title", app.story.title, style="title",
        children=(
            Node("heading", "heading-1", app.story.title, level=1, style="title"),
            Node("ornament", "grain", style="grain"),
            Node("list", "choices", children=tuple(doors)),
            Node("list", "more", style="row", children=(
                button("slots-fetch", words("title.fetch")),
                button("settings", words("settings")),
                button("about", words("about")),
                button("quit", words("title.quit")),
            )),
        ),
    )  # fmt: skip


def about(app: App, view: View) -> Node:
    """What this is, in the story's own words."""
    words = app.words
    return Node(
        "screen", "about", words("about"), style="sheet",
        children=(
            heading(words("about")),
            *(plain(text, f"about-{i}") for i, text in enumerate(app.story.about)),
            plain(words("about.keys"), "keys", style="small"),
            Node("group", "tools", style="tools", children=(button("back", words("back")),)),
        ),
    )  # fmt: skip


def content_note(app: App, view: View) -> Node:
    """What is in it, before the first page; `view.argument` is the role whose door is about to open."""
    words = app.words
    return Node(
        "screen", "content-note", words("content-note"), style="sheet",
        children=(
            heading(words("content-note")),
            *(plain(text, f"note-{i}") for i, text in enumerate(app.story.content_note)),
            Node("list", "choices", children=(
                button("begin", words("content-note.begin"), view.argument, style="main"),
            )),
            Node("group", "tools", style="tools", children=(
                button("back", words("back")),
                button("settings", words("settings")),
            )),
        ),
    )  # fmt: skip
