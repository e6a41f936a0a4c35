"""Documents that print well: the journal of a reading, the teacher's pack, the paper book."""
