"""Questions to the world outside that an editor waits for: one at a time in each process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.utils.translation import gettext as _

# A process of the server has two threads for readers and editors alike (minusma_site/serve.py). A
# question may hold its thread for as long as a slow site takes, so a second one at the same time
# would leave none to readers: it is turned away at once instead of waiting in the other thread.
# Reading an uploaded file counts as one, as it takes as long. The worker asks in its own process.
TURN = BoundedSemaphore(1)


class Busy(Exception):
    """Somebody else's question is being asked. `str()` of it is a sentence for the editor."""

    def __init__(self) -> None:
        super().__init__(_("Another address is being looked up; try again in a moment."))


@contextmanager
def outside() -> Iterator[None]:
    """The one turn to ask. Raises Busy, at once, where it is taken; never within a transaction."""
    if not TURN.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        TURN.release()
