"""`kiosk --set-pin`: ask for the staff's PIN, and write its hash into the configuration."""

from __future__ import annotations

import getpass
import secrets
import sys
from pathlib import Path

from game.commands.support.user_error import UserError
from game.core.files import write_atomic
from game.kiosk.staff.pin import SALT, hash_pin, is_pin
from game.yamlio.writer import set_key


def set_pin(file: Path) -> int:
    """Ask for a PIN, and write its hash into the file. Without a file, print the line for it. Return the exit
    status."""
    kept = hash_pin(_asked_pin(), secrets.token_bytes(SALT))
    if not file.exists():
        print(f"There is no {file}. The line for it is:", file=sys.stderr)
        print(f"pin: {kept}")
        return 0
    file = file.resolve()  # to write the file behind a link, not the link
    try:
        raw = file.read_bytes()
        mark = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
        text = set_key(raw.decode("utf-8-sig"), "pin", kept)
        write_atomic(file, (mark + text).encode())
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror or error}; the line is `pin: {kept}`") from error
    except ValueError as error:
        raise UserError(f"{file} takes no PIN: {error}; the line is `pin: {kept}`") from error
    print(f"The PIN's hash stands in {file}.")
    return 0


def _asked_pin() -> str:
    """Ask for a PIN twice, without showing it, and return it. Raises UserError without a terminal or a valid PIN."""
    if not sys.stdin.isatty():
        raise UserError("--set-pin needs a terminal, which hides the PIN")
    try:
        pin = getpass.getpass("The staff's PIN, 4 to 12 digits: ")
        if not is_pin(pin):
            raise UserError("a PIN is 4 to 12 digits")
        if getpass.getpass("Once more: ") != pin:
            raise UserError("these were two different PINs: nothing is changed")
    except EOFError:
        raise UserError("nothing is changed") from None
    return pin
