"""Rules on a pack's own images and sounds, and on the season of a painted scene."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from game.core.files import FileRefused
from game.core.findings import Finding
from game.core.images import read_image
from game.core.parameters import Scenes
from game.lang.markup import Passage
from game.lang.story_dates import parse_date
from game.story.builder.story_builder import PackSources
from game.story.model import Story
from game.story.places import NO_SCENE, Image
from game.story.sound_loops import read_loop
from game.yamlio.reader import Document

GREEN = frozenset({4, 5, 6, 7, 8, 9})  # the months that look as a scene does whose season is not said


def check_images(story: Story, sources: PackSources, folder: Path) -> Iterator[Finding]:
    """Report pictures without a description, images without a credit, and files that cannot be shown."""
    pack = sources.pack[1]
    for id, place in story.places.items():
        if place.image is not None:
            yield from _check_image(id, place.image, place.alt, pack, ("places", id, "image"), folder)
        elif place.scene != NO_SCENE and not place.alt:
            problem = f"the scene of `{id}` has no `alt`"
            remedy = "Add what it shows, for readers who cannot see it, as `alt:`."
            yield pack.finding("WG636", ("places", id, "scene"), problem, remedy)
    for shape, document in sources.chapters:
        for id, node in story.chapters[shape.chapter].nodes.items():
            if node.image is not None:
                yield from _check_image(id, node.image, node.alt, document, ("nodes", id, "image"), folder)


def _check_image(
    id: str, image: Image, alt: tuple[Passage, ...], document: Document, path: tuple[str, ...], folder: Path
) -> Iterator[Finding]:
    lacking = [key for key, said in (("alt", alt), ("credit", image.credit)) if not said]
    if lacking:
        problem = f"the image of `{id}` has no `{'` and no `'.join(lacking)}`"
        remedy = "Add what it shows, for readers who cannot see it, as `alt:`, and whom it is from as `credit:`."
        yield document.finding("WG636", path, problem, remedy)
        return
    try:
        read_image(folder, image.file)
    except FileRefused as error:
        remedy = "Name a PNG, JPEG or WebP file in the story's folder: `image: pictures/cabin.jpg`."
        yield document.finding("WG635", path, f"`{image.file}` cannot be shown: {error}", remedy)


def check_sounds(story: Story, pack: Document, folder: Path) -> Iterator[Finding]:
    """Report sounds without a credit, and files that cannot be played."""
    for id, place in story.places.items():
        if (sound := place.sound) is None:
            continue
        path = ("places", id, "sound")
        if not sound.credit:
            remedy = "Say whom it is from, and its licence, as `sound_credit:`."
            yield pack.finding("WG644", path, f"the sound of `{id}` has no `sound_credit`", remedy)
        try:
            read_loop(folder, sound.file)
        except FileRefused as error:
            remedy = "Name a WAV file in the story's folder: `sound: sounds/harbour.wav`."
            yield pack.finding("WG643", path, f"`{sound.file}` cannot be played: {error}", remedy)


def check_seasons(story: Story, pack: Document, scenes: Scenes) -> Iterator[Finding]:
    """Report a scene without a `season` in a chapter of the cold months: it would be painted green."""
    found: dict[str, str] = {}
    for chapter in story.chapters.values():
        months = parse_date(chapter.when or "")
        if chapter.place is not None and months and not {month % 12 + 1 for month in months} & GREEN:
            found.setdefault(chapter.place, chapter.id)
    for id, chapter_id in found.items():
        place = story.places.get(id)
        if place is not None and "season" in scenes.get(place.scene, ()) and "season" not in place.params:
            problem = f"`{chapter_id}` is in {story.chapters[chapter_id].when}, and its place `{id}` is painted green"
            remedy = "Say the season: `params: {season: winter}`, with `snow: false` where there is none."
            yield pack.finding("WG637", ("places", id, "scene"), problem, remedy)
