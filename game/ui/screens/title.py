"""The title screen, and the content note, controls, credits and licences. A cut is a length of the story; an edition is
the story in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from game.story.places import sounds_of
from game.ui.components.page_parts import credit_lines
from game.ui.components.parts import (
    button,
    button_list,
    content_note_nodes,
    headed_screen,
    heading,
    marked,
    ornament,
    plain,
    screen,
    toolbar,
)
from game.ui.i18n import Catalogue
from game.ui.screens.desk import desk_button
from game.ui.screens.slots import place_of
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def title(app: AppState, view: ScreenView) -> TreeNode:
    """Build the title screen: the story's title and description, and buttons to continue a playthrough or begin a new
    one in a length, language and role."""
    words = app.words
    return screen(
        "title", app.story.title, "title",
        TreeNode("heading", "heading-1", app.story.title, level=1, style="title"),
        *_about(app),
        *ornament(app.story),
        button_list(*again(app), *_lengths(app), *(_role_button(app, role) for role in app.story.roles)),
        TreeNode("list", "more", style="row", children=(
            *_languages(app),
            button("slots-fetch", words("title.fetch")),
            button("code", words("code")),
            button("settings", words("settings")),
            button("about", words("about")),
            button("quit", words("title.quit")),
        )),
    )  # fmt: skip


def again(app: AppState) -> tuple[TreeNode, ...]:
    """Return the button that continues the current playthrough, and says where it stands; empty without one."""
    words, p = app.words, app.playthrough
    if p is None:
        return ()
    label = words("title.afterwards" if p.left else "title.continue")
    if app.goes_on_in is not None:
        label = words("title.in-language", label=label, language=app.goes_on_in.name)
    return (button("continue", label, value=place_of(app, p), style="main"),)


def _about(app: AppState) -> Iterator[TreeNode]:
    """Yield the story's description, and if the story has only one language and length, how long it takes."""
    yield from (plain(text, f"subtitle-{i}", style="lead") for i, text in enumerate(app.story.subtitle))
    edition = app.edition
    if edition is not None and len(edition.minutes) == len(app.editions) == 1:
        yield plain(app.words("title.minutes", n=edition.minutes_of(*edition.minutes)), "minutes", style="small")


def _languages(app: AppState) -> Iterator[TreeNode]:
    """Yield a button for each other language. If it lacks a cut, the button says how long its longest cut takes."""
    for edition in app.editions:
        if edition.language != app.story.language and edition.language in app.values.get("language", ()):
            name = edition.name
            if not edition.minutes.keys() >= app.editions[0].minutes.keys():
                minutes = edition.minutes_of(next(iter(edition.minutes)))
                name = app.words("title.language.short", name=name, minutes=minutes)
            yield replace(button("set", name, f"language={edition.language}"), language=edition.language)


def _lengths(app: AppState) -> tuple[TreeNode, ...]:
    """Return the setting for the length of a new playthrough; empty if there is one language with one length."""
    edition = app.edition
    if edition is None or len(edition.minutes) == len(app.editions) == 1:
        return ()
    lengths = tuple(
        TreeNode("option", f"cut:{cut}", _length(app, cut), action=Action("cut", cut), chosen=cut == app.new_cut)
        for cut in edition.minutes
    )
    label = app.words("title.length" if app.playthrough is None else "title.length.again")
    length = TreeNode(
        "setting", "setting:cut", label, value=_length(app, app.new_cut),
        action=Action("next-cut", "cut"), hint=app.words("settings.hint"), children=lengths,
    )  # fmt: skip
    return (length,)


def _length(app: AppState, cut: str) -> str:
    """Return a cut's length in words (whole or short, and its minutes); "" if the present language lacks the cut."""
    edition = app.edition
    if edition is None or cut not in edition.minutes:
        return ""
    every = list(app.editions[0].minutes)  # the story's own language decides which cuts are called short
    place, n = every.index(cut) if cut in every else 0, edition.minutes_of(cut)
    version = "whole" if place == 0 else "shortest" if 1 < place == len(every) - 1 else "short"
    return app.words("title.length.option", version=app.words(f"title.length.{version}"), n=n)


