"""Default TCP ports. No two are the same."""

from __future__ import annotations

CLASS_PORT = 8765  # of the phones' page
HEALTH_PORT = 8766  # of a kiosk's health page
RELAY_PORT = 8770
