"""The pause menu and the settings."""

from __future__ import annotations

from game.ui.components.met_parts import has_map, has_people
from game.ui.components.parts import button, button_list, headed_screen, plain, toolbar
from game.ui.screens.slots import place_of
from game.ui.settings import SECTIONS
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode

OPTIONS = 6  # the most values of one setting that stand side by side
PER_CENT = frozenset({"text_scale", "volume", "ambience", "effects"})


def pause(app: AppState, view: ScreenView) -> TreeNode:
    """Build the pause menu."""
    words, p = app.words, app.current
    page = p.page
    items = [button("back", words("pause.back"), style="main")]
    if has_people(app):
        items += [button("people", words("people"), hint=words("people.hint"))]
    if has_map(app):
        items += [button("map", words("map"), hint=words("map.hint"))]
    if p.past:
        items += [button("so-far", words("so-far")), button("look-back", words("pause.look-back"))]
    if page.brief and page.paragraphs:
        reading = app.views[-2]
        shown_short = page.shows_brief != reading.other_version
        items += [button("version", words("pause.full" if shown_short else "pause.brief"))]
    aside = app.aside
    if aside is not None and (aside.role, aside.cut, aside.earlier) == (p.role, p.cut, p.earlier):
        items += [button("take-up", words("pause.take-up"), value=place_of(app, aside))]
    items += [button("settings", words("settings"))]
    if "leave" in page.offers:
        items += [button("leave", words("page.leave"), value=words("page.leave.hint"))]
    items += [button("home", words("home"), value=words("pause.home.hint"))]
    rare = (button("controls", words("controls")), button("about", words("about")))
    more = TreeNode("list", "more", style="row", children=rare)
    return headed_screen("pause", words("pause"), "menu", button_list(*items), _keeping(app), more)


def _keeping(app: AppState) -> TreeNode:
    words = app.words
    keeping = [
        button("slots-store", words("pause.store")),
        button("slots-fetch", words("title.fetch")),
        button("share", words("share"), hint=words("share.hint")),
    ]
    if "journal" in app.offers:
        keeping.append(button("journal", words("journal.keep"), hint=words("journal.keep.hint")))
    return TreeNode("list", "keeping", style="row", children=tuple(keeping))


def settings(app: AppState, view: ScreenView) -> TreeNode:
    """Build the settings: one row each, in groups under headings."""
    words = app.words
    groups = tuple(
        TreeNode("group", f"section:{section}", words(f"settings.section.{section}"), style="section",
             children=(*_trouble(app, section), *_speaker(app, section), *_one_language(app, section),
                       *(row(app, name) for name in names if name in app.values)))
        for section, names in SECTIONS.items()
    )  # fmt: skip
    return headed_screen(
        "settings", words("settings"), "menu",
        *groups,
        toolbar(
            button("back", words("settings.done"), style="main"),
            button("fullscreen", words("settings.fullscreen")),
        ),
    )  # fmt: skip


def row(app: AppState, name: str) -> TreeNode:
    """Build a setting with its values; if there are many, with the values near the present one."""
    present = getattr(app.settings, name)
    options = tuple(
        TreeNode("option", f"set:{name}={value}", value_in_words(app, name, value),
             action=Action("set", f"{name}={value}"), chosen=value == present)
        for value in _nearest_values(app.values[name], present)
    )  # fmt: skip
    return TreeNode(
        "setting", f"setting:{name}", app.words(f"settings.{name}"), value=value_in_words(app, name, present),
        action=Action("cycle", name), hint=app.words("settings.hint"), children=options,
    )  # fmt: skip


def _nearest_values(row: tuple[object, ...], present: object) -> tuple[object, ...]:
    place = row.index(present) if present in row else 0
    start = max(0, min(place - OPTIONS // 2, len(row) - OPTIONS))
    return row[start : start + OPTIONS]


def _trouble(app: AppState, section: str) -> tuple[TreeNode, ...]:
    """Return why there is no sound or voice, and what to do, for the section "sound" or "voice"; else ()."""
    trouble = {"sound": app.sound_trouble, "voice": app.speech.trouble}.get(section)
    if not trouble:
        return ()
    return (plain(app.words(f"{section}.trouble.{trouble}"), f"{section}-trouble", style="small"),)


def _speaker(app: AppState, section: str) -> tuple[TreeNode, ...]:
    """For the section "voice", return the name of the voice that spoke last, or of the one that will; otherwise ()."""
    speech = app.speech
    if section != "voice" or speech.trouble or not speech.voices:
        return ()
    chosen = app.settings.voice_name
    first = next((name for name in speech.voices if chosen in (name, name.partition(" · ")[0])), speech.voices[0])
    name = speech.speaker if speech.speaker in speech.voices and app.settings.speaks else first
    return (plain(app.words("voice.speaker", name=name), "voice-speaker", style="small"),)


def _one_language(app: AppState, section: str) -> tuple[TreeNode, ...]:
    """Return the line that replaces the setting of the language while the present playthrough can go on in one language
    only. The line names the other languages, which the reader can choose at the title."""
    if section != "reading" or "language" in app.values or len(app.editions) < 2 or not app.mode.alone:
        return ()
    edition = app.edition or app.editions[0]
    others = app.words("settings.language.join").join(other.name for other in app.editions if other is not edition)
    text = app.words("settings.language.only", name=edition.name, others=others)
    return (plain(text, "language-only", style="small"),)


def value_in_words(app: AppState, name: str, value: object) -> str:
    """Return a setting's value in words: a percentage, a language or a voice by its own name, or a catalogue text."""
    if name in PER_CENT:
        return app.words("settings.percent", percent=value) if value else app.words("settings.off")
    if name == "language":
        return next((edition.name for edition in app.editions if edition.language == value), str(value))
    if name == "voice_name":
        return str(value) or app.words("settings.voice_name.own")
    return app.words(f"settings.{name}.{value}")
