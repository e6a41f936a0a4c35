"""Export: writes screenshots and journals."""
