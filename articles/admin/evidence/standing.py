"""How it stands with a source: its address, its quotes, its copies, and what can be done."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.admin.evidence import progress
from articles.admin.evidence.asking import Busy, outside
from articles.admin.pages import page
from articles.evidence import archives, checking, keeping, watching
from articles.evidence.documents import Unreadable
from articles.evidence.fetch import Unfetched
from articles.evidence.fetch.bounds import BOUNDS
from articles.evidence.files import Unstored
from articles.evidence.findings import findings
from articles.models import Citation, Claim, QuoteCheck, Snapshot, Source, Visit, Watch
from articles.reading import checks, paging
from articles.reading.checks import Check
from articles.text.identifiers import LONGEST

COPIES, QUOTES, VISITS, CLAIMS = 20, 50, 10, 5  # shown
# Quotes, and characters of a copy, up to which an upload is searched while the editor waits.
AT_ONCE = (20, 1_000_000)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, HTML or plain text, at most 20 MB."),
        widget=forms.FileInput({"accept": ".pdf,.html,.htm,.xhtml,.txt"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Where does it come from?"),
        max_length=500,
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Readers see this: “Scan of pages 12 to 14 of the printed edition”."
        ),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > BOUNDS.size:
            raise forms.ValidationError(
                _("The file is larger than 20 MB: upload the part that is quoted.")
            )
        return file


class ArchiveForm(forms.Form):
    copy_at = forms.CharField(
        label=gettext_lazy("Address of the archived copy"),
        max_length=LONGEST,
        widget=forms.TextInput({"class": "vURLField", "inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "At the Internet Archive or another web archive; it has to say when it was taken."
        ),
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that are quoted from the source, what was found of them, and the claims they serve."""

    quote: str
    check: Check
    claims: list[Claim]  # as drafts have it; none: only readers' revisions quote it still
    more: int  # claims that are not shown


@dataclass(frozen=True, slots=True)
class Stored:
    """A copy with how many quotes were found in it."""

    copy: Snapshot
    current: bool  # quotes are looked for in it
    results: dict[str, int]  # exact, near, missing
    differs: bool  # from a copy before it, among those on the page


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """Show it all; do what one of the buttons says."""
    source = get_object_or_404(Source, pk=pk)
    if not model_admin.has_view_permission(request, source):
        raise PermissionDenied
    upload, archive = UploadForm(), ArchiveForm()
    if request.method == "POST":
        if not model_admin.has_change_permission(request, source):
            raise PermissionDenied
        if "_again" in request.POST:
            return look_again(request, source)
        if "_ask" in request.POST:
            ask_archive(request, source)
            return _back(source)
        if "_upload" in request.POST:
            upload = UploadForm(request.POST, request.FILES)
            if upload.is_valid() and uploaded(request, source, upload):
                return _back(source)
        elif "_archive" in request.POST:
            archive = ArchiveForm(request.POST)
            if archive.is_valid() and linked(request, source, archive):
                return _back(source)
    context = shown(request, source) | {
        "upload": upload,
        "archive": archive,
        "may_change": model_admin.has_change_permission(request, source),
        "may_ask": bool(settings.MEMENTO_TIMEGATE and source.url),
    }
    return page(request, model_admin, "source/evidence", title=_("Evidence"), **context)


def _back(source: Source) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_source_evidence", args=[source.pk]))


def look_again(request: HttpRequest, source: Source) -> HttpResponse:
    """Let the worker visit the address now; back to the list of what is broken with ``back``."""
    watching.ask([source.uid], afresh=True)
    said = _("The worker looks at “%s” next; this page shows how far it is.") % source.title
    messages.success(request, said)
    if request.POST.get("back") == "broken":
        return HttpResponseRedirect(reverse("admin:articles_source_broken"))
    return _back(source)


def uploaded(request: HttpRequest, source: Source, form: UploadForm) -> bool:
    """Keep the file, and look for the quotes in it where that is soon done."""
    file = form.cleaned_data["file"]
    try:
        with outside():
            copy = keeping.keep_upload(
                source.uid,
                body=file.read(),
                name=file.name,
                editor=request.user.get_username(),
                note=form.cleaned_data["note"],
            )
    except (Busy, Unreadable, Unstored) as fault:
        form.add_error("file", str(fault))
        return False
    except ValidationError as fault:
        form.add_error("note", fault)
        return False
    messages.success(request, _kept(source, copy))
    if not copy.text:
        messages.warning(request, _("No text could be read in it, so no quote can be found there."))
    return True


