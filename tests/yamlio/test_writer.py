"""Written YAML can be read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.core.printable import UNREADABLE
from game.yamlio.reader import Document, read_text
from game.yamlio.writer import to_yaml

OTHER_ENDS = "\r\x85\u2028\u2029\ufeff"  # which YAML folds into its own ends of a line, or takes for a mark of order
letters = st.characters(max_codepoint=160, exclude_characters=OTHER_ENDS)
texts = st.text(letters | st.characters(codec="utf-8", exclude_characters=OTHER_ENDS))


@given(st.dictionaries(st.text(letters, max_size=8), texts))
def test_any_text_is_read_as_it_was_written(data: dict[str, str]) -> None:
    """But for what no text may hold, which becomes the replacement character."""
    wanted = {UNREADABLE.sub("\ufffd", key): UNREADABLE.sub("\ufffd", text) for key, text in data.items()}
    if len(wanted) == len(data):
        found = read_text(to_yaml(data), "a.yaml")
        assert isinstance(found, Document), found
        assert found.data == wanted


def test_a_control_character_is_written_as_one_that_is_lost() -> None:
    """A foreign story may hold what a pack may not."""
    assert to_yaml({"title": "A bell\x07"}) == "title: A bell\ufffd\n"
