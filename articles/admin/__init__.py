"""Editors' pages on Django's own admin: each turns a form into one call of a door.

What is not here is closed: blobs, revisions, publications and verdicts have no pages of
their own, and articles are withdrawn, never deleted.
"""

import taggit.admin  # noqa: F401  (so that the tags' admin is registered before it is closed)
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles.admin.article import ArticleAdmin
from articles.admin.claim import ClaimAdmin
from articles.admin.source import SourceAdmin

__all__ = ["ArticleAdmin", "ClaimAdmin", "SourceAdmin"]

# A tag renamed there would change every article that has it, without a revision of any.
admin.site.unregister(Tag)

admin.site.site_header = _("Sentence by Sentence")
admin.site.site_title = _("Sentence by Sentence")
# Three lists need no column of their own; they stand in the header.
admin.site.enable_nav_sidebar = False
admin.site.index_title = _("Editors’ desk")
