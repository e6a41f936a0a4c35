"""The TCP ports at which the program listens where nobody asks for another; no two are the same."""

from __future__ import annotations

CLASS_PORT = 8765  # of the phones' page
HEALTH_PORT = 8766  # of a kiosk's health page
RELAY_PORT = 8770
