"""The relay: carries text between a class's phones and the teacher's program, if these share no network."""
