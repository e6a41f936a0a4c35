"""A configuration is accepted whole, or refused with everything that is wrong with it."""

from __future__ import annotations

import os
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from game.kiosk.config.config_schema import KEYS, LONGEST_ATTRACT, LONGEST_OBJECT, read_config
from game.kiosk.config.configuration import Config, ConfigErrors, KnownNames
from game.kiosk.config.example import example
from game.kiosk.config.hours import ALWAYS, Hours
from game.kiosk.staff.pin import SALT, hash_pin
from game.resources import assets_folder
from tests.kiosk.config_files import KNOWN, config_findings, read, write_config
from tests.story.texts import any_text, each_line_otherwise, lines, with_lines_otherwise, yamlish

pytestmark = pytest.mark.usefixtures("home")
TEMPLATE = (assets_folder() / "kiosk" / "kiosk.yaml").read_text(encoding="utf-8")
EXAMPLE = example(TEMPLATE, "The Mill", KNOWN, KNOWN.objects)
KEPT = hash_pin("4711", bytes(SALT))


def test_empty_file_gives_defaults(tmp_path: Path) -> None:
    for text in ("", "# nothing\n", "{}\n"):
        assert read(write_config(tmp_path, text)) == Config()
    assert read_config(None, KNOWN) == Config()


def test_the_example_says_what_the_defaults_are(tmp_path: Path) -> None:
    assert read(write_config(tmp_path, EXAMPLE)) == Config()
    assert re.findall(r"^([a-z_]+):", EXAMPLE, re.MULTILINE) == [field_.name for field_ in fields(Config)] == list(KEYS)
    blocks = EXAMPLE.strip().split("\n\n")
    assert all(block.startswith("# ") for block in blocks)
    assert max(map(len, EXAMPLE.splitlines())) <= 120


def test_what_the_example_has_in_its_comments_can_be_written(tmp_path: Path) -> None:
    shown = re.findall(r"^#   (  \S.*|[a-z]+:)$", EXAMPLE, re.MULTILINE)
    config = read(write_config(tmp_path, "\n".join(shown)))
    assert config.objects == {"rice-bowl": {"en": "It stands in the case behind you."}}
    assert (config.hours.week[1], config.hours.week[4]) == (((600, 1080),), ((1080, 1560),))
    assert config.hours.dates == {date(2026, 12, 25): ()}
    for key, least, most in [("idle", 20, 600), ("warn", 20, 120), ("health_port", 1024, 65535)]:
        assert f"({least} to {most}" in EXAMPLE
        for value in (least, most):
            read(write_config(tmp_path, f"{key}: {value}"))
        for value in (least - 1, most + 1):
            assert config_findings(tmp_path, f"{key}: {value}")
    assert f"up to {LONGEST_ATTRACT} characters" in EXAMPLE and f"up to {LONGEST_OBJECT} characters" in EXAMPLE


def test_the_example_is_that_of_the_story() -> None:
    known = replace(KNOWN, why_unavailable=lambda language, cut: "" if language == "zh" and cut == "kiosk" else "no")
    text = example(TEMPLATE, "The Mill", known, ["wok"])
    for said in (
        "a kiosk of The Mill",
        "[villager, official]",
        "for one reader: kiosk, full.",
        "there in en. Its cut",
        "`kiosk` is there in zh.",
        "In the cut `kiosk` are wok. In the whole story also rice-bowl.",
    ):
        assert said in text.replace("\n# ", " ")
    other = example(TEMPLATE, "T", KnownNames(("a",), ("long", "short"), ("fr",)), ())
    assert "cut: long\n" in other and "languages: [fr]\n" in other and "This story has none" in other


def test_a_story_without_things_takes_none(tmp_path: Path) -> None:
    (line,) = config_findings(tmp_path, "objects: {wok: {en: A wok.}}", replace(KNOWN, objects=()))
    assert "no object in this story `wok`. This story has none." in line


