"""A kiosk's screens around the reading: attract, language, role, idle prompt, closed, staff. An edition is the story in
one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from game.play.page import Page
from game.play.village_map import first_sentence
from game.ui.components.parts import (
    button,
    button_list,
    headed_screen,
    heading,
    line_entry,
    number_pad,
    ornament,
    plain,
    screen,
    toolbar,
)
from game.ui.kiosk_state import KioskEdition
from game.ui.screens.menus import row, value_in_words
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def attract(app: AppState, view: ScreenView) -> TreeNode:
    """Build the attract screen, which passers-by see: title, invitation and a button in each language. A press anywhere
    else leads to the choice of a language; if there is only one, to the choice of a role."""
    editions = app.current_visit.offer.editions
    titles = tuple(
        in_language(app, edition, replace(heading(edition.story.title), id=f"title-{i}", style="poster"))
        for i, edition in enumerate(editions)
    )
    invitations = (
        in_language(app, edition, plain(edition.invitation, f"invitation-{i}", style="poster"))
        for i, edition in enumerate(editions)
    )
    begin = "visit.begin" if app.settings.speaks else "visit.come-in"  # a listener may use keys, not the screen
    ways = []
    for edition in editions:
        verb, target = ("language", edition.language) if len(editions) > 1 else ("come-in", "")
        minutes = edition.words("visit.minutes", n=edition.minutes) if edition.minutes else ""
        way = button(verb, edition.words(begin), target, value=minutes, style="main")
        ways.append(in_language(app, edition, way))
    return screen(
        "attract", app.story.title, "title",
        TreeNode("group", "titles", style="poster", children=titles),
        *ornament(app.story),
        *invitations,
        TreeNode("list", "choices", style="poster", children=tuple(ways)),
        tools_with_senses(app),
        *_year(app, view),
        action=Action("come-in"),
    )  # fmt: skip


def _year(app: AppState, view: ScreenView) -> tuple[TreeNode, ...]:
    """Return the years of all pictures, the present one marked, as nodes that the voice does not read; empty if the
    pictures do not show one village in several years."""
    offer = app.current_visit.offer
    if not offer.ages:
        return ()
    years = [str(scene.params.get("year", "")) for scene in offer.scenes]
    now = years[view.scene % len(years)]
    marks = tuple(TreeNode("mark", label=year, chosen=year == now) for year in dict.fromkeys(years))
    return (TreeNode("mark", "year", now, style="year", children=marks),)


def language(app: AppState, view: ScreenView) -> TreeNode:
    """Build the choice of a language. Each button has the language's own name."""
    languages = (
        in_language(app, edition, button("language", edition.words("language.name"), edition.language))
        for edition in app.current_visit.offer.editions
    )
    return screen(
        "visit-language", app.words("visit.language"), "menu",
        heading(in_each_language(app, "visit.language")),
        button_list(*languages),
        tools_with_senses(app, button("visit-anew", in_each_language(app, "visit.back"))),
    )  # fmt: skip


def in_each_language(app: AppState, key: str) -> str:
    """Return the interface's text `key` in all of the kiosk's languages, in one line."""
    return " · ".join(dict.fromkeys(edition.words(key) for edition in app.current_visit.offer.editions))


def in_language(app: AppState, edition: KioskEdition, node: TreeNode) -> TreeNode:
    """Return the node with its `language` set to that of `edition`, unless that is the present language."""
    return node if edition.language == app.story.language else replace(node, language=edition.language)


def door(app: AppState, view: ScreenView) -> TreeNode:
    """Build the choice of a role, under the first sentence of the content note. Below are longer versions, if any."""
    words, offer, roles = app.words, app.current_visit.offer, app.story.roles
    minutes = edition_of(app).longer
    note = next(iter(app.story.content_note), "")
    doors = tuple(
        button("enter", roles[role].name, f"{role}/{offer.cut}", value=roles[role].about) for role in offer.roles
    )
    longer = tuple(
        button("enter", words("visit.longer", name=roles[role].name, n=minutes[role]), f"{role}/{offer.longer}")
        for role in offer.roles if role in minutes
    )  # fmt: skip
    another = (button("come-in", in_each_language(app, "visit.other-language")),) if len(offer.editions) > 1 else ()
    return headed_screen(
        "visit-door", words("visit.door"), "menu",
        plain(first_sentence(note), "note", style="lead"),
        button_list(*doors),
        *((TreeNode("list", "longer", style="row", children=longer),) if longer else ()),
        tools_with_senses(app, *another, button("visit-anew", words("visit.back"))),
    )  # fmt: skip


