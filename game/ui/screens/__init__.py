"""Screens: one function for each builds its tree from the state. `registry` lists all of them."""
