"""Exit statuses of the program: what each number says to whoever started it."""

from __future__ import annotations

QUIT = 0  # ended as a user, the staff or the system asked
BAD_INPUT = 2  # something has to be mended first: the command line, a configuration, a second kiosk on one folder
BY_STAFF = 3  # of a supervisor whose game the staff ended at the screen: only a person is to start it again
RESTART = 75  # of a kiosk that asks to be started again
NOT_STARTED = 127  # of a program that could not be started, as in a shell
INTERRUPTED = 130  # ended by Ctrl-C, as in a shell
