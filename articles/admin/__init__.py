"""Editors' pages on Django's own admin: each turns a form into one call of a door.

What is not here is closed: blobs, revisions, publications and verdicts have no pages of
their own, and articles are withdrawn, never deleted.
"""

import taggit.admin  # noqa: F401  (so that the tags' admin is registered before it is closed)
from django.contrib import admin
from taggit.models import Tag

from articles.admin.article import ArticleAdmin
from articles.admin.claim import ClaimAdmin
from articles.admin.source import SourceAdmin

__all__ = ["ArticleAdmin", "ClaimAdmin", "SourceAdmin"]

# A tag renamed there would change every article that has it, without a revision of any.
admin.site.unregister(Tag)
