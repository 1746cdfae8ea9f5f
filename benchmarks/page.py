"""The published article: CPU of a warm page, queries, 304, memory of the workers.

.venv/bin/python benchmarks/page.py [--revisions 5000]
"""

import argparse
import gzip
import re
from collections.abc import Iterator
from contextlib import closing

import installation
from django.urls import reverse
from measuring import Comparison, interleaved, queries, read
from report import Figure, conclude
from serving import Connection, Crowd, Server, request, served
from writing import plain_article, with_revisions

from articles.models import PublishedArticle

ROUNDS, TIMES = 15, 60  # each of the times asks over all connections


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--revisions", type=int, default=5_000, help="behind the long history")
    revisions = arguments.parse_args().revisions
    installation.prepare()
    sample = address(PublishedArticle.objects.get().slug)
    figures = [*cpu(sample), *memory(sample), *counts(sample, revisions)]
    conclude(figures)


def address(slug: str) -> str:
    return reverse("articles:article", args=[slug])


def cpu(page: str) -> Iterator[Figure]:
    """The sample's page against a bare view that returns the same bytes, one worker each."""
    plain = read(page).content
    packed = read(page, accept_encoding="gzip").content
    if gzip.decompress(packed) != plain:
        raise RuntimeError("The packed page is not the plain one.")
    files = {"PLAIN": installation.DATA_DIR / "plain", "PACKED": installation.DATA_DIR / "packed"}
    files["PLAIN"].write_bytes(plain)
    files["PACKED"].write_bytes(packed)
    environment = {name: str(file) for name, file in files.items()}
    with (
        served("minusma_site.wsgi:application", ready="/") as site,
        served("bare_site:application", ready="/plain/", environment=environment) as bare,
        closing(Crowd(site)) as readers,
        closing(Crowd(bare)) as others,
    ):
        for encoding, bare_page, body in (
            ("identity", "/plain/", plain),
            ("gzip", "/packed/", packed),
        ):
            same_bytes(site, bare, page, bare_page, encoding)
            asked = request(page, encoding=encoding)
            bare_asked = request(bare_page, encoding=encoding)
            found = interleaved(
                lambda asked=asked: readers.ask(asked, TIMES),
                lambda asked=bare_asked: others.ask(asked, TIMES),
                rounds=ROUNDS,
            )
            yield Figure(
                f"CPU of a warm page / of a bare view, {encoding}",
                found.ratio,
                2.0,
                remark=f"{microseconds(found)}, {len(body):,} bytes; aim 1.5",
            )


def same_bytes(site: Server, bare: Server, page: str, bare_page: str, encoding: str) -> None:
    with closing(Connection(site.port)) as one, closing(Connection(bare.port)) as other:
        one.send(request(page, encoding=encoding))
        other.send(request(bare_page, encoding=encoding))
        if one.receive() != other.receive():
            raise RuntimeError("The bare view returns other bytes than the page.")


def microseconds(found: Comparison) -> str:
    return f"{found.subject * 1e6:.0f} / {found.yardstick * 1e6:.0f} µs"


def memory(page: str) -> Iterator[Figure]:
    """Two workers together after each address that the article's page names, several times."""
    html = read(page).content.decode()
    paths = ["/", page, *dict.fromkeys(re.findall(r'href="(/(?!static|admin)[^"#]*)', html))]
    with served("minusma_site.wsgi:application", ready="/", workers=2) as site:
        answers = 0
        while answers < 400:
            # Connections are dealt out to the workers, so new ones reach both of them.
            for encoding in ("identity", "gzip"):
                with closing(Connection(site.port)) as reader:
                    for path in paths:
                        reader.send(request(path, encoding=encoding))
                        reader.receive()
                        answers += 1
        remark = f"after {answers} answers from {len(paths)} addresses"
        yield Figure("Memory of two workers and their parent, PSS", site.memory("Pss"), 200, "MiB")
        alone = site.memory_of_workers("Rss")
        yield Figure("The two workers alone, RSS", alone, 200, "MiB", remark)


def counts(sample: str, revisions: int) -> Iterator[Figure]:
    """Queries, the same whatever the article's size and past."""
    small, large, old = (
        plain_article("small"),
        plain_article("large", sections=300),
        plain_article("old"),
    )
    for article, behind in ((small, 1), (large, 1), (old, revisions)):
        with_revisions(article, behind)
    for name, page in (
        ("the sample", sample),
        ("12 sections, 1 revision", address("small")),
        ("300 sections, 1 revision", address("large")),
        (f"12 sections, {revisions:,} revisions", address("old")),
    ):
        yield Figure(f"Queries of a cold page, {name}", queries(page, cold=True), 6)
        yield Figure(f"Queries of a warm page, {name}", queries(page), 1)
    # Had it been rendered, the empty cache would have cost more queries.
    etag = read(sample, cold=True).headers["ETag"]
    known = queries(sample, cold=True, if_none_match=etag)
    if read(sample, cold=True, if_none_match=etag).status_code != 304:
        raise RuntimeError("A page that the reader has is sent again.")
    yield Figure("Queries of a 304 while the cache is empty", known, 1)


if __name__ == "__main__":
    main()
