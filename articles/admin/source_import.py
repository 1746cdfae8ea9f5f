"""Import of a reference manager's file in two steps: read and show, then store what was chosen."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.admin.pages import page
from articles.text import bibliography, csl
from articles.text.cite import reference


class ReadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "BibTeX (.bib), RIS (.ris) or CSL-JSON (.json), UTF-8, at most 2 MB and 2,000 works."
        ),
        widget=forms.FileInput({"accept": ".bib,.ris,.json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Add ``found`` and ``text``: the works, and the file as it was read."""
        values = super().clean()
        if file := values.get("file"):
            try:
                data = file.read(bibliography.MOST_BYTES + 1)
                values["found"] = bibliography.read(file.name, data)
                values["text"] = bibliography.decode(data)
            except bibliography.Unreadable as error:
                self.add_error("file", str(error))
        return values


class ChooseForm(forms.Form):
    """Which works to store, by their numbers. The file travels in the form."""

    name = forms.CharField(max_length=300, widget=forms.HiddenInput)
    text = forms.CharField(strip=False, widget=forms.Textarea({"hidden": True}))
    work = forms.TypedMultipleChoiceField(coerce=int, required=False)

    found: list[bibliography.Entry]

    def clean_text(self) -> str:
        # As the file had them: a browser sends each end of line as CRLF.
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        try:
            self.found = bibliography.read(self["name"].value() or "", text.encode())
        except bibliography.Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        self.fields["work"].choices = [(number, "") for number in range(len(self.found))]
        return text


@require_http_methods(["GET", "HEAD", "POST"])
def import_sources(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Read a file of works and show what was found; store what is chosen of it."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if "_store" in request.POST:
        return _chosen(request, model_admin)
    form = ReadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        values = form.cleaned_data
        choose = ChooseForm(initial={"name": values["file"].name, "text": values["text"]})
        return _found(request, model_admin, choose, editing.proposals(values["found"]))
    return _asked(request, model_admin, form)


def _asked(request: HttpRequest, model_admin: ModelAdmin, form: ReadForm) -> HttpResponse:
    return page(request, model_admin, "source/import", title=_("Import sources"), form=form)


def _chosen(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    form = ChooseForm(request.POST)
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, " ".join(said))
        return _asked(request, model_admin, ReadForm())
    found = editing.proposals(form.found)
    # What became known since the page was shown is not stored twice.
    chosen = [found[number] for number in sorted(set(form.cleaned_data["work"]))]
    wanted = [proposal for proposal in chosen if proposal.state in ("new", "alike")]
    if not wanted:
        messages.error(request, _("Nothing was chosen, or all of it is there already."))
        return _found(request, model_admin, form, found)
    made = editing.import_sources([proposal.work for proposal in wanted], by=request.user)
    for source in made:
        model_admin.log_addition(request, source, _("Imported"))
    said = ngettext("%d source was stored.", "%d sources were stored.", len(made)) % len(made)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:articles_source_changelist"))


def _found(
    request: HttpRequest,
    model_admin: ModelAdmin,
    form: ChooseForm,
    found: list[editing.Proposal],
) -> HttpResponse:
    counts = {
        state: sum(proposal.state == state for proposal in found)
        for state in ("new", "known", "alike", "twice", "faulty")
    }
    return page(
        request,
        model_admin,
        "source/import_found",
        title=_("What was found"),
        form=form,
        counts=counts,
        found=[
            (number, proposal, reference(csl.item(proposal.work)) if proposal.work.title else "")
            for number, proposal in enumerate(found)
        ],
    )
