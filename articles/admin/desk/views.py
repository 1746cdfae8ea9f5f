"""The fact-check desk: the article's text, and beside it one claim with what can be done."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.admin import presence
from articles.admin.desk import acts
from articles.admin.desk.forms import FORMS, ApartForm
from articles.admin.desk.panel import Typed, panel, read_again, refused
from articles.admin.desk.sheet import DeskMarker, sheet
from articles.admin.pages import article_or_404, page
from articles.evidence.findings import Findings
from articles.history.queues import QUEUES, Looking, following, lengths, preceding, queue
from articles.history.review import review
from articles.history.state import ArticleState, ClaimState
from articles.history.store import head, load
from articles.models import Article, Claim, Rating
from articles.reading import checks, notice
from articles.reading.article import looked_up
from articles.reading.marks import Marker

NAMES = {
    "open": gettext_lazy("To do"),
    "stale": gettext_lazy("Changed since"),
    "suggested": gettext_lazy("Suggestions"),
    "none": gettext_lazy("No verdict"),
    "due": gettext_lazy("Due"),
    "quotes": gettext_lazy("Quotes missing"),
    "disputed": gettext_lazy("Disputed"),
    "mine": gettext_lazy("Mine"),
    "all": gettext_lazy("All"),
}


@dataclass(frozen=True)
class Desk:
    """What lies on the desk: the article as it is now, and which of its claims are looked at."""

    article: Article
    state: ArticleState
    base: str  # hash of the revision that is shown
    show: str
    waiting: list[ClaimState]
    chosen: ClaimState | None
    looking: Looking
    findings: Findings

    @classmethod
    def of(cls, request: HttpRequest, article: Article) -> "Desk":
        newest = head(article)
        state = load(newest)
        show = request.GET.get("show", "open")
        show = show if show in QUEUES else "open"
        findings = looked_up(state)
        looking = Looking(
            request.user.get_username(), timezone.localdate(), checks.unfound(state, findings)
        )
        waiting = queue(state, show, looking)
        chosen = state.claim(request.GET.get("claim", ""))
        if "after" in request.GET:
            chosen = following(state, waiting, request.GET["after"]) or chosen
        chosen = chosen or next(iter(waiting), None) or next(state.claims(), None)
        return cls(article, state, newest.hash, show, waiting, chosen, looking, findings)

    def bulk_address(self, uid: str) -> str:
        return self.address(uid, bulk="1")

    def address(self, uid: str = "", **more: str) -> str:
        """Of the desk with another claim chosen, in the same queue."""
        path = reverse("admin:articles_article_desk", args=[self.article.pk])
        asked = {"show": self.show, **({"claim": uid} if uid else {}), **more}
        return f"{path}?{urlencode(asked)}"

    def panel_address(self, uid: str) -> str:
        return f"{self.address(uid)}#panel"

    def beside(self) -> tuple[str, str]:
        """Addresses of the claims before and after the chosen one; "" where there is none."""
        if self.chosen is None:
            return "", ""
        found = (step(self.state, self.waiting, self.chosen.uid) for step in (preceding, following))
        before, after = (claim and self.panel_address(claim.uid) for claim in found)
        return before or "", after or ""


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    article = article_or_404(request, model_admin, pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    laid = Desk.of(request, article)
    if request.method != "POST":
        presence.opened(request, article)
        return show(request, model_admin, laid)
    act = request.POST.get("act", "")
    if act == ApartForm.act:
        return set_apart(request, model_admin, laid)
    uid = request.GET.get("claim", "")
    if act in FORMS and Claim.objects.filter(article=article, uid=uid, section=None).exists():
        return show(request, model_admin, laid, Typed(gone=typed_words(request)), status=409)
    if act not in FORMS or laid.chosen is None or laid.chosen.uid != uid:
        return HttpResponseBadRequest(_("This form says nothing that the desk can do."))
    return do(request, model_admin, laid, act)


def do(request: HttpRequest, model_admin: ModelAdmin, laid: Desk, act: str) -> HttpResponse:
    """One act on the chosen claim; then the next claim, or the form again with what is wrong."""
    form = FORMS[act](request.POST, auto_id=f"id_{act}_%s")
    if not form.is_valid():
        return show(request, model_admin, laid, Typed(act, form))
    try:
        with transaction.atomic():
            # Some acts look first: at the paragraph, at the citations that are there.
            editing.locked(laid.article)
            claim = Claim.objects.select_related("section", "article").get(uid=laid.chosen.uid)
            saved = acts.ACTS[act](request, claim, form)
    except ValidationError as error:
        refused(form, error)
        meanwhile = getattr(error, "code", "") == "meanwhile"
        again = Desk.of(request, laid.article)
        return show(request, model_admin, again, Typed(act, form), status=409 if meanwhile else 200)
    except editing.ReadOtherwise as found:
        again = Desk.of(request, laid.article)
        return show(request, model_admin, again, read_again(act, form, found), status=409)
    model_admin.report(request, saved)
    if act not in acts.GO_ON or "_stay" in request.POST:
        return HttpResponseRedirect(laid.panel_address(laid.chosen.uid))
    after = following(laid.state, laid.waiting, laid.chosen.uid)
    if after is None:
        messages.info(request, _("Nothing else waits here."))
    return HttpResponseRedirect(laid.panel_address(after.uid if after else laid.chosen.uid))


def typed_words(request: HttpRequest) -> list[str]:
    """What a form held that somebody wrote, for the case that it has no claim any more."""
    fields = ("note", "claimant", "claimed", "why", "paragraph", "words", "quote", "title", "url")
    return [said for name in fields if (said := request.POST.get(name, "").strip())]


def set_apart(request: HttpRequest, model_admin: ModelAdmin, laid: Desk) -> HttpResponse:
    """Several claims at once, which are nothing to check."""
    form = ApartForm(request.POST)
    form.fields["apart"].choices = [(claim.uid, claim.uid) for claim in laid.state.claims()]
    if form.is_valid():
        try:
            saved = acts.set_apart(request, laid.article, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except editing.ReadOtherwise as found:
            form.add_error(None, f"{found} “{found.now}”")
        else:
            model_admin.report(request, saved)
            return HttpResponseRedirect(laid.address())
    status = 409 if form.non_field_errors() else 200
    return show(request, model_admin, laid, apart=form, status=status)


def show(
    request: HttpRequest,
    model_admin: ModelAdmin,
    laid: Desk,
    typed: Typed | None = None,
    *,
    apart: ApartForm | None = None,
    status: int = 200,
) -> HttpResponse:
    bulk = apart is not None or "bulk" in request.GET
    chosen = laid.chosen if not bulk else None
    before, after = laid.beside()
    marker = DeskMarker(
        address=laid.bulk_address if bulk else laid.panel_address,
        chosen=chosen.uid if chosen else "",
        waiting=frozenset(claim.uid for claim in laid.waiting),
        bulk=bulk,
        names=Marker({}, "", "", lambda _claim: "", unfound=laid.looking.unfound),
    )
    found = review(laid.state)
    counted = lengths(laid.state, laid.looking)
    context = {
        "desk": laid,
        "review": found,
        "bar": notice.bar(found.tallies),
        "queues": [
            (name, said, counted[name], laid_in(laid, name)) for name, said in NAMES.items()
        ],
        "parts": sheet(laid.state, marker, laid.chosen.uid if laid.chosen else ""),
        "before": before,
        "after": after,
        "place": place(laid),
        "total": found.total,
        "ratings": list(enumerate(Rating.choices, start=1)),
        "bulk": bulk,
        "apart": apart or ApartForm(initial={"base": laid.base}),
        "lang": laid.state.language,
        "presence": presence.notice(request, laid.article),
    }
    if chosen:
        row = Claim.objects.select_related("section").get(uid=chosen.uid)
        asked = {name: request.GET.get(name, "") for name in ("find", "start")}
        context["panel"] = panel(
            laid.state, chosen, row, laid.findings, typed=typed or Typed(), asked=asked
        )
    return page(
        request,
        model_admin,
        "desk/desk",
        title=_("Fact-check desk"),
        article=laid.article,
        status=status,
        **context,
    )


def laid_in(laid: Desk, name: str) -> str:
    path = reverse("admin:articles_article_desk", args=[laid.article.pk])
    return f"{path}?{urlencode({'show': name})}"


def place(laid: Desk) -> int:
    """The chosen claim's number in the article, counted from 1; 0 for none."""
    uids = [claim.uid for claim in laid.state.claims()]
    return uids.index(laid.chosen.uid) + 1 if laid.chosen else 0
