"""Every playthrough of a story, by merging equal states: what is reached, how often, how long, and what never."""

from game.explore.report import MOST_STATES, Report, as_text, explore, way_to

__all__ = ["MOST_STATES", "Report", "as_text", "explore", "way_to"]
