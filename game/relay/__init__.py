"""The relay: carries text between a class's phones and the teacher's program, where they share no network."""
