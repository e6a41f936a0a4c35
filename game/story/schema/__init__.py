"""The schema of a pack's YAML files, as pydantic models (shapes) and as JSON Schema."""
