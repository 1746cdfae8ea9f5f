"""What the sample's page weighs compressed, with nothing found of its quotes and with all.

.venv/bin/python benchmarks/weight.py
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import installation
from django.contrib.staticfiles.storage import staticfiles_storage
from report import Figure, conclude

from articles.evidence.findings import Copy, Finding, Findings
from articles.history.state import ArticleState
from articles.history.store import load
from articles.models import PublishedArticle
from articles.reading.article import linked, published_facts
from articles.reading.packing import CODINGS, packed
from articles.reading.page import render_article
from articles.reading.serving import published_row
from articles.text.canonical import sha256

STYLES = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)"')
SCRIPTS = re.compile(r'<script[^>]* src="/static/([^"]+)"')

MOST = 64 * 1024
# Without Brotli and with not one quote of 300 word for word: it has to stay close.
MOST_NEAR = 65 * 1024


def main() -> None:
    installation.prepare()
    row = published_row(PublishedArticle.objects.get().article_id)
    state = load(row.publication.revision)
    facts = published_facts(row, linked(row, state))
    figures: list[Figure] = []
    for result in ("unchecked", "exact", "missing", "near"):
        page = render_article(state, facts, findings(state, result))
        figures += [weighed(page, result, coding) for coding in CODINGS]
    scripts = sum(files(SCRIPTS, page, "gzip"))
    figures.append(Figure("Scripts", scripts, 8 * 1024, "B"))
    conclude(figures)


def weighed(page: str, result: str, coding: str) -> Figure:
    body = len(packed(page.encode(), coding))
    styles = sum(files(STYLES, page, coding))
    name = f"Page and styles, quotes {result}, {coding}"
    most = MOST_NEAR if (result, coding) == ("near", "gzip") else MOST
    return Figure(name, body + styles, most, "B", f"page {body:,}, styles {styles:,}")


def files(links: re.Pattern[str], page: str, coding: str) -> Iterator[int]:
    """Bytes of each of the files that the page links to, packed."""
    for name in links.findall(page):
        yield len(packed(staticfiles_storage.open(name).read(), coding))


def findings(state: ArticleState, result: str) -> Findings:
    """The same finding for each quote; a near one lacks a letter in its middle."""
    if result == "unchecked":
        return Findings()
    return Findings(dict(found(state, result)))


def found(state: ArticleState, result: str) -> Iterator[tuple[tuple[str, str], Finding]]:
    then = datetime(2026, 11, 24, tzinfo=UTC)
    copy = Copy("u" * 12, "fetched", then, None, "", "", "", "text/html", 2048, 0, "0" * 64)
    quoted = {(c.source, c.quote) for claim in state.claims() for c in claim.citations if c.quote}
    for source, quote in sorted(quoted):
        matched = {"exact": quote, "near": lacking(quote), "missing": ""}[result]
        page = 3 if len(quote) % 2 else None
        yield (source, sha256(quote)), Finding(result, then, matched, "", "", page, 950, copy)


def lacking(quote: str) -> str:
    words = quote.split(" ")
    middle = len(words) // 2
    words[middle] = words[middle][:-1] or "x"
    return " ".join(words)


if __name__ == "__main__":
    main()
