"""`relay`: run the server through which phones on other networks reach a class. Also print systemd units for it."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from string import Template

from game.commands.support.common import install_hint, number_parser, parse_address, parse_port
from game.commands.support.user_error import UserError, as_user_error
from game.core.addresses import RELAY_PORT
from game.kiosk.supervisor.systemd_unit import unit_line
from game.relay.limits import RelayLimits
from game.resources import assets_folder

SERVICE = "weight-of-grain-relay"
UNIT = Path(f"/etc/systemd/system/{SERVICE}@.service")
TOKENS = Path("/etc/weight-of-grain/relay-tokens")
_HOMES, _TEMPORARY = ("/home", "/root", "/run/user"), ("/tmp", "/var/tmp")
_HIDDEN = (*_HOMES, *_TEMPORARY)  # folders that systemd hides from a service (ProtectHome, PrivateTmp)
_PLACE = """\
# BEWARE: this installation lies below {}, where a service's own user can most often read nothing. The unit
# below leaves that folder visible; if its log says "Permission denied", install to /opt as README.md does (Running a
# relay), and print this again with the program there.
"""
_MEMORY = 300  # MB: two processes with 3,000 phones in 100 classes, and some more


def service_text(template: str, program: Sequence[str], data: Path, user: str, port: int, name: str) -> str:
    """Return the text that tells an operator what to save and what to type. Raises ValueError if `program`, `user`
    or `name` contains a control character.

    Args:
        template: the text, with placeholders for these arguments.
        program: the words that run the game, such as `/usr/bin/python3 -m game`.
        data: the folder of the program's own files.
        user: the user who runs it.
        port: the port of the first process. The second process takes the next port.
        name: the public name of the machine.
    """
    options = ("--store", "valkey://127.0.0.1:6379", "--tokens", str(TOKENS))
    command = f"{unit_line((*program, 'relay'))} --port %i {unit_line(options)}"
    if not all(word.isprintable() for word in (*program, user, name)):
        raise ValueError("a path contains a control character")
    hidden = [place for place in _HIDDEN if any(Path(path).is_relative_to(place) for path in (program[0], data))]
    return Template(template).substitute(
        place=_PLACE.format(hidden[0]) if hidden else "",
        home="read-only" if set(hidden) & set(_HOMES) else "yes", tmp="no" if set(hidden) & set(_TEMPORARY) else "yes",
        program=shlex.join(program), command=command, user=user, name=name, unit=UNIT, service=SERVICE,
        tokens=TOKENS, first=port, second=port + 1, memory=_MEMORY,
    )  # fmt: skip


MORE = """\
`class --relay URL` connects to it, and pupils' phones open its address with the code on the wall. Only the
teacher's computer decides, counts and saves: the relay keeps nothing, and logs no address.
Run it behind a proxy that speaks HTTPS. Several processes that share a Valkey can be updated one after the other.
SIGTERM moves its rooms to another process before it ends.
"""
NAME = "grain.example.org"
USUAL = RelayLimits()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description} {MORE}"
    parser.add_argument(
        "--port", type=parse_port, default=RELAY_PORT, metavar="P", help=f"where it listens ({RELAY_PORT})"
    )
    parser.add_argument(
        "--bind", type=parse_address, default="127.0.0.1", metavar="IP",
        help="the address it listens at (127.0.0.1: only a proxy on this machine reaches it; 0.0.0.0: everybody)",
    )  # fmt: skip
    parser.add_argument(
        "--store", default="", metavar="URL", help="the store that several processes share, as valkey://127.0.0.1:6379"
    )
    parser.add_argument(
        "--tokens",
        type=Path,
        metavar="FILE",
        help="tokens of those who may open rooms, one a line (default: everybody)",
    )
    parser.add_argument(
        "--proxy", type=parse_address, action="append", default=[], metavar="IP",
        help="a trusted proxy on another machine, which sends X-Forwarded-For; may be given again",
    )  # fmt: skip
    parser.add_argument(
        "--phones-per-address", metavar="N", type=number_parser(1, 20_000, "a number of phones", "1 to 20000"),
        default=USUAL.phones_per_address,
        help="how many phones of one address have a place in a room "
        f"({USUAL.phones_per_address}; a school often has one address)",
    )  # fmt: skip
    parser.add_argument("--print-service", action="store_true", help="print units and settings to run it as a service")
    parser.add_argument(
        "--name", default=NAME, metavar="NAME", help=f"the machine's public name in the printed settings ({NAME})"
    )


def run(options: argparse.Namespace) -> int:
    if options.print_service:
        return _print_service(options)
    try:
        from game.relay import server  # imported late: the optional dependency `relay` may not be installed
        from game.relay.broker import StoreLost
        from game.relay.tokens import BadTokens
        from game.relay.valkey_broker import BadStore, check_address
    except ModuleNotFoundError as missing:
        raise UserError(f"a relay needs the package {missing.name}; {install_hint('relay')}") from None
    try:
        chosen = server.RelayOptions(
            assets_folder() / "web", options.port, options.bind, options.store and check_address(options.store),
            options.tokens, tuple(options.proxy), _limits(options.phones_per_address),
        )  # fmt: skip
        server.run_until_stopped(chosen, lambda port: _print_started(options, port))
    except (BadStore, BadTokens) as error:
        raise UserError(str(error)) from error
    except StoreLost as error:
        raise UserError(f"the store at {options.store} cannot be reached: is it running? ({error})") from error
    except OSError as error:
        raise UserError(f"port {options.port} cannot be listened on: {error.strerror}; try another --port") from error
    return 0


def _limits(phones_per_address: int) -> RelayLimits:
    most = max(USUAL.phones_per_room, phones_per_address)
    return replace(USUAL, phones_per_address=phones_per_address, phones_per_room=most)


def _print_started(options: argparse.Namespace, port: int) -> None:
    alone = "" if options.store else ", alone: with --store several processes share the rooms"
    rooms = "rooms for those with a token" if options.tokens else "rooms for everybody"
    print(f"The relay listens at http://{options.bind}:{port}, {rooms}{alone}.", flush=True)


def _print_service(options: argparse.Namespace) -> int:
    template = (assets_folder() / "relay" / "service.txt").read_text("utf-8")
    program = (sys.executable, "-m", "game")
    with as_user_error(ValueError):
        print(service_text(template, program, assets_folder(), "grain-relay", options.port, options.name), end="")
    return 0
