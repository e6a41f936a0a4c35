"""Notes on what has changed in a playthrough that was restored from a save or a code."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """A difference between a restored playthrough and its save. `chapter` is a title. The kinds are:

    - "fate": who lives, or the ending, differs since `chapter`. These notes come first.
    - "changed": the chapter's outcome differs, or the way through its pages differs.
    - "gone": a chapter before this one changed something, and is not in the story any more.
    - "reworded": a choice has another text now.
    - "swapped": a choice of either role was found by its text alone, because its id means another choice now.
    - "new": pages were passed that nobody had read.
    - "moved": the reader goes on from this page, not from the page in the save.
    - "stopped": nothing recorded fits this page; the entries after it are dropped.
    - "dropped": some entries before the reader's place are dropped.
    - "other": the other role's record decides the chapter, and its outcome differs.
    - "earlier": the other role's whole record cannot be used.
    - "backup": the backup was read.
    - "kept": the save was copied to `file`.
    - "retold": the code is from another version of the story with the same choices.

    `lost` counts the dropped entries, and `choices` the dropped entries that chose something. `recorded` and `holds`
    are the outcome in the save and the outcome now, in words.
    """

    kind: str
    chapter: str
    lost: int = 0
    choices: int = 0
    file: str = ""
    recorded: str = ""
    holds: str = ""
