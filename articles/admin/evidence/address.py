"""A source's address replaced in one step, from the list of what is broken."""

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.admin.door import by_field
from articles.admin.pages import page
from articles.models import Source


class AddressForm(forms.Form):
    url = forms.URLField(
        label=gettext_lazy("New address"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput({"class": "vURLField"}),
        help_text=gettext_lazy(
            "Where the same work is to be found now. It is looked at as if it were new; copies of "
            "the old address stay."
        ),
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput)  # the address as it was


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """Ask for the new address, and save it."""
    source = get_object_or_404(Source, pk=pk)
    if not model_admin.has_change_permission(request, source):
        raise PermissionDenied
    form = AddressForm(request.POST or None, initial={"url": source.url, "read": source.url})
    if form.is_valid():
        try:
            saved = _replaced(source, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            for name, said in by_field(error).items():
                form.add_error(name if name in form.fields else None, said)
        else:
            model_admin.log_change(request, saved, _("Address replaced"))
            messages.success(request, _("Saved. The worker looks at the new address next."))
            return HttpResponseRedirect(reverse("admin:articles_source_evidence", args=[pk]))
    title = _("Replace the address")
    return page(request, model_admin, "source/address", title=title, source=source, form=form)


@transaction.atomic
def _replaced(source: Source, *, url: str, read: str, by: object) -> Source:
    """Save the new address. Raises ValidationError, also where somebody else was quicker."""
    now = editing.held(source)
    if now.url != read:
        said = _("Somebody else replaced it meanwhile by %s; nothing of yours is saved.")
        raise ValidationError({"url": said % (now.url or "–")})
    now.url = url
    return editing.save_source(now, by=by)
