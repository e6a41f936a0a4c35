"""A real Valkey on loopback, without a disk."""

from __future__ import annotations

import shutil
import subprocess

from tests.ports import free_port


class ValkeyServer:
    """A `valkey-server` process on its own port; a context manager.

    Args:
        host: the address to listen on.
        command: put before the program, such as `ip netns exec NAME`.
    """

    def __init__(self, host: str = "127.0.0.1", command: tuple[str, ...] = ()) -> None:
        self._host, self._command = host, command
        self.port = 6379 if command else free_port()
        self.url = f"valkey://{host}:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("valkey-server")
        assert program is not None, "valkey-server is not installed"
        self.process = subprocess.Popen(
            [*self._command, program, "--bind", self._host, "--port", str(self.port), "--save", "",
             "--appendonly", "no", "--protected-mode", "no", "--dir", "/tmp"],
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if b"Ready to accept connections" in line:
                return
        raise AssertionError("valkey-server did not start")

    def stop(self) -> None:
        """Kill it, like a power cut."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def __enter__(self) -> ValkeyServer:
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()
