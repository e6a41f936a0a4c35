"""Settings survive any damage to their file."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.stores import MemoryStore
from game.ui.settings import (
    DEFAULT,
    FILE,
    KIOSK_TEXT_SCALE,
    KIOSK_VALUES,
    LONGEST_NAME,
    SECTIONS,
    VALUES,
    WALL_TEXT_SCALE,
    WALL_VALUES,
    Settings,
    SettingsFile,
    changed,
    from_json,
    stepped,
    to_json,
)

any_settings = st.fixed_dictionaries(
    {name: st.sampled_from(row) for name, row in VALUES.items()}
    | {name: st.text(max_size=200) for name in ("voice_name", "language")}
    | {"controls_shown": st.booleans()}
).map(lambda values: Settings(**values))
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(list(VALUES)), inner),
)


@given(any_settings)
def test_written_and_read_is_identity(settings: Settings) -> None:
    assert from_json(json.loads(json.dumps(to_json(settings)))) == settings


@given(any_json)
def test_any_json_gives_settings(data: object) -> None:
    settings = from_json(data)
    assert all(getattr(settings, name) in row for name, row in VALUES.items())


@given(any_settings, st.sampled_from(list(VALUES)), st.integers(-3, 3))
def test_a_step_stays_on_its_row(settings: Settings, name: str, by: int) -> None:
    assert getattr(stepped(settings, name, by), name) in VALUES[name]
    assert stepped(settings, name, len(VALUES[name]), around=True) == settings


def test_a_value_that_does_not_exist_is_refused() -> None:
    assert changed(DEFAULT, "text_scale", "150").text_scale == 150
    with pytest.raises(ValueError, match="text_scale"):
        changed(DEFAULT, "text_scale", 133)


def test_every_setting_stands_under_one_heading() -> None:
    rows = Counter(name for names in SECTIONS.values() for name in names)
    assert rows == Counter(field.name for field in fields(Settings) if field.name != "controls_shown")


def test_a_removed_voice_stays_in_the_settings() -> None:
    """A step then starts at the system's own choice."""
    values = {**VALUES, "voice_name": ("", "Alba", "Duncan")}
    gone = from_json({"voice_name": "Yesterday"})
    assert gone.voice_name == "Yesterday"
    assert stepped(gone, "voice_name", 1, values).voice_name == "Alba"
    assert from_json({"voice_name": "A" * 10_000}).voice_name == from_json({"voice_name": 3}).voice_name == ""


DAMAGED = (b"", b"{", b"[1, 2]", b"\x00\xff\x00", b'{"theme": ["night"]}', b"[" * 50_000)
HALF_DAMAGED = b'{"theme": "night", "text_scale": "huge", "volume": true}'


@pytest.mark.parametrize(
    ("content", "read"), [*((content, DEFAULT) for content in DAMAGED), (HALF_DAMAGED, Settings(theme="night"))]
)
def test_a_damaged_file_keeps_its_intact_values(content: bytes, read: Settings) -> None:
    assert SettingsFile(MemoryStore({FILE: content})).read() == read


WALL = Settings(text_scale=WALL_TEXT_SCALE)


@pytest.mark.parametrize(
    ("first", "old", "new"),
    [
        *((DEFAULT, old, new) for old, new in ((100, 100), (125, 150), (150, 175), (175, 200), (200, 200))),
        *((WALL, old, new) for old, new in ((100, 120), (125, 140), (150, 175), (200, 200), (None, 140))),
    ],
)
def test_an_older_file_keeps_its_size_in_pixels(first: Settings, old: int | None, new: int) -> None:
    """Prose had 36 pixels and has 30, and a wall began at 125 per cent and begins at 140: the old default becomes the
    new one, any other the nearest value. Damaged values get the default."""
    name, values = ("wall", WALL_VALUES) if first is WALL else (FILE, VALUES)
    store = MemoryStore({name: json.dumps({"text_scale": old, "theme": "night"}).encode()})
    file = SettingsFile(store, name, first, values)
    assert file.read() == Settings(theme="night", text_scale=new)
    for settings in (file.read(), first):
        file.write(settings)
        assert file.read() == settings, "and is migrated once"


def test_the_first_text_scales_can_be_stepped_from() -> None:
    assert WALL_TEXT_SCALE in WALL_VALUES["text_scale"]
    assert KIOSK_VALUES["text_scale"][0] == KIOSK_TEXT_SCALE
    assert stepped(WALL, "text_scale", 1, WALL_VALUES).text_scale == 175
    assert stepped(WALL, "text_scale", -1, WALL_VALUES).text_scale == 120


@pytest.mark.parametrize("key", ["voice_name", "language"])
def test_a_name_is_kept_up_to_its_greatest_length(key: str) -> None:
    longest, longer = "x" * LONGEST_NAME, "x" * (LONGEST_NAME + 1)
    assert getattr(from_json({key: longest}), key) == longest
    assert getattr(from_json({key: longer}), key) == getattr(DEFAULT, key)
