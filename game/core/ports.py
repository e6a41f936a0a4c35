"""Default TCP ports, all different, so that the program's servers can run on one machine."""

from __future__ import annotations

CLASS_PORT = 8765  # of the phones' page
HEALTH_PORT = 8766  # of a kiosk's health page
RELAY_PORT = 8770
