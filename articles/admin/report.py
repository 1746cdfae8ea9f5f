"""Readers' reports: read, and closed with a word on what was done. Nobody changes their text."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import reporting
from articles.admin.door import DoorAdmin, DoorForm
from articles.models import Claim, Report

TOLD = ["sentence", "read", "revision", "text", "source", "contact", "created_at"]


class CloseForm(DoorForm):
    class Meta:
        model = Report
        fields = ["state", "answer"]
        widgets = {"answer": forms.Textarea({"rows": 3})}
        help_texts = {"answer": gettext_lazy("For editors. Readers do not see it.")}


@admin.register(Report)
class ReportAdmin(DoorAdmin):
    form = CloseForm
    list_display = ["short", "words", "created_at", "state", "closed_by"]
    list_filter = ["state"]
    search_fields = ["text", "read", "claim_uid"]
    search_help_text = gettext_lazy("Words of the report or of the sentence, or its uid.")
    date_hierarchy = "created_at"
    list_select_related = ["closed_by"]
    readonly_fields = [*TOLD, "closed_at", "closed_by"]
    fieldsets = [
        (gettext_lazy("What the reader says"), {"fields": TOLD}),
        (
            gettext_lazy("What became of it"),
            {"fields": ["state", "answer", "closed_at", "closed_by"]},
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        reporting.forget_senders()
        return super().changelist_view(request, extra_context)

    @admin.display(description=gettext_lazy("what is wrong"), ordering="text")
    def short(self, report: Report) -> str:
        return str(report)

    @admin.display(description=gettext_lazy("sentence"), ordering="read")
    def words(self, report: Report) -> str:
        return Truncator(report.read).chars(80)

    @admin.display(description=gettext_lazy("sentence"))
    def sentence(self, report: Report) -> SafeString | str:
        """The sentence as it reads now, with a way to its form."""
        claim = Claim.objects.filter(uid=report.claim_uid).first()
        if claim is None:
            return _("no longer in the article")
        address = reverse("admin:articles_claim_change", args=[claim.pk])
        now = claim.text if claim.section_id else _("no longer in the article")
        return format_html('<a href="{}">{}</a>', address, now)

    def save_related(
        self, request: HttpRequest, form: CloseForm, formsets: list, change: bool
    ) -> None:
        if not form.changed_data:
            return
        values = form.cleaned_data
        reporting.close(
            form.instance, state=values["state"], answer=values["answer"], by=request.user
        )
        request.log_message = form.instance.get_state_display()
        self.message_user(request, _("Saved."), messages.SUCCESS)


def waiting(uid: str) -> list[Report]:
    """The open reports about a sentence, newest first, for the forms that judge it."""
    return list(Report.objects.waiting().filter(claim_uid=uid)[:10])
