"""The HTTP server of a class, for its pupils' phones."""
