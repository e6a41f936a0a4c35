"""Builders: shapes of YAML -> the values of a Story."""
