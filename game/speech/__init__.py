"""The tree as a voice: what is to be said is pure; whoever says it is a process of the system's, cut short at will."""
