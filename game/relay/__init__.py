"""The relay: carries text between a class's phones and the teacher's program if they share no network."""
