"""HTML escapes every text and marks Chinese with its language."""

from __future__ import annotations

import html5lib
from hypothesis import example, given
from hypothesis import strategies as st

from game.core.html import join, link, page, tag

# Text that a story can hold: the reader refuses control characters and lone surrogates.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]))


def parsed(html: str):  # type: ignore[no-untyped-def]  # the parser's element type is unknown
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


@given(text=ANY_TEXT)
@example(text="</p><script>alert(1)</script>")
@example(text="&amp; &lt; \" ' <!-- ]]>")
@example(text="大喇叭 <b>人民</b> 公社")
def test_any_text_is_escaped_in_html(text: str) -> None:
    made = parsed(page([tag("meta", charset="utf-8"), tag("title", text)], [tag("p", text, title=text)], "en"))
    paragraph = made.find(".//p")
    assert "".join(paragraph.itertext()) == text
    assert paragraph.get("title") == text
    assert made.find(".//title").text in (text, None)
    assert made.find(".//script") is None


@given(text=ANY_TEXT)
@example(text="The Loudspeaker 大喇叭, of 1958")
def test_chinese_is_marked_with_its_language(text: str) -> None:
    paragraph = tag("p", text)
    chinese = "".join("".join(span.itertext()) for span in paragraph.iter("span"))
    assert all(span.get("lang") == "zh-Hans" for span in paragraph.iter("span"))
    assert [char for char in text if "\u4e00" <= char <= "\u9fff"] == [
        char for char in chinese if "\u4e00" <= char <= "\u9fff"
    ]
    assert not any(char.isascii() and char.isalnum() for char in chinese)


def test_children_keep_their_order() -> None:
    element = tag("p", "a", None, tag("b", "c"), ["d", link("e", "f")], join(["g", "h"], ", "))
    assert "".join(element.itertext()) == "acdfg, h"
    assert element[1].get("href") == "#e"
