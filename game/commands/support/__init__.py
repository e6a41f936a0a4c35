"""Shared parts of commands: arguments, values, and the parts of `class` and `kiosk`."""
