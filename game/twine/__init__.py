"""Twee 3: a story's passages and links to look at, and a story made in Twine -> a pack."""
