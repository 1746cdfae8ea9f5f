"""Run two commands until the first ends: ``python -m minusma_site.beside SERVER … -- WORKER …``.

The worker is started again where it dies. SIGTERM and SIGINT are passed on to both; if this process
is killed, the kernel ends both. It imports nothing of the site, as it stays in memory with them.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

SECONDS_TO_STOP = 10  # for a worker in the midst of something: it may be killed at any moment
STEADY = 60  # a worker that ran for so many seconds is started again at once
LONGEST_PAUSE = 60  # seconds between two starts of one that dies each time
HEARD = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT}
PR_SET_PDEATHSIG = 1  # Linux, prctl(2)

libc = ctypes.CDLL(None)


def start(command: list[str]) -> subprocess.Popen:
    """Start the command, to be ended by the kernel when this process is gone.

    In a process group of its own: a Ctrl+C reaches it once, from here.
    """
    parent = os.getpid()

    def before() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if sys.platform == "linux":
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # gone before the kernel was told
                os._exit(1)

    # This process has one thread, so that nothing can hold a lock in the child.
    return subprocess.Popen(command, preexec_fn=before, process_group=0)  # noqa: S603


class Beside:
    """The worker, and when it is to be started again."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.pause = 0.5  # doubled before it is used
        self.start()

    def start(self) -> None:
        self.process = start(self.command)
        self.started_at, self.due_at = time.monotonic(), None

    def tend(self) -> None:
        """Start the worker again if it died a while ago, at first soon, then less and less so."""
        now = time.monotonic()
        if self.process.poll() is not None and self.due_at is None:
            self.pause = 1 if now - self.started_at > STEADY else min(self.pause * 2, LONGEST_PAUSE)
            self.due_at = now + self.pause
            print(  # noqa: T201  (for who started it)
                f"The worker ended ({self.process.returncode}); again in {self.pause:.0f} s.",
                file=sys.stderr,
                flush=True,
            )
        if self.due_at is not None and now >= self.due_at:
            self.start()

    def end(self) -> None:
        """Ask it to end, and see to it."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run(server: list[str], worker: list[str]) -> int:
    """Run both until the server ends; its exit status."""
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    web, beside = start(server), Beside(worker)
    stopping = False
    while web.poll() is None:
        wait = 3600.0 if beside.due_at is None else max(0.0, beside.due_at - time.monotonic())
        heard = signal.sigtimedwait(HEARD, wait)
        if heard and heard.si_signo != signal.SIGCHLD:
            stopping = True
            for process in (web, beside.process):
                if process.poll() is None:
                    process.send_signal(heard.si_signo)
        elif not stopping:
            beside.tend()
    beside.end()
    return web.returncode if web.returncode >= 0 else 128 - web.returncode


def main() -> None:
    divider = sys.argv.index("--")
    sys.exit(run(sys.argv[1:divider], sys.argv[divider + 1 :]))


if __name__ == "__main__":
    main()
