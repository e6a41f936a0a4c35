"""Screens: state -> semantic tree, one function for each; `registry` has all of them."""
