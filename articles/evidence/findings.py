"""What is known of quotes and their sources, as values for pages: the read side of evidence.

It reads the tables of evidence alone. They name a source by its uid, so the sources' own table,
which holds drafts, is not asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from articles.models import Kind, LinkState, Result, Snapshot, Visit, Watch
from articles.remembering import remembered
from articles.text.canonical import sha256

# The best first, for quotes as for the copies that they were looked for in.
RESULTS = (Result.EXACT, Result.NEAR, Result.MISSING)
KINDS = (Kind.FETCHED, Kind.ARCHIVED, Kind.UPLOADED)
# No page is there to be read, for now or for good.
AWAY = {
    LinkState.NOT_FOUND,
    LinkState.GONE,
    LinkState.BLOCKED,
    LinkState.TLS,
    LinkState.DNS,
    LinkState.UNREACHABLE,
}
# By hand, as each warm page of a source asks it. Tables that only grow have other contents
# wherever they have another count, whoever commits first.
VERSION = """
    SELECT (SELECT COUNT(*) FROM articles_snapshot WHERE source_id = %(uid)s),
           (SELECT COUNT(*) FROM articles_visit WHERE source_id = %(uid)s),
           (SELECT COUNT(*) FROM articles_quotecheck
              JOIN articles_snapshot ON articles_snapshot.id = articles_quotecheck.snapshot_id
             WHERE articles_snapshot.source_id = %(uid)s),
           (SELECT state FROM articles_watch WHERE source_id = %(uid)s),
           (SELECT since FROM articles_watch WHERE source_id = %(uid)s),
           (SELECT snapshot_id FROM articles_watch WHERE source_id = %(uid)s)
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """A stored copy, without what only editors see."""

    uid: str
    kind: str  # fetched, archived, uploaded
    taken_at: datetime
    archived_at: datetime | None  # when an archive took it
    address: str  # as asked for; "" for an upload
    final_address: str
    note: str  # of who uploaded it
    media_type: str
    size: int  # bytes
    pages: int  # 0: it has none
    body: str  # SHA-256 of the bytes

    @property
    def day(self) -> datetime:
        """When the source read as the copy does, as far as is known."""
        return self.archived_at or self.taken_at


# Columns, in the order of the values' fields; the last two of a standing are annotations.
COPY = tuple(Copy.__dataclass_fields__)
CHECK = ("result", "made_at", "matched", "before", "after", "page", "score")
STANDING = ("state", "since", "visited_at", "visited", "led_to")


@dataclass(frozen=True, slots=True)
class Finding:
    """What looking for a quote in a copy gave."""

    result: str  # exact, near, missing
    made_at: datetime
    matched: str  # the words found
    before: str  # … and those around them
    after: str
    page: int | None  # from 1
    score: int  # likeness, of a thousand
    copy: Copy


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a source's address, and the newest copy that is stored."""

    state: str = LinkState.UNKNOWN
    since: datetime | None = None
    visited_at: datetime | None = None
    address: str = ""  # that was visited last: a draft may name another than readers see
    final_address: str = ""  # where that led
    copy: Copy | None = None

    @property
    def away(self) -> bool:
        return self.state in AWAY


@dataclass(frozen=True, slots=True)
class Findings:
    """The best finding for each quote, and the standing of each source with a copy."""

    found: Mapping[tuple[str, str], Finding] = field(default_factory=dict)  # by uid and quote's key
    standings: Mapping[str, Standing] = field(default_factory=dict)  # by uid
    # Where a public archive has a copy of the source that was read, by the source's uid.
    archives: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((frozenset(self.found), frozenset(self.standings)))

    def of(self, source: str, quote: str) -> Finding | None:
        """The best that a current copy of the source gives; None where nobody looked yet."""
        return self.found.get((source, sha256(quote))) if self.found and quote else None

    def result(self, source: str, quote: str) -> str:
        """The finding in a word: exact, near, missing or unchecked."""
        finding = self.of(source, quote)
        return finding.result if finding else "unchecked"

    def standing(self, source: str) -> Standing:
        return self.standings.get(source, Standing())


NOTHING = Findings()


