"""Which sources are due to be looked at: rows that the saving of citations leaves behind.

A row of Watch is the outbox. It is written in the transaction that makes a source due, so either
both are stored or neither; nothing here waits for the network or for the finder.

On PostgreSQL whoever writes evidence locks rows in one order: the source, its watch, then the
published articles by their keys. Editors, who lock articles before sources, come to the watch
after both.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.evidence import checking, leases
from articles.models import Article, PublishedSource, Source, Watch


def ask(uids: Iterable[str], *, afresh: bool = False) -> None:
    """Let these sources be looked at as soon as somebody comes by; within the caller's transaction.

    Quotes that were not looked for yet are. The address is asked for only if it was not within
    RECHECK_DAYS, unless ``afresh``. The worker finds the rows by itself.
    """
    uids = sorted(set(uids))
    if not uids:
        return
    now = timezone.now()
    fields = ["due_at", "fetch_at"] if afresh else ["due_at"]
    Watch.objects.bulk_create(
        [Watch(source_id=uid, due_at=now) for uid in uids],
        update_conflicts=True,
        unique_fields=["source"],
        update_fields=fields,
    )


def enter(uids: Iterable[str]) -> None:
    """Have a row for each source, so that it can be leased; who has one keeps it as it is."""
    Watch.objects.bulk_create(
        [Watch(source_id=uid) for uid in sorted(set(uids))], ignore_conflicts=True
    )


def leave(uids: Iterable[str]) -> None:
    """Let nobody come by for these sources until somebody asks."""
    Watch.objects.filter(pk__in=set(uids)).update(due_at=None)


def start_over(uid: str) -> None:
    """Forget how it stood with the address that a source had, and look at the one it has now.

    A source that nobody watched is left alone: it is looked at once it is cited. Whoever looks at
    the old address loses the lease, so what they find is not recorded as the new one's. Copies and
    checks of the old one stay, but what was found in them is told no more: readers' pages are made
    anew.
    """
    fresh = Watch(source_id=uid, due_at=timezone.now())
    fields = [field.attname for field in Watch._meta.concrete_fields if not field.primary_key]
    if Watch.objects.filter(pk=uid).update(**{name: getattr(fresh, name) for name in fields}):
        checking.touch_citing(uid)


def due(moment: datetime, *, limit: int | None = None) -> list[str]:
    """The sources to look at by now, the longest due first.

    Those whose looker died come last: what killed it may kill the next one as well.
    """
    rows = Watch.objects.filter(due_at__lte=moment).order_by("due_at", "pk")
    waiting = rows.due(moment).values_list("pk", flat=True)[:limit]
    held = rows.filter(leased_until__gt=moment).values_list("pk", "lease")
    return [*waiting, *(pk for pk, lease in held if leases.dead(lease))][:limit]


def cited(article: Article | None = None) -> QuerySet[Source]:
    """The sources that standing claims or published revisions cite, of one article or of all."""
    live = Q(citations__claim__section__isnull=False)
    shown = PublishedSource.objects.filter(citations__isnull=False)
    if article:
        live &= Q(citations__claim__article=article)
        shown = shown.filter(citations__claim__article__article=article)
    return Source.objects.filter(live | Q(uid__in=shown.values("uid"))).distinct()


def stale(uids: Iterable[str], *, days: int, moment: datetime) -> set[str]:
    """Those of the sources that were last visited so many days ago, or never."""
    wanted = set(uids)
    since = moment - timedelta(days=days)
    fresh = Watch.objects.filter(pk__in=wanted, visited_at__gt=since)
    return wanted - set(fresh.values_list("pk", flat=True))


def asked(uids: Iterable[str], *, moment: datetime) -> set[str]:
    """Those of the sources that are due by now, also where only quotes are to be looked for."""
    return set(
        Watch.objects.filter(pk__in=set(uids), due_at__lte=moment).values_list("pk", flat=True)
    )
