"""Desktop: the window. With `painter`, the only room that knows pygame."""
