"""Two commands beside each other: a server's, and a worker's that is started again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Each writes its number into a file, and ends as asked.
LASTING = "import os,sys,time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
FAILING = "import os,sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); sys.exit(3)"
BRIEF = "import sys,time; time.sleep(0.5); sys.exit(7)"


@pytest.fixture
def beside(tmp_path):
    """Start two programs beside each other; what is left of them goes with the test."""
    started = []

    def start(server, worker):
        programs = [
            [sys.executable, "-S", "-c", program, str(tmp_path / name)]
            for program, name in ((server, "server"), (worker, "worker"))
        ]
        process = subprocess.Popen(
            [sys.executable, "-m", "minusma_site.beside", *programs[0], "--", *programs[1]],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def numbers(path, count=1):
    """The processes that wrote their number, once there are so many."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        found = path.read_text().split() if path.exists() else []
        if len(found) >= count:
            return [int(number) for number in found]
        time.sleep(0.02)
    raise AssertionError(f"{path.name} did not start")


def gone(number, within=5):
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.kill(number, 0)
            if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_whatever_ends_it_leaves_nobody_behind(beside, tmp_path, asked):
    process = beside(LASTING, LASTING)
    both = [numbers(tmp_path / name)[0] for name in ("server", "worker")]

    process.send_signal(asked)
    process.wait(10)

    assert [gone(number) for number in both] == [True, True]


def test_it_ends_with_the_server_and_as_the_server_did(beside, tmp_path):
    process = beside(BRIEF, LASTING)
    (worker,) = numbers(tmp_path / "worker")

    assert process.wait(10) == 7
    assert gone(worker)


def test_a_worker_that_dies_is_started_again_after_a_pause_that_grows(beside, tmp_path):
    process = beside(LASTING, FAILING)

    numbers(tmp_path / "worker", count=2)
    process.terminate()
    process.wait(10)

    said = process.stderr.read().splitlines()
    assert (
        said[:2]
        == [
            "The worker ended (3); again in 1 s.",
            "The worker ended (3); again in 2 s.",
        ][: len(said)]
    )


def test_a_worker_that_is_killed_is_replaced(beside, tmp_path):
    beside(LASTING, LASTING)
    (first,) = numbers(tmp_path / "worker")

    os.kill(first, signal.SIGKILL)

    assert numbers(tmp_path / "worker", count=2)[1] != first
