"""One reading as a file to keep: its pages and pictures, what was chosen, and what all of it rests on."""

from game.documents.journal.journal_html import GENERATOR, render_journal
from game.documents.journal.journal_pictures import illustrations

__all__ = ["GENERATOR", "illustrations", "render_journal"]
