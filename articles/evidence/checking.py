"""Looking for the quotes of a source in its copies, and recording what that gave."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from articles.evidence import files, leases
from articles.evidence.seals import seal
from articles.models import (
    Citation,
    Kind,
    PublishedArticle,
    PublishedCitation,
    PublishedSource,
    QuoteCheck,
    Result,
    Snapshot,
    Source,
    Watch,
)
from articles.text.canonical import sha256
from articles.text.quotes import FINDER, Prepared, surroundings

AROUND = 500  # code points of the words around, at most (models/quote_check.py)


def check(uid: str, *, lease: Watch | None = None, now: datetime | None = None) -> list[QuoteCheck]:
    """Look for each quote of the source in each current copy, unless the present rules did.

    Returns what was recorded now. Where that is something, the pages of all articles that cite
    the source grow a version, in the same transaction; each copy has one. Nothing is locked while
    texts are read and searched. ``lease`` is the watch of whoever holds one: raises LeaseLost
    where it does so no longer.
    """
    quotes = quotes_of(uid)
    recorded = []
    for copy in current_copies(uid):
        wanted = unchecked(copy, quotes)
        if not wanted:
            continue
        try:
            text = files.text_of(copy)
        except files.Lost:
            continue  # verify_history tells
        rows = list(looked_for(wanted, copy, text, now or timezone.now()))
        with writing(uid, lease, now):
            fresh = unchecked(copy, wanted)
            new = [row for row in rows if row.quote in fresh]
            QuoteCheck.objects.bulk_create(new, ignore_conflicts=True)
            if new:
                touch_citing(uid)
        recorded += QuoteCheck.objects.filter(hash__in=[row.hash for row in new]).order_by("pk")
    return recorded


def quotes_of(uid: str) -> list[str]:
    """The words that standing claims or published ones quote from the source."""
    live = Citation.objects.filter(source__uid=uid, claim__section__isnull=False)
    shown = PublishedCitation.objects.filter(source__uid=uid)
    rows = (rows.order_by().values_list("quote", flat=True) for rows in (live, shown))
    return sorted({quote for found in rows for quote in found if quote.strip()})


def current_copies(uid: str) -> QuerySet[Snapshot]:
    """Those with a text: the newest from the address, and all from archives and editors."""
    newest = Watch.objects.filter(pk=uid).values("snapshot")
    return (
        Snapshot.objects.filter(source_id=uid)
        .filter(Q(pk__in=newest) | Q(kind__in=[Kind.ARCHIVED, Kind.UPLOADED]))
        .exclude(text="")
        .order_by("pk")
    )


def results(uids: Iterable[str]) -> Counter[str]:
    """How many quotes of these sources have which result, in the copy that has most of them.

    "unchecked" are those that no current copy was searched for.
    """
    order = [Result.EXACT, Result.NEAR, Result.MISSING, "unchecked"]
    counted: Counter[str] = Counter()
    for uid in uids:
        quotes = quotes_of(uid)
        if not quotes:
            continue
        checks = QuoteCheck.objects.filter(snapshot__in=current_copies(uid), finder=FINDER)
        best: dict[str, str] = {}
        for key, result in checks.order_by().values_list("quote_key", "result"):
            best[key] = min(best.get(key, "unchecked"), result, key=order.index)
        counted.update(str(best.get(sha256(quote), "unchecked")) for quote in quotes)
    return counted


def unchecked(copy: Snapshot, quotes: Iterable[str]) -> set[str]:
    """Those of the quotes that the present rules did not look for in the copy yet."""
    done = QuoteCheck.objects.filter(snapshot=copy, finder=FINDER)
    keys = set(done.values_list("quote_key", flat=True))
    return {quote for quote in quotes if sha256(quote) not in keys}


def looked_for(
    quotes: Iterable[str], copy: Snapshot, text: str, at: datetime
) -> Iterator[QuoteCheck]:
    """Rows with the findings, not stored yet."""
    prepared = Prepared(text)
    for quote in sorted(quotes):
        found = prepared.find(quote)
        row = QuoteCheck(
            snapshot=copy,
            quote=quote,
            quote_key=sha256(quote),
            finder=FINDER,
            result=found.result,
            score=round(found.score * 1000),
            made_at=at,
        )
        if found.result != Result.MISSING:
            before, after = surroundings(text, found.start, found.end)
            row.start, row.end, row.matched = found.start, found.end, found.matched
            row.before, row.after = before[-AROUND:], after[:AROUND]
            row.page = text.count("\f", 0, found.start) + 1 if copy.pages else None
        row.hash = seal(row)
        # The database's constraints see to the rest; asking it for each row would take two queries.
        row.full_clean(validate_unique=False, validate_constraints=False, exclude=["snapshot"])
        yield row


@contextmanager
def writing(uid: str, lease: Watch | None, now: datetime | None = None) -> Iterator[None]:
    """A transaction that writes evidence of the source, in the order of locks (watching.py)."""
    with transaction.atomic():
        list(Source.objects.select_for_update(no_key=True).filter(uid=uid).values("pk"))
        if lease:
            leases.keep(lease, now or timezone.now())
        yield


def touch_citing(uid: str) -> None:
    """Make the pages anew that cite the source or once did."""
    citing = PublishedSource.articles.through.objects.filter(publishedsource__uid=uid)
    rows = PublishedArticle.objects.filter(pk__in=citing.values("publishedarticle"))
    list(rows.order_by("pk").select_for_update().values("pk"))
    rows.update(version=F("version") + 1)
