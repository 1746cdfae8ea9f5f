"""A thousand saves by eight editors of one article at once, and what the history holds of them.

.venv/bin/python benchmarks/concurrent_saves.py [--database postgresql] [--saves 1000]

Beside the eight, one judges sentences all the while, and another corrects a source, publishes
and brings back an old revision. Exits 1 where a change that was acknowledged is neither in the
text nor was replaced by somebody who had it before them, where an answer is none of 200, 302
and 409, where the server's log says more than nothing, or the history does not verify.
"""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import postgresql


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    arguments.add_argument("--saves", type=int, default=1_000)
    given = arguments.parse_args()
    # The servers are stopped on the way out, also for whoever ends this early.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    with database(given.database) as url:
        os.environ["BENCHMARK_DATABASE_URL"] = url
        # Only now, since these set Django up with that database.
        import crowd

        crowd.run(given.saves)


@contextmanager
def database(name: str) -> Iterator[str]:
    """Its DATABASE_URL."""
    if name == "sqlite":
        yield ""
    else:
        with postgresql.running() as url:
            yield url


if __name__ == "__main__":
    main()