def _role_button(app: AppState, role: str) -> TreeNode:
    """Build the button that begins a playthrough in a role. If the reader has just finished the other role, the button
    says that the reader will meet the choices of that role."""
    words, p, found = app.words, app.playthrough, app.story.roles[role]
    about = found.about
    if p is not None and p.finished and p.role is not None:
        unread = next((other for other in app.story.roles if other != p.role), None)
        if role == unread:
            about = f"{about} {words('title.second', name=app.story.roles[p.role].name)}"
    return button("new", words("title.new", name=found.name), role, value=about)


def about(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen that says what the game is about, in the story's own words."""
    words = app.words
    return headed_screen(
        "about", words("about"), "sheet",
        *(marked(text, f"about-{i}") for i, text in enumerate((*app.story.subtitle, *app.story.about))),
        *((plain(words("licence", title=app.story.title), "licence"),) if "licence" in app.story.words else ()),
        *credit_lines(words, "image.credit", app.story.images),
        *credit_lines(words, "sound.credit", sounds_of(app.story.places.values()).values()),
        toolbar(
            button("back", words("back")),
            button("controls", words("controls")),
            *desk_button(app),
            *((button("credits", words("credits")),) if "credits" in app.offers else ()),
        ),
    )  # fmt: skip


def content_note(app: AppState, view: ScreenView) -> TreeNode:
    """Build the content note before the first page; the first time with the controls. `view.argument` is the role."""
    words = app.words
    first = words("controls.first", how=words(f"controls.{app.device}"))
    controls = () if app.settings.controls_shown else (plain(first, "controls", style="small"),)
    return screen(
        "content-note", words("content-note"), "sheet",
        *content_note_nodes(app.story, words),
        *controls,
        button_list(button("begin", words("content-note.begin"), view.argument, style="main")),
        toolbar(button("back", words("back")), button("settings", words("settings"))),
    )  # fmt: skip


WINDOW_DEVICES = ("keyboard", "mouse", "touch", "gamepad")


def controls(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen that says how to play with each device. The reader's own device stands first."""
    words = app.words
    if app.device == "terminal":
        shown = (plain(words("controls.terminal"), "terminal"),)
    else:
        others = (device for device in WINDOW_DEVICES if device != app.device)
        reader = (plain(words("controls.reader"), "reader", style="small"),) if "reader" in app.offers else ()
        shown = (*(_device(words, device) for device in (app.device, *others)), *reader)
    back = toolbar(button("back", words("back"), style="main"))
    return headed_screen("controls", words("controls"), "sheet", *shown, back)


def _device(words: Catalogue, device: str) -> TreeNode:
    lines = [plain(words(f"controls.{device}"), f"{device}-text", style="label")]
    if device == "keyboard":
        lines.append(plain(words("controls.keyboard.more"), "keyboard-more", style="label"))
    name = words(f"controls.{device}.name")
    return TreeNode("group", f"section:{device}", name, style="section", children=tuple(lines))


KINDS = ("game", "font", "library")


def credits(app: AppState, view: ScreenView) -> TreeNode:
    """Build the credits: the parts of the program, grouped by KINDS. A press on a part shows its licence."""
    words = app.words
    groups = []
    for kind in KINDS:
        rows = tuple(
            button("licence", credit.name, str(number), value=credit.licence)
            for number, credit in enumerate(app.credits)
            if credit.kind == kind
        )
        if rows:
            name = "choices" if kind == KINDS[0] else f"list-{kind}"
            groups.append(plain(words(f"credits.{kind}"), f"kind-{kind}", style="eyebrow"))
            groups.append(TreeNode("list", name, style="choices", children=rows))
    return headed_screen(
        "credits", words("credits"), "sheet",
        plain(words("credits.text"), "text", style="small"),
        *groups,
        toolbar(button("back", words("back"), style="main")),
    )  # fmt: skip


def licence(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen with a licence's text. `view.argument` is the index of its part in `app.credits`."""
    credit = app.credits[int(view.argument)]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", credit.text)]
    return screen(
        "licence", credit.name, "sheet",
        plain(credit.licence, "licence", style="eyebrow"),
        heading(credit.name),
        *(plain(text, f"text-{i}", style="small") for i, text in enumerate(filter(None, paragraphs))),
        toolbar(button("back", app.words("back"), style="main")),
    )  # fmt: skip
