"""The commands, one module each, with `arguments` for its parser and `run`, which returns the exit status.

`game.command_line` imports only the chosen command, so a command module imports what it needs at its top.
`support` holds what commands share.
"""
