"""Scripts, and the logic of Harlowe, Chapbook and Snowman, taken out of a passage so that its words remain."""

from __future__ import annotations

import re
from collections.abc import Callable

GONE = "\x03"  # stands for each character taken out, so that all others keep their places
_MACRO = re.compile(r"\((?P<name>[A-Za-z][\w-]*):(?P<rest>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")
_SCRIPT = re.compile(
    r"<%.*?%>|<<script\b[^<>]*>>.*?(?:<</script>>|\Z)|<(?P<tag>script|style)\b[^<>]*>.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_MODIFIER = re.compile(r"^\[[^\[\]\n]+\]$", re.MULTILINE)
_HOOK = re.compile(r"(?<=\x03)\[(?=\[\[|[^\[])|(?<=\]\])\](?!\])|(?<!\])\](?!\])")
_GOTO = re.compile(r"""\s*["']([^"'\[\]|]*)["']\s*,\s*["']([^"'\[\]|]*)["']\s*""")


def has_macros(content: str) -> bool:
    """Whether a passage is written for Harlowe: its macros look like `(set: ...)`."""
    return _MACRO.search(content) is not None and "<<" not in content


def without_logic(content: str, markdown: bool, lost: Callable[[int, str], object]) -> str:
    """The content without other formats' logic, each piece told to `lost`; of the same length."""

    def gone(found: re.Match[str], what: str) -> str:
        lost(found.start(), what)
        return GONE * len(found.group())

    def script(found: re.Match[str]) -> str:
        opening = "<% %>" if found.group().startswith("<%") else f"{found.group().partition('>')[0]}>"
        if opening.startswith("<<"):
            opening += ">"
        return gone(found, "what stands in a `<style>`" if found["tag"] == "style" else f"the script `{opening}`")

    content = _SCRIPT.sub(script, content)
    if not markdown:
        return content

    def macro(found: re.Match[str]) -> str:
        link = _GOTO.fullmatch(found["rest"]) if found["name"] in ("link-goto", "link-reveal-goto") else None
        if link is None:
            return gone(found, f"`({found['name']}:)`")
        return f"[[{link[1]}->{link[2]}]]".ljust(len(found.group()), GONE)

    content = _MODIFIER.sub(lambda found: gone(found, f"`{found.group()}`"), content)
    without = _MACRO.sub(macro, content)
    return _HOOK.sub(GONE, without) if without != content else content
