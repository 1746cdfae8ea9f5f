"""One sentence and its record."""

from dataclasses import dataclass

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.evidence.findings import Findings, findings
from articles.history.diff import since_judged
from articles.history.state import ArticleState, CitationState, ClaimState, VerdictState
from articles.history.store import load
from articles.models import PublishedArticle, PublishedClaim, PublishedSection, Revision, Stance
from articles.reading import checks, linked_data, notice, visible
from articles.reading.checks import Check
from articles.reading.links import absolute
from articles.reading.serving import Shown, answer, gone, published_row
from articles.remembering import remembered
from articles.text import csl
from articles.text.cite import Reference, parts
from articles.text.diff import Run

# By hand, as each warm page asks it: see serving.LOOK_UP.
LOOK_UP = """
    SELECT claim.number, claim.current, claim.section,
           row.article_id, row.hash, row.publication_id, row.version, row.withdrawn
    FROM articles_publishedclaim claim
    JOIN articles_publishedarticle row ON row.article_id = claim.article_id
    WHERE claim.uid = %s
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim that readers see or once saw."""

    uid: str
    number: int  # of the revision that last showed it
    current: bool
    section: str  # uid
    shown: Shown  # its article


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
    seen = look_up(uid)
    if seen.shown.withdrawn:
        row = published_row(seen.shown.article)
        return gone(row.title, row.language, row.slug, row.publication)
    return answer(request, f"claim-{uid}-{seen.shown.key}", lambda: claim_page(seen))


def look_up(uid: str) -> Seen:
    """The claim, in one query. Raises Http404 for one that readers never saw."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [uid])
        found = cursor.fetchone()
    if found is None:
        raise Http404(_("No published article holds such a sentence."))
    number, current, section, *shown = found
    return Seen(uid, number, bool(current), section, Shown(*shown))


def shown_claim(uid: str) -> PublishedClaim:
    """The claim that readers see or once saw. Raises Http404 for one that they never did."""
    rows = PublishedClaim.objects.select_related("article__publication")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404(_("No published article holds such a sentence."))
    return row


def claim_page(seen: Seen) -> str:
    """The page, in six queries after the look-up's; in seven if its article lacks it by now."""
    row = published_row(seen.shown.article)
    state = load(revision(row, seen.number))
    found = state.claim(seen.uid)
    if found is None:
        raise Http404(_("No published article holds such a sentence."))
    known = findings(citation.source for citation in found.citations)
    section = published_section(seen.section, row.pk)
    return loader.render_to_string(
        "articles/claim.html",
        {
            "article": row,
            "claim": found,
            "number": seen.number,
            "current": seen.current,
            "section": section if seen.current else None,
            "heading": heading_of(state, seen.section),
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
                found, state, number=seen.number, current=seen.current, archives=known.archives
            ),
        },
    )


def revision(row: PublishedArticle, number: int) -> Revision:
    """A revision that readers saw, which is the one that the row shows in most cases."""
    if number == row.number and not row.withdrawn:
        return row.publication.revision
    return visible.revision(row.pk, number)


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
