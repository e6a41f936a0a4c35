"""Core: what all other packages build on, such as values, files, paths, HTML, CSV and findings.

It imports none of them.
"""
