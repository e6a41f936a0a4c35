"""Scenes: one module for each place that can be painted."""
