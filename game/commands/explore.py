"""`explore`: every playthrough, and what they show."""

from __future__ import annotations

import argparse
import json
import sys

from game import resources
from game.commands.common import UserError, count
from game.story.findings import did_you_mean

HELP = "Play every playthrough, and say what is reached, how often, and what never."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--to", metavar="ID", help="a shortest way to a node, a choice or an ending, for `read --take`")
    parser.add_argument("--states", type=count, metavar="N", help="stop where a chapter holds more (3,000,000)")


def run(options: argparse.Namespace) -> int:
    from game.explore import MOST_STATES, as_text, explore, way_to
    from game.story import StoryErrors, load

    try:
        # Read from its files, not from the cache: only then does every part know its place.
        story = load(options.story or resources.story_folder())
    except StoryErrors as error:
        raise UserError(str(error)) from error
    report = explore(story, options.states or MOST_STATES, _progress if sys.stderr.isatty() else None)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    if options.to:
        found = way_to(report, options.to)
        if found is None:
            known = {*story.nodes, *(choice.full_id for node in story.nodes.values() for choice in node.choices)}
            known |= {node.end for node in story.nodes.values() if node.end}
            why = "no playthrough reaches it" if options.to in known else "there is no such node, choice or ending"
            raise UserError(f"--to {options.to}: {why}.{did_you_mean(options.to, known - {options.to})}")
        sitting, takes = found
        if options.format == "json":
            print(json.dumps({"to": options.to, "cut": sitting.cut, "role": sitting.role, "take": takes}))
        else:
            role = f"--role {sitting.role} " if sitting.role else ""
            print(f"weight-of-grain read {role}--cut {sitting.cut} --take {','.join(takes) or 'continue'}")
        return 0
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if options.format == "json" else as_text(report))
    return 0


def _progress(chapter: str, states: int) -> None:
    print(f"\r\033[K{states:,} states, at {chapter}", end="", file=sys.stderr, flush=True)
