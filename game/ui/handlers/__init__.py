"""Handlers: one function for each verb that a screen can ask for."""
