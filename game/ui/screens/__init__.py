"""Screens: a function for each screen builds its tree from the state. `registry` lists all of them."""
