"""The commands, a module each: `HELP`, `arguments` for its parser, and `run`. What a command needs is imported by
`run`, so that no mode waits for another's libraries."""
