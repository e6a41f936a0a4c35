"""What there is to say of a playthrough that was restored from a save or a code."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """What a restored playthrough could not keep as it was, or what is new on its way.

    Of the whole, first: "fate" (who lives, or how it ends, is otherwise since `chapter`).

    Of the reader's own way: "reworded" (a choice says something else now), "swapped" (a choice is known by its words
    alone: its id is another's now), "new" (pages were turned that nobody had read), "stopped" (nothing recorded fits
    this page, and what came after is let go), "dropped" (the reader stands where they stood, and some of what was taken
    is no part of the way any more).

    Of the other role's record: "swapped", "other" (its chapter comes out otherwise: `recorded` and `holds` say how,
    each as words or ""), "earlier" (the record as a whole is of no use here).

    `lost` counts entries that are let go, `choices` those of them that chose something. `Saves` adds "backup" and
    "kept", whose `file` is what it was kept as; `from_code` adds "retold" (another version's code, the same ways).
    """

    kind: str
    chapter: str
    lost: int = 0
    choices: int = 0
    file: str = ""
    recorded: str = ""
    holds: str = ""
