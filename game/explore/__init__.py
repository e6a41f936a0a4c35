"""Every playthrough of a story, by merging equal states: what is reached, how often, how long, and what never."""

from game.explore.pace import ProgressReport
from game.explore.printing import report_text
from game.explore.report import MOST_STATES, Report, Sample, explore

__all__ = ["MOST_STATES", "ProgressReport", "Report", "Sample", "report_text", "explore"]
