"""The tables. What they mean together stands in docs/design.md."""

from articles.models.append_only import AppendOnlyError
from articles.models.article import Article, Language
from articles.models.blob import Blob
from articles.models.citation import Citation, Stance
from articles.models.claim import Claim, Origin
from articles.models.indexed import IndexedArticle, IndexedWord
from articles.models.presence import Presence
from articles.models.publication import Publication
from articles.models.published import (
    PublishedArticle,
    PublishedCitation,
    PublishedClaim,
    PublishedLink,
    PublishedSection,
    PublishedSource,
    PublishedTag,
)
from articles.models.quote_check import QuoteCheck, Result
from articles.models.report import Report
from articles.models.revision import Act, Revision
from articles.models.section import Section
from articles.models.snapshot import Kind, Snapshot
from articles.models.source import Source, SourceType
from articles.models.verdict import Rating, Verdict
from articles.models.visit import Outcome, Visit
from articles.models.watch import Host, LinkState, Watch

__all__ = [
    "Act",
    "AppendOnlyError",
    "Article",
    "Blob",
    "Citation",
    "Claim",
    "Host",
    "IndexedArticle",
    "IndexedWord",
    "Kind",
    "Language",
    "LinkState",
    "Origin",
    "Outcome",
    "Presence",
    "Publication",
    "PublishedArticle",
    "PublishedCitation",
    "PublishedClaim",
    "PublishedLink",
    "PublishedSection",
    "PublishedSource",
    "PublishedTag",
    "QuoteCheck",
    "Rating",
    "Report",
    "Result",
    "Revision",
    "Section",
    "Snapshot",
    "Source",
    "SourceType",
    "Stance",
    "Verdict",
    "Visit",
    "Watch",
]
