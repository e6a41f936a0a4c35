"""`graph`: write the story's graph for Graphviz or Mermaid, or its passages and links as Twee."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from game.commands.support.common import add_language_argument, interface_words, load_in_language, report_untranslated
from game.commands.support.output_checks import add_replace_argument, check_output, write_output
from game.commands.support.user_error import UserError
from game.core.file_output import kind_by_marker
from game.story.diagrams import GENERATOR, as_dot, as_mermaid
from game.story.graph import build_graph
from game.twine.exporter import passages_for_twine
from game.twine.twee_file import twee_text


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("dot", "mermaid", "twee"),
        default="dot",
        help="dot (default): for Graphviz, `dot -Tsvg FILE` makes the picture;"
        " mermaid: for an editor or a page that shows Mermaid, best with --chapter;"
        " twee: passages and links, to look at in Twine or another tool, with conditions as words",
    )
    parser.add_argument("--role", help="only what this role meets (twee: the first role, since Twee holds one)")
    parser.add_argument("--cut", default="full", help="the length: the name of one of its cuts (full)")
    parser.add_argument("--chapter", metavar="ID", help="only this chapter")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write a file instead of printing; an older diagram is replaced"
    )
    add_language_argument(parser)
    add_replace_argument(parser)


def run(options: argparse.Namespace) -> int:
    kind = kind_by_marker("a diagram of ours", GENERATOR)
    claim = None if options.out is None else check_output(options.out, kind, options.replace)
    story = load_in_language(options)
    report_untranslated(story, options.cut)
    try:
        if options.format == "twee":
            words = interface_words(story)
            role = options.role or next(iter(story.roles))
            passages = passages_for_twine(story, role, options.cut, lambda key: words(f"page.{key}"), options.chapter)
            text = twee_text(passages)
        else:
            graph = build_graph(story, options.role, options.cut, options.chapter)
            text = as_dot(graph) if options.format == "dot" else as_mermaid(graph)
    except (LookupError, ValueError) as error:
        raise UserError(str(error.args[0])) from error
    if claim is None:
        sys.stdout.write(text)
    else:
        write_output(claim, text)
    return 0
