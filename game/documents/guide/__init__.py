"""The teacher's guide: a story and its guide.yaml as one HTML file to print."""

from game.documents.guide.guide_html import GENERATOR, render_guide
from game.documents.guide.reading_times import ReadingTime, measure_reading_times

__all__ = ["GENERATOR", "ReadingTime", "measure_reading_times", "render_guide"]
