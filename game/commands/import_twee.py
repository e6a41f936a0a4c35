"""`import-twee`: make a story pack of a Twee 3 file."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from game.commands.support.common import pluralize
from game.commands.support.user_error import UserError
from game.core.files import write_folder_atomic
from game.twine.importer import MAX_FILE_BYTES, import_twee
from game.twine.pack_writer import pack_errors, pack_file_texts


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the Twee file (in Twine: Build, Export As Twee)")
    parser.add_argument("--out", type=Path, metavar="FOLDER", required=True, help="a new folder for the pack")


def run(options: argparse.Namespace) -> int:
    file, folder = options.file, options.out
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} exists and is not empty; name a new folder with --out")
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}") from error
    pack, findings = import_twee(raw, str(file))
    if pack is None:
        raise UserError(str(findings[0]))
    files = pack_file_texts(pack, file.name, findings)
    if errors := pack_errors(files):
        findings = [*findings, *errors]
        files = pack_file_texts(pack, file.name, findings)
    try:
        write_folder_atomic(folder, files.items())
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror or error}") from error
    for finding in findings:
        print(finding)
    nodes = [node for chapter in pack.chapters for node in chapter.get("nodes", {}).values()]
    pages, endings = sum("text" in node for node in nodes), len({str(node["end"]) for node in nodes if "end" in node})
    lost = pluralize(len(findings), "finding") if findings else "nothing was lost"
    print(f"{folder}: {pluralize(pages, 'page')}, {pluralize(endings, 'ending')}, {lost}.")
    if pack.bounds:
        print(pack.bounds)
    if errors:
        print("It cannot be played yet: mend what is an error first, in the Twee file or in the pack.")
    print(f"Check it: weight-of-grain check --quick --story {shlex.quote(str(folder))}")
    print(f"Play it:  weight-of-grain play --story {shlex.quote(str(folder))}")
    return 1 if errors else 0
