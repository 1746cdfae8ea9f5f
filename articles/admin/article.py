"""Articles: their list, their form, and the pages that hang on one of them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles import editing
from articles.admin import conflict, history, importing, presence, provenance, publication, viewing
from articles.admin.desk import watch
from articles.admin.desk.views import desk
from articles.admin.door import DoorAdmin, DoorForm
from articles.admin.endings import endings
from articles.admin.section import SectionInline, Sections, section_values
from articles.admin.widgets import (
    Module,
    TitlesField,
    ai_text_field,
    change_summary_field,
)
from articles.history.state import ArticleText
from articles.history.store import load
from articles.models import Article, Revision
from articles.reading.dates import day_and_time


class ArticleForm(DoorForm):
    elsewhere = ("sections",)
    opened: Revision | None = None  # which one the form shows, so that a later is not overwritten

    see_also = TitlesField(
        label=_("See also"),
        required=False,
        help_text=_("Titles of other articles, one a line."),
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
    )
    change_summary = change_summary_field()
    ai_text = ai_text_field()
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ["title", "slug", "language", "translation_of"]
        widgets = {"title": forms.TextInput({"class": "vTextField title"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.opened:
            self.initial["base"] = self.opened.hash

    def text(self, sections: Sections) -> ArticleText:
        values = self.cleaned_data
        original = values["translation_of"]
        return ArticleText(
            slug=values["slug"],
            title=values["title"],
            language=values["language"],
            translation_of=original.uid if original else "",
            see_also=tuple(values["see_also"]),
            sections=sections.texts(),
        )

    @property
    def origin(self) -> str:
        return "ai" if self.cleaned_data["ai_text"] else "human"


@admin.register(Article)
class ArticleAdmin(DoorAdmin):
    form = ArticleForm
    inlines = [SectionInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", ("language", "translation_of"), "see_also"]}),
        (_("This change"), {"fields": ["change_summary", "ai_text", "base"]}),
    ]
    autocomplete_fields = ["translation_of"]
    search_fields = ["title", "slug"]
    list_filter = ["language"]
    list_display = ["title", "state", "sentences", "checked", "stale", "changed", "pages"]
    change_form_template = "admin/articles/article/change_form.html"
    change_list_template = "admin/articles/article/change_list.html"

    class Media:
        js = [Module("articles/js/section-order.js")]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("published")

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """For a form that is opened: the article and its head as they are at one moment.

        Read one after the other they could be of two revisions, and what the later one changed
        would be taken back by a save that never showed it.
        """
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method == "POST":
            return article
        together = Revision.objects.select_related("manifest", "article__published")
        request.opened = together.head_of(article)
        return request.opened.article

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ArticleForm]:
        form = super().get_form(request, *args, **kwargs)
        return type(form.__name__, (form,), {"opened": getattr(request, "opened", None)})

    def get_formset_kwargs(self, request: HttpRequest, *args: Any) -> dict[str, Any]:
        found = super().get_formset_kwargs(request, *args)
        if opened := getattr(request, "opened", None):
            found["initial"] = section_values(load(opened).text)
        return found

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return ArticleList

    def formfield_for_dbfield(self, *args: Any, **kwargs: Any) -> forms.Field | None:
        """Without the links that would add or change another article from here."""
        field = super().formfield_for_dbfield(*args, **kwargs)
        if isinstance(field and field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> dict[str, list[str]]:
        return {} if obj else {"slug": ["title"]}

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("import/", importing.import_article, "import"),
            ("<int:pk>/preview/", viewing.preview, "preview"),
            ("<int:pk>/provenance/", provenance.provenance, "provenance"),
            ("<int:pk>/publish/", publication.publish, "publish"),
            ("<int:pk>/unpublish/", publication.unpublish, "unpublish"),
            ("<int:pk>/desk/", desk, "desk"),
            ("<int:pk>/desk/source/<slug:uid>/", watch.source, "desk_source"),
            ("<int:pk>/presence/", presence.beat, "presence"),
            ("<int:pk>/compare/", history.compare, "compare"),
            ("<int:pk>/revisions/<int:number>/", viewing.revision, "revision"),
            ("<int:pk>/revisions/<int:number>/restore/", history.restore, "restore"),
            ("<int:pk>/revisions/<int:number>/claims/", endings, "endings"),
        ]
        own = [
            path(
                route,
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"articles_article_{name}",
            )
            for route, view, name in pages
        ]
        return own + super().get_urls()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        return history.history(request, self, object_id)

    # The list

    @admin.display(description=_("readers see"), ordering="published__published_at")
    def state(self, article: Article) -> str:
        return readers_see(article)

    @admin.display(description=_("sentences"), ordering="sentences")
    def sentences(self, article: Article) -> int:
        return article.sentences

    @admin.display(description=_("checked"), ordering="checked")
    def checked(self, article: Article) -> int:
        return article.checked

    @admin.display(description=_("stale"), ordering="stale")
    def stale(self, article: Article) -> int | SafeString:
        if not article.stale:
            return 0
        claims = reverse("admin:articles_claim_changelist")
        return format_html(
            '<a class="stale" href="{}?article={}&amp;state=stale">{}</a>',
            claims,
            article.pk,
            article.stale,
        )

    @admin.display(description=_("last change"), ordering="changed_at")
    def changed(self, article: Article) -> str:
        return day_and_time(article.changed_at)

    @admin.display(description=_("pages"))
    def pages(self, article: Article) -> SafeString:
        return format_html_join(" · ", '<a href="{}">{}</a>', links(article))

    # The form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if article := kwargs.get("obj"):
            if request.method == "GET":
                presence.opened(request, article)
            published = getattr(article, "published", None)
            context |= {
                "presence": presence.notice(request, article),
                "title": gettext("Edit an article"),
                "readers_see": readers_see(article),
                "readers_see_it": published is not None and not published.withdrawn,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show conflicts as a page, and the draft to those who may not change it."""
        looking = request.method == "GET" and not self.has_change_permission(request)
        if looking and object_id and object_id.isdecimal():
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[object_id]))
        tags = list(Tag.objects.order_by("name").values_list("name", flat=True))
        try:
            return super().changeform_view(
                request, object_id, form_url, {**(extra_context or {}), "tag_names": tags}
            )
        except editing.Conflict as found:
            return conflict.page(request, self, found, tag_names=tags)

    def save_related(
        self, request: HttpRequest, form: ArticleForm, formsets: list[Sections], change: bool
    ) -> None:
        text = form.text(*formsets)
        act = {
            "by": request.user,
            "origin": form.origin,
            "summary": form.cleaned_data["change_summary"],
        }
        if change:
            base = form.cleaned_data["base"]
            self.report(request, editing.save_article(form.instance, text, base=base, **act))
            presence.left(request, form.instance)
        else:
            form.instance.pk = editing.create_article(text, **act).pk
            self.message_user(request, gettext("Saved as revision 1, a draft."))

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Back to the form: a preview or the publication comes next, not the list."""
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))


class ArticleList(ChangeList):
    """The list with its counts, which other pages have no need of."""

    def get_queryset(self, request: HttpRequest, **kwargs: Any) -> models.QuerySet:
        self.root_queryset = self.root_queryset.with_counts()
        return super().get_queryset(request, **kwargs)


def readers_see(article: Article) -> str:
    """What readers see of the article, in a few words."""
    published = getattr(article, "published", None)  # Django raises where there is none
    if published is None:
        return gettext("nothing yet")
    if published.withdrawn:
        return gettext("withdrawn")
    if published.number == article.latest:
        return gettext("this revision")
    return gettext("revision %(number)d of %(latest)d") % {
        "number": published.number,
        "latest": article.latest,
    }


def links(article: Article) -> list[tuple[str, str]]:
    """Where an editor goes from the list, besides the form itself."""
    claims = reverse("admin:articles_claim_changelist") + f"?article={article.pk}"

    def page(name: str) -> str:
        return reverse(f"admin:articles_article_{name}", args=[article.pk])

    return [
        (page("desk"), gettext("Desk")),
        (claims, gettext("Claims")),
        (page("preview"), gettext("Preview")),
        (page("history"), gettext("History")),
        (page("provenance"), gettext("Words")),
        (page("publish"), gettext("Publish")),
    ]
