"""An article's revisions: listed, compared, restored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles import editing
from articles.admin.difference import in_context
from articles.admin.door import outcome
from articles.admin.pages import article_or_404, page, revision_or_404
from articles.admin.publication import to_article
from articles.history import diff
from articles.history.standing import ended_with
from articles.history.store import head, load
from articles.models import Act, Article, PublishedArticle, Revision

ON_A_PAGE = 100  # revisions


@dataclass(frozen=True, slots=True)
class Run:
    """Revisions that follow each other and read as one entry: verdicts by one person."""

    revisions: list[Revision]  # newest first
    ended: int = 0  # claims with a record that ended with them and have no place now

    @property
    def newest(self) -> Revision:
        return self.revisions[0]

    @property
    def oldest(self) -> Revision:
        return self.revisions[-1]


def runs(revisions: Iterable[Revision], ended: Mapping[int, int]) -> list[Run]:
    """Consecutive verdicts of one person together, every other revision alone.

    ``ended`` counts by number the claims that ended; a verdict ends none.
    """

    def kind(revision: Revision) -> tuple[str, str] | int:
        if revision.act == Act.VERDICT and not revision.publications.all():
            return (revision.act, revision.author)
        return revision.number

    return [Run(list(group), ended.get(key, 0)) for key, group in groupby(revisions, kind)]


@require_safe
def history(request: HttpRequest, model_admin: ModelAdmin, pk: str) -> HttpResponse:
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404
    article = article_or_404(request, model_admin, pk)
    revisions = Revision.objects.filter(article=article).prefetch_related("publications")
    shown = Paginator(revisions, ON_A_PAGE).get_page(request.GET.get("p"))
    on_it = [revision.number for revision in shown]
    return page(
        request,
        model_admin,
        "article/history",
        title=_("History"),
        article=article,
        runs=runs(shown, ended_with(article, min(on_it), max(on_it))),
        page_of=shown,
        numbers=shown.paginator.get_elided_page_range(shown.number),
        default_a=compared_with(article),
        may_restore=model_admin.has_change_permission(request, article),
    )


def compared_with(article: Article) -> int:
    """The revision that an editor most often compares the newest with: what readers see."""
    shown = PublishedArticle.objects.filter(article=article).values_list("number", flat=True)
    number = shown.first() or article.latest
    return number if number < article.latest else max(1, article.latest - 1)


@require_safe
def compare(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """Any two revisions, drafts too: ``?a=3&b=7``."""
    article = article_or_404(request, model_admin, pk)
    numbers = [request.GET.get(name, "") for name in ("a", "b")]
    if not all(number.isdecimal() and len(number) < 10 for number in numbers):
        raise Http404
    old, new = (revision_or_404(article, number) for number in sorted(map(int, numbers)))
    difference = diff.compare(load(old), load(new))
    return page(
        request,
        model_admin,
        "article/compare",
        title=_("Revision %(old)d and revision %(new)d") % {"old": old.number, "new": new.number},
        article=article,
        old=old,
        new=new,
        difference=in_context(difference),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int, number: int, model_admin: ModelAdmin) -> HttpResponse:
    """Bring a revision's text back as a new revision, after showing what that changes."""
    article = article_or_404(request, model_admin, pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    revision = revision_or_404(article, number)
    summary, status = request.POST.get("change_summary", "").replace("\0", ""), 200
    if request.method == "POST":
        # What the editor saw when they decided; without it they take what there is.
        act = {"by": request.user, "summary": summary, "base": request.POST.get("base", "")}
        try:
            saved = editing.restore(article, revision, **act)
        except editing.Moved as error:
            messages.warning(request, str(error))
            status = 409
        else:
            if saved.revision:
                messages.success(request, outcome(saved))
            else:
                messages.info(request, _("The article reads like that already; nothing was saved."))
            return to_article(article)
    replaced = head(article)
    difference = diff.compare(load(replaced), load(revision))
    return page(
        request,
        model_admin,
        "article/restore",
        title=_("Restore revision %d") % number,
        article=article,
        status=status,
        revision=revision,
        base=replaced.hash,
        change_summary=summary,
        difference=in_context(difference),
    )
