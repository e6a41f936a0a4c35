"""Core: what all other rooms build on, and which imports none of them: values, files, paths, HTML, CSV, findings."""
