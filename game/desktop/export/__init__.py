"""Export: screenshots and journals."""
