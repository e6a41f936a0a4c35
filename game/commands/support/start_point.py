"""Start point: `--at`, `--code` and `--file` start a playthrough at a place, from a share code or from a save."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from game.commands.support.common import begin_playthrough, status_line
from game.commands.support.user_error import UserError
from game.core.files import read_bytes
from game.core.findings import did_you_mean
from game.core.paths import saves_folder
from game.core.streams import print_error
from game.play import Note, Playthrough
from game.play.save_files import LARGEST, SaveError, from_save_text
from game.play.share_code import CodeError, from_code
from game.resources import assets_folder
from game.story import Story


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a playthrough: --role, --cut, --at, --code and --file."""
    parser.add_argument("--role", help="whose story: the id of one of its roles")
    parser.add_argument("--cut", default="full", help="the length: the name of one of its cuts (full)")
    parser.add_argument(
        "--at",
        metavar="ID",
        help="start at a chapter, node, choice or ending, by a shortest way; your own saves stay as they are",
    )
    parser.add_argument("--code", metavar="CODE", help="start on a reading from a share code")
    parser.add_argument(
        "--file", dest="save_file", type=Path, metavar="FILE", help="start on a saved game from a file of a browser"
    )


def add_take_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option --take, for `follow_takes`."""
    parser.add_argument(
        "--take",
        default="",
        metavar="IDS",
        help="choice ids, separated by commas. Pages without choices before a choice are passed over; `continue` goes"
        " on by one page, so that a last one shows the next page",
    )


def start_playthrough(story: Story, options: argparse.Namespace) -> Playthrough:
    """Return the playthrough that the options ask for.

    With a share code or a save's file, it is at the place stored there; with `options.at`, at that place, by a shortest
    path; otherwise at the first page. If `options.at` comes without a role, the place's chapter names the role. Raises
    UserError if there is no such playthrough.
    """
    if options.code is not None:
        return _from_code(story, options)
    if options.save_file is not None:
        return _from_file(story, options)
    if options.at is None:
        return begin_playthrough(story, options.role, options.cut)
    from game.explore.routes import route, route_target, target_ids  # imported late: only --at needs it (20 ms)

    place = options.at
    goal = route_target(story, place)
    if goal is None:
        near = suggest_place(place, target_ids(story))
        raise UserError(f"--at {place}: there is no such node, choice, ending or chapter.{near}")
    if place in story.chapters and not goal.nodes:
        raise UserError(f"--at {place}: it has only a summary: give it `nodes`")
    chapters = sorted({node.partition(".")[0] for node in goal.nodes}, key=story.order.index)
    owners = dict.fromkeys(owner for id in chapters if (owner := story.chapters[id].role))
    role = options.role or next(iter(owners), None)
    playthrough = begin_playthrough(story, role, options.cut)
    with status_line() as say:
        entries = route(
            story, playthrough.role, options.cut, place, lambda states: say(f"{states:,} pages looked at for a way")
        )
    if entries is None:
        raise UserError(f"--at {place}: {_why_unreachable(story, place, chapters, playthrough)}")
    for entry in entries:
        playthrough = playthrough.take(entry)
    return playthrough


def names_start(options: argparse.Namespace) -> bool:
    """Return whether the options name where to start: a place, a share code or a file."""
    return any(given is not None for given in (options.at, options.code, options.save_file))


def _from_code(story: Story, options: argparse.Namespace) -> Playthrough:
    if options.save_file is not None:
        raise UserError("--code and --file both name a whole reading: leave out one of them")
    _check_alone(options, "--code")
    try:
        return from_code(story, options.code)[0]
    except CodeError as error:
        raise UserError(f"--code: {error}") from error


def _from_file(story: Story, options: argparse.Namespace) -> Playthrough:
    _check_alone(options, "--file")
    try:
        playthrough, notes = from_save_text(story, read_bytes(options.save_file, LARGEST))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"--file: {options.save_file} cannot be read: {why}") from error
    except SaveError as error:
        raise UserError(f"--file: {error}") from error
    print_notes(story, notes)
    return playthrough


def print_notes(story: Story, notes: Sequence[Note]) -> None:
    """Print the notes on standard error, in the story's language. They say what could not be restored from a save."""
    if not notes:
        return
    # Imported late: most saves have no notes, and the interface takes 65 ms.
    from game.ui.effect_runner import notes_in_words
    from game.ui.i18n import catalogue_for

    for line in notes_in_words(catalogue_for(assets_folder() / "locale", story), notes):
        print_error(line)


def _check_alone(options: argparse.Namespace, option: str) -> None:
    if options.at is not None or options.role is not None:
        raise UserError(f"{option} names a whole reading: leave out --role and --at")
    if options.cut != "full":
        raise UserError(f"{option} names a whole reading, its cut too: leave out --cut")


def suggest_place(place: str, known: Collection[str]) -> str:
    """Return ` Did you mean ...?` with a `known` id that ends in `place` or is spelt like it; "" if there is none."""
    inside = [id for id in sorted(known) if id.endswith(f".{place}")]
    return f" Did you mean `{inside[0]}`?" if inside else did_you_mean(place, known)


def saves_folder_of(story: Story, options: argparse.Namespace) -> Path:
    """Return the folder of the saves. With --at, it is another folder, so that the reader's own saves stay."""
    folder = saves_folder(story.pack)
    return folder / "tried" if options.at is not None else folder


def _why_unreachable(story: Story, place: str, place_chapters: list[str], playthrough: Playthrough) -> str:
    """Return why the role and cut (length) of `playthrough` do not reach `place`, and which role and cut reach it."""
    cut, role = playthrough.cut, playthrough.role
    reached = next(_options_that_reach(story, place), None)
    within = [id for id in place_chapters if cut.chapters is None or id in cut.chapters]
    if not within:
        why = f"`{place_chapters[0]}` is not walked in the cut `{cut.id}`"
    elif role is not None and all(story.chapters[id].role not in (role, None) for id in within):
        why = f"`{within[0]}` belongs to the role `{story.chapters[within[0]].role}`"
    else:
        why = "nobody comes there, because its conditions never hold"
    if reached is not None:
        return f"{why}. Write {reached}"
    in_cuts = any(other.chapters is None or set(place_chapters) & other.chapters for other in story.cuts.values())
    return why if in_cuts else f"{why}, nor in any other: add it to the `chapters` of a cut in pack.yaml"


def _options_that_reach(story: Story, place: str) -> Iterator[str]:
    from game.explore.routes import route  # imported late, as above

    for cut in story.cuts.values():
        for role in (None,) if cut.both_roles else story.roles:
            if route(story, role, cut.id, place) is not None:
                yield f"--role {role} --cut {cut.id}" if role else f"--cut {cut.id}"
