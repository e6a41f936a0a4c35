"""The shape of a pack's YAML files, as pydantic models, and as JSON Schema."""
