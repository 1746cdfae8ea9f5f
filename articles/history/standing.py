"""Which claims stood in which revisions, read without loading the revisions' states."""

from itertools import pairwise

from articles.history import pieces
from articles.history.store import contents
from articles.models import Article, Claim, Revision

AT_ONCE = 200  # revisions


def standing_in(article: Article, first: int, last: int) -> list[tuple[int, dict[str, bool]]]:
    """The claims of revisions ``first`` to ``last`` by number: uid, and whether it has a record.

    Three queries, for however many revisions.
    """
    rows = Revision.objects.filter(article=article, number__range=(first, last)).order_by("number")
    stored = list(rows.values_list("number", "manifest__content"))
    found = pieces.standing([manifest for _number, manifest in stored], contents)
    return list(zip([number for number, _manifest in stored], found, strict=True))


def ended_with(article: Article, first: int, last: int) -> dict[int, int]:
    """How many claims with a record ended with each of the revisions, and have no place now.

    Where there are none, a number is left out.
    """
    ended = {
        number: {uid for uid, recorded in old.items() if recorded and uid not in new}
        for (_number, old), (number, new) in pairwise(standing_in(article, first - 1, last))
    }
    uids = set().union(*ended.values())
    rows = Claim.objects.filter(article=article, uid__in=uids, section=None)
    gone = set(rows.values_list("uid", flat=True))
    return {number: len(uids & gone) for number, uids in ended.items() if uids & gone}


def end_of(claim: Claim) -> int | None:
    """The number of the revision with which a claim lost its place for good; None without one.

    Looks back from the newest revision, since most such claims ended lately.
    """
    last = claim.article.latest
    while last > 0:
        for number, claims in reversed(standing_in(claim.article, last - AT_ONCE + 1, last)):
            if claim.uid in claims:
                return number + 1 if number < claim.article.latest else None
        last -= AT_ONCE
    return None
