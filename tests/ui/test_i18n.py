"""The catalogues: compiled from their sources, complete in each language, and without unused entries."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import polib
import pytest

import game
from game.classroom.events import How
from game.classroom.record.class_record import Close
from game.classroom.record.record_csv import COLUMNS
from game.kiosk.counts.visit_counts import WAYS_TO_LEAVE
from game.kiosk.staff.status_report import Trouble
from game.kiosk.stats.statistics_wording import SCREENS
from game.resources import assets_folder
from game.story.desk import Seen, Skill
from game.story.ledger import LedgerKind
from game.story.model import PLACES
from game.story.schema.guide_schema import FILLS
from game.ui.components.citations import STANDINGS
from game.ui.i18n import Catalogue, languages
from game.ui.screens.title import WINDOW_DEVICES
from game.ui.screens.wall_screens import HELP, OF_TASK
from game.ui.settings import SECTIONS, VALUES

LOCALE = assets_folder() / "locale"
TONGUES = sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())
SOURCE = Path(game.__file__).parent
KINDS = ("record", "claim", "observation", "policy", "figure")
LOSSES = ("begin", "fetch", "store", "leave", "stop", "return", "delete", "open-code", "end", "back-up",
          "end-class", "revote", "restore", "close", "move-seat", "remove-seat")  # fmt: skip
SLIPS = ("empty", "long", "letter", "group", "end", "short", "format", "foreign", "older", "newer", "other")
WISHES = ("open", "close", "reveal", "onward", "decide", "settle", "tie", "revote", "timer", "no-timer", "end", "pause",
          "resume", "hands", "admit", "turn-away", "lock", "unlock", "new-code", "leave-out", "count-all",
          "restore")  # fmt: skip
REFUSED = ("not-at-the-talk", "unknown-task", "nothing-to-vote-on", "open-already", "not-open", "nothing-to-reveal",
           "unknown-choice", "too-many-hands", "tie", "reason", "still-open", "first-page", "ended", "to-be-voted",
           "at-the-end", "too-many-pupils", "unknown-seat", "unknown-door", "nothing-dropped",
           "votes-came")  # fmt: skip
RELAY = ("connecting", "lost", "store-lost", "token", "taken", "full", "slow-down", "back")
STATES = ("reading", "onward", "open", "voted", "closed", "revealed", "waits", "done", "paused", "over", "ended")
STEPS = ("ordinary", "stood", "brought_in", "left")  # of a weighing's portions
# Keys that are put together from parts, and the parts that there are.
MADE = {
    *(f"settings.section.{section}" for section in SECTIONS),
    *(f"settings.{name}" for names in SECTIONS.values() for name in names),
    *(f"settings.{name}.{value}" for name, row in VALUES.items() for value in row if isinstance(value, str)),
    "settings.voice_name.own",
    *(f"controls.{device}{end}" for device in WINDOW_DEVICES for end in ("", ".name")),
    *(f"title.length.{version}" for version in ("whole", "short", "shortest")),
    *(f"voice.trouble.{trouble}" for trouble in ("voice", "sound")),
    "sound.trouble.device",
    *(f"staff.trouble.{trouble}" for trouble in get_args(Trouble)),
    *(f"wall.{wish}{end}" for wish in WISHES for end in ("", ".hint")),
    *(f"anyway.{pronoun}" for pronoun in ("she", "he", "they")),
    *(f"decided.{how}" for how in ("tie", "coin", "override")),
    *(f"settle.{why}" for why in ("text", "tie", "nobody")),
    *(f"{label}{end}" for label in ("wall.back", "wall.story") for end in ("", ".hint")),
    *(f"wall.join.{trouble}" for trouble in ("port", "network", "disk")),
    *(f"wall.relay.{said}" for said in RELAY),
    *(f"wall.help.{part}{end}" for part in HELP for end in ("", ".text")),
    *(f"class.refused.{reason}" for reason in REFUSED),
    *(f"fact.kind.{kind}" for kind in (*KINDS, "attribute")),
    *(f"fact.{place}" for place in ("paragraph", "page", "section")),
    *(f"desk.skill.{skill}" for skill in get_args(Skill)),
    *(f"desk.seen.{seen}" for seen in get_args(Seen)),
    *(f"desk.{toggle}.{way}" for toggle in ("simply", "help", "known") for way in ("show", "hide")),
    *(f"guide.part.{fill}" for fill in FILLS),
    *(f"guide.desk.{part}" for part in ("document", "find", "knew", "could-not")),
    *(f"guide.standards.{part}" for part in ("code", "says", "tasks", "chapters")),
    *(f"wall.task.{command}{end}" for command in OF_TASK for end in ("", ".hint")),
    *(f"{row}.questionnaire-{when}" for row in ("wall", "record") for when in ("before", "after")),
    *(f"record.question.{part}" for part in ("text", "before", "after")),
    *(f"wall.next-question{end}" for end in ("", ".hint")),
    *(f"desk.ask.{ask}" for ask in ("who", "agree", "believe")),
    *(f"desk.{part}" for part in ("words", "starters")),
    *(f"pack.{word}{end}" for word in ("unit", "portion") for end in ("", "s")),
    *(f"pack.{word}" for word in ("place", "between", "main", "ordinary", "food")),
    *(f"{key}.{standing}" for key in ("standing", "sources.count") for standing in STANDINGS),
    *(f"fact.standing.{standing}" for standing in ("goal", "question", "outside")),
    *(f"code.{reason}" for reason in SLIPS),
    *(f"browser.{said}" for said in ("waiting", "lost", "ended", "noscript", "sound")),
    *(f"credits.{kind}" for kind in ("game", "font", "library")),
    *(f"confirm.{what}{end}" for what in LOSSES for end in ("", ".text", ".yes", ".no")),
    *(f"note.{kind}" for kind in ("reworded", "new", "stopped", "dropped", "earlier", "backup", "kept", "retold")),
    *(f"note.{kind}.pages" for kind in ("stopped", "dropped", "earlier")),
    *(f"note.{kind}{how}" for kind in ("fate", "other") for how in ("", ".state", ".choice")),
    *("note.swapped", "note.changed", "note.changed.state", "note.moved", "note.gone"),
    *(f"phone.status.{state}" for state in STATES),
    *(f"save.{reason}" for reason in ("damaged", "foreign", "newer", "gone", "unreadable")),
    *(f"record.column.{column}" for column in COLUMNS),
    *(f"record.how.{how}" for how in get_args(How)),
    *(f"record.close.{close}" for close in get_args(Close)),
    *(f"stats.{said}.{way}" for said in ("way", "ended") for way in WAYS_TO_LEAVE),
    *(f"stats.visits-by.{grain}" for grain in ("day", "week", "month")),
    *(f"stats.column.{grain}" for grain in ("day", "month")),
    *(f"stats.pages.{column}" for column in ("page", "shown", "mean", "left", "timeout")),
    *(f"stats.language.{id}" for id in languages(LOCALE)),
    *(f"stats.screen.{where}" for where in SCREENS),
    *(f"ledger.{kind}" for kind in get_args(LedgerKind)),
    *(f"ledger.{kind}.more" for kind in ("stood", "reported")),
    *(f"bowls.{step}" for step in STEPS),
    *(f"bowls.{step}.{way}" for step in STEPS[1:] for way in ("less", "more")),
    *(f"bowls.people{end}" for end in ("", ".left")),
    *(f"fact.{counted}" for counted in PLACES),
    *(f"{key}.seed" for key in ("counted.row", "counted.compared", "measures.ordinary")),
}


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "game.po"


def source(language: str = "en") -> polib.POFile:
    return polib.pofile(str(catalogue(language)))


def forms(entry: polib.POEntry) -> list[str]:
    return [text for _, text in sorted(entry.msgstr_plural.items())] if entry.msgid_plural else [entry.msgstr]


PACK_WORD = re.compile(r"\{[pP]ack\.(\w+)\}")


def filled(entry: polib.POEntry) -> set[tuple[str, str]]:
    """The placeholders, each with its format. A form may lack one: "One door"."""
    parts = (part for text in forms(entry) for part in Formatter().parse(PACK_WORD.sub("", text)))
    return {(name, spec or "") for _, name, spec, _ in parts if name is not None}


@pytest.fixture(scope="module")
def code() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))


@pytest.mark.parametrize("language", TONGUES)
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    assert catalogue(language).with_suffix(".mo").read_bytes() == source(language).to_binary()


@pytest.mark.parametrize("language", TONGUES)
def test_every_language_says_what_the_english_says(language: str) -> None:
    entries = source(language)
    keys = [entry.msgid for entry in entries]
    assert sorted(keys) == sorted(entry.msgid for entry in source())
    assert [entry.msgid for entry in entries if not all(text.strip() for text in forms(entry))] == []


@pytest.mark.parametrize("language", TONGUES)
def test_every_language_fills_in_what_the_english_fills_in(language: str) -> None:
    english = {entry.msgid: entry for entry in source()}
    entries = source(language)
    assert [entry.msgid for entry in entries if entry.msgid_plural != english[entry.msgid].msgid_plural] == []
    assert [entry.msgid for entry in entries if filled(entry) != filled(english[entry.msgid])] == []


@pytest.mark.parametrize("language", TONGUES)
def test_every_language_has_as_many_forms_as_it_declares(language: str) -> None:
    entries = source(language)
    assert entries.metadata["Language"] == language
    declared = re.match(r"nplurals=(\d+);", entries.metadata["Plural-Forms"])
    assert declared is not None
    counted = [entry for entry in entries if entry.msgid_plural]
    assert {len(forms(entry)) for entry in counted} == {int(declared[1])}


def test_every_key_has_its_words(code: str) -> None:
    said = set(re.findall(r"""words\(\s*\n?\s*"([a-z.-]+)\"""", code))
    assert said | MADE <= {entry.msgid for entry in source()}


