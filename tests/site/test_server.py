"""The installation as a whole: one command to a running site, in a data directory of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    Path(sys.prefix) != ROOT / ".venv", reason="script/server would install into .venv"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


class RunningSite:
    """script/server and what it said."""

    def __init__(self, room: Path) -> None:
        self.base = f"http://127.0.0.1:{free_port()}"
        inherited = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
        self.environment = inherited | {
            "DATA_DIR": str(room / "data"),
            "HOST": "127.0.0.1",
            "PORT": self.base.rpartition(":")[2],
            "DEBUG": "0",
            "DATABASE_URL": "",
            "CACHE_URL": "",
        }
        self.log = room / "log"

    def start(self, within: float) -> float:
        """Start it; the seconds until it served."""
        began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["script/server"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while time.monotonic() - began < within:
            try:
                if get(f"{self.base}/healthz") == (200, "ok\n"):
                    return time.monotonic() - began
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise AssertionError(f"not serving after {within} s: {self.log.read_text()}")

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("site"))
    site.start(within=120)
    yield site
    site.stop()


def test_the_first_start_tells_the_addresses_and_the_editors_password(site):
    said = site.log.read_text()

    assert re.search(r"^Password, shown this once: \S{16}$", said, re.MULTILINE)
    assert f"Readers: {site.base}/\nEditors: {site.base}/admin/\n" in said


def test_readers_meet_the_sample_with_its_hashed_style_sheet(site):
    status, page = get(f"{site.base}/")
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)

    assert status == 200
    assert re.search(r'href="/articles/[a-z0-9-]+/"', page)
    assert get(site.base + style[1])[0] == 200


def test_an_unknown_address_answers_with_a_page_and_no_traceback(site):
    status, page = get(f"{site.base}/no-such-page/")

    assert status == 404
    assert "<html" in page
    assert "Traceback" not in page


def test_setting_up_again_while_it_runs_changes_nothing(site):
    again = subprocess.run(
        ["script/setup"], cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True
    )

    assert "Password" not in again.stdout
    assert get(f"{site.base}/healthz") == (200, "ok\n")


def test_a_second_start_takes_seconds_and_a_signal_ends_all_of_it(site):
    site.stop()

    seconds = site.start(within=60)
    said = site.log.read_text()
    site.stop()

    assert seconds < 30  # about 1.5 on two idle cores; the first one takes minutes
    assert "Password" not in said
    with pytest.raises(OSError, match="refused"):
        get(f"{site.base}/healthz")
