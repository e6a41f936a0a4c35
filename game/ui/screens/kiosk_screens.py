"""A kiosk's screens around the reading: attract, language, role, idle prompt, closed, staff."""

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
    plain,
    screen,
    toolbar,
)
from game.ui.kiosk_state import KioskEdition
from game.ui.screens.menus import row, value_in_words
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def attract(app: AppState, view: ScreenView) -> TreeNode:
    """The invitation and a way in for each language, over a village that goes through its years; wherever else it is
    pressed, it leads in by way of the languages, where there are several."""
    editions = app.current_visit.offer.editions
    titles = tuple(
        replace(heading(one.story.title), id=f"title-{i}", style="poster", language=foreign_language(app, one))
        for i, one in enumerate(editions)
    )
    invitations = (
        replace(plain(one.invitation, f"invitation-{i}", style="poster"), language=foreign_language(app, one))
        for i, one in enumerate(editions)
    )
    begin = "visit.begin" if app.settings.speaks else "visit.come-in"  # who listens may not touch
    ways = (
        tuple(
            replace(
                button("language", one.words(begin), one.language, value=_minutes(one), style="main"),
                language=foreign_language(app, one),
            )
            for one in editions
        )
        if len(editions) > 1
        else (button("come-in", app.words(begin), value=_minutes(editions[0]), style="main"),)
    )
    return screen(
        "attract", app.story.title, "title",
        TreeNode("group", "titles", style="poster", children=titles),
        TreeNode("ornament", "grain", style="grain"),
        *invitations,
        TreeNode("list", "choices", style="poster", children=ways),
        tools_with_senses(app),
        *_year(app, view),
        action=Action("come-in"),
    )  # fmt: skip


def _minutes(edition: KioskEdition) -> str:
    """About how long a visit takes, where that is known."""
    return edition.words("visit.minutes", n=edition.minutes) if edition.minutes else ""


def _year(app: AppState, view: ScreenView) -> tuple[TreeNode, ...]:
    """The year of the village on the picture, among all that it goes through; marks, which no voice reads out as they
    change."""
    offer = app.current_visit.offer
    if not offer.ages:
        return ()
    years = [str(scene.params.get("year", "")) for scene in offer.scenes]
    now = years[view.scene % len(years)]
    marks = tuple(TreeNode("mark", label=year, chosen=year == now) for year in dict.fromkeys(years))
    return (TreeNode("mark", "year", now, style="year", children=marks),)


def language(app: AppState, view: ScreenView) -> TreeNode:
    """The languages, each by its own name."""
    languages = (
        replace(button("language", one.words("language.name"), one.language), language=foreign_language(app, one))
        for one in app.current_visit.offer.editions
    )
    return screen(
        "visit-language", app.words("visit.language"), "menu",
        heading(in_each_language(app, "visit.language")),
        button_list(*languages),
        tools_with_senses(app, button("visit-anew", in_each_language(app, "visit.back"))),
    )  # fmt: skip


def in_each_language(app: AppState, key: str) -> str:
    """The interface's words in each of the kiosk's languages, beside one another."""
    return " · ".join(dict.fromkeys(edition.words(key) for edition in app.current_visit.offer.editions))


def foreign_language(app: AppState, edition: KioskEdition) -> str:
    """The language of an edition, where it is not the one that is read now."""
    return "" if edition.language == app.story.language else edition.language


def door(app: AppState, view: ScreenView) -> TreeNode:
    """What is in it, in one sentence, and the doors; below them the longer way through each, where there is one."""
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
    """What the museum says of the things that these pages turn on, each once: its own words, and none of the story's.
    Nothing where it has none of them."""
    objects = edition_of(app).objects
    met = dict.fromkeys(page.object for page in pages if page.object in objects)
    lines = tuple(plain(objects[one], f"object-{one}", style="label") for one in met if one is not None)
    return (TreeNode("group", "here", app.words("visit.here"), style="exhibits", children=lines),) if lines else ()


def quiet(app: AppState, view: ScreenView) -> TreeNode:
    """A moment before somebody else's turn; whoever has time left may read the other's side."""
    words, roles = app.words, app.story.roles
    others = (button("other-door", words("visit.other", name=roles[role].name), role) for role in other_roles(app))
    return screen(
        "visit-quiet", words("visit.quiet"), "title",
        plain(words("visit.quiet"), "text"),
        button_list(button("visit-anew", words("visit.anew"), style="main"), *others),
        action=Action("visit-anew"),
    )  # fmt: skip


def other_roles(app: AppState) -> tuple[str, ...]:
    """The roles whose side whoever read one may read as well; none once two were read."""
    p = app.playthrough
    if p is None or p.role is None or p.earlier is not None:
        return ()
    return tuple(role for role in app.current_visit.offer.roles if role != p.role)


def closed(app: AppState, view: ScreenView) -> TreeNode:
    """Outside the opening hours; `view.argument` says until when, in a line for each of the kiosk's languages."""
    editions = app.current_visit.offer.editions
    untils = view.argument.splitlines() or [""] * len(editions)
    told = (
        one.words("visit.closed.until", time=until) if until else one.words("visit.closed")
        for one, until in zip(editions, untils, strict=True)
    )  # fmt: skip
    lines = tuple(
        replace(plain(text, f"text-{i}", style="small"), language=foreign_language(app, one))
        for i, (one, text) in enumerate(zip(editions, told, strict=True))
    )
    return screen("closed", app.words("visit.closed"), "title", *lines)


def staff_pin(app: AppState, view: ScreenView) -> TreeNode:
    """Where the staff types its PIN; `view.argument` says what was wrong with the last one."""
    words, line = app.words, view.line
    entry = line_entry(
        replace(line, text="•" * len(line.text)), Action("try-pin"), words("staff.pin"), words("staff.pin.hint"),
        words("staff.in"), view.argument,
    )  # fmt: skip
    return headed_screen("staff-pin", words("staff"), "sheet", *entry, *number_pad(words))


def staff(app: AppState, view: ScreenView) -> TreeNode:
    """How the kiosk is doing, a line each and what matters most first; and what can be done about it."""
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
    """Before a reading that nobody reads any more is put away."""
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
    """What is at hand on a screen of a visit, at its foot."""
    return toolbar(*sense_buttons(app), *more)


def sense_buttons(app: AppState) -> tuple[TreeNode, ...]:
    """The voice, how loud it is, and the size of type, on every screen of a visit."""
    words, settings = app.words, app.settings
    largest = settings.text_scale == app.values["text_scale"][-1]
    type_ = TreeNode("button", "type", words("visit.type.usual" if largest else "visit.type"),
                 action=Action("cycle", "text_scale"))  # fmt: skip
    if not app.current_visit.loudest:
        return (type_,)  # a museum where nothing may be heard
    volume = words("visit.volume", value=value_in_words(app, "volume", settings.volume))
    return (
        button("voice", words("visit.voice.off" if settings.speaks else "visit.voice.on")),
        TreeNode("button", "volume", volume, action=Action("cycle-down", "volume")),
        type_,
    )


def edition_of(app: AppState) -> KioskEdition:
    """What is read now."""
    return next(one for one in app.current_visit.offer.editions if one.language == app.story.language)
