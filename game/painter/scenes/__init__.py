"""Scenes: a module for each place that can be painted."""
