"""Handlers: one function for each verb. A verb is the name of what a button does, such as "close"."""
