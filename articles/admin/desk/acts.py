"""What the desk's forms do: each one call of the door."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import editing
from articles.admin.claim import lines
from articles.admin.desk import watch
from articles.admin.desk.forms import ApartForm, DeskForm
from articles.history.store import load
from articles.models import Article, Claim, Rating, Revision


def judge(request: HttpRequest, claim: Claim, form: DeskForm) -> editing.Saved:
    given = replace(form.given(), pace=_pace(request, claim, form))
    return editing.review_claim(claim, **_read(form), verdicts=[given], by=request.user)


def reaffirm(request: HttpRequest, claim: Claim, form: DeskForm) -> editing.Saved:
    return editing.reaffirm(
        claim,
        **_read(form),
        verdict=form.cleaned_data["verdict"],
        by=request.user,
        pace=_pace(request, claim, form),
    )


def dismiss(request: HttpRequest, claim: Claim, form: DeskForm) -> editing.Saved:
    return editing.dismiss(
        claim,
        **_read(form),
        verdict=form.cleaned_data["verdict"],
        note=form.cleaned_data["why"],
        by=request.user,
    )


def correct(request: HttpRequest, claim: Claim, form: DeskForm) -> editing.Saved:
    values = form.cleaned_data
    _same_paragraph(claim, form)
    return editing.review_claim(
        claim,
        **_read(form),
        paragraph=values["paragraph"],
        by=request.user,
        origin="ai" if values["ai_text"] else "human",
    )


def extent(request: HttpRequest, claim: Claim, form: DeskForm) -> editing.Saved:
    _same_paragraph(claim, form)
    widen = next((side for side in ("before", "after") if f"_{side}" in request.POST), "")
    return editing.recut(
        claim, **_read(form), words=form.cleaned_data["words"], widen=widen, by=request.user
    )


def cite(request: HttpRequest, claim: Claim, form: DeskForm) -> editing.Saved:
    return editing.review_claim(claim, **_read(form), citations=form.given(claim), by=request.user)


def set_apart(request: HttpRequest, article: Article, form: ApartForm) -> editing.Saved:
    """Judge the ticked claims not checkable, as they read in the revision that was looked at."""
    values = form.cleaned_data
    base = Revision.objects.filter(article=article, hash=values["base"]).first()
    if base is None:
        raise ValidationError(_("This page is too old. Open it again, and choose once more."))
    read = {claim.uid: claim for claim in load(base).claims()}
    claims = Claim.objects.standing().filter(article=article, uid__in=values["apart"])
    given = editing.VerdictGiven(Rating.NOT_CHECKABLE, values["why"])
    return editing.review_claims(
        article,
        [
            editing.ClaimReview(
                claim, read[claim.uid].text, around=read[claim.uid].around, verdicts=[given]
            )
            for claim in claims.select_related("section")
            if claim.uid in read
        ],
        by=request.user,
        summary=_("Set apart as not checkable"),
    )


Act = Callable[[HttpRequest, Claim, Any], editing.Saved]

ACTS: dict[str, Act] = {
    "judge": judge,
    "confirm": reaffirm,
    "reaffirm": reaffirm,
    "dismiss": dismiss,
    "correct": correct,
    "extent": extent,
    "cite": cite,
    "uncite": cite,
}
# After these the next claim comes; after the others the same one stays in sight.
GO_ON = {"judge", "confirm", "reaffirm"}


def _read(form: DeskForm) -> dict[str, str]:
    """What the person had before them: the claim, and the sentence around it."""
    return {name: form.cleaned_data[name].replace("\r\n", "\n") for name in ("read", "around")}


def _same_paragraph(claim: Claim, form: DeskForm) -> None:
    """Raise ReadOtherwise where the claim's paragraph is not the one that was shown."""
    if lines(form.cleaned_data["paragraph_read"]) != editing.paragraph_of(claim):
        raise editing.ReadOtherwise(claim, form.cleaned_data["read"])


def _pace(request: HttpRequest, claim: Claim, form: DeskForm) -> editing.Pace | None:
    return watch.pace(request, claim, form.cleaned_data["shown"])
