"""One reading as a file to keep: its pages and pictures, what was chosen, and what all of it rests on."""

from game.journal.document import GENERATOR, render_journal
from game.journal.illustrations import illustrations

__all__ = ["GENERATOR", "render_journal", "illustrations"]
