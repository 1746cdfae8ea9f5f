"""What the pages have in common that hang on one article."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from articles.models import Article, Revision


def article_or_404(request: HttpRequest, model_admin: ModelAdmin, pk: int | str) -> Article:
    """The article, for those who may see drafts. Raises PermissionDenied for others."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    return get_object_or_404(Article, pk=pk)


def revision_or_404(article: Article, number: int) -> Revision:
    return get_object_or_404(
        Revision.objects.select_related("manifest"), article=article, number=number
    )


def page(
    request: HttpRequest,
    model_admin: ModelAdmin,
    name: str,
    *,
    title: str,
    article: Article | None = None,
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """A page of templates/admin/articles/ between the admin's header and footer."""
    return TemplateResponse(
        request,
        f"admin/articles/{name}.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": title,
            "article": article,
            **context,
        },
        status=status,
    )
