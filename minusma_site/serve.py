"""Serve the site, with a worker beside the web server: ``python -m minusma_site.serve``."""

import os
import sys
from pathlib import Path

from minusma_site import settings

WORKERS = 2
# A second thread costs a warm page 8 % more CPU; without it, readers who meet a worker that saves
# a large article wait until it is done. Each thread holds a database connection.
THREADS = 2
# Running requests may finish. A worker that is still starting misses its SIGTERM, and granian
# would wait for it without end.
SECONDS_TO_STOP = 10


def command(host: str, port: int) -> list[str]:
    """The server's command line."""
    return [
        str(Path(sys.executable).with_name("granian")),
        "minusma_site.wsgi:application",
        *("--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(SECONDS_TO_STOP)),
        *("--log-level", "warning"),
    ]


def worker() -> list[str]:
    """The worker's command line."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "db_worker", "--no-reload"]


def main() -> None:
    print(f"Readers: {settings.SITE_URL}/", flush=True)  # noqa: T201  (for who started it)
    print(f"Editors: {settings.SITE_URL}/admin/", flush=True)  # noqa: T201
    arguments = command(settings.HOST, settings.PORT)
    if settings.WORKER:
        both = [*arguments, "--", *worker()]
        arguments = [sys.executable, "-m", "minusma_site.beside", *both]
    os.execv(arguments[0], arguments)  # noqa: S606  (no shell is wanted)


if __name__ == "__main__":
    main()
