"""Sources: the works that claims cite."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import editing
from articles.admin.door import DoorAdmin, DoorForm
from articles.admin.evidence import address, broken, copies, lookup, progress, standing
from articles.admin.evidence.lookup import NOTHING, Found
from articles.admin.source_import import import_sources
from articles.evidence.broken import BROKEN
from articles.evidence.likeness import same_work, work_of
from articles.models import LinkState, Snapshot, Source, Watch
from articles.text import csl
from articles.text.bibliography import FORMATS
from articles.text.canonical import canonical, sha256

FIELDS = [field.name for field in Source._meta.concrete_fields if field.editable]
# In the order of the form; a tuple stands in one line.
ALWAYS = [
    *("title", "authors", ("type", "issued"), "container_title", "publisher", "url", "doi"),
    *("read", "another"),
]
RARE = [
    *("editors", "place", ("volume", "issue", "pages"), "number", ("isbn", "issn")),
    *(("language", "accessed"), "note"),
]


def names(row: str | tuple[str, ...]) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else row


class SourceForm(DoorForm):
    # What the source said when the form was opened, so that a later save is not overwritten unseen.
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    # Asked only where the work seems to be there already.
    another = forms.BooleanField(
        label=_("It is another work: add it all the same"),
        required=False,
        widget=forms.HiddenInput,
    )
    found: Found = NOTHING  # the look-up that fills the form in

    class Meta:
        model = Source
        fields: list[str] = []  # the admin's fieldsets name them
        widgets = {
            name: forms.Textarea({"rows": rows, "class": "vLargeTextField"})
            for name, rows in {"authors": 3, "editors": 2, "note": 3}.items()
        } | {"url": forms.URLInput({"class": "vURLField"})}  # Django's repeats the address above

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["read"] = digest(self.instance)
        for name, origin in self.found.origins.items():
            if name in self.fields:
                field = self.fields[name]
                field.help_text = format_html(
                    '<span class="origin">{}</span> {}', _("Found: %s.") % origin, field.help_text
                )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.instance.pk:
            self.ask_whether_known(values)
            return values
        now = editing.held(self.instance)
        if values.get("read") != digest(now):
            self.add_error(None, self.otherwise(now))
            self.data = self.data.copy()
            self.data[self.add_prefix("read")] = digest(now)
        return values

    def ask_whether_known(self, values: dict[str, Any]) -> None:
        """Refuse a work that is among the sources until the editor says that it is another."""
        known = None if values.get("another") else same_work(work_of(values))
        if known is None:
            return
        self.fields["another"].widget = forms.CheckboxInput()
        link = format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_source_change", args=[known.pk]),
            known.title,
        )
        self.add_error(
            None,
            format_html(gettext("This work is there already: {}. Nothing is saved yet."), link),
        )

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


def exported(sources: models.QuerySet, ending: str) -> HttpResponse:
    """The sources as a file for a reference manager."""
    form = FORMATS[ending]
    return HttpResponse(
        form.write(csl.item(source) for source in sources),
        content_type=f"{form.media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="sources.{ending}"'},
    )


class LinkFilter(admin.SimpleListFilter):
    title = _("its address")
    parameter_name = "link"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        return [("broken", _("Broken, in whatever way")), *LinkState.choices]

    def queryset(self, request: HttpRequest, sources: models.QuerySet) -> models.QuerySet:
        match self.value():
            case None:
                return sources
            case "broken":
                return sources.filter(watch__state__in=BROKEN)
            case LinkState.UNKNOWN:
                return sources.filter(Q(watch=None) | Q(watch__state=LinkState.UNKNOWN))
        return sources.filter(watch__state=self.value())


@admin.register(Source)
class SourceAdmin(DoorAdmin):
    form = SourceForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    search_fields = ["title", "uid", "authors", "publisher"]
    list_display = ["title", "type", "issued", "cited", "link", "copies", "uid"]
    list_filter = [LinkFilter, "type"]
    ordering = ["title", "pk"]  # said again, for a query that counts loses the table's own
    change_form_template = "admin/articles/source/change_form.html"
    actions = ["as_bib", "as_ris", "as_json"]

    def get_urls(self) -> list[URLPattern]:
        copy = "<int:pk>/evidence/<slug:uid>"
        pages = [
            ("import/", import_sources, "import"),
            ("look-up/", lookup.look_up, "look_up"),
            ("broken/", broken.broken, "broken"),
            ("progress/", progress.shown, "progress"),
            ("<int:pk>/choose/", lookup.choose, "choose"),
            ("<int:pk>/address/", address.address, "address"),
            ("<int:pk>/evidence/", standing.evidence, "evidence"),
            ("<int:pk>/evidence/copies.warc.gz", copies.as_warc, "warc"),
            (f"{copy}/", copies.copy, "copy"),
            (f"{copy}/text/", copies.text, "copy_text"),
            (f"{copy}/bytes/", copies.as_received, "copy_bytes"),
            (f"{copy}/changes/", copies.changes, "copy_changes"),
        ]
        own = [
            path(
                route,
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"articles_source_{name}",
            )
            for route, view, name in pages
        ]
        return own + super().get_urls()

    # The form

    def get_fieldsets(
        self, request: HttpRequest, obj: Source | None = None
    ) -> list[tuple[str | None, dict[str, Any]]]:
        """Of the fields that few works have, those that say something stand in sight."""
        told = vars(obj) if obj else lookup.found_for(request).fields
        said = [row for row in RARE if any(told.get(name) for name in names(row))]
        rest = [row for row in RARE if row not in said]
        return [
            (None, {"fields": [*ALWAYS, *said]}),
            (_("More"), {"classes": ["collapse"], "fields": rest}),
        ]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[SourceForm]:
        form = super().get_form(request, *args, **kwargs)
        return type(form.__name__, (form,), {"found": lookup.found_for(request)})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_changeform_initial_data(request) | lookup.found_for(request).fields

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = kwargs.get("obj")
        if source is None:
            context |= lookup.box(request)
        else:
            context |= {"watch": Watch.objects.filter(pk=source.uid).first()}
        return super().render_change_form(request, context, *args, **kwargs)

    # The list

    def changelist_view(
        self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"progress": progress.now()}
        return super().changelist_view(request, shown | dict(extra_context or {}))

    @admin.action(description=_("Export as BibTeX"), permissions=["view"])
    def as_bib(self, request: HttpRequest, sources: models.QuerySet) -> HttpResponse:
        return exported(sources, "bib")

    @admin.action(description=_("Export as RIS"), permissions=["view"])
    def as_ris(self, request: HttpRequest, sources: models.QuerySet) -> HttpResponse:
        return exported(sources, "ris")

    @admin.action(description=_("Export as CSL-JSON"), permissions=["view"])
    def as_json(self, request: HttpRequest, sources: models.QuerySet) -> HttpResponse:
        return exported(sources, "json")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        standing = Q(citations__claim__section__isnull=False)
        stored = Snapshot.objects.filter(source_id=OuterRef("uid")).order_by()
        counted = stored.values("source_id").annotate(n=Count("pk")).values("n")
        return (
            super()
            .get_queryset(request)
            .annotate(
                cited=Count("citations", filter=standing),
                copied=Coalesce(Subquery(counted), 0),
                link_state=F("watch__state"),
            )
        )

    @admin.display(description=_("cited by sentences"), ordering="cited")
    def cited(self, source: Source) -> int:
        return source.cited

    @admin.display(description=_("its address"), ordering="watch__state")
    def link(self, source: Source) -> str | SafeString:
        if not source.link_state or (not source.url and source.link_state == LinkState.UNKNOWN):
            return "–"
        return format_html(
            '<span class="link-state" data-state="{}">{}</span>',
            source.link_state,
            LinkState(source.link_state).label,
        )

    @admin.display(description=_("copies"), ordering="copied")
    def copies(self, source: Source) -> SafeString:
        address = reverse("admin:articles_source_evidence", args=[source.pk])
        return format_html('<a href="{}">{}</a>', address, source.copied)

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
