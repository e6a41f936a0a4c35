"""The staff's access: gesture, PIN and status report."""
