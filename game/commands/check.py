"""`check`: everything that is wrong with a story."""

from __future__ import annotations

import argparse
import json

from game import resources
from game.commands.common import UserError

HELP = "Print everything that is wrong with a story."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    from game.story import check

    folder = options.story or resources.story_folder()
    _, findings = check(folder)
    if any(finding.code == "WG106" for finding in findings):
        raise UserError(str(findings[0]))
    errors = sum(finding.severity == "error" for finding in findings)
    if options.format == "json":
        print(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(finding)
        print(f"{errors} errors, {len(findings) - errors} warnings" if findings else "Nothing is wrong.")
    return 1 if errors else 0
