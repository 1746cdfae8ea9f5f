"""Claims judged, corrected and cited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editing import tables
from articles.editing.articles import By, locked, name_of, write_claims_of, write_text
from articles.editing.outcome import ReadOtherwise, Saved
from articles.evidence import watching
from articles.history import extents
from articles.history.capture import claim_state
from articles.history.commit import commit
from articles.history.rules import tidied_body
from articles.history.store import head, load
from articles.models import Act, Article, Citation, Claim, Rating, Revision, Source, Stance, Verdict
from articles.text.paragraph import paragraph_at


@dataclass(frozen=True, slots=True)
class VerdictGiven:
    rating: str
    note: str = ""
    as_of: str = ""  # a year, a month or a day in ISO 8601
    recheck_by: date | None = None
    pace: "Pace | None" = None
    claimant: str = ""  # whose claim is judged, where the sentence reports one
    claimed: str = ""  # what they claimed, in a few words; "": as the sentence has it


@dataclass(frozen=True, slots=True)
class Pace:
    """How a verdict came about, as far as it was seen."""

    seconds: int  # from when the claim was before the judge's eyes
    source_opened: bool | None  # one of the claim's sources; None: there was none to open


@dataclass(frozen=True, slots=True)
class CitationGiven:
    source: Source  # one that is not stored yet is stored with the citation
    stance: str = Stance.SUPPORTS
    quote: str = ""
    locator: str = ""
    uid: str = ""  # of a citation that is there already


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """What somebody found about one claim, which they read as ``read``."""

    claim: Claim
    read: str
    verdicts: Sequence[VerdictGiven] = ()
    citations: Sequence[CitationGiven] | None = None  # None leaves the claim's list alone
    around: str | None = None  # the sentence around it as they read it; None: not known


def paragraph_of(claim: Claim) -> str:
    """The Markdown of the block that holds the claim's sentence; "" for one that has ended."""
    if claim.section is None:
        return ""
    span = paragraph_at(claim.section.body, claim.start, prefix=claim.section.uid)
    return claim.section.body[span.start : span.end]


def judge(
    claim: Claim,
    *,
    read: str,
    rating: str,
    note: str = "",
    as_of: str = "",
    recheck_by: date | None = None,
    by: By,
) -> Revision:
    """Record a verdict on the claim as the judge read it; return the new revision.

    ``read`` is the text that the judge had before them, ``by`` None a machine's
    suggestion. Raises ValidationError for an unknown rating and ReadOtherwise where the
    claim reads otherwise by now; both change nothing.
    """
    given = VerdictGiven(rating, note, as_of, recheck_by)
    return review_claim(claim, read=read, verdicts=[given], by=by).revision


@transaction.atomic
def review_claim(
    claim: Claim,
    *,
    read: str,
    around: str | None = None,
    paragraph: str | None = None,
    verdicts: Sequence[VerdictGiven] = (),
    citations: Sequence[CitationGiven] | None = None,
    by: By,
    origin: str = "human",
    summary: str = "",
) -> Saved:
    """Correct a claim's paragraph, judge the claim and cite for it, as one revision.

    ``read`` is the claim as the editor read it; ReadOtherwise where it reads otherwise
    by now. A verdict given together with a correction is on the corrected words, which
    its judge typed. ``by`` None makes the verdicts a machine's. Raises ValidationError by
    field. In each of these cases nothing is saved.
    """
    article = locked(claim.article)
    _hold_cited(citations)
    claim = reread(claim, read, around)
    ended: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    corrected = paragraph is not None and tidied_body(paragraph) != tidied_body(paragraph_of(claim))
    if corrected:
        ended, begun = _correct(claim, paragraph, origin)
        claim.refresh_from_db()
    _record(claim, verdicts, editor=name_of(by))
    if citations is not None:
        watching.ask(_cite(claim, citations))
    revision = commit(
        article,
        author=name_of(by),
        origin=origin,
        act=_act(corrected, verdicts),
        summary=summary or _summary(corrected, verdicts),
    )
    return Saved(revision, ended=ended, begun=begun)


@transaction.atomic
def review_claims(
    article: Article,
    reviews: Sequence[ClaimReview],
    *,
    by: By,
    summary: str,
    origin: str = "human",
    suggested: bool = False,
) -> Saved:
    """Judge several claims of one article and cite for them, as one revision.

    ``suggested`` makes the verdicts a machine's, although somebody's account records
    them. Raises what `review_claim` raises; nothing is saved then.
    """
    article = locked(article)
    _hold_cited([given for review in reviews for given in review.citations or ()])
    unseen: list[str] = []
    for review in reviews:
        claim = reread(review.claim, review.read, review.around)
        _record(claim, review.verdicts, editor="" if suggested else name_of(by))
        if review.citations is not None:
            unseen += _cite(claim, review.citations)
    watching.ask(unseen)
    revision = commit(article, author=name_of(by), origin=origin, act=Act.VERDICT, summary=summary)
    return Saved(revision)


