"""Whether the history holds: hashes computed again, chains followed, nothing lost or added."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from json import loads

from django.db import connection, models
from django.utils.translation import gettext as _

from articles.history import guards
from articles.history.capture import capture, claim_state
from articles.history.chain import publication_hash, revision_hash
from articles.history.moment import at_one_moment
from articles.history.pieces import join
from articles.history.state import ArticleState, ClaimState, VerdictState
from articles.history.store import contents
from articles.models import (
    Article,
    Blob,
    Claim,
    Publication,
    PublishedArticle,
    Revision,
    Verdict,
)
from articles.text.canonical import referred, sha256

# What a damaged row or blob can raise on its way to a value.
DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Finding:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Report:
    findings: list[Finding] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    articles: int = 0
    revisions: int = 0
    blobs: int = 0
    publications: int = 0
    head: str = ""  # hash of the log's last entry: note it elsewhere

    def add(self, where: object, what: str) -> None:
        self.findings.append(Finding(str(where), what))

    def as_json(self) -> dict:
        return asdict(self)


@at_one_moment()
def verify(slug: str = "", *, since: str = "") -> Report:
    """Check one article's history, or all of the site's, also while editors save.

    ``since`` is the hash of a publication, or of the log's head, that somebody noted: the
    log must still hold it. Raises Article.DoesNotExist for an unknown slug.
    """
    report = Report()
    articles = [Article.objects.get(slug=slug)] if slug else Article.objects.order_by("pk")
    hashes: dict[int, str] = {}
    seen: set[str] = set()
    for article in articles:
        report.articles += 1
        hashes |= _article(article, seen, report)
    report.blobs = len(seen)
    if not slug:
        _strays(hashes, seen, report)
    _log(since, report)
    report.warnings += [
        _("The database lacks the trigger %s; migrate makes it again.") % name
        for name in sorted(guards.missing(connection))
    ]
    return report


def readable(rows: models.QuerySet, report: Report) -> Iterator[models.Model]:
    """The rows; one that the database's adapter cannot read is found, and left out."""
    try:
        yield from list(rows)
    except DAMAGE:
        for pk in rows.values_list("pk", flat=True):
            try:
                yield rows.get(pk=pk)
            except DAMAGE as error:
                report.add(f"{rows.model._meta.db_table} {pk}", _("cannot be read: %s") % error)


def _article(article: Article, seen: set[str], report: Report) -> dict[int, str]:
    """Check one article; return its revisions' hashes by primary key."""
    revisions = list(readable(Revision.objects.filter(article=article).order_by("number"), report))
    report.revisions += len(revisions)
    _chain(article, revisions, report)
    stored = _contents(article, {revision.manifest_id for revision in revisions}, seen, report)
    recorded: dict[str, tuple[str, VerdictState]] = {}
    claims: dict[str, ClaimState] = {}
    head = None
    for revision in revisions:
        head = _state(article, revision, stored, report)
        if head:
            claims |= {claim.uid: claim for claim in head.claims()}
            recorded |= {v.uid: (claim.uid, v) for claim in head.claims() for v in claim.verdicts}
    _present(article, head, report)
    _ended(article, claims, report)
    _verdicts(article, recorded, report)
    return {revision.pk: revision.hash for revision in revisions}


def _chain(article: Article, revisions: list[Revision], report: Report) -> None:
    parent = None
    for number, revision in enumerate(revisions, start=1):
        where = _("%(slug)s, revision %(number)d") % {
            "slug": article.slug,
            "number": revision.number,
        }
        if revision.number != number:
            report.add(where, _("revision %d should stand here") % number)
        if revision.parent_id != (parent.pk if parent else None):
            report.add(where, _("its parent is not the revision before it"))
        try:
            expected = revision_hash(
                revision, article=article.uid, parent=parent.hash if parent else ""
            )
        except DAMAGE:
            expected = ""
        if revision.hash != expected:
            report.add(where, _("its hash does not match what it says"))
        parent = revision
    if article.latest != len(revisions):
        report.add(
            article.slug,
            _("it counts %(latest)d revisions, and %(there)d are there")
            % {"latest": article.latest, "there": len(revisions)},
        )


def _contents(
    article: Article, manifests: set[str], seen: set[str], report: Report
) -> dict[str, str]:
    """All blobs under the manifests, level by level, each hashed again."""
    found: dict[str, str] = {}
    names = manifests
    while names:
        read = contents(sorted(names))
        for name in sorted(names - read.keys()):
            report.add(article.slug, _("the stored text %s is missing") % name)
        for name, content in read.items():
            if sha256(content) != name:
                report.add(article.slug, _("the stored text %s does not match its hash") % name)
        found |= read
        seen.update(read)
        deeper: set[str] = set()
        for content in read.values():
            try:
                deeper |= {referred(ref) for ref in references(loads(content))}
            except DAMAGE:
                continue  # named above
        names = deeper - found.keys()
    return found


def references(value: object) -> Iterator[str]:
    """The references that a blob's value holds, see pieces.py."""
    if not isinstance(value, dict):
        return
    if "sections" in value and "article" in value:
        yield from (value["article"], *value["sections"])
    elif "body" in value and "evidence" in value:
        yield from value["body"]
        if value["evidence"]:
            yield value["evidence"]
    elif value.keys() == {"claims", "sources"}:
        yield from (*value["claims"].values(), *value["sources"].values())


