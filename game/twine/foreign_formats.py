"""Remove scripts and the logic of Harlowe, Chapbook and Snowman from a passage, so that its text remains."""

from __future__ import annotations

import re
from collections.abc import Callable

from game.twine.passage_marks import ForwardSearch

REMOVED = "\x03"  # stands for each character taken out, so that all others keep their places
_MACRO = re.compile(r"\((?P<name>[A-Za-z][\w-]*):(?P<rest>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")
_OPENING = re.compile(r"<%|<<script\b[^<>]*>>|<(?P<tag>script|style)\b[^<>]*>", re.IGNORECASE)
_CLOSING = {
    "": re.compile(r"<</script>>", re.IGNORECASE),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_MODIFIER = re.compile(r"^\[[^\[\]\n]+\]$", re.MULTILINE)
_HOOK = re.compile(r"(?<=\x03)\[(?=\[\[|[^\[])|(?<=\]\])\](?!\])|(?<!\])\](?!\])")
_GOTO = re.compile(r"""\s*["']([^"'\[\]|]*)["']\s*,\s*["']([^"'\[\]|]*)["']\s*""")


def has_macros(content: str) -> bool:
    """Whether a passage has macros of Harlowe, such as `(set: ...)`."""
    return _MACRO.search(content) is not None and "<<" not in content


def strip_foreign_logic(content: str, markdown: bool, lost: Callable[[int, str], object]) -> str:
    """The content with other formats' logic replaced by REMOVED, of the same length.

    Args:
        content: the passage's content.
        markdown: whether the format marks up text by Markdown.
        lost: gets the character and the text of each removed piece.
    """

    def gone(found: re.Match[str], what: str) -> str:
        lost(found.start(), what)
        return REMOVED * len(found.group())

    content = _without_scripts(content, lost)
    if not markdown:
        return content

    def macro(found: re.Match[str]) -> str:
        link = _GOTO.fullmatch(found["rest"]) if found["name"] in ("link-goto", "link-reveal-goto") else None
        if link is None:
            return gone(found, f"`({found['name']}:)`")
        return f"[[{link[1]}->{link[2]}]]".ljust(len(found.group()), REMOVED)

    content = _MODIFIER.sub(lambda found: gone(found, f"`{found.group()}`"), content)
    without = _MACRO.sub(macro, content)
    return _HOOK.sub(REMOVED, without) if without != content else content


def _without_scripts(content: str, lost: Callable[[int, str], object]) -> str:
    """The content without scripts and style sheets; one that is not closed extends to the end."""
    ahead, pieces, position, looked = ForwardSearch(content), list[str](), 0, 0
    while (found := _OPENING.search(content, looked)) is not None:
        if found.group() == "<%":
            _, end = ahead.after("%>", found.end())
            what = "the script `<% %>`"
        else:
            tag = (found["tag"] or "").lower()
            _, end = ahead.after(_CLOSING[tag], found.end())
            end = end if end >= 0 else len(content)
            what = "what stands in a `<style>`" if tag == "style" else f"the script `{found.group()}`"
        if end < 0:
            looked = found.end()
            continue
        lost(found.start(), what)
        pieces += [content[position : found.start()], REMOVED * (end - found.start())]
        position = looked = end
    return "".join([*pieces, content[position:]])
