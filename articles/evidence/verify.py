"""Whether what was found outside stands as it was recorded: seals computed again, files looked for.

Each row is under a hash of its own. There is no chain, as there is none in the world that they
tell of: that a row was taken out whole shows only where another names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from articles.evidence import files
from articles.evidence.seals import seal
from articles.models import QuoteCheck, Snapshot, Visit

# What a damaged row can raise on its way to a value.
DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, models.ObjectDoesNotExist)
AT_ONCE = 500


@dataclass(slots=True)
class Report:
    findings: list[tuple[str, str]] = field(default_factory=list)  # where, what
    snapshots: int = 0
    visits: int = 0
    checks: int = 0

    def add(self, where: str, what: str) -> None:
        self.findings.append((where, what))


def verify(sources: models.QuerySet | None = None, *, with_files: bool = False) -> Report:
    """Check the evidence of these sources, or of all.

    Files of copies must be there with the size that their row says; ``with_files`` reads each
    and computes its hash again.
    """
    report = Report()
    snapshots, visits, checks = (model.objects.all() for model in (Snapshot, Visit, QuoteCheck))
    if sources is not None:
        uids = sources.values("uid")
        snapshots, visits = (rows.filter(source__in=uids) for rows in (snapshots, visits))
        checks = checks.filter(snapshot__source__in=uids)
    read: set[str] = set()
    for row in _readable(snapshots, report):
        report.snapshots += 1
        _sealed(row, report)
        _stored(row, report, read if with_files else None)
    for row in _readable(visits.select_related("snapshot"), report):
        report.visits += 1
        _sealed(row, report)
    for row in _readable(checks.select_related("snapshot"), report):
        report.checks += 1
        _sealed(row, report)
    return report


def _sealed(row: models.Model, report: Report) -> None:
    try:
        holds = seal(row) == row.hash
    except DAMAGE:
        holds = False
    if not holds:
        report.add(_where(row), _("its hash does not match what it says"))


def _stored(row: Snapshot, report: Report, read: set[str] | None) -> None:
    """The copy's files are there; ``read`` gathers those that were hashed, None leaves that."""
    for name, size in {row.text: None, row.body: row.size}.items():
        if not name or (read is not None and name in read):
            continue
        try:
            if read is None:
                there = files.place(name).stat().st_size
                if size not in (None, there):
                    report.add(_where(row), _("the stored file %s has another size") % name)
            else:
                files.read(name)
                read.add(name)
        except files.Lost as fault:
            report.add(_where(row), str(fault))
        except (OSError, ValueError):
            report.add(_where(row), _("the stored file %s is missing") % name)


def _readable(rows: models.QuerySet, report: Report) -> Iterator[models.Model]:
    """The rows by their keys; one that the database's adapter cannot read is found and left out."""
    last = None
    rows = rows.order_by("pk")
    while True:
        batch = rows if last is None else rows.filter(pk__gt=last)
        pks = list(batch.values_list("pk", flat=True)[:AT_ONCE])
        if not pks:
            return
        last = pks[-1]
        yield from _read(rows.filter(pk__in=pks), pks, report)


def _read(rows: models.QuerySet, pks: list[int], report: Report) -> Iterator[models.Model]:
    try:
        found = list(rows)
    except DAMAGE:
        found = []
        for pk in pks:
            try:
                found.append(rows.get(pk=pk))
            except DAMAGE as error:
                report.add(f"{rows.model._meta.db_table} {pk}", _("cannot be read: %s") % error)
    yield from found


def _where(row: models.Model) -> str:
    return f"{row._meta.db_table} {row.pk}"
