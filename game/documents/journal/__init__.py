"""The journal: one playthrough as an HTML file, with its pages, pictures, choices and sources."""

from game.documents.journal.journal_html import GENERATOR, illustrations, render_journal

__all__ = ["GENERATOR", "illustrations", "render_journal"]
