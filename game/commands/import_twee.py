"""`import-twee`: make a story pack of a Twee 3 file."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from game.commands.support.common import pluralize
from game.commands.support.output_checks import check_new_folder, write_new_folder
from game.commands.support.user_error import os_error_as_user_error
from game.twine.importer import MAX_FILE_BYTES, import_twee


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the Twee file (in Twine: Build, Export As Twee)")
    parser.add_argument("--out", type=Path, metavar="FOLDER", required=True, help="a new folder for the pack")


def run(options: argparse.Namespace) -> int:
    file, folder = options.file, options.out
    check_new_folder(folder, "name a new folder with --out")
    with os_error_as_user_error(f"{file} cannot be read"), file.open("rb") as stream:
        raw = stream.read(MAX_FILE_BYTES + 1)
    pack, findings = import_twee(raw, str(file))
    if pack is None:
        for finding in findings:
            print(finding)
        print(f"Nothing was written: mend {pluralize(len(findings), 'thing')} in {file} first.")
        return 1
    write_new_folder(folder, pack.files.items())
    endings = sum("end" in node for node in pack.nodes.values())
    print(f"{folder}: {pluralize(len(pack.nodes), 'page')}, {pluralize(endings, 'ending')}.")
    bounded = {name: variable for name, variable in pack.variables.items() if "min" in variable}
    numbers = [f"`{name}` {variable['min']} to {variable['max']}" for name, variable in bounded.items()]
    if numbers:
        print(f"Numbers have bounds here: {', '.join(numbers)}. If a number can be larger, change it in pack.yaml.")
    print(f"Check it: weight-of-grain check --quick --story {shlex.quote(str(folder))}")
    print(f"Play it:  weight-of-grain play --story {shlex.quote(str(folder))}")
    return 0
