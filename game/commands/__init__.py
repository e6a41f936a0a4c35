"""Commands: one module each. `arguments` adds options to the command's parser; `run` returns the command's exit status.

`game.command_line` imports only the chosen command, so a command module imports what it needs at its top. `support` has
what several commands use.
"""
