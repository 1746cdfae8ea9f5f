"""Sources: the works that claims cite."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import editing
from articles.admin.door import DoorAdmin, DoorForm
from articles.models import Source
from articles.text.canonical import canonical, sha256

FIELDS = [field.name for field in Source._meta.concrete_fields if field.editable]


class SourceForm(DoorForm):
    # What the source said when the form was opened, so that a later save is not overwritten unseen.
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Source
        fields: list[str] = []  # the admin's fieldsets name them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["read"] = digest(self.instance)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.instance.pk:
            return values
        now = editing.held(self.instance)
        if values.get("read") != digest(now):
            self.add_error(None, self.otherwise(now))
            self.data = self.data.copy()
            self.data[self.add_prefix("read")] = digest(now)
        return values

    def otherwise(self, now: Source) -> str:
        """What the other editor's save left where this one differs."""
        said = [
            f"{field.label}: {getattr(now, name) or '–'}"
            for name, field in self.fields.items()
            if name in FIELDS and self.cleaned_data.get(name, "") != getattr(now, name)
        ]
        return _(
            "Somebody else saved this source meanwhile; nothing of yours is saved yet. "
            "Where yours differs, it now says: %s. Save again to put yours in its place."
        ) % "; ".join(said or [str(now)])


def digest(source: Source) -> str:
    """What tells whether a source says the same as before."""
    return sha256(canonical({name: str(getattr(source, name)) for name in FIELDS}))


@admin.register(Source)
class SourceAdmin(DoorAdmin):
    form = SourceForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    search_fields = ["title", "uid", "authors", "publisher"]
    list_display = ["title", "type", "publisher", "issued", "cited", "uid"]
    list_filter = ["type"]
    ordering = ["title", "pk"]  # said again, for a query that counts loses the table's own
    fieldsets = [
        (None, {"fields": ["title", "type", "authors", "read"]}),
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
        if change and not set(form.changed_data) - {"read"}:
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
