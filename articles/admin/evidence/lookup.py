"""A source's form filled in from an address, a DOI, an ISBN or a UN document symbol.

What was found waits in the session until the editor saves; the form that shows it is the usual
one, under an address that names it (``?found=``), so it can be sent again after a mistake.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.evidence.asking import Busy, outside
from articles.evidence import likeness, lookup
from articles.evidence.documents import Unreadable
from articles.evidence.fetch import Unfetched
from articles.models import Source
from articles.text.identifiers import LONGEST, Unrecognised, recognise

FOUND = "found"  # the parameter that names a look-up
SESSION = "looked_up"  # in the session: look-ups by name, the latest last
MOST_REMEMBERED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up gave, or why it gave nothing."""

    pasted: str
    fault: str = ""  # a sentence
    fields: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    known: int | None = None  # the key of the source that this is


NOTHING = Found("")


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Look up what was pasted, then show the form; a source that is there already is led to."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    popup = IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET
    if request.method != "POST":
        return _to_form({}, popup=popup)
    pasted = request.POST.get("pasted", "").replace("\0", "")  # which PostgreSQL takes nowhere
    known = _named(pasted)
    found = Found(pasted) if known else _asked(pasted)
    known = known or likeness.same_work(likeness.work_of(found.fields))
    if known and not popup:
        messages.info(request, _("This work is there already; here it is, and nothing was added."))
        return HttpResponseRedirect(reverse("admin:articles_source_change", args=[known.pk]))
    if known:
        found = replace(found, known=known.pk)
    return _to_form({FOUND: _remember(request, found)}, popup=popup)


def _named(pasted: str) -> Source | None:
    """The source that what was pasted names by itself; then nobody has to be asked."""
    try:
        identifier = recognise(pasted)
    except Unrecognised:
        return None
    name = {"doi": "doi", "isbn": "isbn", "un": "number"}.get(identifier.kind, "url")
    named = {"url": identifier.address} | {name: identifier.value}
    return likeness.same_work(likeness.work_of(named))


def _asked(pasted: str) -> Found:
    try:
        with outside():
            got = lookup.look_up(pasted)
    except (Busy, Unfetched, Unreadable, ValueError) as fault:
        return Found(pasted[: LONGEST + 1], fault=str(fault))
    remarks = list(got.remarks)
    if not got.fields.get("title"):
        remarks.append(_("No title was found: type it."))
    return Found(pasted, fields=got.fields, origins=got.origins, remarks=remarks)


def _remember(request: HttpRequest, found: Found) -> str:
    name = secrets.token_urlsafe(9)
    others = list(request.session.get(SESSION, {}).items())
    request.session[SESSION] = dict([*others[1 - MOST_REMEMBERED :], (name, asdict(found))])
    return name


def _to_form(asked: Mapping[str, str], *, popup: bool) -> HttpResponseRedirect:
    query = dict(asked) | ({IS_POPUP_VAR: "1"} if popup else {})
    address = reverse("admin:articles_source_add")
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def found_for(request: HttpRequest) -> Found:
    """The look-up that the form's address names; nothing where it names none of this session."""
    told = request.session.get(SESSION, {}).get(request.GET.get(FOUND, ""))
    return Found(**told) if told else NOTHING


def box(request: HttpRequest) -> dict[str, Any]:
    """What templates/admin/articles/source/_look_up.html takes."""
    found = found_for(request)
    if request.method == "POST":  # a save that was refused, perhaps for this
        typed = {name: value.replace("\0", "") for name, value in request.POST.items()}
        known = likeness.same_work(likeness.work_of(typed))
    else:
        known = Source.objects.filter(pk=found.known).first() if found.known else None
    alike = likeness.alike(likeness.work_of(found.fields))
    return {
        "found": found,
        "known": known,
        "alike": [source for source in alike if source != known],
        "popup": IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST,
    }


@require_safe
def choose(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """Close the pop-up with a source that is there already, as if it had just been added."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    source = get_object_or_404(Source, pk=pk)
    chosen = {"value": str(source.pk), "obj": str(source)}
    return TemplateResponse(
        request, "admin/popup_response.html", {"popup_response_data": json.dumps(chosen)}
    )
