"""The game in a browser: the site maker, and the worker's side of a reading, which runs in Pyodide."""
