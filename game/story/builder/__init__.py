"""Builders: validated YAML (shapes) -> the values of a Story."""