def findings(uids: Iterable[str]) -> Findings:
    """What the sources' current copies say of the quotes looked for in them, in one query.

    Current are the copy that the source's address gives now and all that came from archives or
    editors. A word-for-word finding goes before one with differences, that before none; among
    equals a fetched copy before an archived and an uploaded one, then a newer before an older.
    Where newer rules looked for a quote in a copy, what older ones said of it does not count.
    A source of which no copy is stored costs nothing and has an unknown standing here.
    """
    return _findings(frozenset(uids))


@remembered
def _findings(uids: frozenset[str]) -> Findings:
    if not uids:
        return NOTHING
    found: dict[tuple[str, str], tuple[tuple, Finding]] = {}
    standings: dict[str, Standing] = {}
    archives: dict[str, str] = {}
    for source, standing, key, finding in _newest_rules(_rows(uids)):
        before = standings.get(source)
        if before is None or before.copy.taken_at < standing.copy.taken_at:
            standings[source] = standing
        if standing.copy.kind == Kind.ARCHIVED:
            archives[source] = standing.copy.final_address
        if finding is not None:
            rank = _rank(finding)
            best = found.get((source, key))
            if best is None or rank < best[0]:
                found[source, key] = (rank, finding)
    best_found = {quote: finding for quote, (_rank, finding) in found.items()}
    return Findings(best_found, standings, archives)


@remembered
def standing(uid: str) -> Standing:
    """How it stands with one source's address, also where no copy is stored, in one query."""
    row = (
        Watch.objects.filter(pk=uid)
        .annotate(visited=_visit("address"), led_to=_visit("final_address"))
        .values_list(*STANDING)
        .first()
    )
    return Standing(*row) if row else Standing()


@remembered
def copies(uid: str, most: int) -> list[Copy]:
    """The newest stored copies of a source, ``most`` at the most."""
    rows = Snapshot.objects.filter(source_id=uid).order_by("-pk").values_list(*COPY)
    return [Copy(*row) for row in rows[:most]]


@remembered
def version(uid: str) -> str:
    """What tells two states of a source's evidence apart, for the cache; one query."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"uid": uid})
        return sha256(repr([str(value) for value in cursor.fetchone()]))[:16]


def _rows(uids: Iterable[str]) -> QuerySet[Snapshot, tuple]:
    """Each current copy with each check in it, or with none."""
    watch = Watch.objects.filter(pk=OuterRef("source_id"))
    return (
        Snapshot.objects.filter(source_id__in=uids)
        .annotate(
            shown=Subquery(watch.values("snapshot_id")),
            state=Coalesce(
                Subquery(watch.values("state")), Value(LinkState.UNKNOWN), output_field=CharField()
            ),
            since=Subquery(watch.values("since")),
            visited_at=Subquery(watch.values("visited_at")),
            visited=_visit("address"),
            led_to=_visit("final_address"),
        )
        .filter(~Q(kind=Kind.FETCHED) | Q(pk=F("shown")))
        .order_by("pk", "checks__finder", "checks__pk")
        .values_list(
            *("pk", "source_id", "checks__quote_key", "checks__finder"),
            *(f"checks__{name}" for name in CHECK),
            *STANDING,
            *COPY,
        )
    )


def _visit(column: str) -> Coalesce:
    """A column of the source's newest visit, "" where there was none."""
    visits = Visit.objects.filter(source_id=OuterRef("source_id")).order_by("-pk")
    return Coalesce(Subquery(visits.values(column)[:1]), Value(""), output_field=TextField())


def _newest_rules(
    rows: Iterable[tuple[Any, ...]],
) -> Iterator[tuple[str, Standing, str | None, Finding | None]]:
    """Each row's source, standing, quote's key and finding, of a copy's checks the newest alone."""
    newest: dict[tuple[int, str | None], tuple] = {}
    copies: dict[int, tuple[Copy, Standing]] = {}
    for pk, source, key, _finder, *rest in rows:
        if pk not in copies:
            copy = Copy(*rest[len(CHECK) + len(STANDING) :])
            copies[pk] = copy, Standing(*rest[len(CHECK) :][: len(STANDING)], copy)
        copy, stands = copies[pk]
        finding = Finding(*rest[: len(CHECK)], copy) if key is not None else None
        newest[pk, key] = (source, stands, key, finding)  # rows come with the newest rules last
    yield from newest.values()


def _rank(finding: Finding) -> tuple:
    copy = finding.copy
    return (
        RESULTS.index(finding.result),
        KINDS.index(copy.kind),
        -copy.taken_at.timestamp(),
    )
