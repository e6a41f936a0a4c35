"""Stories as Twine writes them: Twee 3 with the logic of SugarCube 2, out of a Story and back into a pack."""
