"""Several people who do something at the same moment, each with a database connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep
from typing import Any

from django.db import connection, transaction


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do them all, begun together; what each returned or raised, in order."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait(timeout=10)
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(begin, acts))


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Begin the second act when the first is done but not yet committed; what came of both.

    The second waits somewhere, or reads what was before; a little later the first is committed.
    """
    done = Event()

    def hold() -> Any:
        try:
            with transaction.atomic():
                found = first()
                done.set()
                sleep(0.4)  # seconds: the other has come to where it waits
                return found
        finally:
            done.set()

    def follow() -> Any:
        done.wait(timeout=10)
        return second()

    held, followed = at_once(hold, follow)
    return held, followed
