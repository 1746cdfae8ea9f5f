"""Sources with addresses, cited by articles, for tests of evidence."""

from typing import Any

from articles import editing, publishing
from articles.models import Article, Source, Visit, Watch
from tests.factories import EditorFactory, SourceFactory, article, claim_of


def cited(
    url: str = "",
    *,
    quote: str = "",
    slug: str = "two-sections",
    publish: bool = False,
    **values: Any,
) -> Source:
    """A source with this address that a claim of an article cites."""
    source = SourceFactory(url=url, **values)
    made = Article.objects.filter(slug=slug).first() or article(slug=slug)
    cite(made, source, quote)
    if publish:
        publishing.publish(made, by=None)
    return source


def cite(made: Article, source: Source, quote: str, words: str = "15,209") -> None:
    """Add a citation to the claim that holds the words."""
    claim = claim_of(made, words)
    there = [
        editing.CitationGiven(row.source, row.stance, row.quote, row.locator, row.uid)
        for row in claim.citations.all()
    ]
    given = [*there, editing.CitationGiven(source, quote=quote)]
    editing.review_claim(claim, read=claim.text, citations=given, by=EditorFactory())


def watch(source: Source) -> Watch:
    return Watch.objects.get(pk=source.uid)


def outcomes(source: Source) -> list[str]:
    """What came of each visit, in order."""
    rows = Visit.objects.filter(source=source).order_by("pk")
    return list(rows.values_list("outcome", flat=True))
