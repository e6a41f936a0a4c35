"""Twee 3: exports a story's passages and links for viewing, and imports a Twine story as a pack."""
