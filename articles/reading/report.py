"""A reader reports an error in a sentence: the form, and where it leads.

The only readers' page that writes. Against machines that fill in every form it has a field that
no person sees and a signed time, since nobody reads a sentence and writes about it in a moment.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template import loader
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from articles import reporting
from articles.history.state import ClaimState
from articles.history.store import load
from articles.models import PublishedClaim, Report
from articles.reading import addressing, visible
from articles.reading.claim import shown_claim
from articles.reading.serving import gone, not_allowed

SOONEST, LATEST = 3, 24 * 60 * 60  # seconds between reading the form and sending it
SIGNER = TimestampSigner(salt="articles.reading.report")


class ReportForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea({"rows": 6}),
    )
    source = forms.CharField(
        label=gettext_lazy("Where can we see it?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("The address of a page, a book and its page, a document. Optional."),
    )
    contact = forms.CharField(
        label=gettext_lazy("How can we reach you?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For questions only. Editors see it, nobody else. Optional."),
        widget=forms.TextInput({"autocomplete": "email"}),
    )
    # What people do not see and machines fill in.
    website = forms.CharField(
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: PublishedClaim, **values: Any) -> None:
        super().__init__(*args, prefix=None, **values)
        self.claim = claim
        self.number = claim.number  # of the revision that the reader had before them

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        try:
            stamp = values.get("stamp", "")
            uid, number = SIGNER.unsign(stamp, max_age=LATEST).split(":")
            if uid != self.claim.uid:
                raise BadSignature(stamp)
            self.number = int(number)
        except BadSignature:
            self.add_error(None, _("The form was open for a long time. Please send it again."))
            return values
        try:
            SIGNER.unsign(stamp, max_age=SOONEST)
        except BadSignature:
            return values
        self.add_error(
            None, _("That was quick. Please read once more what you wrote, and send it again.")
        )
        return values


@never_cache
@csrf_protect
def report(request: HttpRequest, uid: str) -> HttpResponse:
    row = shown_claim(uid)
    article = row.article
    if article.withdrawn:
        return gone(article.title, article.language, article.slug, article.publication)
    if request.method in ("GET", "HEAD"):
        return page(request, row, ReportForm(claim=row))
    if request.method != "POST":
        return not_allowed(request, "GET, HEAD, POST")
    form = ReportForm(request.POST, claim=row)
    if not form.is_valid():
        return page(request, row, form, status=400)
    if not form.cleaned_data["website"]:
        try:
            reporting.report(given(form), address=address(request))
        except reporting.TooMany as refused:
            form.add_error(
                None,
                _(
                    "So many reports came in that we take no more for now. Keep your text "
                    "and send it again later."
                ),
            )
            seconds = str(int(refused.wait.total_seconds()))
            return page(request, row, form, status=429, headers={"Retry-After": seconds})
    answer = HttpResponseRedirect(addressing.path("reported", row.uid))
    answer.status_code = 303
    return answer


def given(form: ReportForm) -> Report:
    row, values = form.claim, form.cleaned_data
    return Report(
        claim_uid=row.uid,
        revision=form.number,
        read=as_read(row, form.number).text,
        text=values["text"],
        source=values["source"],
        contact=values["contact"],
    )


def as_read(row: PublishedClaim, number: int) -> ClaimState:
    """The claim in a published revision. Raises Http404 where that does not hold it."""
    found = load(visible.revision(row.article_id, number)).claim(row.uid)
    if found is None:
        raise Http404(_("No published article holds such a sentence."))
    return found


def page(
    request: HttpRequest,
    row: PublishedClaim,
    form: ReportForm,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The form, with what was typed and what is wrong with it."""
    html = loader.render_to_string(
        "articles/report.html",
        {
            "article": row.article,
            "claim": as_read(row, row.number),
            "form": form,
            "stamp": SIGNER.sign(f"{row.uid}:{row.number}"),
            "csrf_token": get_token(request),
        },
    )
    return HttpResponse(html, status=status, headers=headers)


@never_cache
def reported(request: HttpRequest, uid: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request)
    row = shown_claim(uid)
    return HttpResponse(loader.render_to_string("articles/reported.html", {"claim": row}))


def address(request: HttpRequest) -> str:
    """The reader's address: what the proxy says it is, where there has to be one."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
