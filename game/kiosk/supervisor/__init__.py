"""The supervisor: keeps the game running and reports its health."""
