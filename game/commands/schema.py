"""`schema`: the story's files described for editors."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from game.commands.common import UserError

HELP = "Print a JSON Schema of the story's files, for editors."
KINDS = ("chapter", "pack", "facts", "glossary", "debrief", "guide", "bible")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind", choices=KINDS, help="of one kind of file (default: of any, told apart by its first key)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write it there as story.schema.json (or KIND.schema.json)"
    )


def run(options: argparse.Namespace) -> int:
    from game.files import write_whole
    from game.story.schema import schema

    text = json.dumps(schema(options.kind), ensure_ascii=False, indent=1) + "\n"
    if options.out is None:
        print(text, end="")
        return 0
    file = options.out / f"{options.kind or 'story'}.schema.json"
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
    except OSError as error:
        raise UserError(f"{options.out} takes no file: {error.strerror or error}") from error
    print(file)
    return 0
