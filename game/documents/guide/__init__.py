"""The teacher's pack: a story, and what its guide.yaml adds, as one HTML file that prints well."""

from game.documents.guide.guide_html import GENERATOR, render_guide
from game.documents.guide.reading_times import ReadingTime, measure_reading_times

__all__ = ["GENERATOR", "ReadingTime", "measure_reading_times", "render_guide"]
