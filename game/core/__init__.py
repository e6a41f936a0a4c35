"""Core: what all other packages build on: values, files, paths, HTML, CSV, findings. It imports
none of those packages."""
