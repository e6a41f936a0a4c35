"""Canvas: paper, colour, perspective and motion, which every scene is made of."""
