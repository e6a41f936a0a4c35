"""Rendering: turns a tree with its layout into pixels."""
