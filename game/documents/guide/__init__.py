"""The teacher's guide: a story and its guide.yaml as one HTML file to print."""

from game.documents.guide.guide_html import GENERATOR, render_guide
from game.documents.guide.inline_html import GuidePicture
from game.documents.guide.reading_times import ReadingTime, measure_reading_times
from game.documents.guide.sheets import chapter_pictures

__all__ = ["GENERATOR", "GuidePicture", "ReadingTime", "chapter_pictures", "measure_reading_times", "render_guide"]
