"""The live tables' present as a value."""

from collections import defaultdict

from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SectionState,
    SourceState,
    VerdictState,
    in_order,
)
from articles.models import Article, Citation, Claim, Section, Source, Verdict


def capture(article: Article) -> ArticleState:
    """What the article is now, in seven queries whatever its size."""
    article = Article.objects.select_related("translation_of").get(pk=article.pk)
    verdicts, citations = _verdicts(article), _citations(article)
    claims = defaultdict(list)
    for row in Claim.objects.standing().filter(article=article).order_by("start"):
        claims[row.section_id].append(
            claim_state(row, tuple(verdicts[row.uid]), tuple(citations[row.uid]))
        )
    sections = Section.objects.filter(article=article).prefetch_related("tags")
    return ArticleState(
        uid=article.uid,
        slug=article.slug,
        title=article.title,
        language=article.language,
        translation_of=article.translation_of.uid if article.translation_of else "",
        see_also=tuple(article.see_also),
        sections=tuple(
            SectionState(
                uid=section.uid,
                level=section.level,
                heading=section.heading,
                body=section.body,
                tags=in_order(tag.name for tag in section.tags.all()),
                claims=tuple(claims[section.pk]),
            )
            for section in sections
        ),
        sources=_sources(article),
    )


def claim_state(
    row: Claim,
    verdicts: tuple[VerdictState, ...] = (),
    citations: tuple[CitationState, ...] = (),
) -> ClaimState:
    return ClaimState(
        uid=row.uid,
        start=row.start,
        end=row.end,
        text=row.text,
        origin=row.origin,
        writer=row.writer,
        begun=row.begun,
        changed=row.changed,
        words=tuple((number, count) for number, count in row.words),
        around=row.around,
        verdicts=verdicts,
        citations=citations,
    )


def _verdicts(article: Article) -> dict[str, list[VerdictState]]:
    found = defaultdict(list)
    rows = Verdict.objects.filter(claim__article=article, claim__section__isnull=False)
    for claim, *values in rows.order_by("pk").values_list(
        "claim__uid",
        "uid",
        "rating",
        "note",
        "as_of",
        "recheck_by",
        "judged_text",
        "editor",
        "judged_at",
        "reaffirms__uid",
        "judged_around",
        "dismisses__uid",
        "seconds",
        "source_opened",
        "claimant",
        "claimed",
    ):
        *told, reaffirms, judged_around, dismisses = values[:11]
        seconds, source_opened, claimant, claimed = values[11:]
        found[claim].append(
            VerdictState(
                *told,
                reaffirms=reaffirms or "",
                judged_around=judged_around,
                dismisses=dismisses or "",
                seconds=seconds,
                source_opened=source_opened,
                claimant=claimant,
                claimed=claimed,
            )
        )
    return found


def _citations(article: Article) -> dict[str, list[CitationState]]:
    found = defaultdict(list)
    rows = Citation.objects.filter(claim__article=article, claim__section__isnull=False)
    for claim, *values in rows.order_by("position").values_list(
        "claim__uid", "uid", "source__uid", "stance", "quote", "locator"
    ):
        found[claim].append(CitationState(*values))
    return found


def _sources(article: Article) -> tuple[SourceState, ...]:
    cited = Citation.objects.filter(claim__article=article, claim__section__isnull=False)
    fields = SourceState.__dataclass_fields__
    rows = Source.objects.filter(pk__in=cited.values("source")).order_by("uid")
    return tuple(SourceState(*row) for row in rows.values_list(*fields))
