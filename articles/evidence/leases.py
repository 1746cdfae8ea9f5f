"""Who is looking at a source: one process at a time, and none for longer than it lives.

A lease is taken by compare-and-swap and named in every write that follows, so somebody who lost
it, paused for an hour perhaps, writes nothing. It names its holder's process: where that has died
on this machine, others need not wait until the lease runs out.
"""

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.db.models import Q

from articles.models import Watch

# Longer than the longest visit: waiting for the site's turn, fetching, reading. Each batch of
# checks takes it anew.
LENGTH = timedelta(minutes=5)


class LeaseLost(Exception):
    """Somebody else looks at the source by now, or its address was changed: drop what you found."""


def holder() -> str:
    """This process, as others on this machine can tell whether it lives: machine-pid-start."""
    pid = os.getpid()
    return f"{_machine()}-{pid:x}-{_started(pid):x}"


def dead(name: str) -> bool:
    """Whether the process with this `holder` name, or a lease of its, is known to be gone."""
    machine, _, rest = name.partition("-")
    try:
        pid, started = (int(part, 16) for part in rest.split("-")[:2])
    except ValueError:
        return False
    return machine == _machine() and bool(_started(os.getpid())) and _started(pid) != started


def take(uid: str, moment: datetime) -> Watch | None:
    """The watch, leased to the caller; None where somebody else looks at the source."""
    free = Q(leased_until=None) | Q(leased_until__lte=moment)
    held = Watch.objects.filter(pk=uid).exclude(free).values_list("lease", flat=True).first()
    if held is not None and dead(held):
        free |= Q(lease=held)
    token = f"{holder()}-{secrets.token_hex(2)}"
    rows = Watch.objects.filter(free, pk=uid)
    if not rows.update(lease=token, leased_until=moment + LENGTH):
        return None
    return Watch.objects.filter(pk=uid, lease=token).first()


def keep(watch: Watch, moment: datetime) -> None:
    """Begin a write of the lease's holder: the row is locked until the transaction ends.

    Raises LeaseLost.
    """
    mine = Watch.objects.filter(pk=watch.pk, lease=watch.lease)
    if not mine.update(leased_until=moment + LENGTH):
        raise LeaseLost(watch.pk)


def release(watch: Watch) -> None:
    Watch.objects.filter(pk=watch.pk, lease=watch.lease).update(lease="", leased_until=None)


@cache
def _machine() -> str:
    """Eight hexadecimal digits for this boot of this machine, and the container's processes."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()
        processes = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return secrets.token_hex(4)  # nobody can tell: leases run out
    return hashlib.sha256(f"{boot}{processes}{os.uname().nodename}".encode()).hexdigest()[:8]


def _started(pid: int) -> int:
    """When the process began, in the kernel's ticks; 0 where there is none, or a dead one."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return 0
    return 0 if status[0] in "ZX" else int(status[19])
