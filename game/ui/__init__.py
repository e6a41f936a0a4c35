"""The interface as values: a page becomes a tree of nodes, and intents change the state. Pure: no pixels, no clock."""
