"""`schema`: print or write a JSON Schema of the story's files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from game.commands.support.output_checks import add_replace_argument, refusal_error
from game.commands.support.user_error import UserError
from game.core.file_output import OutputRefused, kind_by_marker, prepare_output_in
from game.story.schema.json_schema import GENERATOR, schema

KINDS = ("chapter", "pack", "facts", "glossary", "debrief", "guide", "people", "bible")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind", choices=KINDS, help="of one kind of file (default: of any, told apart by its first key)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write it there as story.schema.json (or KIND.schema.json)"
    )
    add_replace_argument(parser)


def run(options: argparse.Namespace) -> int:
    text = json.dumps(schema(options.kind), ensure_ascii=False, indent=1) + "\n"
    if options.out is None:
        print(text, end="")
        return 0
    name = f"{options.kind or 'story'}.schema.json"
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        prepare_output_in(options.out, name, kind_by_marker("a schema of ours", GENERATOR), options.replace).write(text)
    except OutputRefused as error:
        raise refusal_error(error, can_insist=True) from error
    except OSError as error:
        raise UserError(f"{options.out} takes no file: {error.strerror or error}") from error
    print(options.out / name)
    return 0
