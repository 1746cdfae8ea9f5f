"""How much a fetch may take, and what ends it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Timer
from time import monotonic
from typing import Self


@dataclass(frozen=True)
class Bounds:
    """Of one fetch, with all its redirects."""

    seconds: float = 20  # on the network
    size: int = 20_000_000  # bytes of a body, unpacked
    headers: int = 65_536  # characters of an answer's headers
    redirects: int = 10
    wait: float = 15  # seconds for hosts' turns, beside those on the network
    robots_seconds: float = 5  # of those on the network
    robots_size: int = 500_000  # bytes of a robots.txt that are read


BOUNDS = Bounds()


class Deadline:
    """A moment at which connections are cut, whatever they are doing.

    A socket's timeout bounds the wait for the next byte only: a server that drips one now and
    then is never late. So a timer shuts the connection down; the thread that waits in it for a
    handshake, a header or the body then meets its end at once. The shutdown goes through a second
    descriptor of the same connection, since TLS takes the first one over.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = seconds <= 0
        self._end = monotonic() + seconds
        self._lines: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(max(seconds, 0), self._cut)
        self._timer.daemon = True

    @property
    def left(self) -> float:
        """Seconds until then; never quite 0, which sockets take for "do not wait"."""
        return max(self._end - monotonic(), 0.001)

    def hold(self, line: socket.socket) -> None:
        """Cut this connection too."""
        with self._lock:
            self._lines.append(line.dup())
            if self.passed:
                _shut(self._lines[-1])

    def _cut(self) -> None:
        with self._lock:
            self.passed = True
            for line in self._lines:
                _shut(line)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines.clear()


def _shut(line: socket.socket) -> None:
    with suppress(OSError):  # the other side was first
        line.shutdown(socket.SHUT_RDWR)


class Allowance:
    """The seconds that a fetch has left: on the network, and for waiting."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.wait = bounds.wait
        self._left = bounds.seconds

    @contextmanager
    def deadline(self) -> Iterator[Deadline]:
        """The end of what is left; time spent in here is used up."""
        began = monotonic()
        try:
            with Deadline(self._left) as deadline:
                yield deadline
        finally:
            self._left -= monotonic() - began

    @contextmanager
    def share(self, seconds: float) -> Iterator[Self]:
        """A part of it, for something on the side."""
        part = type(self)(self.bounds)
        part._left = given = min(seconds, self._left)
        try:
            yield part
        finally:
            self._left -= given - part._left
