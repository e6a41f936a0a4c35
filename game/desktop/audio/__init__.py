"""Audio: what is to be heard, and the process that plays it."""
