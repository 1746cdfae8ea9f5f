"""Publishing and withdrawing, each confirmed on a page that shows what readers will see change."""

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import publishing
from articles.admin.difference import in_context
from articles.admin.pages import article_or_404, page
from articles.history.pace import pace
from articles.history.review import review
from articles.history.store import head, load
from articles.models import Article


class PublishForm(forms.Form):
    correction_note = forms.CharField(
        label=gettext_lazy("Correction note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "What was wrong and what is right now; readers see it under the title. "
            "Leave it empty where nothing was wrong."
        ),
    )
    sign = forms.BooleanField(
        label=gettext_lazy("I take editorial responsibility"),
        required=False,
    )
    # What the editor saw when they decided; another save meanwhile is shown to them first.
    revision = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Readers are told it, with the date. The history stays."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    article = publishable(request, model_admin, pk)
    form = PublishForm(request.POST or None, initial={"revision": article.latest})
    status = 200
    if form.is_valid():
        try:
            return _publish(request, model_admin, article, form)
        except publishing.Moved as moved:
            latest = moved.article.latest
            form = PublishForm(initial={**form.cleaned_data, "revision": latest, "sign": False})
            messages.warning(request, str(moved))
            status = 409
    form.fields["sign"].help_text = said_of_signing(request)
    revision = head(article)
    state, pending = load(revision), publishing.pending(article)
    return page(
        request,
        model_admin,
        "article/publish",
        title=_("Publish"),
        article=article,
        status=status,
        form=form,
        revision=revision,
        first=pending is None,
        changed=bool(pending),
        difference=in_context(pending),
        review=review(state),
        pace=pace(state, request.user.get_username(), since=pending and pending.old),
    )


def _publish(
    request: HttpRequest, model_admin: ModelAdmin, article: Article, form: PublishForm
) -> HttpResponse:
    number = form.cleaned_data["revision"]
    publishing.publish(
        article,
        by=request.user,
        note=form.cleaned_data["correction_note"],
        responsible=signer(request) if form.cleaned_data["sign"] else "",
        read=number,
    )
    model_admin.log_change(request, article, _("Published revision %d") % number)
    messages.success(request, _("Revision %d is now what readers see.") % number)
    return to_article(article)


@require_http_methods(["GET", "HEAD", "POST"])
def unpublish(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    article = publishable(request, model_admin, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            publishing.withdraw(article, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None if not hasattr(error, "error_dict") else "reason", error.messages)
        else:
            model_admin.log_change(request, article, _("Withdrawn"))
            messages.success(request, _("Readers no longer see the article, and are told why."))
            return to_article(article)
    return page(
        request,
        model_admin,
        "article/unpublish",
        title=_("Withdraw"),
        article=article,
        form=form,
    )


def publishable(request: HttpRequest, model_admin: ModelAdmin, pk: int) -> Article:
    """The article, for those who may publish. Raises PermissionDenied for others."""
    if not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied
    return article_or_404(request, model_admin, pk)


def said_of_signing(request: HttpRequest) -> SafeString:
    """What the box says of itself, and where to give a name to an account that has none."""
    said = _("Readers are told your name, “%s”, for exactly this revision.") % signer(request)
    user = request.user
    if user.get_full_name() or not user.has_perm("auth.change_user"):
        return conditional_escape(said)
    address = reverse("admin:auth_user_change", args=[user.pk])
    words = _("Give your first and last name first")
    return format_html('{} <a href="{}">{}</a>', said, address, words)


def signer(request: HttpRequest) -> str:
    """The name under which readers find who takes responsibility."""
    return request.user.get_full_name() or request.user.get_username()


def to_article(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
