"""Two things compared in one run: A B A B …, so that what else the machine does meets both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True, slots=True)
class Comparison:
    """Medians of what each took, in the unit in which it was measured."""

    subject: float
    yardstick: float

    @property
    def ratio(self) -> float:
        return self.subject / self.yardstick


def interleaved(
    subject: Callable[[], float], yardstick: Callable[[], float], *, rounds: int, warm_up: int = 2
) -> Comparison:
    """Measure both in turn; each callable does its work once and returns what it took."""
    pairs = [(subject(), yardstick()) for _round in range(warm_up + rounds)][warm_up:]
    return Comparison(*(median(values) for values in zip(*pairs, strict=True)))


def cpu_of(work: Callable[[], object]) -> float:
    """Seconds of CPU that this thread spent on the work."""
    before = time.thread_time()
    work()
    return time.thread_time() - before


# In this process. Nothing but the address is given, so that the host is one that settings allow.
reader = Client(SERVER_NAME="127.0.0.1")


def read(address: str, *, cold: bool = False, **headers: str) -> HttpResponse:
    """What a reader is answered, who must not get an error. ``cold`` empties the cache before."""
    if cold:
        cache.clear()
    response = reader.get(address, headers=headers)
    if response.status_code not in (200, 304):
        raise RuntimeError(f"{address} answers {response.status_code}")
    return response


def queries(address: str, *, cold: bool = False, **headers: str) -> int:
    """How many queries an answer takes."""
    if cold:
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        read(address, **headers)
    return len(captured)