def test_every_entry_is_used(code: str) -> None:
    quoted = set(re.findall(r"""["']([a-z.-]+)["']""", code))
    assert {entry.msgid for entry in source()} - quoted - MADE == set()


@pytest.mark.parametrize(
    ("language", "key", "filling", "said"),
    [
        ("en", "below.choices", {"n": 1}, "1 choice below"),
        ("en", "below.choices", {"n": 3}, "3 choices below"),
        ("en", "ledger.sacks", {"n": 4868}, "4,868 sacks"),
        ("en", "placing.view", {"places": "the county"}, "Our answer: the county."),
        ("en", "placing.view", {"places": "It fell in May."}, "Our answer: It fell in May."),
        ("en", "placing.view", {"places": "“Did it?”"}, "Our answer: “Did it?”"),
        ("en", "placing.view", {"places": "by {hand}"}, "Our answer: by {hand}."),
        ("en", "no.such.key", {}, "no.such.key"),
        ("zh-Hans", "below.choices", {"n": 1}, "下面有1个选择"),
        ("zh-Hans", "below.choices", {"n": 3}, "下面有3个选择"),
        ("zh-Hans", "ledger.sacks", {"n": 4868}, "4868袋"),
        ("zh-Hans", "placing.view", {"places": "县里"}, "我们会说：县里。"),
        ("zh-Hans", "placing.view", {"places": "在县里。"}, "我们会说：在县里。"),
    ],
)
def test_words_are_filled_in_counted_and_ended_once(
    language: str, key: str, filling: dict[str, Any], said: str
) -> None:
    words = Catalogue(LOCALE, language).of_pack({"units": {"en": "sacks", "zh-Hans": "袋"}[language]}, {})
    assert words(key, **filling) == said


