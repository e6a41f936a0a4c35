"""`schema`: print or write a JSON Schema of the story's files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from game.commands.support.output_checks import add_replace_argument, refusal_error
from game.commands.support.user_error import UserError
from game.core.file_output import OutputRefused, kind_by_marker, prepare_output_in
from game.story.schema.file_kinds import KINDS

DIALECT = "http://json-schema.org/draft-07/schema#"  # the version of JSON Schema that editors for YAML understand
TITLE = "A file of a story"
GENERATOR = "weight-of-grain schema"  # marks a schema as ours: other files are not replaced


def schema(kind: str | None = None) -> dict[str, Any]:
    """Return the JSON Schema of one `kind` of file (a key of `KINDS`), or of any file of a pack. In the schema of any
    file, the key of a kind (such as `chapter:`) decides which rules apply to a file. A file without one is valid."""
    shapes = [(KINDS[kind], "validation")] if kind else [(shape, "validation") for shape in KINDS.values()]
    _, whole = models_json_schema(shapes, by_alias=True)  # type: ignore[arg-type]
    parts = {name: _tidy(part) for name, part in whole["$defs"].items()}
    head: dict[str, Any] = {"$schema": DIALECT, "$comment": GENERATOR}
    if kind:
        return {**head, **parts.pop(KINDS[kind].__name__), "definitions": parts}
    ways: dict[str, Any] = {}
    for name in reversed(KINDS):
        of_kind = {"if": {"required": [name]}, "then": {"$ref": f"#/definitions/{KINDS[name].__name__}"}}
        ways = {**of_kind, "else": ways} if ways else of_kind
    keys = {name: {"description": KINDS[name].__doc__} for name in KINDS}
    return {**head, "title": TITLE, "type": "object", "properties": keys, **ways, "definitions": parts}


def _tidy(part: Any) -> Any:
    """Convert a schema of pydantic's to draft 7: rename `$defs` to `definitions`, and remove titles, empty defaults and
    the type `null`. Where a schema has patterns for keys, forbid all other keys."""
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part.replace("#/$defs/", "#/definitions/") if isinstance(part, str) else part
    tidy = {key: _tidy(value) for key, value in part.items() if not (key == "title" and isinstance(value, str))}
    if "default" in tidy and tidy["default"] in (None, "", [], {}):
        del tidy["default"]
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    optional = [option for option in tidy.get("anyOf", ()) if option != {"type": "null"}]
    if len(optional) < len(tidy.get("anyOf", ())):  # an optional key is left out, not written empty
        del tidy["anyOf"]
        tidy = {**tidy, **(optional[0] if len(optional) == 1 else {"anyOf": optional})}
    return tidy


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=KINDS, help="one kind of file (default: any; the first key names the kind)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write it into this folder as story.schema.json (or KIND.schema.json)"
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
