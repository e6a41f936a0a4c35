"""Raw bytes against a class and a relay, by hand: `... raw_bytes [--inputs 50000] [--seed 1] [--rounds 20]`.

A phone in the room and one at the relay vote all the time, and a teacher closes, shows and opens votes. It ends with
an error where one of them is held up, an acknowledged vote is lost, a process ends or is not well, or a log has a
traceback or names a client. The seed makes the inputs; the order in which they arrive is the machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.relay.fuzzed_class import check, fuzz, processes


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with TemporaryDirectory() as folder, processes(Path(folder)) as made:
        began = time.monotonic()
        phones = asyncio.run(fuzz(made, options.seed, options.inputs, options.rounds))
        check(made, phones)
        votes = sum(len(phone.acknowledged) for phone in phones)
        print(f"{options.inputs} inputs in {time.monotonic() - began:.0f} s, {votes} honest votes, none lost")


if __name__ == "__main__":
    main()