@transaction.atomic
def reaffirm(
    claim: Claim,
    *,
    read: str,
    around: str | None = None,
    verdict: str = "",
    by: By,
    pace: Pace | None = None,
) -> Saved:
    """Say in one's own name, of the words as they stand, what the verdict in force says.

    That is either a machine's suggestion, which is confirmed, or a verdict on other words,
    which is still true as reworded; ``verdict`` is the uid of the one that was seen. Records a
    new verdict that names the old one. Raises ReadOtherwise as `review_claim` does, and
    ValidationError where there is nothing to say again or another verdict came meanwhile.
    """
    article = locked(claim.article)
    claim = reread(claim, read, around)
    old = answered(claim, verdict)
    fresh = old is not None and old.judges(claim)
    if old is None or (fresh and old.editor):
        raise ValidationError(
            _(
                "There is no suggestion to confirm, and no verdict on earlier words to say again. "
                "Judge the sentence instead."
            )
        )
    given = VerdictGiven(
        old.rating, old.note, old.as_of, old.recheck_by, pace, old.claimant, old.claimed
    )
    add_verdict(claim, given, editor=name_of(by), reaffirms=old)
    said = _("Confirmed a suggestion: %s") if fresh else _("Still true as reworded: %s")
    summary = said % old.get_rating_display()
    return Saved(
        commit(article, author=name_of(by), origin="human", act=Act.VERDICT, summary=summary)
    )


@transaction.atomic
def dismiss(
    claim: Claim,
    *,
    read: str,
    around: str | None = None,
    verdict: str = "",
    note: str = "",
    by: AbstractBaseUser,
) -> Saved:
    """Set a machine's suggestion aside: what was judged before it, if anything, speaks again.

    Raises ReadOtherwise as `review_claim` does, and ValidationError where no suggestion speaks.
    """
    article = locked(claim.article)
    claim = reread(claim, read, around)
    old = answered(claim, verdict)
    if old is None or old.editor:
        raise ValidationError(_("There is no machine’s suggestion to dismiss."))
    Verdict.added(
        claim=claim,
        note=note.strip(),
        judged_text=claim.text,
        judged_around=claim.around,
        editor=name_of(by),
        dismisses=old,
    )
    summary = _("Dismissed a suggestion: %s") % old.get_rating_display()
    return Saved(
        commit(article, author=name_of(by), origin="human", act=Act.VERDICT, summary=summary)
    )


def in_force(claim: Claim) -> Verdict | None:
    row = Claim.objects.with_current_verdict().get(pk=claim.pk)
    return Verdict.objects.filter(pk=row.in_force).first()


@transaction.atomic
def attach(ended: Claim, *, to: Claim, read: str, by: By) -> Saved:
    """Let a claim that ended go on at a sentence that looked new.

    ``to``, the claim that the sentence got, ends instead; ``read`` is the sentence as the
    editor read it. Raises ReadOtherwise as `review_claim` does, and ValidationError where the
    first still stands, or the second has verdicts or citations of its own, or no place, or
    they belong to two articles; nothing is saved then.
    """
    article = locked(ended.article)
    ended = Claim.objects.get(pk=ended.pk)
    to = reread(to, read)
    if ended.article_id != to.article_id or ended.section_id or not to.section_id:
        raise ValidationError(
            _("Only a claim that ended can be attached, to a sentence of the same article.")
        )
    if to.verdicts.exists() or to.citations.exists():
        raise ValidationError(
            _("“%s” has a record of its own already. Choose a sentence without one.") % to
        )
    tables.take_out(article, [to.uid])
    there = extents.attached(claim_state(ended), claim_state(to))
    tables.write_claims(article, {to.section.uid: to.section}, {to.section.uid: [there]})
    revision = commit(
        article,
        author=name_of(by),
        origin="human",
        act=Act.ATTACH,
        summary=_("Attached a claim to the sentence that took its place"),
    )
    return Saved(revision, ended=(to.uid,))


@transaction.atomic
def recut(
    claim: Claim,
    *,
    read: str,
    around: str | None = None,
    words: str = "",
    widen: str = "",
    by: By,
) -> Saved:
    """Let the claim be about ``words`` of its paragraph: a part of its sentence, or several.

    ``widen`` ("before" or "after") takes the neighbouring sentence in instead. Other claims
    give up what they share with it, those wholly within end, and what it leaves gets a claim
    of its own. Raises ReadOtherwise as `review_claim` does, and ValidationError for words that
    no claim can be about; nothing is saved then.
    """
    article = locked(claim.article)
    claim = reread(claim, read, around)
    now = load(head(article))
    section = now.section_of(claim.uid)
    if section is None:
        raise ValidationError(_("This sentence is no longer in the article."))
    here = now.claim(claim.uid)
    try:
        if widen:
            span = extents.widened(section.text, now.language, here, back=widen == "before")
        else:
            span = extents.found_words(section.text, here, words)
    except extents.NoExtent as error:
        raise ValidationError({"words": NO_EXTENT[str(error)]}) from None
    claims = extents.recut(section, now.language, claim.uid, span)
    ended, begun = write_claims_of(article, now, section, claims)
    revision = commit(
        article,
        author=name_of(by),
        origin="human",
        act=Act.EXTENT,
        summary=_("A claim is about other words now"),
    )
    return Saved(revision, ended=ended, begun=begun)