def object_labels(app: AppState, pages: Iterable[Page]) -> tuple[TreeNode, ...]:
    """Return the museum's own texts about the main objects of these pages, each once; empty if there are none."""
    objects = edition_of(app).objects
    met = dict.fromkeys(page.object for page in pages if page.object in objects)
    lines = tuple(plain(objects[name], f"object-{name}", style="label") for name in met if name is not None)
    return (TreeNode("group", "here", app.words("visit.here"), style="exhibits", children=lines),) if lines else ()


def quiet(app: AppState, view: ScreenView) -> TreeNode:
    """Build the quiet screen after a visit. A visitor who has read one role only can also begin another role there."""
    words, roles, p = app.words, app.story.roles, app.playthrough
    unread = [role for role in app.current_visit.offer.roles if p is not None and p.earlier is None and role != p.role]
    others = (button("other-door", words("visit.other", name=roles[role].name), role) for role in unread)
    return screen(
        "visit-quiet", words("visit.quiet"), "title",
        plain(words("visit.quiet"), "text"),
        button_list(button("visit-anew", words("visit.anew"), style="main"), *others),
        action=Action("visit-anew"),
    )  # fmt: skip


def closed(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen outside the opening hours. `view.argument` has the time of opening, a line for each language; ""
    if it is not known."""
    editions = app.current_visit.offer.editions
    untils = view.argument.splitlines() or [""] * len(editions)
    lines = []
    for i, (edition, until) in enumerate(zip(editions, untils, strict=True)):
        text = edition.words("visit.closed.until", time=until) if until else edition.words("visit.closed")
        lines.append(in_language(app, edition, plain(text, f"text-{i}", style="small")))
    return screen("closed", app.words("visit.closed"), "title", *lines)


def staff_pin(app: AppState, view: ScreenView) -> TreeNode:
    """Build the field for the staff's PIN. `view.argument` says what was wrong with the last try; "" before a try."""
    words, line = app.words, view.line
    entry = line_entry(
        replace(line, text="•" * len(line.text)), Action("try-pin"), words("staff.pin"), words("staff.pin.hint"),
        words("staff.in"), view.argument,
    )  # fmt: skip
    return headed_screen("staff-pin", words("staff"), "sheet", *entry, *number_pad(words))


def staff(app: AppState, view: ScreenView) -> TreeNode:
    """Build the staff's page: the status report (the lines of `view.argument`), the volume, and the staff's buttons."""
    words = app.words
    return headed_screen(
        "staff", words("staff"), "wall",
        *(plain(line, f"health-{i}", style="label") for i, line in enumerate(view.argument.splitlines())),
        row(app, "volume"),
        toolbar(
            button("visit-anew", words("staff.back")),
            button("staff-restart", words("staff.restart"), hint=words("staff.restart.hint")),
            button("staff-quit", words("staff.quit"), hint=words("staff.quit.hint")),
        ),
    )  # fmt: skip


def still_there(app: AppState, view: ScreenView) -> TreeNode:
    """Build the prompt that asks whether an idle visitor is still there, with the seconds until the kiosk resets."""
    words, left = app.words, app.current_visit.left or 0
    return TreeNode(
        "dialog", "still-there", words("visit.still-there"), style="aside",
        children=(
            heading(words("visit.still-there")),
            TreeNode("status", "left", words("visit.left", n=left), level=left, style="clock"),
            plain(words("visit.stay.how"), "how"),
            button_list(button("stay", words("visit.stay"), style="main")),
        ),
    )  # fmt: skip


def tools_with_senses(app: AppState, *more: TreeNode) -> TreeNode:
    """Build the tools at the foot of a visitor's screen: voice, volume and size of type, then `more`."""
    return toolbar(*sense_buttons(app), *more)


def sense_buttons(app: AppState) -> tuple[TreeNode, ...]:
    """Return the buttons for voice, volume and size of type; only the last one if the museum wants no sound."""
    words, settings = app.words, app.settings
    largest = settings.text_scale == app.values["text_scale"][-1]
    type_ = TreeNode("button", "type", words("visit.type.usual" if largest else "visit.type"),
                 action=Action("cycle", "text_scale"))  # fmt: skip
    if not app.current_visit.loudest:
        return (type_,)  # this museum wants no sound
    volume = words("visit.volume", value=value_in_words(app, "volume", settings.volume))
    return (
        button("voice", words("visit.voice.off" if settings.speaks else "visit.voice.on")),
        TreeNode("button", "volume", volume, action=Action("cycle-down", "volume")),
        type_,
    )


def edition_of(app: AppState) -> KioskEdition:
    """Return the kiosk's edition in the present language."""
    return next(edition for edition in app.current_visit.offer.editions if edition.language == app.story.language)
