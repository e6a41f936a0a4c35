"""The Weight of Grain: a text adventure about China's Great Leap Forward."""

__version__ = "0.3.0"
