"""What all editors' forms have in common: they write through a door, or not at all."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import editing
from articles.models import Claim, Revision

MOST_WORDS = 12


def by_field(error: ValidationError) -> dict[str, list[str]]:
    """The messages of a door's refusal by the field that it names; "" for none."""
    if not hasattr(error, "error_dict"):
        return {"": error.messages}
    return {
        "" if name == NON_FIELD_ERRORS else name: found
        for name, found in error.message_dict.items()
    }


class DoorForm(forms.ModelForm):
    """A form that shows what the door said to its values.

    ``elsewhere`` are the first parts of names whose messages the form's rows show.
    """

    refusal: ValidationError | None = None
    elsewhere: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name, found in (by_field(self.refusal) if self.refusal else {}).items():
            if name.split(".")[0] not in self.elsewhere:
                shown = name in self.fields and not self.fields[name].widget.is_hidden
                self.add_error(name if shown else None, found)
        return values


class DoorAdmin(admin.ModelAdmin):
    """Turns a form into one call of a door, in ``save_related``; every side door is closed."""

    form = DoorForm
    actions = None
    list_per_page = 50
    view_on_site = False
    show_facets = admin.ShowFacets.NEVER

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what the door refuses at its field. Its transaction is over and left nothing."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            # The same form once more, this time with the door's word among its own.
            request.refusal = error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[DoorForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})

    def get_formset_kwargs(self, request: HttpRequest, *args: Any) -> dict[str, Any]:
        refusal = getattr(request, "refusal", None)
        return super().get_formset_kwargs(request, *args) | {"refusal": refusal}

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Look for the first words only: databases bound how many conditions a question has."""
        words = search_term.replace("\0", "").split()[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def save_model(self, *args: Any) -> None:
        """Leave the writing to ``save_related``, which has the rows as well."""

    def construct_change_message(self, request: HttpRequest, *args: Any) -> str:
        """What the index page says under “Recent actions”; the history says the rest."""
        return getattr(request, "log_message", "")

    def log_change(self, request: HttpRequest, obj: models.Model, message: str) -> Any:
        return super().log_change(request, obj, message) if message else None

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        """Django's answer without its message: ``report`` has said what happened."""
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def report(
        self, request: HttpRequest, saved: editing.Saved, *, then: SafeString | str = ""
    ) -> None:
        """Tell the editor what the save did, and ``then`` where to go on."""
        if saved.revision is None:
            self.message_user(request, _("Nothing differed, so nothing was saved."))
            return
        request.log_message = _("Revision %d") % saved.revision.number
        said = format_html("{} {}", outcome(saved), then) if then else outcome(saved)
        self.message_user(request, said, messages.SUCCESS)


def outcome(saved: editing.Saved) -> str | SafeString:
    """What a save did, in a sentence or two; a link where there is something to rescue."""
    if saved.merged:
        said = _("Saved as revision %(number)d; changes that %(names)s made meanwhile were kept.")
        said %= {"number": saved.revision.number, "names": ", ".join(saved.merged)}
    else:
        said = _("Saved as revision %d.") % saved.revision.number
    if saved.ended:
        ended = len(saved.ended)
        said += (
            " "
            + ngettext(
                "%d sentence is gone; its verdicts stay in the history.",
                "%d sentences are gone; their verdicts stay in the history.",
                ended,
            )
            % ended
        )
    if Claim.objects.recorded().filter(uid__in=saved.ended, section=None).exists():
        return format_html('{} <a href="{}">{}</a>', said, endings_of(saved.revision), TO_ENDINGS)
    return said


TO_ENDINGS = gettext_lazy("Attach what was found about them to new sentences")


def endings_of(revision: Revision) -> str:
    """The address of what ended with a revision."""
    return reverse("admin:articles_article_endings", args=[revision.article_id, revision.number])
