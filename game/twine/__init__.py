"""Twine export and import: a Story -> Twee 3 with the logic of SugarCube 2, and Twee 3 -> a pack."""
