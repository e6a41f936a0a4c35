"""Example of a configuration file: every key with its default, and comments with the story's names for the values."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Template
from textwrap import wrap

from game.kiosk.config.configuration import KnownNames

WIDTH = 116  # characters of a comment behind its `# `


def example(template: str, title: str, known: KnownNames, short: Collection[str]) -> str:
    """Return the example for a story, made from `template`. `short` has the ids of the objects in the default cut."""
    return Template(template).substitute(
        title=title,
        languages=_comment(_languages(known)),
        language=known.languages[0],
        roles=", ".join(known.roles),
        cuts=_comment([f"This story's lengths for one reader: {', '.join(known.cuts)}."]),
        cut=known.default_cut,
        object=next(iter(known.objects), "bell"),
        objects=_comment(_objects(known, short)),
    )


def _languages(known: KnownNames) -> Iterator[str]:
    own, *others = known.languages
    yield f"The story is there in {own}."
    for language in others:
        if not known.why_unavailable(language, known.default_cut):
            yield f"Its cut `{known.default_cut}` is there in {language}."


def _objects(known: KnownNames, short: Collection[str]) -> Iterator[str]:
    longer = [name for name in known.objects if name not in short]
    if short:
        yield f"In the cut `{known.default_cut}` are {', '.join(short)}."
    if longer:
        yield f"In the whole story {'also' if short else 'are'} {', '.join(longer)}."
    if not known.objects:
        yield "This story has none: a chapter names its own as `object:`."


def _comment(sentences: Iterator[str] | list[str]) -> str:
    return "\n".join(f"# {line}" for line in wrap(" ".join(sentences), WIDTH, break_on_hyphens=False))
