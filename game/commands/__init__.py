"""Commands: one module each. `arguments` adds to its parser; `run` does the work and returns the exit status.

`game.command_line` imports only the chosen command, so a command module imports what it needs at its top. `support` has
what commands share.
"""
