"""How a verdict comes about, as the desk sees it: how long it took, whether a source was opened."""

import time

from django.contrib.admin import ModelAdmin
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from articles import editing
from articles.admin.pages import article_or_404
from articles.models import Claim, Source

SALT = "articles.desk"
OPENED = "sources_opened"  # in the session: uids of claims, the latest last
MOST_REMEMBERED = 300  # claims


def shown(uid: str) -> str:
    """A token that says that the claim is before somebody's eyes now; nobody else can make it."""
    return signing.dumps([uid, int(time.time())], salt=SALT)


def pace(request: HttpRequest, claim: Claim, token: str) -> editing.Pace | None:
    """How long the claim was looked at, and whether one of its sources was opened.

    None for a token that is not this claim's. Where no source can be opened, nobody is
    asked whether they did.
    """
    try:
        uid, since = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if uid != claim.uid:
        return None
    openable = claim.citations.exclude(source__url="").exists()
    opened = claim.uid in request.session.get(OPENED, [])
    return editing.Pace(max(0, int(time.time()) - since), opened if openable else None)


@require_GET
def source(request: HttpRequest, pk: int, uid: str, model_admin: ModelAdmin) -> HttpResponse:
    """On to a source's address, which the session remembers for the claim ``?claim=``."""
    article = article_or_404(request, model_admin, pk)
    claim = get_object_or_404(Claim, article=article, uid=request.GET.get("claim", ""))
    work = get_object_or_404(Source, uid=uid, citations__claim=claim)
    if not work.url.lower().startswith(("http://", "https://")):
        raise Http404
    others = [other for other in request.session.get(OPENED, []) if other != claim.uid]
    request.session[OPENED] = [*others[1 - MOST_REMEMBERED :], claim.uid]
    return HttpResponseRedirect(work.url)
