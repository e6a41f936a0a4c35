"""The teacher's pack: a story, and what its guide.yaml adds, as one HTML file that prints well."""

from game.guide.document import GENERATOR, document
from game.guide.lengths import Length, lengths

__all__ = ["GENERATOR", "Length", "document", "lengths"]
