"""Rules on a pack's own sounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from game.core.files import FileRefused
from game.core.findings import Finding
from game.story.model import Story
from game.story.sound_loops import read_loop
from game.yamlio.reader import Document


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
