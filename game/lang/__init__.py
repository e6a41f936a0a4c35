"""The story's small language: conditions, effects, marked text. Parsed, type-checked, compiled."""
