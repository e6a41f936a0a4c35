"""`explore`: report on all playthroughs, or print a shortest path to a place."""

from __future__ import annotations

import argparse
import json
import shlex

from game.commands.support.common import add_language_argument, exploration_progress, load_in_language, parse_count
from game.commands.support.start_point import suggest_place
from game.commands.support.user_error import UserError
from game.explore import MOST_STATES, Sample, explore, report_text
from game.explore.routes import route, route_target, target_ids
from game.story import Story


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    add_language_argument(parser)
    parser.add_argument("--to", metavar="ID", help="a shortest way to a node, a choice or an ending, for `read --take`")
    parser.add_argument(
        "--states", type=parse_count, metavar="N", help="stop at a chapter with more states (3,000,000)"
    )
    parser.add_argument(
        "--sample", type=parse_count, metavar="N", help="play N random playthroughs of each cut and role"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the seed of a sample's random choices (0)")
    parser.add_argument(
        "--felt",
        action="store_true",
        help="print how many later pages each choice changes; with --sample, from N states",
    )


def run(options: argparse.Namespace) -> int:
    if options.to:
        return _print_route(load_in_language(options), options)
    story = load_in_language(options, cached=False)  # from its files: only then do all parts know their line numbers
    sample = Sample(options.sample, options.seed) if options.sample else None
    with exploration_progress() as tell:
        report = explore(story, options.states or MOST_STATES, sample, tell, with_felt=options.felt)
    as_json = options.format == "json"
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if as_json else report_text(report))
    return 0


def _print_route(story: Story, options: argparse.Namespace) -> int:
    """Print a shortest path to a node, a choice or an ending, in the first cut that has a path. Return the status."""
    id = options.to
    goal = route_target(story, id)
    if goal is None:
        raise UserError(f"--to {id}: there is no such node, choice or ending.{suggest_place(id, target_ids(story))}")
    taking = (goal.choice.rpartition(".")[2],) if goal.choice is not None else ()
    for cut in story.cuts.values():
        roles = (None,) if cut.both_roles else tuple(story.roles)
        ways = [(role, way) for role in roles if (way := route(story, role, cut.id, id)) is not None]
        if ways:
            role, way = min(ways, key=lambda found: len(found[1]))
            way += taking
            if options.format == "json":
                print(json.dumps({"to": id, "cut": cut.id, "role": role, "take": way}))
            else:
                story_there = f"--story {shlex.quote(str(options.story))} " if options.story else ""
                door = f"--role {role} " if role else ""
                takes = ",".join(way) or "continue"
                print(f"weight-of-grain read {story_there}{door}--cut {cut.id} --take {takes}")
            return 0
    raise UserError(f"--to {id}: no playthrough reaches it")
