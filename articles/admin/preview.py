"""What a section's Markdown will look like, while it is being typed."""

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.text.render import TooLarge, render


@never_cache
@staff_member_required
@require_POST
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The readers' HTML of the posted ``content``, or a line that says why there is none."""
    try:
        return HttpResponse(render(request.POST.get("content", "")))
    except TooLarge as error:
        return HttpResponse(format_html('<p class="errornote">{}</p>', str(error)))
