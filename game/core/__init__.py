"""Core: values, files, paths, HTML, CSV and findings. All other packages build on it; it imports none of them."""
