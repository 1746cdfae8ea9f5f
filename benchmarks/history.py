"""History page and comparison with thousands of revisions behind them, against three.

.venv/bin/python benchmarks/history.py [--revisions 5000]
"""

import argparse
from collections.abc import Iterator

import installation
from django.urls import reverse
from measuring import cpu_of, interleaved, queries, read
from report import Figure, conclude
from writing import plain_article, with_revisions

ROUNDS = 30


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--revisions", type=int, default=5_000, help="behind the long history")
    revisions = arguments.parse_args().revisions
    installation.prepare()
    for slug, count in (("short", 3), ("long", revisions)):
        with_revisions(plain_article(slug), count, all_published=True)
    # Oldest and newest differ in one sentence of one section, however many there were between.
    conclude(
        [
            *measured("History", address("history", "long"), address("history", "short"), 6),
            *measured(
                "History, its last page",
                f"{address('history', 'long')}?page={-(-revisions // 20)}",
                address("history", "short"),
                6,
            ),
            *measured(
                "Comparison of the first and last",
                address("compare", "long", 1, revisions),
                address("compare", "short", 1, 3),
                10,
            ),
            *measured(
                "Comparison of the last two",
                address("compare", "long", revisions - 1, revisions),
                address("compare", "short", 2, 3),
                10,
            ),
        ]
    )


def address(page: str, *arguments: str | int) -> str:
    return reverse(f"articles:{page}", args=arguments)


def measured(name: str, long: str, short: str, most_queries: int) -> Iterator[Figure]:
    """Both pages made anew each time, in this process."""
    found = interleaved(
        lambda: cpu_of(lambda: read(long, cold=True)),
        lambda: cpu_of(lambda: read(short, cold=True)),
        rounds=ROUNDS,
    )
    yield Figure(f"{name}: queries", queries(long, cold=True), most_queries)
    milliseconds = f"{found.subject * 1e3:.1f} / {found.yardstick * 1e3:.1f} ms"
    yield Figure(f"{name}: CPU against 3 revisions", found.ratio, 2.0, remark=milliseconds)


if __name__ == "__main__":
    main()
