"""What readers' lists and pages look things up in, written anew when an article is published."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from operator import attrgetter

from django.db.models import F, Q, QuerySet

from articles import search
from articles.history.review import review
from articles.history.rules import folded, tag_slug
from articles.history.state import ArticleState
from articles.models import (
    Article,
    Publication,
    PublishedArticle,
    PublishedCitation,
    PublishedClaim,
    PublishedLink,
    PublishedSection,
    PublishedSource,
    PublishedTag,
    Revision,
)
from articles.text import csl
from articles.text.anchors import anchors

AT_ONCE = 500
CLAIM_FIELDS = [
    *("number", "current", "position", "section", "text"),
    *("rating", "by", "stale", "claimant"),
]


def show(
    article: Article, revision: Revision, publication: Publication, state: ArticleState
) -> PublishedArticle:
    """Make the revision what readers find. Pages whose links change by it grow a version."""
    before = PublishedArticle.objects.filter(article=article).first()
    originals = {original(state), *([before.original] if before else [])}
    # Always: where two have one title, links lead to the one whose publication is older.
    titles = {folded(state.title), *([before.title_key] if before else [])}
    lock(article, originals, titles)
    shown = write_article(before, revision, publication, state)
    write_links(shown, state)
    write_sections(shown, state)
    write_claims(shown, revision, state)
    search.write(shown)
    tell(originals, titles)
    return shown


def hide(article: Article, publication: Publication) -> None:
    """Take the article from readers; its row stays and says so."""
    shown = article.published
    lock(article, {shown.original}, {shown.title_key})
    shown.withdrawn, shown.publication, shown.version = True, publication, shown.version + 1
    shown.save()
    search.remove(shown)
    shown.sections.all().delete()
    shown.claims.update(current=False)
    PublishedCitation.objects.filter(claim__article=shown).delete()
    tell({shown.original}, {shown.title_key})


def original(state: ArticleState) -> str:
    """What an article shares with its translations."""
    return state.translation_of or state.uid


def lock(article: Article, originals: Collection[str], titles: Collection[str]) -> None:
    """Lock what will be written, in the order of keys, as who writes evidence does."""
    own = PublishedArticle.objects.filter(article=article)
    rows = (own | concerned(originals, titles)).order_by("pk")
    list(rows.select_for_update().values("pk"))


def concerned(originals: Collection[str], titles: Collection[str]) -> QuerySet[PublishedArticle]:
    """Pages that name translations of these articles, or these titles under "see also"."""
    naming = PublishedLink.objects.filter(title_key__in=titles).values("article")
    return PublishedArticle.objects.filter(Q(original__in=originals) | Q(pk__in=naming))


def write_article(
    before: PublishedArticle | None,
    revision: Revision,
    publication: Publication,
    state: ArticleState,
) -> PublishedArticle:
    facts = review(state)
    shown, _created = PublishedArticle.objects.update_or_create(
        article_id=revision.article_id,
        defaults={
            "slug": state.slug,
            "title": state.title,
            "title_key": folded(state.title),
            "language": state.language,
            "original": original(state),
            "standfirst": standfirst(state),
            "publication": publication,
            "number": revision.number,
            "previous": shown_before(before, revision),
            "hash": revision.hash,
            "first_published_at": before.first_published_at if before else publication.created_at,
            "published_at": publication.created_at,
            "withdrawn": False,
            "corrected_at": correction_time(before, publication),
            "correction": publication.note or (before.correction if before else ""),
            "responsible": publication.responsible,
            "origin": facts.origin,
            "reviewed": facts.reviewed,
            "tally": [[t.rating, t.by, t.stale, t.count] for t in facts.tallies],
            "version": before.version + 1 if before else 1,
        },
    )
    return shown


def shown_before(before: PublishedArticle | None, revision: Revision) -> int | None:
    """The number of the other revision that readers saw last."""
    if before is None:
        return None
    return before.number if before.number != revision.number else before.previous


def correction_time(before: PublishedArticle | None, publication: Publication) -> datetime | None:
    if publication.note:
        return publication.created_at
    return before.corrected_at if before else None


def standfirst(state: ArticleState) -> str:
    """The opening words: the first claims, up to about 200 characters."""
    words = ""
    for claim in state.claims():
        if words and len(words) + len(claim.text) > 200:
            break
        words = f"{words} {claim.text}".strip()
    return words if len(words) <= 400 else words[:399] + "…"


def write_links(shown: PublishedArticle, state: ArticleState) -> None:
    """Add the titles that are new under "see also", and say where all of them lead."""
    held = shown.links.values_list("title_key", flat=True)
    new = sorted({folded(title) for title in state.see_also}.difference(held))
    PublishedLink.objects.bulk_create(PublishedLink(article=shown, title_key=key) for key in new)
    shown.linked = PublishedArticle.objects.slugs(shown.links.values("title_key"))
    shown.save(update_fields=["linked"])


def write_sections(shown: PublishedArticle, state: ArticleState) -> None:
    shown.sections.all().delete()
    names = anchors([section.heading for section in state.sections])
    rows = PublishedSection.objects.bulk_create(
        [
            PublishedSection(
                uid=section.uid,
                article=shown,
                position=position,
                heading=section.heading,
                anchor=anchor,
            )
            for position, (section, anchor) in enumerate(zip(state.sections, names, strict=True))
        ],
        batch_size=AT_ONCE,
    )
    PublishedTag.objects.bulk_create(
        [
            PublishedTag(section=row, name=tag, slug=tag_slug(tag))
            for row, section in zip(rows, state.sections, strict=True)
            for tag in section.tags
        ],
        # Two tags of one section may share a slug (C++ and C#); one link to it is enough.
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )


def write_claims(shown: PublishedArticle, revision: Revision, state: ArticleState) -> None:
    shown.claims.update(current=False)
    PublishedCitation.objects.filter(claim__article=shown).delete()
    claims = [(section.uid, claim) for section in state.sections for claim in section.claims]
    rows = [
        PublishedClaim(
            uid=claim.uid,
            article=shown,
            number=revision.number,
            current=True,
            position=position,
            section=section,
            text=claim.text,
            rating=claim.rating,
            by=claim.by,
            stale=claim.stale,
            claimant=claim.claimant,
        )
        for position, (section, claim) in enumerate(claims)
    ]
    PublishedClaim.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=CLAIM_FIELDS,
        unique_fields=["uid"],
        batch_size=AT_ONCE,
    )
    pks = dict(shown.claims.filter(current=True).values_list("uid", "pk"))
    sources = write_sources(shown, state)
    PublishedCitation.objects.bulk_create(
        [
            PublishedCitation(
                claim_id=pks[claim.uid],
                source_id=sources[citation.source],
                stance=citation.stance,
                quote=citation.quote,
                locator=citation.locator,
            )
            for _section, claim in claims
            for citation in claim.citations
        ],
        batch_size=AT_ONCE,
    )


def write_sources(shown: PublishedArticle, state: ArticleState) -> dict[str, int]:
    """The works cited, as this revision describes them; their keys by uid."""
    PublishedSource.objects.bulk_create(
        [
            PublishedSource(uid=source.uid, title=source.title, csl=csl.item(source))
            for source in state.sources
        ],
        update_conflicts=True,
        update_fields=["title", "csl"],
        unique_fields=["uid"],
        batch_size=AT_ONCE,
    )
    uids = [source.uid for source in state.sources]
    pks = dict(PublishedSource.objects.filter(uid__in=uids).values_list("uid", "pk"))
    uses = PublishedSource.articles.through
    uses.objects.bulk_create(
        [uses(publishedsource_id=pk, publishedarticle_id=shown.pk) for pk in pks.values()],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    return pks


def tell(originals: Collection[str], titles: Collection[str]) -> None:
    """Name to the pages concerned the translations that readers see, and where the titles lead.

    Each row is written once. PostgreSQL would look again for the article of one that was written
    twice, and whoever holds that article may be waiting for this publication's place in the log.
    """
    slugs = PublishedArticle.objects.slugs(titles)
    links = PublishedLink.objects.filter(title_key__in=titles)
    leads: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, key in links.filter(title_key__in=slugs).values_list("article", "title_key"):
        leads[pk][key] = slugs[key]
    rows = list(concerned(originals, titles).order_by("pk"))
    related = {name: [row for row in rows if row.original == name] for name in originals}
    for row in rows:
        told = row.original in related
        now = others(row, related[row.original]) if told else row.translations
        elsewhere = {key: slug for key, slug in row.linked.items() if key not in titles}
        linked = elsewhere | leads[row.pk]
        if (now, linked) != (row.translations, row.linked):
            PublishedArticle.objects.filter(pk=row.pk).update(
                translations=now, linked=linked, version=F("version") + 1
            )


def others(row: PublishedArticle, related: list[PublishedArticle]) -> list[list[str]]:
    """Language and slug of the newest in each other language; none where one is withdrawn."""
    shown = sorted(
        (other for other in related if not other.withdrawn), key=attrgetter("published_at")
    )
    slugs = {other.language: other.slug for other in shown if other.language != row.language}
    return sorted([language, slug] for language, slug in slugs.items())
