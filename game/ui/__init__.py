"""The interface as values: a page becomes a tree of nodes, and intents (what a user does) change the state."""
