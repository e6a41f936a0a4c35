"""Access: the screen reader and the voice follow the window."""
