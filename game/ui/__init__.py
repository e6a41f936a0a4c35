"""A page becomes one tree, and intents move the interface from value to value. Pure: no pixels, no clock."""
