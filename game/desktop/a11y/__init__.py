"""Accessibility: the adapter to screen readers, and the game's own voice."""
