"""The admin's site: who gets in, and what becomes of a form whose sender no longer may."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minusma_site import kept


class EditorsSite(AdminSite):
    site_header = _("Sentence by Sentence")
    site_title = _("Sentence by Sentence")
    index_title = _("Editors’ desk")
    # Three lists need no column of their own; they stand in the header.
    enable_nav_sidebar = False

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable:
        """Keep what a form holds that comes after its sender was logged out.

        Django's own answer is a redirect to the log-in, which forgets it.
        """
        guarded = super().admin_view(view, cacheable)

        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and request.path != reverse("admin:logout"):
                if kept.sent_again(request):
                    if refused := kept.log_in(request):
                        return refused
                elif not self.has_permission(request):
                    return kept.page(request)
            return guarded(request, *args, **kwargs)

        return update_wrapper(keeping, view)
