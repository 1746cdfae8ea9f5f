"""Sources: the works that claims cite."""

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import editing
from articles.admin.door import DoorAdmin, DoorForm
from articles.models import Source


class SourceForm(DoorForm):
    class Meta:
        model = Source
        fields: list[str] = []  # the admin's fieldsets name them


@admin.register(Source)
class SourceAdmin(DoorAdmin):
    form = SourceForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    search_fields = ["title", "uid", "authors", "publisher"]
    list_display = ["title", "type", "publisher", "issued", "cited", "uid"]
    list_filter = ["type"]
    ordering = ["title", "pk"]  # said again, for a query that counts loses the table's own
    fieldsets = [
        (None, {"fields": ["title", "type", "authors"]}),
        (
            _("Where it appeared"),
            {"fields": ["container_title", "publisher", "issued", "url", "doi"]},
        ),
        (_("More"), {"fields": ["language", "accessed", "note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        standing = Q(citations__claim__section__isnull=False)
        return super().get_queryset(request).annotate(cited=Count("citations", filter=standing))

    @admin.display(description=_("cited by sentences"), ordering="cited")
    def cited(self, source: Source) -> int:
        return source.cited

    def save_related(
        self, request: HttpRequest, form: SourceForm, formsets: list, change: bool
    ) -> None:
        if change and not form.has_changed():
            return
        before = self._citing(form.instance) if change else 0
        editing.save_source(form.instance, by=request.user)
        request.log_message = str(_("Changed")) if change else str(_("Added"))
        if before:
            said = ngettext(
                "%d article cites this source and has a new revision.",
                "%d articles cite this source and have a new revision each.",
                before,
            )
            self.message_user(request, said % before, messages.INFO)

    def _citing(self, source: Source) -> int:
        standing = source.citations.filter(claim__section__isnull=False)
        return standing.values("claim__article").distinct().count()