def test_everything_that_is_written_is_taken(tmp_path: Path, home: Path) -> None:
    text = f"""
languages: [zh, en]
roles: official
cut: full
longer_cut: kiosk
attract: {{en: "Come closer. It's a true story."}}
objects:
  rice-bowl: {{en: "This bowl is from Anhui."}}
  wok:
    zh: 锅
    en: |
      A wok
      from a pit.
hours: {{mon-fri: 10:00-18:00, sat: 10:00-20:00, sun: closed}}
idle: 45
warn: 30
volume: 0
pixel_shift: false
web_address: https://museum.example/grain/
pin: {KEPT}
data_folder: ~/counts
log_folder: {tmp_path}/new/logs
health_port: 9000
database: postgresql+psycopg://kiosk:p%40ss@db.museum:5432/counts?sslmode=require
kiosk: Hall 2, by the window
"""
    assert read(write_config(tmp_path, text)) == Config(
        languages=("zh", "en"),
        roles=("official",),
        cut="full",
        longer_cut="kiosk",
        attract={"en": "Come closer. It’s a true story."},
        objects={"rice-bowl": {"en": "This bowl is from Anhui."}, "wok": {"en": "A wok from a pit.", "zh": "锅"}},
        hours=Hours((*[((600, 1080),)] * 5, ((600, 1200),), ())),
        idle=45,
        warn=30,
        volume=0,
        pixel_shift=False,
        web_address="https://museum.example/grain/",
        pin=KEPT,
        data_folder=home / "counts",
        log_folder=tmp_path / "new" / "logs",
        health_port=9000,
        database="postgresql+psycopg://kiosk:p%40ss@db.museum:5432/counts?sslmode=require",
        kiosk="Hall 2, by the window",
    )
    assert not (tmp_path / "new").exists()  # checked, but not made


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = config_findings(tmp_path, "langauges: [en]\nroles: [viliger]\ncut: kiosc\nidle: 5\nattract: {fr: Venez}\n")
    assert said == [
        f"kiosk.yaml:1:1: `langauges` is not a key here. Keys here are {', '.join(KEYS)}. Did you mean `languages`?",
        "kiosk.yaml:2:9: there is no role `viliger`. Choose from villager, official. Did you mean `villager`?",
        "kiosk.yaml:3:6: there is no cut for one reader `kiosc`. Choose from kiosk, full. Did you mean `kiosk`?",
        "kiosk.yaml:4:7: `idle` cannot be `5`. Write a number of seconds from 20 to 600.",
        "kiosk.yaml:5:11: there is no language `fr`. Choose from en, zh.",
    ]
    with pytest.raises(
        ConfigErrors, match=r"kiosk\.yaml:1:1: .* \(and 4 more: run `weight-of-grain kiosk --check-config`\)"
    ):
        read(tmp_path / "kiosk.yaml")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("languages: []", "1:12", "without a language"),
        ("languages: [en, en]", "1:17", "`en` stands twice"),
        ("languages: {en: yes}", "1:12", "there is no language"),
        ("longer_cut: class", "1:13", "there is no cut for one reader `class`"),
        ("longer_cut: kiosk", "1:13", "the same as `cut`"),
        ("attract: Come closer", "1:10", "an invitation needs its language before it. Write `attract: {en: ...}`"),
        ("attract: [Come]", "1:10", "needs its language before it"),
        ("attract: {zh: 来}", "1:11", "none of this kiosk's `languages`"),
        ("attract: {en: [a]}", "1:15", "one text"),
        (f"attract: {{en: {'x' * (LONGEST_ATTRACT + 1)}}}", "1:15", "201 characters is too long"),
        ("attract: {en: Come in 🥣}", "1:23", "no font has the character 🥣 (U+1F963)"),
        ("web_address: a", "1:14", "`a` is not the address of a site. Write the address of the site's folder: https"),
        ("web_address: 'https://a.example/#r=X'", "1:14", "is not the address of a site"),
        ("objects: The bowl is from Anhui.", "1:10", "needs the name of its object before it"),
        ("objects: {rice-bowl: Clay}", "1:22", "a note on an object needs its language before it. Write `rice-bowl: {"),
        ("objects: {rice-bowls: {en: From Anhui.}}", "1:11", "Choose from rice-bowl, wok. Did you mean `rice-bowl`?"),
        ("objects: {wok: {fr: Un wok}}", "1:17", "there is no language `fr`"),
        ("objects: {wok: {zh: 锅}}", "1:17", "none of this kiosk's `languages`"),
        ("objects: {wok: {en: [a]}}", "1:21", "one text"),
        (f"objects: {{wok: {{en: {'x' * (LONGEST_OBJECT + 1)}}}}}", "1:21", "Keep it within 160"),
        ("objects: {wok: {en: A 🍳 from Anhui}}", "1:23", "no font has the character 🍳"),
        ("idle: [60]", "1:7", "`idle` cannot be"),
        ("idle: 60 s", "1:7", "`idle` cannot be `60 s`"),
        ("warn: 5", "1:7", "from 20 to 120"),
        ("volume: 101", "1:9", "from 0 to 100"),
        ("volume: -1", "1:9", "from 0 to 100"),
        ("volume: ٧٥", "1:9", "from 0 to 100"),
        ("pixel_shift: yes", "1:14", "true or false"),
        ("health_port: 80", "1:14", "from 1024 to 65535"),
        ("data_folder: counts", "1:14", "not a folder's full name"),
        ("data_folder: ~nobody-of-that-name/x", "1:14", "cannot be looked at"),
        ('log_folder: "/tmp/a\\nb"', "1:13", "not a folder's full name"),
        ("kiosk: [a]", "1:8", "one short line"),
        (f"kiosk: {'x' * 41}", "1:8", "40 characters"),
        ("idle: 60\nidle: 70", "2:1", "the key `idle` stands twice"),
        ("- idle", "1:1", "these are not keys"),
        ("idle:60", "1:1", "with a space behind the colon"),
        ("idle: &a 60", "1:7", "an anchor"),
        ("idle: !!int 60", "1:7", "is a tag"),
        ("idle: {", "", "this is not YAML"),
    ],
)
def test_each_thing_that_is_wrong_is_said_where_it_stands(text: str, place: str, said: str, tmp_path: Path) -> None:
    (line,) = config_findings(tmp_path, text)
    assert said in line
    assert line.startswith(f"kiosk.yaml:{place}")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    for name, said in (("file", "is a file, and no folder"), ("new", f"nothing can be written in {tmp_path}.")):
        assert said in config_findings(tmp_path, f"log_folder: {tmp_path / name / 'logs'}")[0]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://db/x",
        "postgresql+psycopg:///x",
        "postgresql+psycopg://me@db/x",
        "postgresql+psycopg://me:p/a?#:b@db:5432/x?sslmode=require",
        "postgresql+psycopg://[::1]:5432/x",
    ],
)
def test_an_address_of_a_database_is_taken(address: str, tmp_path: Path) -> None:
    assert read(write_config(tmp_path, f"database: '{address}'")).database == address


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("pin", "4711"),
        ("pin", "scrypt-1$4711"),
        ("database", "postgresql+psycopg://me:4711@db"),
        ("database", "postgres://me:4711@db/x"),
        ("database", "mysql://me:4711@db/x"),
        ("database", "postgresql+psycopg://me:4711@db:99999/x"),
        ("database", "postgresql+psycopg://me:4711@db:0/x"),
        ("database", "postgresql+psycopg://me:4711@db:65536/x"),
        ("database", "postgresql+psycopg://me:4711@db:123456789/x"),
        ("database", "postgresql+psycopg://me:4711@[::1]:70000/x"),
        ("database", "postgresql+psycopg://me:4711@db/x?port=99999"),
        ("database", "postgresql+psycopg://me:4711@db/x?sslmode=require&port=5432,x"),
        ("database", "postgresql+psycopg://me:47@11@db/x"),
    ],
)
def test_secrets_are_not_in_messages(key: str, secret: str, tmp_path: Path) -> None:
    """Errors in a PIN or an address are logged without their text."""
    (line,) = config_findings(tmp_path, f"{key}: {secret}")
    assert "4711" not in line and "47@11" not in line
    assert "4711" not in repr(Config(database=secret)) or key == "pin"


