"""Every playthrough of a story, by merging equal states: what is reached, how often, how long, and what never."""

from game.explore.pace import Pace
from game.explore.printing import as_text
from game.explore.report import MOST_STATES, Report, Sample, explore

__all__ = ["MOST_STATES", "Pace", "Report", "Sample", "as_text", "explore"]
