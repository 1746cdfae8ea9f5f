"""The one way out: fetch a public page, within bounds, and never anything inside."""

from articles.evidence.fetch.answer import Answer, NotModified, Unfetched
from articles.evidence.fetch.bounds import Bounds
from articles.evidence.fetch.fetching import DEFAULT, fetch

__all__ = ["DEFAULT", "Answer", "Bounds", "NotModified", "Unfetched", "fetch"]
