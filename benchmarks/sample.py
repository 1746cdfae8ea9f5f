"""Seconds until the sample is loaded, and until script/server serves it.

    .venv/bin/python benchmarks/sample.py

These depend on the machine; the bounds are for two idle cores.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

import installation
from django.core.management import call_command
from report import Figure, conclude
from serving import wait_for

from articles.management.commands import load_sample


def main() -> None:
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    article = load_sample.load()
    loading = time.perf_counter() - started
    data = installation.DATA_DIR / "another"
    first, second = (seconds_to_serve(f"/articles/{article.slug}/", data) for _start in range(2))
    conclude(
        [
            Figure("Loading the sample", loading, 10, "s", f"{article.latest} revisions"),
            Figure("First start to the sample's page, packages installed", first, 90, "s"),
            Figure("Second start to the sample's page", second, 5, "s"),
        ]
    )


def seconds_to_serve(page: str, data: Path) -> float:
    """Start script/server on the data directory, ask for the page and end it again."""
    port = installation.free_port()
    environment = os.environ | {"DATA_DIR": str(data), "PORT": str(port)}
    started = time.perf_counter()
    process = subprocess.Popen(
        ["script/server"],
        cwd=installation.ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # so that a signal reaches all that it starts
    )
    try:
        wait_for(port, page, process, within=100)
        return time.perf_counter() - started
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


if __name__ == "__main__":
    main()