NO_EXTENT = {
    "absent": gettext_lazy(
        "These words do not stand in the paragraph one after the other. Copy them from there."
    ),
    "cut": gettext_lazy("That would cut a word in two. Take whole words."),
    "last": gettext_lazy("There is no sentence on that side in the paragraph."),
}


def reread(claim: Claim, read: str, around: str | None = None) -> Claim:
    """The claim as it stands. Raises ReadOtherwise where that is not what its judge read.

    ``around`` is the sentence around a part of one as they read it, None where they do not say.
    """
    claim = Claim.objects.select_related("section", "article").get(pk=claim.pk)
    if claim.text != read or around not in (None, claim.around):
        raise ReadOtherwise(claim, read)
    return claim


def answered(claim: Claim, verdict: str) -> Verdict | None:
    """The verdict in force. Raises ValidationError where it is not the one with this uid.

    Somebody who confirms or dismisses answers what they saw. "" stands for whatever there is.
    """
    found = in_force(claim)
    if verdict and (found is None or found.uid != verdict):
        raise ValidationError(
            _("Another verdict was given meanwhile. Read it, then decide."), code="meanwhile"
        )
    return found


def _act(corrected: bool, verdicts: Sequence[VerdictGiven]) -> str:
    if corrected:
        return Act.EDIT
    return Act.VERDICT if verdicts else Act.CITATION


def _summary(corrected: bool, verdicts: Sequence[VerdictGiven]) -> str:
    ratings = ", ".join(str(Rating(given.rating).label) for given in verdicts)
    if corrected:
        return _("Corrected a sentence: %s") % ratings if ratings else _("Corrected a sentence")
    return _("Judged a sentence: %s") % ratings if ratings else _("Changed a sentence’s citations")


def _correct(claim: Claim, paragraph: str, origin: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Put ``paragraph`` in the place of the one that holds the claim."""
    if claim.section is None:
        raise ValidationError(
            {
                "paragraph": _(
                    "This sentence is no longer in the article; there is nothing to correct."
                )
            }
        )
    now = load(head(claim.article))
    body = claim.section.body
    span = paragraph_at(body, claim.start, prefix=claim.section.uid)
    new_body = body[: span.start] + paragraph.strip() + body[span.end :]
    text = replace(
        now.text,
        sections=tuple(
            replace(section, body=new_body) if section.uid == claim.section.uid else section
            for section in now.text.sections
        ),
    )
    return write_text(claim.article, text, now, origin=origin, corrected=claim.uid)


def _record(claim: Claim, verdicts: Sequence[VerdictGiven], *, editor: str) -> None:
    if verdicts and claim.section is None:
        raise ValidationError(
            {
                "paragraph": _(
                    "The sentence is gone, so a verdict has nothing to judge. Save a correction "
                    "without a verdict, then judge the new sentence."
                )
            }
        )
    for given in verdicts:
        add_verdict(claim, given, editor=editor)


def add_verdict(
    claim: Claim, given: VerdictGiven, *, editor: str, reaffirms: Verdict | None = None
) -> None:
    """A verdict on the claim as it stands, "" for a machine's."""
    Verdict.added(
        claim=claim,
        rating=given.rating,
        note=given.note.strip(),
        as_of=given.as_of.strip(),
        recheck_by=given.recheck_by,
        claimant=given.claimant.strip(),
        claimed=given.claimed.strip(),
        judged_text=claim.text,
        judged_around=claim.around,
        editor=editor,
        reaffirms=reaffirms,
        seconds=given.pace and given.pace.seconds,
        source_opened=given.pace and given.pace.source_opened,
    )


def _hold_cited(citations: Sequence[CitationGiven] | None) -> None:
    there = [given.source.pk for given in citations or () if given.source.pk]
    if there:
        tables.hold_sources(there)


def _cite(claim: Claim, citations: Sequence[CitationGiven]) -> list[str]:
    """Make these the claim's citations, in this order.

    Returns the uids of the sources of which something is to be looked at that was not before.
    """
    unseen = []
    there = {citation.uid: citation for citation in claim.citations.all()}
    kept = {given.uid for given in citations if given.uid in there}
    claim.citations.exclude(uid__in=kept).delete()
    # Out of each other's way: every statement meets the unique constraint on places.
    claim.citations.update(position=F("position") + 1_000_000)
    for position, given in enumerate(citations):
        citation = there.get(given.uid) or Citation(claim=claim)
        if given.source.pk is None:
            given.source.full_clean()
            given.source.save()
        if (citation.source_id, citation.quote) != (given.source.pk, given.quote.strip()):
            unseen.append(given.source.uid)
        citation.position, citation.source = position, given.source
        citation.stance, citation.quote = given.stance, given.quote.strip()
        citation.locator = given.locator.strip()
        citation.full_clean()
        citation.save()
    return unseen
