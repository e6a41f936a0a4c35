"""The shipped story does not repeat the film's sentences."""

from __future__ import annotations

from collections.abc import Iterator

from game.resources import story_folder
from game.yamlio.reader import Data, Document, read_file
from tests.story.film_runs import known, runs


def texts(data: Data) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str):
        yield data


def test_no_file_of_the_story_repeats_seven_words_of_the_film() -> None:
    """In facts, interludes, answers and the rest: figures and names may be the same, sentences not."""
    film, shared = known(), []
    for path in sorted(story_folder().rglob("*.yaml")):
        document = read_file(path, path.name)
        assert isinstance(document, Document)
        shared += [(path.name, run) for text in texts(document.data) for run, key in runs(text) if key in film]
    assert shared == []


def test_a_run_is_known_by_its_hash_however_it_is_set() -> None:
    assert len(known()) > 1_000
    straight, other = "The cook's ladle, it was said, went round", "the COOK’S ladle it was\nsaid went"
    assert next(runs(straight))[1] == next(runs(other))[1]
    assert next(runs(straight))[1] != next(runs(straight.replace("was", "is")))[1]
    assert list(runs("six words are not a run")) == []
