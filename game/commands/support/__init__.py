"""Support: what commands share: arguments, values, and the parts of `class` and `kiosk`."""
