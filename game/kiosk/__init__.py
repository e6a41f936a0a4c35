"""What a museum puts on a touch screen and forgets."""
