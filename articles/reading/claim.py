"""One sentence and its record."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.evidence.findings import Findings, findings
from articles.history.diff import since_judged
from articles.history.state import ArticleState, CitationState, ClaimState, VerdictState
from articles.history.store import load
from articles.models import PublishedClaim, PublishedSection, Stance
from articles.reading import checks, linked_data, notice, visible
from articles.reading.checks import Check
from articles.reading.links import absolute
from articles.reading.serving import answer, gone
from articles.remembering import remembered
from articles.text import csl
from articles.text.cite import Reference, parts
from articles.text.diff import Run


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict in the course of time."""

    verdict: VerdictState
    label: str
    whose: str
    in_force: bool
    judged: tuple[Run, ...]  # how the words that it judged differ from the present ones


@dataclass(frozen=True, slots=True)
class Rests:
    """A citation with its source."""

    citation: CitationState
    stance: str
    work: Reference
    language: str
    check: Check
    away: str  # why the source's page cannot be read, in a sentence
    archived: str  # the address of a public archive's copy


def claim(request: HttpRequest, uid: str) -> HttpResponse:
    row = shown_claim(uid)
    article = row.article
    if article.withdrawn:
        return gone(article.title, article.language, article.slug, article.publication)
    return answer(
        request,
        f"claim-{row.uid}-{article.hash[:20]}-{article.publication_id}-{article.version}",
        lambda: claim_page(row),
    )


@remembered
def shown_claim(uid: str) -> PublishedClaim:
    """The claim that readers see or once saw. Raises Http404 for one that they never did."""
    rows = PublishedClaim.objects.select_related("article__publication")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404(_("No published article holds such a sentence."))
    return row


def claim_page(row: PublishedClaim) -> str:
    """The page, in six queries after the row's."""
    state = load(visible.revision(row.article_id, row.number))
    found = state.claim(row.uid)
    if found is None:
        raise Http404(_("No published article holds such a sentence."))
    known = findings(citation.source for citation in found.citations)
    section = published_section(row.section, row.article_id)
    return loader.render_to_string(
        "articles/claim.html",
        {
            "article": row.article,
            "claim": found,
            "number": row.number,
            "current": row.current,
            "section": section if row.current else None,
            "heading": heading_of(state, row.section),
            "language": state.language,
            "label": notice.label(found.rating),
            "whose": notice.whose(found.by),
            "written_by": notice.written_by(found.origin),
            "changed": since_judged(found.verdict, found) if found.verdict else (),
            "judgements": judgements(found),
            "evidence": [rests(citation, state, known) for citation in found.citations],
            "unfound": checks.all_missing(found, known),
            "address": absolute("claim", found.uid),
            "linked_data": linked_data.of_claim(
                found, state, number=row.number, current=row.current, archives=known.archives
            ),
        },
    )


@remembered
def published_section(uid: str, article: int) -> PublishedSection | None:
    return PublishedSection.objects.filter(uid=uid, article=article).first()


def heading_of(state: ArticleState, uid: str) -> str:
    return next((section.heading for section in state.sections if section.uid == uid), "")


def judgements(claim: ClaimState) -> list[Judgement]:
    """The claim's verdicts, newest first."""
    return [
        Judgement(
            verdict=verdict,
            label=notice.label(verdict.rating) if verdict.rating else _("Suggestion dismissed"),
            whose=notice.whose(verdict.by),
            in_force=verdict == claim.verdict,
            judged=since_judged(verdict, claim),
        )
        for verdict in reversed(claim.verdicts)
    ]


def rests(citation: CitationState, state: ArticleState, known: Findings) -> Rests:
    source = state.source_by_uid[citation.source]
    work = parts(csl.item(source), get_language())
    return Rests(
        citation=citation,
        stance=Stance(citation.stance).label,
        work=work,
        language=source.language,
        check=checks.check(known, citation.source, citation.quote, source.url, work.url),
        away=checks.away_in_words(known.standing(citation.source), source.url, work.url),
        archived=known.archives.get(citation.source, ""),
    )
