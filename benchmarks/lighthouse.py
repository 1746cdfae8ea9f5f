"""Lighthouse, mobile, on the sample's page from the site's own server. Needs npm and Chromium.

.venv/bin/python benchmarks/lighthouse.py [--runs 3]
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import installation
from node import need, tool
from report import Figure, conclude
from serving import Connection, request, served

from articles.models import PublishedArticle

FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
METRICS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=3, help="of which the best one counts")
    runs = arguments.parse_args().runs
    lighthouse = str(tool("lighthouse", "cli/index.js"))
    chromium = need("chromium", "chromium-browser")
    installation.prepare()
    page = f"/articles/{PublishedArticle.objects.get().slug}/"
    with served("minusma_site.wsgi:application", ready="/") as site:
        with closing(Connection(site.port)) as reader:  # the page is in the cache then
            reader.send(request(page, encoding="gzip"))
            reader.receive()
        address = f"http://127.0.0.1:{site.port}{page}"
        found = [run(lighthouse, chromium, address) for _run in range(runs)]
    # Other work on the machine only ever makes a run slower.
    conclude(list(figures(max(found, key=lambda d: d["categories"]["performance"]["score"]))))


def run(lighthouse: str, chromium: str, address: str) -> dict[str, Any]:
    said = subprocess.run(
        [need("node"), lighthouse, address, "--quiet", f"--chrome-flags={FLAGS}", "--output=json"],
        env=os.environ | {"CHROME_PATH": chromium},
        capture_output=True,
    )
    if said.returncode:
        sys.exit(f"Lighthouse failed: {said.stderr.decode()[-2_000:]}")
    return json.loads(said.stdout)


def figures(found: dict[str, Any]) -> Iterator[Figure]:
    """What each category lacks of a hundred."""
    timed = ", ".join(f"{name} {found['audits'][name]['displayValue']}" for name in METRICS)
    for name, category in found["categories"].items():
        score = round(category["score"] * 100)
        remark = f"{score} of 100" + (f"; {timed}" if name == "performance" else "")
        yield Figure(f"Lighthouse, {category['title']}: lacks", 100 - score, 0, remark=remark)


if __name__ == "__main__":
    main()
