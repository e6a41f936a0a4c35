"""Screens: the interface's state -> semantic trees, one function a screen."""
