"""Where the words of an article's newest revision come from, drafts included."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.admin.pages import article_or_404, page
from articles.history.authorship import Contribution, numbers_in
from articles.history.store import contributions, head, load
from articles.models import Article
from articles.reading import dates, origins
from articles.reading.origin_marks import Telling


@require_safe
def provenance(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    article = article_or_404(request, model_admin, pk)
    revision = head(article)
    state = load(revision)
    writers = contributions(article.pk, numbers_in(state))
    return page(
        request,
        model_admin,
        "article/provenance",
        title=_("Where the words come from"),
        article=article,
        revision=revision,
        **origins.context(state, writers, telling(article)),
    )


def telling(article: Article) -> Telling:
    first = reverse("admin:articles_article_revision", args=[article.pk, 1])
    revisions = first.removesuffix("1/")
    comparison = reverse("admin:articles_article_compare", args=[article.pk])
    claims = reverse("admin:articles_claim_changelist")

    def compare(came: Contribution) -> str:
        return f"{comparison}?a={came.before}&b={came.number}" if came.before else ""

    return Telling(
        when=lambda came: dates.day_and_time(came.at),
        address=lambda came: f"{revisions}{came.number}/",
        compare=compare,
        record=lambda uid: f"{claims}?q={uid}",
    )
