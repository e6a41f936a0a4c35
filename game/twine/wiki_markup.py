"""Convert text between the story's markup and SugarCube's, with each one's special characters escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from game.lang.markup import InWords, Passage, Span
from game.story.facts import Term
from game.story.model import Variable

# Markup of SugarCube, HTML or Twee: anywhere, before a letter, doubled, or at the start of a line.
_MARKED = re.compile(
    r"[&<>\[\]{}\\_`]|\$(?=[A-Za-z_$])|([/'\"=~^@\-+|?])(?=\1)|/(?=[*%])|^(?=\S)[!*#|:;](?=.)", re.MULTILINE
)
_HUGE = re.compile(r"&#[0-9]{12,};?")  # beyond any code point; Python refuses to parse very long numbers
_OWN = re.compile(r"[\\*{\[]")  # markup of the story language


def escape_wiki(text: str) -> str:
    """Escape text so that SugarCube shows it as it is."""
    return _MARKED.sub(lambda found: f"&#{ord(found.group())};", text)


def escape_story(text: str) -> str:
    """Escape text so that the story language shows it as it is."""
    return _OWN.sub(r"\\\g<0>", text)


def unescape(text: str) -> str:
    """Replace character references of SugarCube and HTML; invalid numbers stay."""
    return html.unescape(_HUGE.sub("&#xfffd;", text) if "&#" in text else text)


def paragraph_markup(passage: Passage, variables: Mapping[str, Variable], terms: Mapping[str, Term]) -> str:
    """A paragraph in SugarCube's markup, with terms' explanations and the speaker's name."""
    speaker = f'<span class="by">{escape_wiki(passage.by)}:</span> ' if passage.by else ""
    return speaker + "".join(_part(part, variables, terms) for part in passage.parts)


_NUMBER = 'String($%s).replace(/(?=(?:[0-9]{3})+$)(?!^)/g, ",")'  # 6560 as 6,560
_PRINTED = re.compile(rf"\$([a-z][a-z0-9_]*)|{re.escape(_NUMBER).replace('%s', '([a-z][a-z0-9_]*)')}")


def number_of(script: str) -> str:
    """The variable whose number a macro prints; "" where it prints something else."""
    found = _PRINTED.fullmatch(script.strip())
    return (found[1] or found[2]) if found else ""


def _part(part: Span | InWords, variables: Mapping[str, Variable], terms: Mapping[str, Term]) -> str:
    if isinstance(part, InWords):
        in_words = bool(variables[part.variable].words)
        shown = f"<<{widget_macro(part.variable)}>>" if in_words else f"<<= {_NUMBER % part.variable}>>"
    elif part.kind == "term":
        card = terms[part.target or ""].text if part.target in terms else ""
        title = f' title="{html.escape(card)}"' if card else ""
        return f'<abbr data-term="{part.target}"{title}>{escape_wiki(part.text)}</abbr>'
    else:
        shown = escape_wiki(part.text)
    return f"<em>{shown}</em>" if part.kind == "emphasis" else shown


def widget_macro(variable: str) -> str:
    """The macro that shows a variable in words."""
    return f"words-of-{variable.replace('_', '-')}"


def variable_of(macro: str) -> str | None:
    """The variable of such a macro, or None."""
    return macro.removeprefix("words-of-").replace("-", "_") if macro.startswith("words-of-") else None


def paragraph_source(parts: Iterable[Span | InWords]) -> str:
    """A paragraph in the story's markup."""
    written = []
    for part in parts:
        if isinstance(part, InWords):
            shown = f"{{{part.variable}}}"
        elif part.kind == "term":
            written.append(f"[[{part.text}|{part.target}]]")
            continue
        else:
            shown = escape_story(part.text)
        written.append(f"*{shown}*" if part.kind == "emphasis" else shown)
    return "".join(written)