def test_a_pack_s_own_text_stands_in_place_of_the_interface_s(words: Catalogue) -> None:
    own = words.of_pack({}, {"ledger.stood": "Dug {up}", "ledger.stood.more": "{n:,} {{were}} lost"})
    assert own("ledger.stood") == "Dug {up}"
    assert own("ledger.stood.more", n=1640) == "1,640 {were} lost"
    assert own("ledger.left") == words("ledger.left")


def test_only_a_number_that_asks_for_it_is_grouped(words: Catalogue) -> None:
    own = words.of_pack({}, {"ledger.stood": "{n:,} sacks in {year}"})
    assert own("ledger.stood", n=1640, year=1958) == "1,640 sacks in 1958"


def test_a_pack_has_its_words_in_the_interface(words: Catalogue) -> None:
    """In any case, whatever is in them; for what a pack does not say, a neutral word stands."""
    own = words.of_pack({"unit": "{barrel}", "units": "%s barrels", "main": "the letters"}, {})
    assert own("ledger.sacks", n=1) == "1 {barrel}"
    assert own("ledger.sacks", n=3) == "3 %s barrels"
    assert own("standing.outside") == "Not from the letters"
    assert own("fact.standing.outside").startswith("The letters does not")
    assert words.of_pack({}, {})("ledger.sacks", n=3) == "3 units"


def test_every_word_of_a_pack_has_a_neutral_one() -> None:
    """All that any text asks for, except for the licence: without one, nothing is said of it."""
    for language in ("en", *TONGUES):
        texts = [text for entry in source(language) for text in forms(entry)]
        asked = {name for text in texts for name in PACK_WORD.findall(text)}
        assert {f"pack.{name}" for name in asked} - {entry.msgid for entry in source(language)} == {"pack.licence"}
