"""Rendering: a laid-out tree -> pixels."""
