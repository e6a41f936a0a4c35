"""The wall and the teacher's screen as pages of a browser on this computer, in place of windows."""
