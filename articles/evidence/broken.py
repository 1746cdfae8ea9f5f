"""What is broken among the sources, the heaviest first: by the standing claims that rest on it."""

from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import DenseRank

from articles.evidence.findings import findings
from articles.models import Citation, Claim, LinkState, QuoteCheck, Result, Source, Stance, Watch

BROKEN = [state for state in LinkState if state not in (LinkState.UNKNOWN, LinkState.OK)]
STANDING = Q(citations__claim__section__isnull=False)


def unsupported() -> set[int]:
    """The keys of standing claims that have supporting quotes, all of them sought in vain.

    Two queries, the second over the evidence of sources in which some quote is missing.
    """
    missed = QuoteCheck.objects.filter(result=Result.MISSING).values("snapshot__source_id")
    quoting = _supporting().filter(source__uid__in=missed).values("claim")
    rows = list(
        _supporting().filter(claim__in=quoting).values_list("claim", "source__uid", "quote")
    )
    known = findings(uid for _claim, uid, _quote in rows) if rows else None
    results: dict[int, set[str]] = {}
    for claim, uid, quote in rows:
        results.setdefault(claim, set()).add(known.result(uid, quote))
    return {claim for claim, found in results.items() if found == {"missing"}}


def _supporting() -> QuerySet[Citation]:
    quoting = Citation.objects.filter(stance=Stance.SUPPORTS, claim__section__isnull=False)
    return quoting.exclude(quote="").order_by()


def broken(unsupported: Iterable[int], state: str = "") -> QuerySet[Source]:
    """Sources that are not as they were, and those of `unsupported` claims, with their ``weight``.

    That is the number of standing claims that cite them. ``state`` leaves those in that state.
    """
    vain = _supporting().filter(claim__in=list(unsupported)).values("source")
    rows = Source.objects.select_related("watch")
    if state:
        rows = rows.filter(watch__state=state)
    else:
        rows = rows.filter(Q(watch__state__in=BROKEN) | Q(pk__in=vain))
    weight = Count("citations__claim", filter=STANDING, distinct=True)
    return rows.annotate(weight=weight).order_by("-weight", "title", "pk")


def by_state() -> dict[str, int]:
    """How many sources are in each broken state, those that occur."""
    rows = Watch.objects.filter(state__in=BROKEN).order_by().values("state")
    counted = dict(rows.annotate(n=Count("pk")).values_list("state", "n"))
    return {state: counted[state] for state in BROKEN if state in counted}


def resting(sources: Iterable[Source], most: int) -> dict[int, list[Claim]]:
    """By key of the source, the standing claims that cite it, ``most`` each; two queries."""
    rank = Window(DenseRank(), partition_by=F("source"), order_by="claim")
    rows = (
        Citation.objects.filter(source__in=list(sources), claim__section__isnull=False)
        .order_by()
        .annotate(rank=rank)
        .filter(rank__lte=most)
        .values_list("source", "claim")
    )
    pairs = sorted(set(rows))
    claims = Claim.objects.select_related("article", "section").in_bulk({pk for _s, pk in pairs})
    found: dict[int, list[Claim]] = {}
    for source, claim in pairs:
        found.setdefault(source, []).append(claims[claim])
    return found
