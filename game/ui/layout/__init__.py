"""Layout: turn a tree of nodes into rectangles, text runs and shapes, in whole pixels. It draws nothing."""
