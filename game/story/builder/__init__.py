"""Builders: turn validated YAML (shapes) into the values of a Story."""
