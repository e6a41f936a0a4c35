"""`new-story`: begin a new story from a small example that can be played, and whose text explains how it works."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from game import resources
from game.commands.support.output_checks import check_new_folder, write_new_folder
from game.commands.support.user_error import UserError

TEMPLATE = "new-story"  # the folder below `assets/`
MANUAL = "MANUAL.md"  # a copy of the manual for authors


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder for the story")
    parser.add_argument("--title", help="its title (it can be changed later)")


def run(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    check_new_folder(folder, "name a new folder")
    if options.title is not None and not (options.title.strip() and options.title.isprintable()):
        raise UserError("--title: write a title in one line")
    write_new_folder(folder, _files(folder.resolve().name, options.title))
    there = shlex.quote(str(folder))
    print(f"{folder} has a small story with two roles. Read {folder / 'README.txt'}, then change one thing at a time.")
    print(f"Play it:  weight-of-grain play --story {there}")
    print(f"Check it: weight-of-grain check --story {there}")
    return 0


def _files(folder_name: str, title: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield each file's path and content. `folder_name` becomes the story's id. None keeps the example's title."""
    template = resources.assets_folder() / TEMPLATE
    for file in sorted(template.rglob("*")):
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8")
        if file.name == "pack.yaml":
            text = text.replace("pack: my-story", f"pack: {_id(folder_name)}")
            if title is not None:
                quoted = title.strip().replace("\\", "\\\\").replace('"', '\\"')
                text = text.replace("title: The Long Rain\n", f'title: "{quoted}"\n')
        yield file.relative_to(template).as_posix(), text.encode()
    yield MANUAL, (resources.story_folder() / "README.md").read_bytes()


def _id(name: str) -> str:
    words = re.findall("[a-z0-9]+", name.lower())
    return "-".join(words) if words and words[0][0].isalpha() else "-".join(["story", *words])
