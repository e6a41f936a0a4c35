"""A class in front of one wall: lanes through the story, rounds on their pages, and the log that both are made from."""
