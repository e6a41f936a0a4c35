"""The supervisor: keeps the game running, and tells how it is."""
