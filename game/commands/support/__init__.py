"""Support: what several commands use: arguments, values, and the parts of `class` and `kiosk`."""
