"""HTML documents, built as a tree so that text is always escaped. Runs of Chinese are marked `lang="zh-Hans"`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Child = str | Element | None | Iterable["Child"]
_HAN = re.compile("[⺀-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+(?:[·、。 ]*[\u3400-\u9fff]+)*")


def tag(name: str, /, *children: Child, **attributes: str | None) -> Element:
    """Make an HTML element. Write the attribute `class` as `class_`. An attribute of None is left out."""
    element = Element(name, {key.rstrip("_"): value for key, value in attributes.items() if value is not None})
    for child in children:
        _add(element, child)
    return element


def document(
    title: str, generator: str, style: str, language: str, header: Element, main: Child, footer: Child = None
) -> str:
    """Return a whole HTML file that loads no other file.

    `generator` marks the file as made by this program. `style` is CSS, `language` a tag such as "en". `main` and
    `footer` are the content of the HTML elements with these names.
    """
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", name="generator", content=generator),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", style),
    ]
    return page(head, [header, tag("main", main), tag("footer", footer) if footer is not None else None], language)


def page(head: Iterable[Element], body: Iterable[Child], language: str) -> str:
    """Return the text of an HTML file, given the content of `<head>` and `<body>` and the language's tag."""
    root = tag("html", tag("head", head), tag("body", body), lang=language)
    return "<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode", method="html") + "\n"


def summary_header(title: str, points: Iterable[tuple[str, str]], note: str) -> Element:
    """Return the `<header>` of a report: its title, then (name, value) points as a definition list, then a note."""
    rows = [tag("div", tag("dt", name), tag("dd", value)) for name, value in points]
    return tag("header", tag("h1", title), tag("dl", rows, class_="points"), tag("p", note, class_="note"))


def link(target: str, *children: Child, class_: str | None = None) -> Element:
    """Return a link to the element whose id is `target`, in the same document."""
    return tag("a", *children, href=f"#{target}", class_=class_)


def join(parts: Iterable[Child], between: str) -> list[Child]:
    """Return the parts, with the text `between` after each part but the last."""
    found: list[Child] = []
    for part in parts:
        found += [between, part] if found else [part]
    return found


def _add(element: Element, child: Child) -> None:
    if child is None:
        return
    if isinstance(child, str):
        _say(element, child)
    elif isinstance(child, Element):
        element.append(child)
    else:
        for grandchild in child:
            _add(element, grandchild)


def _say(element: Element, text: str) -> None:
    """Append a text to an element. Wrap each run of Chinese in a span with its language."""
    if element.get("lang") or element.tag in ("style", "title"):
        _append(element, text)
        return
    at = 0
    for match in _HAN.finditer(text):
        _append(element, text[at : match.start()])
        element.append(tag("span", match.group(), lang="zh-Hans"))
        at = match.end()
    _append(element, text[at:])


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