def test_a_story_without_the_default_cut_offers_its_first(tmp_path: Path) -> None:
    path = write_config(tmp_path, "idle: 60\n")
    assert read_config(path, replace(KNOWN, cuts=("short", "long"))).cut == "short"
    with pytest.raises(ConfigErrors, match="there is no cut for one reader `kiosk`"):
        read_config(path, replace(KNOWN, cuts=()))


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors, match="cannot be read"):
        read(tmp_path)
    (tmp_path / "kiosk.yaml").write_bytes(b"idle: \xff")
    with pytest.raises(ConfigErrors, match="not text in UTF-8"):
        read(tmp_path / "kiosk.yaml")


def test_a_file_with_a_windows_editor_s_marks_is_read(tmp_path: Path) -> None:
    (tmp_path / "kiosk.yaml").write_bytes(b"\xef\xbb\xbfidle: 70\r\nwarn: 25\r\n")
    config = read(tmp_path / "kiosk.yaml")
    assert (config.idle, config.warn, config.hours) == (70, 25, ALWAYS)


yaml_values: st.SearchStrategy[Any] = st.recursive(
    st.text(st.characters(codec="utf-8"), max_size=12) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


def assert_is_told(path: Path) -> None:
    """Reading gives a configuration or printable findings, and never a fault of the program."""
    try:
        assert isinstance(read(path), Config)
    except ConfigErrors as errors:
        assert errors.__cause__ is None, errors.__cause__
        assert errors.lines and all(line.startswith(str(path)) for line in errors.lines)
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f-\x9f]", "".join(errors.lines))


@given(key=st.sampled_from(list(KEYS)), value=yaml_values)
def test_any_value_gives_configuration_or_findings(key: str, value: object, shelf: Path) -> None:
    assert_is_told(write_config(shelf, yaml.safe_dump({key: value}, allow_unicode=True)))


@settings(max_examples=200)
@given(text=st.one_of(any_text, yamlish, lines, with_lines_otherwise(EXAMPLE)))
def test_any_text_is_a_configuration_or_what_is_wrong_with_it(text: str, shelf: Path) -> None:
    assert_is_told(write_config(shelf, text))


def test_the_example_with_any_line_otherwise_is_told(tmp_path: Path) -> None:
    texts = set(each_line_otherwise(EXAMPLE, "- 70", "  - x", "idle: 70", "x"))
    assert len(texts) > 1000
    for text in texts:
        assert_is_told(write_config(tmp_path, text))


def test_internal_error_is_a_finding_without_its_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the reader is reported in one line with its place, without its message, which may hold a password."""

    def broken(entry: object, known: object) -> None:
        raise IndexError("postgresql+psycopg://kiosk:secret@museum/counts")

    monkeypatch.setattr("game.kiosk.config.config_schema.KEYS", {**KEYS, "idle": broken})
    with pytest.raises(ConfigErrors) as caught:
        read(write_config(tmp_path, "idle: 60\n"))
    (line,) = caught.value.lines
    assert "a fault of the program: IndexError in test_configuration.py:" in line and "secret" not in line
    assert isinstance(caught.value.__cause__, IndexError)
