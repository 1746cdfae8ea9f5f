"""Editors' pages on Django's own admin: each turns a form into one call of a door.

What is not here is closed: blobs, revisions, publications, verdicts, copies, visits and quote
checks have no forms of their own, and articles are withdrawn, never deleted.
"""

import django_tasks_db.admin  # noqa: F401  (registered before they are closed, like the tags)
import taggit.admin  # noqa: F401
from django.contrib import admin
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag

from articles.admin.article import ArticleAdmin
from articles.admin.claim import ClaimAdmin
from articles.admin.report import ReportAdmin
from articles.admin.source import SourceAdmin

__all__ = ["ArticleAdmin", "ClaimAdmin", "ReportAdmin", "SourceAdmin"]

# A tag renamed there would change every article that has it, without a revision of any.
admin.site.unregister(Tag)
# The queue only wakes the worker; what waits and what came of it stands with the sources.
admin.site.unregister(DBTaskResult)
