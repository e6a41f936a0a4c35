"""Layout: a semantic tree -> rectangles, text runs and shapes, in whole pixels. It draws nothing."""
