"""Who else has an article open: a notice for the others, not a lock."""

from datetime import timedelta

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin.pages import article_or_404
from articles.models import Article, Presence

RECENT = timedelta(seconds=20)


def notice(request: HttpRequest, article: Article) -> dict:
    """What templates/admin/articles/_presence.html takes, in one query."""
    others = Presence.objects.at(timezone.now()).filter(article=article)
    return {
        "article": article,
        "others": list(others.exclude(editor=request.user).select_related("editor")),
        "beats": may_write(request),
    }


def may_write(request: HttpRequest) -> bool:
    """Whether the user may change the article in one form or another."""
    return any(request.user.has_perm(f"articles.change_{name}") for name in ("article", "claim"))


def opened(request: HttpRequest, article: Article) -> None:
    """Remember that the editor has the article open, and since when.

    Writes nothing where that was done just now: reading a form should not wait for a save.
    """
    if not may_write(request):
        return
    now = timezone.now()
    present = Presence.objects.at(now)
    here = present.filter(article=article, editor=request.user).first()
    if here is None:
        Presence.objects.exclude(pk__in=present).delete()
        row = Presence(article=article, editor=request.user)
        Presence.objects.bulk_create([row], ignore_conflicts=True)  # two tabs at once
    elif now - here.seen_at > RECENT:
        Presence.objects.filter(pk=here.pk).update(seen_at=now, beats=False)


def left(request: HttpRequest, article: Article) -> None:
    Presence.objects.filter(article=article, editor=request.user).delete()


@require_POST
def beat(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """The page's script says that it is still open, or with ``left`` that it is not.

    Answers with the notice as it is now.
    """
    article = article_or_404(request, model_admin, pk)
    if not may_write(request):
        raise PermissionDenied
    if "left" in request.POST:
        left(request, article)
        return HttpResponse(status=204)
    values = {"seen_at": timezone.now(), "beats": True}
    Presence.objects.update_or_create(article=article, editor=request.user, defaults=values)
    return render(request, "admin/articles/_others.html", notice(request, article))
