"""Where the words come from, with 2,000 revisions behind them, against three.

    .venv/bin/python benchmarks/provenance.py [--revisions 2000]

Readers' page and the admin's, each made anew, from the address to the last byte, in this process.
Milliseconds depend on the machine; the bounds are for two idle cores.
"""

import argparse
import time
from collections.abc import Iterator

import installation
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from measuring import cpu_of, interleaved
from report import Figure, conclude
from writing import plain_article, with_revisions, with_words_of_many

ROUNDS = 20


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--revisions", type=int, default=2_000, help="behind the long history")
    revisions = arguments.parse_args().revisions
    installation.prepare()
    short, long = plain_article("short"), plain_article("long")
    with_revisions(short, 3, all_published=True)
    with_revisions(long, revisions, all_published=True)
    few, many = (plain_article(slug, sections=50) for slug in ("few", "many"))
    with_words_of_many(few, 3)
    with_words_of_many(many, revisions)
    reader, editor = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    editor.force_login(get_user_model().objects.create_superuser("measuring"))
    figures: list[Figure] = []
    for name, (subject, yardstick), ratio in (
        # Only the history is longer: what is shown is the same.
        ("48 sentences, one changed each time", (long, short), 2.0),
        # Each revision changed another word, so the page has that much more to say.
        ("200 sentences, their words by all revisions", (many, few), 5.0),
    ):
        for who, client, page in (
            ("readers", reader, "articles:provenance"),
            ("admin", editor, "admin:articles_article_provenance"),
        ):
            addresses = [
                reverse(page, args=[article.slug if who == "readers" else article.pk])
                for article in (subject, yardstick)
            ]
            figures += measured(f"{who}, {name}", client, *addresses, ratio=ratio)
    conclude(figures)


def opened(client: Client, address: str) -> None:
    cache.clear()
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def milliseconds(client: Client, address: str) -> float:
    before = time.perf_counter()
    opened(client, address)
    return (time.perf_counter() - before) * 1e3


def measured(name: str, client: Client, long: str, short: str, *, ratio: float) -> Iterator[Figure]:
    waited = interleaved(
        lambda: milliseconds(client, long), lambda: milliseconds(client, short), rounds=ROUNDS
    )
    spent = interleaved(
        lambda: cpu_of(lambda: opened(client, long)),
        lambda: cpu_of(lambda: opened(client, short)),
        rounds=ROUNDS,
    )
    with CaptureQueriesContext(connection) as captured:
        opened(client, long)
    yield Figure(name, waited.subject, 300, "ms", f"{len(captured)} queries")
    remark = f"{spent.subject * 1e3:.1f} / {spent.yardstick * 1e3:.1f} ms"
    yield Figure("  CPU against 3 revisions", spent.ratio, ratio, remark=remark)


if __name__ == "__main__":
    main()
