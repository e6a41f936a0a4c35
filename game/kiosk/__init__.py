"""The kiosk of a museum: a visit that always comes back to its beginning, and what is counted of many."""
