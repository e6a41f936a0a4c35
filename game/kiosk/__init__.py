"""The museum's kiosk: what it is told, when it is open, whom it lets in, and how it is kept running."""
