"""A stored copy: what it says, the bytes, what changed since the one before, and as a WARC file.

What others wrote goes out as text or as an attachment, never as a page of ours.
"""

import tempfile
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.admin.pages import page
from articles.evidence import checking, content, files, warc
from articles.evidence.findings import CHECK, COPY, Copy, Finding, Findings
from articles.models import QuoteCheck, Snapshot, Source
from articles.reading import checks, paging
from articles.reading.checks import Check
from articles.text.canonical import sha256
from articles.text.diff import Run, counted, shortened

PART = 100_000  # characters of a copy's text on one page
AROUND = 40  # words on each side of a change
MOST_RUNS = 2_000  # stretches of a comparison
MOST_COPIES = 50  # in a WARC file that a request makes
ENDINGS = {"application/pdf": "pdf", "text/html": "html", "text/plain": "txt"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a document, or a part of one that has none."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A quote that was looked for in the copy."""

    quote: str
    check: Check
    cited: bool  # somebody quotes it still
    part: int | None  # of the text: where it was found


def viewed(request: HttpRequest, model_admin: ModelAdmin, pk: int) -> Source:
    """The source, for those who may see it. Raises PermissionDenied for others."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    return get_object_or_404(Source, pk=pk)


def copy_of(source: Source, uid: str) -> Snapshot:
    return get_object_or_404(Snapshot, source_id=source.uid, uid=uid)


@require_safe
def copy(request: HttpRequest, pk: int, uid: str, model_admin: ModelAdmin) -> HttpResponse:
    """What the copy says, page by page, and the quotes found in it."""
    source = viewed(request, model_admin, pk)
    snapshot = copy_of(source, uid)
    try:
        said = files.text_of(snapshot)
    except files.Lost as fault:
        said = ""
        messages.error(request, _("The copy cannot be read: %s.") % fault)
    parts = in_parts(said, bool(snapshot.pages))
    shown = paging.page(parts, paging.number(request), 1)
    return page(
        request,
        model_admin,
        "source/copy",
        title=_("A stored copy"),
        source=source,
        copy=snapshot,
        before=before(snapshot),
        sought=sought(source, snapshot, parts),
        shown=shown,
        leaves=shown.object_list[0] if shown.object_list else [],
    )


def in_parts(said: str, paged: bool) -> list[list[Leaf]]:
    """The text's pages, as many together as make a page of ours."""
    pages = said.split("\f") if paged else [said]
    parts: list[list[Leaf]] = [[]]
    room = PART
    for number, words in enumerate(pages, 1):
        for start in range(0, max(len(words), 1), PART):
            leaf = Leaf(number if paged else None, words[start : start + PART])
            if len(leaf.text) > room and parts[-1]:
                parts.append([])
                room = PART
            parts[-1].append(leaf)
            room -= len(leaf.text)
    return parts if said else []


def part_at(parts: list[list[Leaf]], place: int | None) -> int | None:
    """In which part a place of the text lies, from 1."""
    if place is None:
        return None
    end = 0
    for number, leaves in enumerate(parts, 1):
        end += sum(len(leaf.text) + (leaf.number is not None) for leaf in leaves)
        if place < end:
            return number
    return None


def sought(source: Source, snapshot: Snapshot, parts: list[list[Leaf]]) -> list[Sought]:
    """The quotes by the newest rules, those that are still quoted first."""
    cited = set(checking.quotes_of(source.uid))
    stored = Copy(*(getattr(snapshot, name) for name in COPY))
    newest: dict[str, QuoteCheck] = {}
    for row in QuoteCheck.objects.filter(snapshot=snapshot).order_by("finder", "pk"):
        newest[row.quote] = row
    known = Findings(
        {
            (source.uid, sha256(quote)): Finding(*(getattr(row, name) for name in CHECK), stored)
            for quote, row in newest.items()
        }
    )
    found = [
        Sought(
            quote=quote,
            check=checks.check(known, source.uid, quote),
            cited=quote in cited,
            part=part_at(parts, row.start),
        )
        for quote, row in newest.items()
    ]
    return sorted(found, key=lambda each: (not each.cited, each.quote))


def before(snapshot: Snapshot) -> Snapshot | None:
    """The copy that was there before this one and holds other words, to compare it with."""
    earlier = Snapshot.objects.filter(source_id=snapshot.source_id, pk__lt=snapshot.pk)
    return earlier.exclude(text="").exclude(text=snapshot.text).order_by("-pk").first()


@require_safe
def changes(request: HttpRequest, pk: int, uid: str, model_admin: ModelAdmin) -> HttpResponse:
    """What went and came between the copy before and this one."""
    source = viewed(request, model_admin, pk)
    new = copy_of(source, uid)
    old = before(new)
    if old is None or not new.text:
        raise Http404(_("There is no copy before this one to compare it with."))
    runs: tuple[Run, ...] = ()
    try:
        runs = content.changes(old, new)
    except files.Lost as fault:
        messages.error(request, _("The copies cannot be compared: %s.") % fault)
    came, gone = counted(runs)
    brief = shortened(runs, AROUND)
    return page(
        request,
        model_admin,
        "source/changes",
        title=_("What changed between two copies"),
        source=source,
        old=old,
        new=new,
        runs=brief[:MOST_RUNS],
        more=len(brief) > MOST_RUNS,
        came=came,
        gone=gone,
    )


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def text(request: HttpRequest, pk: int, uid: str, model_admin: ModelAdmin) -> HttpResponse:
    """The text read from the copy; form feeds divide its pages."""
    source = viewed(request, model_admin, pk)
    snapshot = copy_of(source, uid)
    try:
        said = files.text_of(snapshot).encode()
    except files.Lost as fault:
        return lost(request, source, fault)
    return attachment(said, f"{source.uid}-{uid}-text.txt", "text/plain; charset=utf-8")


@require_safe
def as_received(request: HttpRequest, pk: int, uid: str, model_admin: ModelAdmin) -> HttpResponse:
    """The copy's bytes, of no type that a browser would show."""
    source = viewed(request, model_admin, pk)
    snapshot = copy_of(source, uid)
    try:
        body = files.body_of(snapshot)
    except files.Lost as fault:
        return lost(request, source, fault)
    ending = ENDINGS.get(snapshot.media_type, "bin")
    return attachment(body, f"{source.uid}-{uid}.{ending}", "application/octet-stream")


@require_safe
def as_warc(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """The copies chosen (``?copy=``, all without any) as a WARC file."""
    source = viewed(request, model_admin, pk)
    chosen = request.GET.getlist("copy")[:MOST_COPIES]
    rows = Snapshot.objects.filter(source_id=source.uid)
    if chosen:
        rows = rows.filter(uid__in=chosen)
    snapshots = sorted(rows.order_by("-pk")[:MOST_COPIES], key=lambda row: row.pk)
    if not snapshots:
        messages.warning(request, _("There is no copy to put into a file."))
        return HttpResponseRedirect(reverse("admin:articles_source_evidence", args=[pk]))
    # On the disk: fifty copies may be a gigabyte. It is gone once it is closed.
    stream = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    try:
        warc.write(snapshots, stream)
    except files.Lost as fault:
        stream.close()
        return lost(request, source, fault)
    stream.seek(0)
    return FileResponse(
        stream,
        as_attachment=True,
        filename=f"{source.uid}.warc.gz",
        content_type="application/octet-stream",
    )


def lost(request: HttpRequest, source: Source, fault: files.Lost) -> HttpResponse:
    messages.error(request, _("The copy cannot be read: %s.") % fault)
    return HttpResponseRedirect(reverse("admin:articles_source_evidence", args=[source.pk]))
