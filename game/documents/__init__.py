"""HTML documents to print: the journal of a playthrough, and the teacher's guide with its paper book."""
