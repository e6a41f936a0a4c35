"""Exploration merges equal states to find all that playthroughs can reach. It gives coverage, counts, proofs, paths."""

from game.explore.progress import ProgressReport
from game.explore.report import MOST_STATES, Report, Sample, explore
from game.explore.report_printer import report_text

__all__ = ["MOST_STATES", "ProgressReport", "Report", "Sample", "explore", "report_text"]