def _state(
    article: Article, revision: Revision, stored: dict[str, str], report: Report
) -> ArticleState | None:
    try:
        return join(
            stored[revision.manifest_id], lambda names: {name: stored[name] for name in names}
        )
    except DAMAGE:
        where = f"{article.slug}, {_('revision')} {revision.number}"
        report.add(where, _("what it says cannot be put together"))
        return None


def _present(article: Article, head: ArticleState | None, report: Report) -> None:
    """The live tables say what the newest revision says."""
    if head is None:
        return
    try:
        same = capture(article) == head
    except DAMAGE:
        same = False
    if not same:
        report.add(article.slug, _("what editors see differs from the newest revision"))


def _ended(article: Article, recorded: dict[str, ClaimState], report: Report) -> None:
    """Each claim that lost its place says what it last said: somebody may attach it again."""
    for row in readable(Claim.objects.filter(article=article, section=None), report):
        last = recorded.get(row.uid)
        said = replace(last, start=None, end=None, verdicts=(), citations=()) if last else None
        try:
            same = claim_state(row) == said
        except DAMAGE:
            same = False
        if not same:
            where = _("%(slug)s, claim %(uid)s") % {"slug": article.slug, "uid": row.uid}
            report.add(where, _("it differs from what was recorded"))


def _verdicts(
    article: Article, recorded: dict[str, tuple[str, VerdictState]], report: Report
) -> None:
    """Each verdict ever recorded is there as it was, and no other."""
    there = {
        row.uid: (
            row.claim.uid,
            VerdictState(
                row.uid,
                row.rating,
                row.note,
                row.as_of,
                row.recheck_by,
                row.judged_text,
                row.editor,
                row.judged_at,
                named(row.reaffirms_id, row.reaffirms),
                row.judged_around,
                named(row.dismisses_id, row.dismisses),
                row.seconds,
                row.source_opened,
                row.claimant,
                row.claimed,
            ),
        )
        for row in readable(
            Verdict.objects.filter(claim__article=article).select_related(
                "claim", "reaffirms", "dismisses"
            ),
            report,
        )
    }
    for uid in sorted(recorded.keys() | there.keys()):
        where = _("%(slug)s, verdict %(uid)s") % {"slug": article.slug, "uid": uid}
        if uid not in there:
            report.add(where, _("it is missing"))
        elif uid not in recorded:
            report.add(where, _("no revision recorded it"))
        elif there[uid] != recorded[uid]:
            report.add(where, _("it differs from what was recorded"))


def named(pk: int | None, verdict: Verdict | None) -> str:
    """The uid of a verdict that another names, "" where it names none."""
    if pk is None:
        return ""
    return verdict.uid if verdict else _("a verdict that is not there")


def _strays(hashes: dict[int, str], seen: set[str], report: Report) -> None:
    """Rows that belong to nothing."""
    for pk in sorted(set(Revision.objects.values_list("pk", flat=True)) - hashes.keys()):
        report.add(f"articles_revision {pk}", _("it belongs to no article, or cannot be read"))
    for name in sorted(set(Blob.objects.values_list("pk", flat=True)) - seen):
        report.add(f"articles_blob {name}", _("no revision says this"))


def _log(since: str, report: Report) -> None:
    """The log is whole, and its newest entries are what readers see."""
    previous, newest, read = "", {}, set()
    entries = Publication.objects.order_by("number").select_related("revision", "article")
    found_since = not since
    for number, entry in enumerate(readable(entries, report), start=1):
        where = _("publication %d") % entry.number
        report.publications += 1
        if entry.number != number:
            report.add(where, _("publication %d should stand here") % number)
        try:
            expected = publication_hash(
                entry,
                article=entry.article.uid,
                revision=entry.revision.hash,
                previous=previous,
            )
        except (*DAMAGE, models.ObjectDoesNotExist):
            expected = ""
        if entry.hash != expected:
            report.add(where, _("its hash does not match what it says"))
        if entry.revision.article_id != entry.article_id:
            report.add(where, _("its revision belongs to another article"))
        previous = entry.hash
        newest[entry.article_id] = entry
        read.add(entry.pk)
        found_since = found_since or since == entry.hash
    report.head = previous
    if not found_since:
        report.add(_("publications"), _("the log does not hold the noted hash %s") % since)
    _shown(newest, read, report)


def _shown(newest: dict[int, Publication], read: set[int], report: Report) -> None:
    shown = {row.article_id: row for row in PublishedArticle.objects.all()}
    for pk in sorted({row.publication_id for row in shown.values()} - read):
        report.add(f"articles_publication {pk}", _("it is missing, or cannot be read"))
    for pk in sorted(newest.keys() | shown.keys()):
        row, entry = shown.get(pk), newest.get(pk)
        same = (
            row is not None
            and entry is not None
            and row.publication_id == entry.pk
            and row.hash == entry.revision.hash
            and row.withdrawn == (entry.act == Publication.Act.WITHDRAWN)
            and (row.withdrawn or row.responsible == entry.responsible)
        )
        if not same:
            report.add(
                row.slug if row else f"article {pk}",
                _("what readers see is not what the log says; publish it again"),
            )


def summary(report: Report) -> str:
    return _(
        "%(articles)d article(s), %(revisions)d revision(s), %(blobs)d stored texts and "
        "%(publications)d publication(s) hold. Head of the log: %(head)s"
    ) % {
        "articles": report.articles,
        "revisions": report.revisions,
        "blobs": report.blobs,
        "publications": report.publications,
        "head": report.head or "–",
    }
