"""Claims: found, judged, cited and corrected; nobody adds or deletes one by hand."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import editing
from articles.admin import presence
from articles.admin.door import DoorAdmin, DoorForm
from articles.admin.report import waiting
from articles.admin.rows import RowForm, Rows, RowsInline
from articles.admin.widgets import MarkdownArea, ai_text_field, change_summary_field
from articles.evidence.findings import findings
from articles.history.standing import end_of
from articles.models import (
    Article,
    Citation,
    Claim,
    PublishedClaim,
    Rating,
    Section,
    Source,
    Stance,
    Verdict,
)
from articles.models.claim import AS_JUDGED
from articles.models.fields import validate_partial_date
from articles.models.verdict import NOBODY_CLAIMED
from articles.reading import checks
from articles.reading.checks import Check
from articles.text import csl
from articles.text.canonical import canonical, sha256
from articles.text.cite import parts
from articles.text.diff import Run, word_diff
from articles.text.merge import merge

NOT_CHOSEN = ("", "---------")


def lines(text: str) -> str:
    """The text with the line ends that a browser changed put back."""
    return text.replace("\r\n", "\n").strip()


class VerdictForm(RowForm):
    folded = ("claimant", "claimed")
    fold = _("Judge what somebody else claimed")

    rating = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=[NOT_CHOSEN, *Rating.choices]
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What you read, and where. Readers see it."),
    )
    as_of = forms.CharField(
        label=_("As of"),
        required=False,
        max_length=10,
        validators=[validate_partial_date],
        help_text=_("The date that the verdict speaks of; a year or a month will do."),
    )
    recheck_by = forms.DateField(
        label=_("Re-check by"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    claimant = forms.CharField(
        label=_("Who claimed it"),
        required=False,
        max_length=200,
        help_text=Verdict._meta.get_field("claimant").help_text,
    )
    claimed = forms.CharField(
        label=_("What they claimed"),
        required=False,
        max_length=200,
        help_text=Verdict._meta.get_field("claimed").help_text,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("claimed") and not values.get("claimant") and "claimant" not in self.errors:
            self.add_error("claimant", NOBODY_CLAIMED)
        return values

    def clean_rating(self) -> str:
        rating = self.cleaned_data["rating"]
        if not rating and self.has_changed():
            raise forms.ValidationError(gettext("Choose a verdict, or leave the whole row empty."))
        return rating

    def given(self) -> editing.VerdictGiven:
        values = self.cleaned_data
        return editing.VerdictGiven(
            rating=values["rating"],
            note=lines(values["note"]),
            as_of=values["as_of"],
            recheck_by=values["recheck_by"],
            claimant=values["claimant"],
            claimed=values["claimed"],
        )


class Verdicts(Rows):
    """Verdicts to be given now; those given before are only shown, since none can be changed."""

    form = VerdictForm
    prefix_name = "verdicts"
    extra = 1

    def values_of(self, instance: Claim | None) -> list[dict[str, Any]]:
        return []


class SourceSelect(AutocompleteSelect):
    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """Django asks the database for whatever was posted, also for what is no key."""
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


def is_key(value: str) -> bool:
    return value.isdecimal() and int(value) < 2**63


def source_field() -> forms.ModelChoiceField:
    relation = Citation._meta.get_field("source")
    widget = SourceSelect(relation, admin.site)
    return forms.ModelChoiceField(
        Source.objects.all(),
        label=_("Source"),
        widget=RelatedFieldWidgetWrapper(
            widget, relation.remote_field, admin.site, can_add_related=True
        ),
    )


class CitationForm(RowForm):
    source = source_field()
    stance = forms.ChoiceField(
        label=_("What it says"), choices=Stance.choices, initial=Stance.SUPPORTS
    )
    locator = forms.CharField(
        label=_("Place"), required=False, max_length=200, help_text=_("Page, paragraph, minute.")
    )
    quote = forms.CharField(
        label=_("Quote"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Word for word, as in the source."),
    )

    def given(self) -> editing.CitationGiven:
        values = self.cleaned_data
        return editing.CitationGiven(
            source=values["source"],
            stance=values["stance"],
            quote=lines(values["quote"]),
            locator=values["locator"],
            uid=values["id"],
        )


class Citations(Rows):
    form = CitationForm
    prefix_name = "citations"
    extra = 1

    @property
    def open(self) -> bool:
        """Whether what stands in the rows of the citations there are has to be seen."""
        typed = self.initial_forms if self.is_bound else []
        return any(form.errors or form.has_changed() for form in typed)

    def values_of(self, instance: Claim | None) -> list[dict[str, Any]]:
        if instance is None or instance.pk is None:
            return []
        columns = ["source", "stance", "quote", "locator"]
        rows = instance.citations.order_by("position").values("uid", *columns)
        return [{"id": row.pop("uid"), **row} for row in rows]

    def says_something(self, form: RowForm) -> bool:
        return bool(form.cleaned_data.get("source"))

    def given(self) -> list[editing.CitationGiven]:
        return [form.given() for form in self.kept()]


def citations_of(claim: Claim) -> list[editing.CitationGiven]:
    return [
        editing.CitationGiven(c.source, c.stance, c.quote, c.locator, c.uid)
        for c in claim.citations.select_related("source").order_by("position")
    ]


def digest(citations: list[editing.CitationGiven]) -> str:
    """What tells whether two lists of citations are the same."""
    rows = [[c.uid, c.source.uid, c.stance, c.quote, c.locator] for c in citations]
    return sha256(canonical(rows))


class VerdictInline(RowsInline):
    model = Verdict
    rows = Verdicts
    fields = ["rating", "note", ("as_of", "recheck_by"), ("claimant", "claimed")]
    template = "admin/articles/rows.html"
    verbose_name = _("verdict")
    verbose_name_plural = _("Judge it")


class CitationInline(RowsInline):
    model = Citation
    rows = Citations
    fields = [("source", "stance", "locator"), "quote"]
    template = "admin/articles/claim/citations.html"


class ClaimForm(DoorForm):
    paragraph = forms.CharField(
        label=_("Paragraph"),
        required=False,
        strip=False,
        widget=MarkdownArea({"rows": 5}),
        help_text=_(
            "Correct the sentence here. A verdict given with it is on the corrected words."
        ),
    )
    change_summary = change_summary_field()
    ai_text = ai_text_field()
    # What the editor had before them: a verdict is given on that, and nothing that somebody
    # else changed meanwhile is overwritten unseen.
    read = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    around = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    paragraph_read = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    citations_read = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Claim
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial |= as_it_stands(self.instance)
            self.initial["paragraph"] = self.initial["paragraph_read"]

    def correction(self) -> str | None:
        """The paragraph as typed, None where it was left as it stood."""
        typed, shown = (lines(self.cleaned_data[name]) for name in ("paragraph", "paragraph_read"))
        return typed if typed != shown else None


def as_it_stands(claim: Claim) -> dict[str, str]:
    """The hidden fields that say what the editor reads."""
    return {
        "read": claim.text,
        "around": claim.around,
        "paragraph_read": editing.paragraph_of(claim),
        "citations_read": digest(citations_of(claim)),
    }


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        return [
            ("stale", _("Stale")),
            ("suggested", _("Machine suggestion")),
            ("unjudged", _("No verdict")),
            ("due", _("Due for re-check")),
            ("checked", _("Checked by a person")),
            ("ended", _("No longer in the article")),
        ]

    def queryset(self, request: HttpRequest, claims: models.QuerySet) -> models.QuerySet:
        if self.value() == "ended":
            return claims.filter(section__isnull=True)
        if self.value() is None and (uid := request.GET.get("q", "").strip()):
            # Who comes with a uid, from a page that a reader keeps, finds the claim's record.
            return claims.filter(models.Q(section__isnull=False) | models.Q(uid=uid))
        claims = claims.standing()
        match self.value():
            case "stale":
                return claims.stale()
            case "suggested":
                return claims.suggested()
            case "unjudged":
                return claims.unjudged()
            case "due":
                return claims.due(timezone.localdate())
            case "checked":
                return claims.checked()
        return claims


class RatingFilter(admin.SimpleListFilter):
    title = _("verdict")
    parameter_name = "rating"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        return Rating.choices

    def queryset(self, request: HttpRequest, claims: models.QuerySet) -> models.QuerySet:
        return claims.filter(rating=self.value()) if self.value() else claims


class ArticleFilter(admin.SimpleListFilter):
    title = _("article")
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        return [(str(pk), title) for pk, title in Article.objects.values_list("pk", "title")]

    def queryset(self, request: HttpRequest, claims: models.QuerySet) -> models.QuerySet:
        chosen = self.value() or ""
        return claims.filter(article__pk=chosen) if chosen.isdecimal() else claims


class SectionFilter(admin.SimpleListFilter):
    """The sections of the article that is chosen; without one there is nothing to choose."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        chosen = request.GET.get("article", "")
        sections = Section.objects.filter(article__pk=chosen) if chosen.isdecimal() else []
        return [(section.uid, str(section)) for section in sections]

    def queryset(self, request: HttpRequest, claims: models.QuerySet) -> models.QuerySet:
        return claims.filter(section__uid=self.value()) if self.value() else claims


