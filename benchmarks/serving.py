"""Applications under the site's own server, and a client that costs little."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import installation

from minusma_site import serve

MIB = 2**20
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its first process and those that it started."""

    port: int
    pids: tuple[int, ...]

    def cpu(self) -> float:
        """Seconds of CPU that it has used."""
        return sum(time.clock_gettime(cpu_clock(pid)) for pid in self.pids)

    def memory(self, kind: str) -> float:
        """MiB of all its processes: "Pss" shares what they share, "Rss" counts it for each."""
        return sum(memory_of(pid, kind) for pid in self.pids) / MIB

    def memory_of_workers(self, kind: str) -> float:
        """The same without the first process, which serves nothing itself."""
        return sum(memory_of(pid, kind) for pid in self.pids[1:]) / MIB


def cpu_clock(pid: int) -> int:
    """The clock of a process's CPU time, as clock_getcpuclockid(3) makes it on Linux.

    It counts nanoseconds, where /proc/PID/stat counts hundredths of a second.
    """
    return (~pid << 3) | 2


def memory_of(pid: int, kind: str) -> int:
    """Bytes, from the kernel's sum over a process's memory."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{kind}:"))


@contextmanager
def served(
    application: str,
    *,
    ready: str,
    workers: int = 1,
    environment: Mapping[str, str] | None = None,
    log: IO[bytes] | None = None,
) -> Iterator[Server]:
    """Serve the WSGI application as script/server does, once ``ready`` answers.

    What the server says goes to ``log``, or to where this command's own words go.
    """
    port = installation.free_port()
    command = serve.command("127.0.0.1", port)
    command[1] = application
    process = subprocess.Popen(
        [*command, "--workers", str(workers)],
        cwd=installation.ROOT,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)} | dict(environment or {}),
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(port, ready, process)
        yield Server(port, (process.pid, *children(process.pid)))
    finally:
        process.terminate()
        process.wait(timeout=60)  # the server itself kills workers that don't end within 30


def wait_for(port: int, path: str, process: subprocess.Popen, *, within: float = 30) -> None:
    """Raises RuntimeError where nothing answers within so many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until and process.poll() is None:
        try:
            with closing(Connection(port)) as connection:
                connection.send(request(path))
                connection.receive()
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"The server does not answer at {path}.")


def children(pid: int) -> tuple[int, ...]:
    return tuple(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def request(path: str, *, encoding: str = "identity") -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n\r\n"
    ).encode()


class Connection:
    """A connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)

    def send(self, asked: bytes) -> None:
        self.socket.sendall(asked)

    def receive(self) -> bytes:
        """The body of the next answer. Raises RuntimeError for any but 200."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        if " 200 " not in f"{status} ":
            raise RuntimeError(f"The server answers {status}.")
        headers = dict(field.lower().split(": ", 1) for field in fields)
        rest = int(headers["content-length"]) - len(body)
        parts = [body]
        while rest > 0:
            parts.append(self._more())
            rest -= len(parts[-1])
        return b"".join(parts)

    def _more(self) -> bytes:
        data = self.socket.recv(1 << 20)
        if not data:
            raise ConnectionError("The server closed the connection.")
        return data

    def close(self) -> None:
        self.socket.close()


class Crowd:
    """Readers who ask at the same time, again and again, over connections that stay open."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connections = [Connection(server.port) for _n in range(CONNECTIONS)]

    def ask(self, asked: bytes, times: int) -> float:
        """Ask so many times each; the CPU that the server spent, in seconds per answer."""
        before = self.server.cpu()
        for _time in range(times):
            for connection in self.connections:
                connection.send(asked)
            for connection in self.connections:
                connection.receive()
        return (self.server.cpu() - before) / (times * len(self.connections))

    def close(self) -> None:
        for connection in self.connections:
            connection.close()