def _kept(source: Source, copy: Snapshot) -> str:
    """Look for the quotes in a new copy, or leave it to the worker; what is said of it."""
    quotes, characters = AT_ONCE
    if copy.characters <= characters and len(checking.quotes_of(source.uid)) <= quotes:
        checking.check(source.uid)
        return _("The copy is kept, and the quotes were looked for in it.")
    return _("The copy is kept. The worker looks for the quotes in it.")


def linked(request: HttpRequest, source: Source, form: ArchiveForm) -> bool:
    """Keep what an archive has at the address typed."""
    try:
        with outside():
            copy = archives.link(source, form.cleaned_data["copy_at"].strip())
    except (Busy, Unfetched, Unreadable, Unstored, ValueError) as fault:
        form.add_error("copy_at", str(fault))
        return False
    messages.success(request, _kept(source, copy))
    return True


def ask_archive(request: HttpRequest, source: Source) -> None:
    """Ask the archive of the settings for the copy closest to when the source was read."""
    if not (settings.MEMENTO_TIMEGATE and source.url):
        messages.error(request, _("No archive is set up to be asked, or there is no address."))
        return
    try:
        with outside():
            copy = archives.take(source.uid, source.url, _read_at(source))
    except (Busy, Unfetched, Unreadable, Unstored) as fault:
        messages.error(request, str(fault))
        return
    if copy:
        messages.success(request, _kept(source, copy))
    else:
        messages.warning(request, _("The archive has no copy of this address."))


def _read_at(source: Source) -> Any:
    """When an editor read the source, or the first copy was taken; now where nobody knows."""
    if source.accessed:
        day = timezone.datetime(source.accessed.year, source.accessed.month, source.accessed.day)
        return timezone.make_aware(day)
    first = Snapshot.objects.filter(source_id=source.uid).order_by("pk").first()
    return first.taken_at if first else timezone.now()


def shown(request: HttpRequest, source: Source) -> dict[str, Any]:
    """What the page shows, in a number of queries that grows with nothing."""
    watch = Watch.objects.filter(pk=source.uid).first()
    rows = Snapshot.objects.filter(source_id=source.uid).order_by("-pk")
    copies = paging.page(rows, paging.number(request), COPIES)
    quotes = checking.quotes_of(source.uid)
    return {
        "source": source,
        "watch": watch,
        "progress": progress.now(source),
        "visits": list(Visit.objects.filter(source_id=source.uid).order_by("-pk")[:VISITS]),
        "quotes": quoted(source, quotes[:QUOTES]),
        "more_quotes": max(0, len(quotes) - QUOTES),
        "copies": copies,
        "stored": stored(copies, watch),
    }


def quoted(source: Source, quotes: list[str]) -> list[Quoted]:
    known = findings([source.uid])
    using = Citation.objects.filter(source=source, claim__section__isnull=False)
    citing: dict[str, list[Claim]] = {}
    for citation in using.filter(quote__in=quotes).select_related("claim__article"):
        citing.setdefault(citation.quote, []).append(citation.claim)
    return [
        Quoted(
            quote=quote,
            check=checks.check(known, source.uid, quote),
            claims=citing.get(quote, [])[:CLAIMS],
            more=max(0, len(citing.get(quote, [])) - CLAIMS),
        )
        for quote in quotes
    ]


def stored(copies: Any, watch: Watch | None) -> list[Stored]:
    listed = list(copies)
    newest: dict[tuple[int, str], str] = {}
    rows = QuoteCheck.objects.filter(snapshot__in=listed).order_by("finder")
    for copy, key, result in rows.values_list("snapshot", "quote_key", "result"):
        newest[copy, key] = result
    counted: dict[int, dict[str, int]] = {}
    for (copy, _key), result in newest.items():
        results = counted.setdefault(copy, dict.fromkeys(("exact", "near", "missing"), 0))
        results[result] += 1
    return [
        Stored(
            copy=copy,
            current=copy.kind != "fetched" or (watch is not None and watch.snapshot_id == copy.pk),
            results=counted.get(copy.pk, {}),
            differs=bool(copy.text)
            and any(older.text not in ("", copy.text) for older in listed[place + 1 :]),
        )
        for place, copy in enumerate(listed)
    ]
