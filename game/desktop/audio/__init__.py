"""Audio: the listener that chooses the sounds, and the process that plays them."""
