"""What commands stand on: arguments and values that several share, and the parts of `class` and `kiosk`."""
