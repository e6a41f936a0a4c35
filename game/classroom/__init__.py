"""A class in front of one wall: its events and their log, the state that they make, commands, server and record."""
