"""The story language: conditions, effects and markup, parsed, type-checked and compiled."""
