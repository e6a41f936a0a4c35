"""Written YAML can be read again."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from game.core.printable import UNREADABLE
from game.yamlio.reader import Document, read_text
from game.yamlio.writer import set_key, to_yaml

OTHER_ENDS = "\r\x85\u2028\u2029\ufeff"  # which YAML turns into line ends, or takes for a byte order mark
letters = st.characters(max_codepoint=160, exclude_characters=OTHER_ENDS)
texts = st.text(letters | st.characters(codec="utf-8", exclude_characters=OTHER_ENDS))


@given(st.dictionaries(st.text(letters, max_size=8), texts))
def test_any_text_is_read_as_it_was_written(data: dict[str, str]) -> None:
    """Except forbidden characters, which become the replacement character."""
    wanted = {UNREADABLE.sub("\ufffd", key): UNREADABLE.sub("\ufffd", text) for key, text in data.items()}
    if len(wanted) == len(data):
        found = read_text(to_yaml(data), "a.yaml")
        assert isinstance(found, Document), found
        assert found.data == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "pin: new\n"),
        ("# mine\n", "# mine\npin: new\n"),
        ("idle: 60", "idle: 60\npin: new\n"),
        ("idle: 60\r\n", "idle: 60\r\npin: new\r\n"),
        ("pin:\nidle: 60\n", "pin: new\nidle: 60\n"),
        ("pin: # of the staff\nidle: 60\n", "pin: new # of the staff\nidle: 60\n"),
        ("idle: 60 # a\npin:   old   # b\n\n# c\n", "idle: 60 # a\npin:   new   # b\n\n# c\n"),
        ("pin: 'old' # pin: x\r\nidle: 60\r\n", "pin: new # pin: x\r\nidle: 60\r\n"),
        ('"pin": ""\n', '"pin": new\n'),
        ("# pin: old\nattract: {en: 'pin: x'}\n", "# pin: old\nattract: {en: 'pin: x'}\npin: new\n"),
        ("{pin: old, idle: 60}\n", "{pin: new, idle: 60}\n"),
        ("# 来\npin: old\n", "# 来\npin: new\n"),
    ],
)
def test_only_the_line_of_the_key_changes(before: str, after: str) -> None:
    assert set_key(before, "pin", "new") == after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("idle: {", "this is not YAML"),
        ("pin: a\npin: b\n", "line 2: the key `pin` stands twice"),
        ("pin: [a]\n", "line 1: several things"),
        ("{idle: 60}\n", "in a line each"),
        ("- idle\n", "in a line each"),
        ("idle: 60\n...\n", "in a line each"),
        ("pin: |\n  old\nidle: 60\n", "in a line each"),
    ],
)
def test_a_text_that_cannot_be_edited_raises_value_error(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        set_key(text, "pin", "new")


keys = st.sampled_from(["idle", "pin", "kiosk", "attract", "hours"])
values = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20) | st.dictionaries(
    st.sampled_from(["en", "zh"]), st.text("ab:#' ", max_size=8)
)


@given(st.dictionaries(keys, values), st.booleans())
def test_all_other_keys_keep_their_values(data: dict[str, object], flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    try:
        new = set_key(text, "pin", "new")
    except ValueError:
        assume(False)
    assert yaml.safe_load(new) == {**data, "pin": "new"}
