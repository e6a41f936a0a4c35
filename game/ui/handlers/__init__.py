"""Handlers: one function for each verb that a screen's buttons can have."""
