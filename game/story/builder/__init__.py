"""Builders: turn validated YAML files (shapes) into the values of a Story. Errors become findings, with their place."""
