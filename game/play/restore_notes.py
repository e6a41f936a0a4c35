"""Notes on what has changed in a playthrough that was restored from a save or a code."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """A difference between a restored playthrough and its save. `chapter` is a title.

    Kinds about the whole, which come first:

    - "fate": who lives, or the ending, differs since `chapter`.

    Kinds about any chapter:

    - "changed": the chapter's outcome differs, or not all its pages were met as before.
    - "gone": a chapter before this one changed something, and is not in the story any more.

    Kinds about the reader's own entries:

    - "reworded": a choice has another text now.
    - "swapped": a choice was found by its text alone, because its id means another choice now.
    - "new": pages were passed that nobody had read.
    - "moved": the reader goes on from this page, not from the page in the save.
    - "stopped": nothing recorded fits this page; the entries after it are dropped.
    - "dropped": some entries before the reader's place are dropped.

    Kinds about the other role's record:

    - "swapped": as above.
    - "other": a chapter's outcome differs.
    - "earlier": the whole record cannot be used.

    Kinds about files and codes:

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