class ClaimList(ChangeList):
    """The list with its verdicts, stale ones first."""

    def get_queryset(self, request: HttpRequest, **kwargs: Any) -> models.QuerySet:
        stale = When(~models.Q(**AS_JUDGED), rating__isnull=False, then=Value(0))
        claims = self.root_queryset.with_current_verdict()
        self.root_queryset = claims.annotate(staleness=Case(stale, default=Value(1)))
        return super().get_queryset(request, **kwargs)

    def get_ordering(self, request: HttpRequest, queryset: models.QuerySet) -> list[Any]:
        ordering = super().get_ordering(request, queryset)
        return ordering if ORDER_VAR in self.params else ["staleness", *ordering]


READ = ["read", "around", "paragraph_read", "citations_read"]


@admin.register(Claim)
class ClaimAdmin(DoorAdmin):
    form = ClaimForm
    inlines = [VerdictInline, CitationInline]
    fieldsets = [
        (_("Correct it"), {"fields": ["paragraph", *READ]}),
        (_("This change"), {"fields": ["change_summary", "ai_text"]}),
    ]
    change_form_template = "admin/articles/claim/change_form.html"
    search_fields = ["text", "uid"]
    search_help_text = _("Words of the sentence, or its uid.")
    list_display = ["sentence", "verdict", "place", "uid"]
    list_filter = [StateFilter, RatingFilter, ArticleFilter, SectionFilter]
    show_full_result_count = False
    ordering = ["article", "section__position", "start"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("section", "article")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return ClaimList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        by_uid = path(
            "by-uid/<slug:uid>/",
            self.admin_site.admin_view(self.by_uid),
            name="articles_claim_by_uid",
        )
        return [by_uid, *super().get_urls()]

    def by_uid(self, request: HttpRequest, uid: str) -> HttpResponse:
        """From the sentence's page to its form: readers' pages know the uid only."""
        claim = get_object_or_404(Claim, uid=uid)
        return redirect("admin:articles_claim_change", claim.pk)

    # The list

    @admin.display(description=_("sentence"))
    def sentence(self, claim: Claim) -> str:
        return Truncator(claim.text).chars(160)

    @admin.display(description=_("verdict"))
    def verdict(self, claim: Claim) -> SafeString:
        judged = (claim.judged_text, claim.judged_around) == (claim.text, claim.around)
        stale = claim.rating is not None and not judged
        by = "" if claim.rating is None else "human" if claim.judge else "machine"
        return format_html(
            '<span class="verdict" data-verdict="{0}" data-by="{1}" data-stale="{2}">'
            '<span class="glyph" data-verdict="{0}" data-by="{1}" data-stale="{2}"></span>'
            '{3}</span> <span class="by">{4}</span>',
            claim.rating or "none",
            by,
            "true" if stale else "false",
            Rating(claim.rating).label if claim.rating else gettext("Not checked"),
            by_whom(claim, stale),
        )

    @admin.display(description=_("section"))
    def place(self, claim: Claim) -> str:
        return str(claim.section) if claim.section else gettext("no longer in the article")

    # The form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        claim = kwargs.get("obj")
        if claim:
            if request.method == "GET":
                presence.opened(request, claim.article)
            context |= self.around(claim) | {"presence": presence.notice(request, claim.article)}
        return super().render_change_form(request, context, *args, **kwargs)

    def around(self, claim: Claim) -> dict[str, Any]:
        """What an editor needs to know of the claim to judge it."""
        cited = cited_for(claim)
        results = [(c.citation.stance, c.check.result) for c in cited if c.citation.quote]
        return {
            "title": gettext("Judge a sentence"),
            "subtitle": Truncator(claim.text).chars(60),
            "verdicts_given": list(claim.verdicts.all()),
            "cited": cited,
            "unfound": checks.none_found(r for stance, r in results if stance == Stance.SUPPORTS),
            "unchecked": any(result == "unchecked" for _stance, result in results),
            "readers_see_it": PublishedClaim.objects.filter(
                uid=claim.uid, article__withdrawn=False
            ).exists(),
            "article_url": reverse("admin:articles_article_change", args=[claim.article_id]),
            "endings": self.endings(claim),
            "reports": waiting(claim.uid),
        }

    def endings(self, claim: Claim) -> str:
        """Where a claim with a record that has ended is attached by hand; "" for another."""
        if claim.section or not Claim.objects.recorded().filter(pk=claim.pk).exists():
            return ""
        number = end_of(claim)
        args = [claim.article_id, number]
        return reverse("admin:articles_article_endings", args=args) if number else ""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Where the claim reads otherwise by now: 409, and the form as typed, to read again."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except editing.ReadOtherwise as found:
            request.refusal = ValidationError(str(found))
            otherwise = Otherwise.between(request.POST, found)
            request.POST = otherwise.typed
            context = {**(extra_context or {}), "otherwise": otherwise}
            response = super().changeform_view(request, object_id, form_url, context)
            response.status_code = 409
            return response

    def save_related(
        self, request: HttpRequest, form: ClaimForm, formsets: list[Rows], change: bool
    ) -> None:
        # Nobody comes between what is compared here and what is saved.
        editing.locked(form.instance.article)
        form.instance.refresh_from_db()
        verdicts, citations = formsets
        values, correction, citing = form.cleaned_data, form.correction(), citations.given()
        now = as_it_stands(form.instance)
        if digest(citing) == values["citations_read"]:
            citing = None
        if (
            correction is not None and lines(values["paragraph_read"]) != now["paragraph_read"]
        ) or (citing is not None and values["citations_read"] != now["citations_read"]):
            raise editing.ReadOtherwise(form.instance, values["read"])
        saved = editing.review_claim(
            form.instance,
            read=values["read"],
            around=values["around"],
            paragraph=correction,
            verdicts=[row.given() for row in verdicts.kept()],
            citations=citing,
            by=request.user,
            origin="ai" if values["ai_text"] else "human",
            summary=values["change_summary"],
        )
        self.report(request, saved, then=self.to_publication(request, form.instance))
        presence.left(request, form.instance.article)

    def to_publication(self, request: HttpRequest, claim: Claim) -> SafeString:
        """What comes after the last sentence of the day, a link."""
        if not request.user.has_perm("articles.publish_article"):
            return mark_safe("")
        address = reverse("admin:articles_article_publish", args=[claim.article_id])
        return format_html('<a href="{}">{}</a>', address, gettext("Publish …"))


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with what was found of its quote."""

    citation: Citation
    check: Check
    away: str  # why the source's page cannot be read, in a sentence


def cited_for(claim: Claim) -> list[Cited]:
    citations = list(claim.citations.select_related("source"))
    known = findings(citation.source.uid for citation in citations)
    return [
        Cited(
            citation=citation,
            check=checks.check(known, citation.source.uid, citation.quote),
            away=checks.away_in_words(
                known.standing(citation.source.uid),
                citation.source.url,
                parts(csl.item(citation.source)).url,
            ),
        )
        for citation in citations
    ]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What an editor had read of a claim, how it stands now, and what they typed meanwhile."""

    number: int  # of the newest revision
    read: str
    sentence: tuple[Run, ...]  # none where it reads the same
    shown: str
    paragraph: tuple[Run, ...]  # none where it reads the same
    correction: tuple[Run, ...]  # mine; none where I left the paragraph alone
    citations: list[editing.CitationGiven] | None  # None where nobody else changed them
    typed: QueryDict  # with the hidden fields brought up to date, and both sides’ work in it

    @classmethod
    def between(cls, posted: QueryDict, found: editing.ReadOtherwise) -> "Otherwise":
        claim, now = found.claim, as_it_stands(found.claim)
        read = posted.get("read", "")
        shown, typed = (lines(posted.get(name, "")) for name in ("paragraph_read", "paragraph"))
        again = posted.copy()
        for name, value in now.items():
            again[name] = value
        stands = lines(now["paragraph_read"])
        again["paragraph"] = merge(shown, stands, typed, claim.article.language).proposal
        citations = None
        if posted.get("citations_read") != now["citations_read"]:
            citations = citations_of(claim)
            join_citations(again, citations, read=posted.get("citations_read", ""))
        return cls(
            number=claim.article.latest,
            read=read,
            sentence=_difference(read, now["read"]),
            shown=shown,
            paragraph=_difference(shown, stands),
            correction=_difference(shown, typed),
            citations=citations,
            typed=again,
        )


def _difference(old: str, new: str) -> tuple[Run, ...]:
    return word_diff(old, new) if old != new else ()


def join_citations(posted: QueryDict, now: list[editing.CitationGiven], *, read: str) -> None:
    """Put those that others added meanwhile into the form's rows.

    Where the editor left the rows as they were ``read``, they become what stands now.
    """
    rows = Citations(posted, prefix=Citations.prefix_name)
    mine = rows.given() if rows.is_valid() else None
    total = int(posted["citations-TOTAL_FORMS"])
    there = {posted.get(f"citations-{n}-id") for n in range(total)}
    if mine is not None and digest(mine) == read:
        for name in [name for name in posted if re.match(r"citations-\d", name)]:
            del posted[name]
        total, there = 0, set()
        posted["citations-INITIAL_FORMS"] = "0"
    for n, citation in enumerate((c for c in now if c.uid not in there), start=total):
        row = {
            "id": citation.uid,
            "source": str(citation.source.pk),
            "stance": citation.stance,
            "quote": citation.quote,
            "locator": citation.locator,
        }
        for name, value in row.items():
            posted[f"citations-{n}-{name}"] = value
        posted["citations-TOTAL_FORMS"] = str(n + 1)


def by_whom(claim: Claim, stale: bool) -> str:
    """Who gave the verdict in force, and whether it still speaks for the words."""
    if claim.rating is None:
        return ""
    said = claim.judge or gettext("machine suggestion")
    return gettext("%s, text changed since") % said if stale else said
