"""The Weight of Grain: a text adventure about China's Great Leap Forward."""
