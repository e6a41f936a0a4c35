"""The commands, one module each, with `arguments` for its parser and `run`, which returns the exit status.

`game.command_line` imports only the chosen command, so a command module imports at its top whatever it needs.
`support` holds what is no command.
"""
