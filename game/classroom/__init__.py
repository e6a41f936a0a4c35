"""A class that reads a story together on a wall (the screen that all see): its log, state, commands, server, record."""
