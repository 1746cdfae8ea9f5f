"""Claims that ended with a revision beside its new sentences, to be attached by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.admin.pages import article_or_404, page, revision_or_404
from articles.history.endings import Endings, Placed
from articles.history.store import head, load
from articles.models import Article, Revision
from articles.reading import notice
from articles.text.diff import Run, word_diff

AT_ONCE = 20  # ended claims on the page; when they are attached the next ones come
OFFERED = 3  # new sentences that are shown in full
MOST = 200  # in the list of the others


class AttachForm(forms.Form):
    """One ended claim, and the sentence at which it goes on."""

    ended = forms.CharField()
    place = forms.CharField(required=False)  # a uid, or "other"
    other = forms.CharField(required=False)
    base = forms.CharField()  # hash of the revision whose words were read

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        place = values.get("place", "")
        values["to"] = values.get("other", "") if place in ("", "other") else place
        if not values["to"]:
            raise ValidationError(gettext_lazy("Choose the sentence at which it goes on."))
        return values


@dataclass(frozen=True, slots=True)
class New:
    """A new sentence beside an ended claim."""

    placed: Placed
    runs: tuple[Run, ...]  # how it differs from the claim
    elsewhere: bool  # in another section


@dataclass(frozen=True, slots=True)
class Offer:
    """An ended claim as the page shows it."""

    old: Placed
    label: str
    whose: str
    nearest: list[New]
    others: list[Placed]
    form: AttachForm | None  # what was sent of it, and what is wrong with that


@require_http_methods(["GET", "HEAD", "POST"])
def endings(request: HttpRequest, pk: int, number: int, model_admin: ModelAdmin) -> HttpResponse:
    article = article_or_404(request, model_admin, pk)
    after, before = (revision_or_404(article, n) for n in (number, number - 1))
    may_attach = model_admin.has_change_permission(request, article)
    form, status = None, 200
    if request.method == "POST":
        if not may_attach:
            raise PermissionDenied
        form = AttachForm(request.POST)
        if form.is_valid():
            try:
                attach(request, model_admin, article, form)
            except ValidationError as error:
                form.add_error(None, error.messages)
            except editing.ReadOtherwise as error:
                form.add_error(None, str(error))
                status = 409
            else:
                return HttpResponseRedirect(request.path)
    newest = head(article)
    now = load(newest)
    found = Endings(load(before), load(after), now)
    shown = list(offers(found, form))
    return page(
        request,
        model_admin,
        "article/endings",
        title=_("What ended with revision %d") % number,
        article=article,
        status=status,
        revision=after,
        before=before,
        base=newest.hash,
        language=now.language,
        offers=shown,
        # Somebody else may have attached it meanwhile.
        stray=form and not any(offer.form for offer in shown) and form.non_field_errors(),
        more=len(found.recorded) - AT_ONCE,
        unrecorded=len(found.ended) - len(found.recorded),
        new=len(found.new),
        may_attach=may_attach,
    )


def attach(
    request: HttpRequest, model_admin: ModelAdmin, article: Article, form: AttachForm
) -> None:
    """Let the claim go on where the form says, if that still reads as in the form."""
    values = form.cleaned_data
    claims = {c.uid: c for c in article.claims.filter(uid__in=[values["ended"], values["to"]])}
    base = Revision.objects.filter(article=article, hash=values["base"]).first()
    read = load(base).claim(values["to"]) if base else None
    if len(claims) < 2 or read is None:
        raise ValidationError(_("This sentence is gone. Choose another one."))
    ended, to = claims[values["ended"]], claims[values["to"]]
    saved = editing.attach(ended, to=to, read=read.text, by=request.user)
    model_admin.log_change(request, article, _("Revision %d") % saved.revision.number)
    said = _("“%(old)s” goes on at “%(new)s”. Saved as revision %(number)d.")
    words = {"old": brief(ended.text), "new": brief(to.text), "number": saved.revision.number}
    messages.success(request, said % words)


def brief(text: str) -> str:
    return Truncator(text).words(8)


def offers(found: Endings, form: AttachForm | None) -> Iterator[Offer]:
    sent = form.data.get("ended") if form else None
    for old in found.recorded[:AT_ONCE]:
        places = found.places_for(old)
        claim = old.claim
        yield Offer(
            old=old,
            label=notice.label(claim.rating),
            whose=(claim.verdict and claim.verdict.editor) or notice.whose(claim.by),
            nearest=[beside(old, new) for new in places[:OFFERED]],
            others=places[OFFERED : OFFERED + MOST],
            form=form if sent == claim.uid else None,
        )


def beside(old: Placed, new: Placed) -> New:
    runs = word_diff(old.claim.text, new.claim.text)
    return New(new, runs, elsewhere=new.section.uid != old.section.uid)
