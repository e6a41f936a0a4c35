"""The class's HTTP server for phones."""
