"""Exit statuses of the program: the numbers that its process ends with."""

from __future__ import annotations

QUIT = 0  # a user, the staff or the system ended it
BAD_INPUT = 2  # a person has to correct something: the command line, a configuration, a second kiosk in one folder
BY_STAFF = 3  # of the supervisor: the staff ended the game at the screen, so only a person may start it again
RESTART = 75  # a kiosk asks for a restart
NOT_STARTED = 127  # the program could not be started, as in a shell
INTERRUPTED = 130  # ended by Ctrl-C, as in a shell
