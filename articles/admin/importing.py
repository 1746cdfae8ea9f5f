"""Import in two steps: read and show, then store."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.admin.door import by_field
from articles.admin.pages import page
from articles.admin.publication import to_article
from articles.models import Language
from articles.text import intake
from articles.text.draft import is_plain, outline

PLAIN_OR_NOT = [("plain", gettext_lazy("Plain text")), ("markdown", "Markdown")]
ORIGINS = [
    ("ai", gettext_lazy("An AI system wrote it")),
    ("human", gettext_lazy("People wrote it")),
]


class ReadForm(forms.Form):
    """A file or pasted text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(".txt or .md, UTF-8, at most 2 MB."),
        widget=forms.FileInput({"accept": ".txt,.md,.markdown"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12, "class": "vLargeTextField"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("The pasted text is"), choices=PLAIN_OR_NOT, initial="plain"
    )

    def clean(self) -> dict[str, Any]:
        """Add ``found``, and the text and kind as they were read."""
        values = super().clean()
        if self.errors:
            return values
        file: UploadedFile | None = values.get("file")
        field = "file" if file else "text"
        try:
            if file:
                values["kind"] = "plain" if is_plain(file.name) else "markdown"
                values["text"] = intake.decode(file.read())
            elif not values.get("text", "").strip():
                raise intake.Unreadable(_("Choose a file, or paste a text here."))
            plain = values.get("kind") == "plain"
            values["found"] = intake.read(values["text"], plain=plain)
        except intake.Unreadable as error:
            self.add_error(field, str(error))
        return values


class StoreForm(forms.Form):
    """What was found, to be put right before it is stored. The text travels in the form."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=300, widget=forms.TextInput({"class": "vTextField"})
    )
    slug = forms.SlugField(
        label=gettext_lazy("Slug"),
        max_length=150,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=gettext_lazy("Its address: /articles/slug/."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    origin = forms.ChoiceField(
        label=gettext_lazy("Who wrote it"), choices=ORIGINS, widget=forms.RadioSelect
    )
    text = forms.CharField(strip=False, widget=forms.Textarea({"hidden": True}))
    kind = forms.ChoiceField(choices=PLAIN_OR_NOT, widget=forms.HiddenInput)

    def found(self) -> intake.Found:
        """What the carried text holds. Raises Unreadable."""
        return intake.read(self["text"].value() or "", plain=self["kind"].value() == "plain")

    @classmethod
    def starting(cls, values: dict[str, Any]) -> "StoreForm":
        found: intake.Found = values["found"]
        return cls(
            initial={
                "title": found.title,
                "slug": slugify(found.title)[:150].strip("-"),
                "language": found.language,
                "origin": found.origin or "ai",
                "text": values["text"],
                "kind": values["kind"],
            }
        )


@require_http_methods(["GET", "HEAD", "POST"])
def import_article(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Read a draft and show what was found; store it when that is confirmed."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if "_store" in request.POST:
        return _confirmed(request, model_admin)
    form = ReadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _found(request, model_admin, StoreForm.starting(form.cleaned_data))
    return page(request, model_admin, "article/import", title=_("Import an article"), form=form)


def _confirmed(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    form = StoreForm(request.POST)
    if not form.is_valid():
        return _found(request, model_admin, form)
    values = form.cleaned_data
    try:
        article = editing.import_found(
            replace(form.found(), title=values["title"]),
            slug=values["slug"],
            language=values["language"],
            origin=values["origin"],
            by=request.user,
        )
    except ValidationError as error:
        for name, messages_found in by_field(error).items():
            form.add_error(name if name in form.fields else None, messages_found)
        return _found(request, model_admin, form)
    model_admin.log_addition(request, article, _("Imported"))
    messages.success(request, _("Imported as revision 1, a draft. Readers see it once published."))
    return to_article(article)


def _found(request: HttpRequest, model_admin: ModelAdmin, form: StoreForm) -> HttpResponse:
    try:
        found = form.found()
    except intake.Unreadable as error:
        again = ReadForm(initial={"text": form["text"].value(), "kind": form["kind"].value()})
        messages.error(request, str(error))
        return page(request, model_admin, "article/import", title=_("Import"), form=again)
    return page(
        request,
        model_admin,
        "article/import_found",
        title=_("What was found"),
        form=form,
        found=outline(found, language=form["language"].value()),
        notice=found.notice,
    )
