"""Speech: the game's own voice (self-voicing), which uses the system's voices, and the tree for screen readers."""
