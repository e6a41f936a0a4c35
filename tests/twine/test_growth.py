"""What an import or an export costs grows with the story and not with its square.

Time of the processor is compared, at one length and at four times that: four where it is linear, sixteen and more where
it grows by the square. The least of three is taken, so that what else the machine does matters little.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from game.story import Story, load
from game.twine.exporter import passages_for_twine
from game.twine.importer import import_twee
from game.yamlio.writer import to_yaml

MOST = 9.0  # times as long for four times as much; the square would be 16
START = ":: StoryInit\n<<set $a to true>>\n\n:: Start\n"
END = "\n:: B\nx\n"
# Each with a number of times that takes some hundredths of a second.
REPEATED = {
    "quotes in an open macro": ('\\"', "<<link ", 4_000),
    "quotes of both kinds": ("<<a '>>'", "", 2_000),
    "brackets": ("[", "", 20_000),
    "open links": ("[[x", "", 5_000),
    "open macros": ("<<set ", "", 2_000),
    "open comments": ("/* <!-- ", "", 4_000),
    "open scripts": ("<% ", "", 8_000),
    "pictures": ("[img[", "", 6_000),
    "links in a line": ("[[go->B]]", "", 1_000),
    "links to nowhere": ("[[go->Z]]\n", "", 1_000),
    "unknown macros": ("<<foo>>\n", "", 1_500),
    "spaces": (" ", "x", 100_000),
    "stars and braces": ("*a*{", "", 8_000),
    "entities": ("&amp;{", "", 10_000),
    "conditions in a row": ("<<if $a>>x<</if>>\n", "", 600),
    "conditions in a line": ("<<if $a>>x<</if>>", "", 1_000),
    "conditions inside one another": ("<<if $a>>x\n", "", 800),
    "sides of a condition": ("<<elseif $a>>y\n", "<<if $a>>x", 1_000),
    "assignments": ("<<set $a to true>>", "", 1_000),
    "one long assignment": ("1+", "<<set $a to ", 8_000),
}
EACH: dict[str, tuple[Callable[[int], str], int]] = {
    "missing passages": (lambda i: f"[[go->M{i}]]\n", 800),
    "passages of one name": (lambda i: f":: 大{chr(0x4E00 + i)}\nx\n", 800),
    "forks in a chain": (lambda i: f':: P{i}\n<<include "P{i + 1}">>\n', 600),
    "variables": (lambda i: f"<<set $v{i} to {i % 9}>>", 500),
}


def grows(work: Callable[[str], object], small: str, large: str) -> float:
    """How many times as long the large one takes."""

    def least(text: str) -> float:
        times = []
        for _ in range(3):
            began = time.process_time()
            work(text)
            times.append(time.process_time() - began)
        return min(times)

    return least(large) / max(least(small), 0.002)


def importing(text: str) -> None:
    """An import that is no refusal."""
    assert import_twee(text.encode(), "story.twee")[0] is not None


@pytest.mark.parametrize("name", REPEATED)
def test_four_times_as_many_marks_take_four_times_as_long(name: str) -> None:
    """Closed or not, in a line or below one another."""
    mark, before, count = REPEATED[name]
    small, large = (f"{START}{before}{mark * times}{END}" for times in (count, 4 * count))
    assert grows(importing, small, large) < MOST


@pytest.mark.parametrize("name", EACH)
def test_four_times_as_many_names_take_four_times_as_long(name: str) -> None:
    """Passages, links and variables that differ."""
    one, count = EACH[name]
    small, large = (START + "".join(map(one, range(times))) for times in (count, 4 * count))
    assert grows(importing, small, large) < MOST


def story_of(count: int, folder: Path) -> Story:
    """A chapter of so many pages, each with two choices."""
    nodes: dict[str, object] = {
        f"n{i}": {
            "text": f"Page {i}.",
            "choices": [{"id": "on", "say": "On.", "goto": f"n{i + 1}"}, {"id": "off", "say": "Off.", "goto": "last"}],
        }
        for i in range(count)
    }
    nodes |= {f"n{count}": {"text": "x", "end": "over"}, "last": {"text": "y", "end": "gone"}}
    folder.mkdir()
    pack = {"pack": "p", "title": "P", "version": 1, "roles": {"r": {"name": "R"}}, "calendar": ["c"]}
    (folder / "pack.yaml").write_text(to_yaml(pack), encoding="utf-8")
    chapter = {"chapter": "c", "role": "r", "title": "C", "nodes": nodes}
    (folder / "c.yaml").write_text(to_yaml(chapter), encoding="utf-8")
    return load(folder)


def test_a_chapter_of_four_times_as_many_pages_is_exported_in_four_times_the_time(tmp_path: Path) -> None:
    """The map of the passages is laid in one walk along their links."""
    stories = {str(count): story_of(count, tmp_path / str(count)) for count in (150, 600)}
    assert grows(lambda count: passages_for_twine(stories[count], "r", "full", str), "150", "600") < MOST
